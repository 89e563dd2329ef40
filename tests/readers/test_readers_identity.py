"""Whose rows they are: shop.yaml, columns, folders, neighbours, in this order."""

from __future__ import annotations

import datetime as dt

import pytest
from readers_world import HEADER, KEY, NOW, order

from shopscore.errors import RuleError
from shopscore.readers import plan, read_unit, save
from shopscore.readers.identity import owner_of
from shopscore.ruleset.shopfile import ShopFile

PLAIN = f"{HEADER}\n{order('1')}\n"
NAMED = f"{HEADER},店铺名称\n{order('2')},名店\n"
SCAN = "运单号,揽收时间\n7,2026-11-03 12:00:00\n"
CANONICAL = "order_id,created_at\n9,2026-11-03 12:00:00\n"


def owners(reading):
    return {(shop.platform, shop.shop): set(shop.tables) for shop in reading.shops}


def test_the_folder_names_the_shop_where_nothing_else_does(read):
    assert owners(read({"a.csv": PLAIN})) == {("tmall", "店铺甲"): {"orders"}}


def test_a_column_names_it(read):
    assert owners(read({"a.csv": NAMED})) == {("tmall", "名店"): {"orders"}}


def test_folders_name_platform_and_shop(read):
    assert owners(read({"1688/义乌店/orders.csv": CANONICAL})) == {("1688", "义乌店"): {"orders"}}


def test_a_folder_that_is_no_known_platform_names_nothing(read):
    reading = read({"etsy/店/orders.csv": CANONICAL})
    assert owners(reading) == {}
    account = reading.accounts["etsy/店/orders.csv"]
    assert (account.refusals[0].reason, account.rows_refused) == ("unknown_platform", 1)
    assert "shop.yaml" in account.message.en


def test_a_file_of_another_platform_than_its_folder_is_its_own_platform_s_and_says_so(read):
    reading = read({"1688/店/a.csv": PLAIN, "tmall/店/b.csv": PLAIN})
    assert set(owners(reading)) == {("tmall", "店")}
    notes = {name: [each.reason for each in account.notes] for name, account in reading.accounts.items()}
    assert notes == {"1688/店/a.csv": ["folder_other"], "tmall/店/b.csv": []}


@pytest.mark.parametrize(("platform", "notes"), [("jd", ["stated_other"]), ("tmall", [])])
def test_a_file_of_another_platform_than_shop_yaml_says_is_taken_for_that_one_and_says_so(read, platform, notes):
    reading = read({"shop.yaml": f"platform: {platform}\n", "a.csv": PLAIN})
    assert [name for name, _ in owners(reading)] == [platform]
    assert [each.reason for each in reading.accounts["a.csv"].notes] == notes


def test_a_column_wins_over_folders(read):
    text = "platform,shop,order_id,created_at\n1688,甲,9,2026-11-03\n,,8,2026-11-03\n"
    assert set(owners(read({"tmall/乙/orders.csv": text}))) == {("1688", "甲"), ("tmall", "乙")}


def test_a_folder_called_otherwise_than_its_one_shop_is_that_shop(read):
    files = {"tmall/我的 店/a.csv": NAMED, "tmall/我的 店/旧/orders.csv": CANONICAL, "tmall/我的 店/scan.csv": SCAN}
    assert owners(read(files)) == {("tmall", "名店"): {"orders", "shipments"}}


def test_a_folder_whose_files_name_two_shops_keeps_its_name_for_the_rest(read):
    other = NAMED.replace("名店", "别店")
    reading = read({"tmall/店/a.csv": NAMED, "tmall/店/b.csv": other, "tmall/店/orders.csv": CANONICAL})
    assert set(owners(reading)) == {("tmall", "名店"), ("tmall", "别店"), ("tmall", "店")}


def test_shop_yaml_wins_over_everything(read):
    reading = read({"sub/a.csv": NAMED, "shop.yaml": "name: 自家店\nplatform: tmall"})
    assert owners(reading) == {("tmall", "自家店"): {"orders"}}


def test_shop_yaml_speaks_for_the_shops_below_it(tmp_path, rules):
    (tmp_path / "a.csv").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "shop.yaml").write_text("name: 自家店\nplatform: tmall\n", encoding="utf-8")
    (unit,) = plan([tmp_path], rules.packs)
    first = read_unit(unit, rules, key=KEY, now=NOW)
    assert {shop: stated.name for shop, stated in first.shop_files.items()} == {("tmall", "自家店"): "自家店"}
    save(first.shops, tmp_path / "out", first.shop_files)
    (unit,) = plan([tmp_path / "out"], rules.packs)
    assert read_unit(unit, rules, key=KEY, now=NOW).shop_files == first.shop_files


