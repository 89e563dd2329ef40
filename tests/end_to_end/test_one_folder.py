"""Exports of several platforms and shops side by side in one folder: each is told apart and audited by its own pack."""

from __future__ import annotations

import json
import shutil

import pytest
from end_to_end_world import REPOSITORY, run, small_orders, small_scans

from shopscore.catalog import load

EXPORTS = REPOSITORY / "tests" / "formats" / "data"
SIDE_BY_SIDE = ("jd_orders.csv", "jd_settlement.xlsx", "pdd_orders_all.csv", "pdd_reviews.csv",
                "tmall_orders_2023.xlsx", "tmall_refunds_2024.xlsx", "1688_orders.xlsx")  # fmt: skip
ALIEXPRESS = [
    {
        "order_id": 8100000000000001,
        "order_status": "FINISH",
        "gmt_create": "2026-07-10 08:00:00",
        "gmt_pay_time": "2026-07-10 08:03:00",
    }
]
SAYS_ITS_OWN = """platform,shop,date,points
jd,京东示例店,2026-07-11,3
tmall,,2026-07-11,1
pdd,,2026-07-12,1
"""
SILENT = "dispute_id,opened_at\n1,2026-07-11 01:00:00\n"
PACKS = load().packs


def flat(folder, names=SIDE_BY_SIDE, **files):
    """Exports and further files in one folder."""
    folder.mkdir(exist_ok=True)
    for name in names:
        shutil.copy(EXPORTS / name, folder / name)
    for stem, text in files.items():
        (folder / stem.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = flat(
        tmp_path_factory.mktemp("one") / "各平台",
        aliexpress__json=json.dumps(ALIEXPRESS),
        violations__csv=SAYS_ITS_OWN,
        disputes__csv=SILENT,
    )
    return run("audit", folder, "--format", "json", "--lang", "en").report


def owners(report):
    return {each["file"].rpartition("/")[2]: (each["platform"], each["shop"]) for each in report["inputs"]}


def test_every_export_is_its_own_platforms(report):
    found = {name: platform for name, (platform, _) in owners(report).items()}
    assert {name: found[name] for name in SIDE_BY_SIDE} == {name: name.partition("_")[0] for name in SIDE_BY_SIDE}
    assert found["aliexpress.json"] == "aliexpress"


def test_a_shop_named_on_one_platform_lends_its_name_to_no_other(report):
    found = owners(report)
    assert found["jd_orders.csv"] == found["jd_settlement.xlsx"] == ("jd", "京东示例店")
    assert found["tmall_orders_2023.xlsx"] == found["tmall_refunds_2024.xlsx"] == ("tmall", "示例店")
    assert found["pdd_orders_all.csv"] == found["pdd_reviews.csv"] == ("pdd", "各平台")


def test_rows_that_name_a_platform_only_go_to_its_one_shop(report):
    shops = {(shop["platform"], shop["shop"]): shop["rows"].get("violations") for shop in report["shops"]}
    assert shops["tmall", "示例店"] == 1
    assert shops["pdd", "各平台"] == 1


def test_each_shop_is_audited_by_its_own_pack_clock_and_newest_event(report):
    shops = {shop["platform"]: shop for shop in report["shops"]}
    assert set(shops) == set(PACKS) & {"jd", "pdd", "tmall", "1688", "aliexpress"}
    for platform, shop in shops.items():
        assert shop["timezone"] == PACKS[platform].pack.timezone
        assert all(metric["id"].startswith(f"{platform}.") for metric in shop["metrics"])
    assert len({shop["as_of"] for shop in shops.values()}) > 2


def test_what_says_no_platform_is_refused_with_what_to_do(report):
    (silent,) = [each for each in report["inputs"] if each["file"] == "disputes.csv"]
    assert (silent["platform"], silent["rows_accepted"], silent["rows_refused"]) == (None, 0, 1)
    assert "<platform>/<shop>/" in silent["message"]
    assert "columns platform and shop" in silent["message"]
    assert all("disputes" not in shop["rows"] for shop in report["shops"])


def test_of_one_platform_it_is_no_question(tmp_path):
    folder = flat(tmp_path / "店", ("tmall_orders_2023.xlsx",), disputes__csv=SILENT)
    found = run("audit", folder, "--format", "json").report
    assert owners(found)["disputes.csv"] == ("tmall", "示例店")


def test_tables_that_say_whose_rows_they_are_hold_several_shops(tmp_path):
    def of(platform, shop, text):
        head, *rows = text.splitlines()
        return [f"platform,shop,{head}", *(f"{platform},{shop},{row}" for row in rows)]

    tables = {"orders": small_orders(), "shipments": small_scans()}
    for name, text in tables.items():
        lines = [*of("1688", "甲厂", text), *of("tmall", "乙店", text)[1:], *of("tmall", "丙店", text)[1:]]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shops = run("audit", tmp_path, "--format", "json").report["shops"]
    assert [(shop["platform"], shop["shop"], shop["rows"]["orders"]) for shop in shops] == [
        ("1688", "甲厂", 60),
        ("tmall", "丙店", 60),
        ("tmall", "乙店", 60),
    ]


# ── a shop.yaml among them ───────────────────────────────────────────────────────────────────────────────────────


def test_a_shop_file_of_one_platform_leaves_the_exports_of_others_alone(tmp_path):
    folder = flat(tmp_path / "混", shop__yaml="platform: tmall\nname: 自家店\nscores: {logistics_speed: 3.5}\n")
    found = owners(run("audit", folder, "--format", "json").report)
    assert found["tmall_orders_2023.xlsx"] == ("tmall", "自家店")
    assert found["jd_orders.csv"][0] == "jd"
    assert found["pdd_orders_all.csv"] == ("pdd", "混")


def test_a_shop_file_among_several_platforms_must_say_of_which_it_speaks(tmp_path):
    folder = flat(tmp_path / "混", shop__yaml="displayed: 4.5\nswitches: {pickup_48h_rate: {limit: h24}}\n")
    found = run("audit", folder, "--format", "json", "--lang", "en").report
    assert all(shop["score"]["value"] is None for shop in found["shops"])
    assert any("it does not say of which it speaks" in text for text in found["warnings"])


def test_a_name_and_a_time_zone_may_be_said_for_all(tmp_path):
    folder = flat(tmp_path / "混", shop__yaml="name: 一家店\ntimezone: Asia/Tokyo\n")
    found = run("audit", folder, "--format", "json", "--lang", "en").report
    assert {(shop["shop"], shop["timezone"]) for shop in found["shops"]} == {("一家店", "Asia/Tokyo")}
    assert not any("of which it speaks" in text for text in found["warnings"])
