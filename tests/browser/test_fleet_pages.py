"""The pages of a fleet in a real browser: what they ask for, where their links lead, what a person sees and hears."""

from __future__ import annotations

import datetime as dt

import pytest
from browser_world import GRAVE, axe, report_of

from shopscore.render.html import fleet

NASTY = '<img src=x onerror="window.hurt=1"></script><script>window.hurt=1</script>/../x'
SHOPS = ("plain", NASTY, "Plain", "三")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Four shops with one late carrier and names made to hurt, and a folder that cannot be read, as pages."""
    root = tmp_path_factory.mktemp("shops")
    for number, name in enumerate(SHOPS):
        folder = root / "1688" / f"s{number}"
        folder.mkdir(parents=True)
        rows = ["order_id,buyer_id,status,created_at,paid_at,shipped_at,amount,carrier"]
        scans = ["order_id,carrier,tracking_no,picked_up_at"]
        for order in range(80):
            paid = dt.datetime(2026, 10, 25) + dt.timedelta(hours=7 * order)
            carrier, late = ("slow <b>", order % 4 == 0) if order % 2 == 0 else ("quick", False)
            picked = paid + dt.timedelta(hours=80 if late else 9)
            rows.append(f"9{order:05},b{order},finished,{paid},{paid},{paid},10.00,{carrier}")
            scans.append(f"9{order:05},{carrier},T{number}{order:05},{picked}")
        (folder / "orders.csv").write_text("\n".join(rows), encoding="utf-8")
        (folder / "shipments.csv").write_text("\n".join(scans), encoding="utf-8")
        quoted = name.replace('"', '\\"')
        (folder / "shop.yaml").write_text(f'name: "{quoted}"\n', encoding="utf-8")
    (root / "1688" / "bad").mkdir()
    (root / "1688" / "bad" / "orders.zip").write_bytes(b"PK\x03\x04")
    report = report_of(root, fleet=True)
    written = {}
    for lang in ("en", "zh-Hans"):
        written[lang] = tmp_path_factory.mktemp(lang)
        for name, content in fleet.pages(report, lang):
            (written[lang] / name).write_text(content, encoding="utf-8")
    return written


@pytest.fixture
def show(visit, site):
    """Open the index."""
    return lambda lang="en", width=1280, **options: visit(site[lang] / fleet.INDEX, width, 800, **options)


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_the_index_asks_for_nothing_complains_of_nothing_and_runs_nothing_of_others(show, site, lang):
    page = show(lang)
    page.wait_for_timeout(200)
    assert page.asked == [(site[lang] / fleet.INDEX).as_uri()]
    assert page.complaints == []
    assert page.evaluate("window.hurt") is None
    assert page.locator("img, b").count() == 0


def test_every_shop_has_a_page_behind_its_link_that_leads_back(show):
    page = show()
    links = page.locator("table.matrix tbody th a")
    assert links.count() == len(SHOPS)
    seen = set()
    for at in range(len(SHOPS)):
        name = page.locator("table.matrix tbody th a").nth(at).inner_text()
        page.locator("table.matrix tbody th a").nth(at).click()
        assert name in page.locator("h1").first.inner_text()
        assert page.evaluate("window.hurt") is None
        seen.add(page.url)
        page.locator("nav a").first.click()
        assert page.url.endswith(fleet.INDEX)
    assert len(seen) == len(SHOPS)
    assert page.complaints == []


def test_what_is_shared_and_what_failed_are_told_with_hostile_names_as_text(show):
    text = show().locator("main").inner_text()
    assert "slow <b>" in text
    assert NASTY in text
    assert "1688/bad" in text


def test_a_matrix_is_sorted_by_a_click_and_says_every_verdict_in_words(show):
    page = show()
    head = page.locator("table.matrix thead th").nth(1)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    words = page.locator("table.matrix .unseen").all_inner_texts()
    assert words
    assert all(words)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_out_of_the_page_and_axe_finds_nothing_serious(show, width, scheme):
    page = show("zh-Hans", width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in GRAVE] == []


def test_it_can_be_read_without_scripts(show):
    page = show(java_script_enabled=False)
    assert page.locator("table.matrix tbody tr").count() == len(SHOPS)