def test_a_shop_yaml_that_is_wrong_is_the_users_mistake(read):
    with pytest.raises(RuleError, match="nmae"):
        read({"a.csv": PLAIN, "shop.yaml": "nmae: x\n"})


def test_the_nearest_shop_yaml_counts(read):
    files = {"shop.yaml": "name: 远\nplatform: tmall", "sub/shop.yaml": "name: 近\nplatform: tmall", "sub/a.csv": PLAIN}
    assert set(owners(read(files))) == {("tmall", "近")}


def test_neighbours_name_what_a_file_does_not(read):
    reading = read({"a.csv": NAMED, "b/../scan.csv": SCAN, "plain.csv": PLAIN})
    assert owners(reading) == {("tmall", "名店"): {"orders", "shipments"}}


def test_neighbours_of_two_shops_name_none(read):
    reading = read({"a.csv": NAMED, "b.csv": NAMED.replace("名店", "别店"), "scan.csv": SCAN})
    assert ("tmall", "店铺甲") in owners(reading)
    assert "scan.csv" in reading.warnings[0].en


def test_neighbours_of_another_folder_are_not_asked(read):
    reading = read({"x/a.csv": NAMED, "y/scan.csv": SCAN})
    assert owners(reading) == {("tmall", "名店"): {"orders"}}
    assert reading.accounts["y/scan.csv"].refusals[0].reason == "unknown_platform"


def test_units_are_folders_that_stand_for_themselves(tmp_path):
    for name in (
        "tmall/A/orders.csv",
        "tmall/B/orders.csv",
        "old/tmall/A/refunds.csv",
        "loose.csv",
        "own/x/y.csv",
        "own/shop.yaml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    units = plan([tmp_path], {"tmall": None})
    assert [[source.name for source in unit.sources] for unit in units] == [
        ["loose.csv"],
        ["own/x/y.csv"],
        ["old/tmall/A/refunds.csv", "tmall/A/orders.csv"],
        ["tmall/B/orders.csv"],
    ]


def test_two_paths_keep_their_names_apart(tmp_path):
    for name in ("one/a.csv", "two/a.csv"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x", encoding="utf-8")
    (unit,) = plan([tmp_path / "two", tmp_path / "one"])
    assert [source.name for source in unit.sources] == ["one/a.csv", "two/a.csv"]


def test_a_path_may_be_the_shops_own_folder_or_one_file(tmp_path, rules):
    path = tmp_path / "1688" / "店" / "orders.csv"
    path.parent.mkdir(parents=True)
    path.write_text(CANONICAL, encoding="utf-8")
    for given in (path, path.parent, path.parent.parent, tmp_path):
        (unit,) = plan([given], rules.packs)
        assert unit.name == "1688/店"


def test_the_time_zone_of_shop_yaml_comes_with_it():
    owner = owner_of(("tmall", "A"), ShopFile(timezone="Asia/Tokyo"), None, {"tmall"})
    assert (owner.platform, owner.shop, owner.zone, owner.shop_fixed) == ("tmall", "A", "Asia/Tokyo", False)


def test_seen_until_is_the_export_time_in_the_name_else_the_newest_past_event(read):
    future = PLAIN + order("2", created="2027-01-01 00:00:00") + "\n"
    reading = read(
        {
            "tmall/A/export.csv": future,
            "tmall/B/export202611200930.csv": future,
            "tmall/C/export203001010000.csv": future,
        }
    )
    seen = {shop.shop: shop.seen_until["orders"] for shop in reading.shops}
    assert seen == {
        "A": dt.datetime(2026, 11, 3, 10),
        "B": dt.datetime(2026, 11, 20, 9, 30),
        "C": dt.datetime(2026, 11, 3, 10),
    }


def test_the_longest_of_the_shops_named_around_it_that_its_name_holds_is_a_files_shop(read):
    named = f"{HEADER},店铺名称\n{order('2')},优选\n{order('3')},优选旗舰店\n"
    reading = read({"a.csv": named, "退款-优选旗舰店 (1).csv": PLAIN, "优选.csv": SCAN})
    assert owners(reading) == {("tmall", "优选"): {"orders", "shipments"}, ("tmall", "优选旗舰店"): {"orders"}}
    assert reading.shops[1].tables["orders"].sort("order_id")["order_id"].to_list() == ["1", "3"]
    assert reading.warnings == []
