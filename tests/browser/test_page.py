"""The page in a real browser: what a person sees, hears, prints and clicks."""

from __future__ import annotations

import datetime as dt
import io
import json
import unicodedata
from pathlib import Path

import pytest
from browser_world import GRAVE, NEEDED, axe, report_of

from shopscore.render import html

pypdf = pytest.importorskip("pypdf", reason=NEEDED)

SAMPLES = Path(__file__).parents[2] / "sample_data"
NASTY = '<img src=x onerror="window.hurt=1"></script><script>window.hurt=1</script>'
SIZES = {"wide": (1280, 900), "narrow": (360, 740)}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A shop, a carrier and a product with names made to hurt."""
    folder = tmp_path_factory.mktemp("hostile") / "1688" / "shop"
    folder.mkdir(parents=True)
    rows = ["order_id,buyer_id,status,created_at,paid_at,shipped_at,amount,product_id,sku,carrier"]
    scans = ["order_id,carrier,tracking_no,picked_up_at"]
    for number in range(80):
        paid = dt.datetime(2026, 11, 1) + dt.timedelta(hours=6 * number)
        carrier = '"' + NASTY.replace('"', '""') + '"' if number % 2 else "plain"
        picked = paid + dt.timedelta(hours=90 if number % 2 else 10)
        rows.append(f"9{number:05},b{number},finished,{paid},{paid},{paid},10.00,p1,s1,{carrier}")
        scans.append(f"9{number:05},{carrier},T{number:05},{picked}")
    (folder / "orders.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "shipments.csv").write_text("\n".join(scans), encoding="utf-8")
    (folder / "shop.yaml").write_text(f"name: {json.dumps(NASTY)}\n", encoding="utf-8")
    return report_of(folder.parents[1])


@pytest.fixture(scope="module")
def sample():
    """Two of the sample shops."""
    shops = [next(folder for folder in (SAMPLES / name).iterdir() if folder.is_dir()) for name in ("1688", "pdd")]
    return report_of(*shops)


@pytest.fixture(scope="module")
def pages(sample, hostile, tmp_path_factory):
    """Name → the file of a page."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {lang: html.render(sample, lang) for lang in ("en", "zh-Hans")} | {"hostile": html.render(hostile, "en")}
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


@pytest.fixture
def show(visit, pages):
    """Open a page by its name."""
    return lambda name, size="wide", **options: visit(pages[name], *SIZES[size], **options)


@pytest.mark.parametrize("name", ["en", "zh-Hans", "hostile"])
def test_it_asks_for_nothing_and_complains_of_nothing(show, pages, name):
    page = show(name)
    page.wait_for_timeout(200)
    assert page.asked == [pages[name].as_uri()]
    assert page.complaints == []


def test_names_made_to_hurt_are_text(show):
    page = show("hostile")
    assert page.evaluate("window.hurt") is None
    assert page.locator("img").count() == 0
    assert page.locator("h1", has_text=NASTY).count() == 1
    assert NASTY in page.locator(".causes").first.inner_text()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["en", "zh-Hans", "hostile"])
def test_nothing_sticks_out_of_the_window(show, name, size):
    page = show(name, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["en", "zh-Hans"])
def test_axe_finds_nothing_grave(show, name, size, scheme):
    page = show(name, size, color_scheme=scheme, bypass_csp=True)
    found = axe.Axe().run(page).response["violations"]
    grave = [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in GRAVE]
    assert grave == []


def test_without_scripts_it_is_as_readable(show):
    with_scripts = show("en").locator("main").inner_text()
    without = show("en", java_script_enabled=False).locator("main").inner_text()
    assert without.split() == with_scripts.split()


def test_tables_are_sorted_and_filtered_from_the_keyboard(show):
    page = show("en")
    table = page.locator("table.sortable").filter(has=page.locator("td.id")).first
    head = table.locator("th[scope=col]").nth(1)
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    up = table.locator("td.id").all_inner_texts()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert table.locator("td.id").all_inner_texts() == up[::-1]
    assert up == sorted(up)
    page.locator("input.filter").first.fill(up[0])
    assert table.locator("tbody tr:visible").count() == up.count(up[0])


def test_the_first_stop_of_the_keyboard_skips_to_the_report(show):
    page = show("en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def letters(text):
    """A text without spaces, ligatures and the radicals that fonts have for some characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("name", ["en", "zh-Hans"])
def test_print_has_every_section(show, name):
    page = show(name)
    titles = page.locator("h1, h2").all_inner_texts()
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = letters("".join(each.extract_text() for each in printed.pages))
    assert [title for title in titles if letters(title) not in text] == []
    assert printed.pages[0].mediabox.width == pytest.approx(595, abs=2)


@pytest.mark.parametrize("name", ["en", "zh-Hans"])
def test_a_table_that_goes_on_has_its_head_on_every_printed_page(show, name):
    page = show(name)
    head = letters("".join(page.locator("table.due").first.locator("thead th").all_inner_texts()))
    # Of what runs out first the sentences of a metric tell too.
    whole = page.locator("body").inner_text()
    orders = [
        each for each in page.locator("table.due").first.locator("td.id").all_inner_texts() if whole.count(each) == 1
    ]
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [letters(each.extract_text()) for each in printed.pages]
    on = [text for text in texts if any(order in text for order in orders)]
    assert len(on) > 1
    assert [text[:80] for text in on if head not in text] == []


@pytest.mark.parametrize("size", SIZES)
def test_a_verdict_is_seen_without_scrolling_and_once(show, size):
    page = show("zh-Hans", size)
    table = page.locator("table.ranked").first
    seen = table.locator("tbody tr").first.locator(".verdict:visible")
    assert seen.count() == 1
    place = seen.bounding_box()
    assert place["x"] + place["width"] <= SIZES[size][0]


def test_an_order_number_is_not_torn_where_there_is_room(show):
    heights = (
        show("en")
        .locator("table.due td.id")
        .evaluate_all(
            "cells => cells.map(cell => { const range = document.createRange(); range.selectNodeContents(cell);"
            " return range.getClientRects().length; })"
        )
    )
    assert set(heights) == {1}
