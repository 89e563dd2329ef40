"""A carrier's scans that lie loose among several shops' files: whose they are by their numbers, if that is certain."""

from __future__ import annotations

import itertools

import pytest
from readers_world import HEADER, order

from shopscore.readers import limits

NAMED = f"{HEADER},店铺名称"
OF_1688 = "订单编号,货品总价(元),下单,物流单号\n{},1.00,2026-11-03 10:00:00,{}\n"
SCANS = "运单号,揽收时间\n{}"


def tmall(*numbers):
    rows = (f"{order(str(at), tracking=number)}\n" for at, number in enumerate(numbers, 1))
    return f"{HEADER}\n{''.join(rows)}"


def of_1688(*numbers):
    return OF_1688.format("9", ";".join(numbers))


def scans(*numbers):
    return SCANS.format("".join(f"{number},2026-11-03 12:00:00\n" for number in numbers))


def parcels(reading):
    """Platform and shop → the numbers of its scans."""
    return {
        (shop.platform, shop.shop): set(shop.tables["shipments"]["tracking_no"])
        for shop in reading.shops
        if "shipments" in shop.tables
    }


def notes(account):
    return [(note.reason, note.count) for note in account.notes]


def test_scans_go_to_the_one_shop_whose_orders_name_their_numbers(read):
    reading = read({"a.csv": tmall("SF1", "SF2"), "b.csv": of_1688("YT1"), "揽收.csv": scans("SF2", "SF1", "SF3")})
    assert parcels(reading) == {("tmall", "店铺甲"): {"SF1", "SF2", "SF3"}}
    account = reading.accounts["揽收.csv"]
    assert (account.platform, account.shop, account.rows_accepted) == ("tmall", "店铺甲", 3)
    assert notes(account) == [("whose_numbers", 2)]
    assert account.message is None


def test_numbers_of_two_shops_are_left_out_with_the_remedy(read):
    reading = read({"a.csv": tmall("SF1", "SF2"), "b.csv": of_1688("YT1"), "揽收.csv": scans("SF1", "SF2", "YT1")})
    assert parcels(reading) == {}
    account = reading.accounts["揽收.csv"]
    assert (account.refusals[0].reason, account.rows_refused, notes(account)) == ("unknown_platform", 3, [])
    assert "shop.yaml" in account.message.en


def test_one_number_that_orders_of_two_shops_name_is_enough_for_doubt(read):
    reading = read({"a.csv": tmall("SF1", "SF2"), "b.csv": of_1688("SF1"), "揽收.csv": scans("SF1", "SF2")})
    assert parcels(reading) == {}


def test_numbers_that_no_order_names_tell_nothing(read):
    reading = read({"a.csv": tmall("SF1"), "b.csv": of_1688("YT1"), "揽收.csv": scans("ZT1")})
    assert parcels(reading) == {}
    assert reading.accounts["揽收.csv"].refusals[0].reason == "unknown_platform"


def test_another_carriers_file_is_no_witness(read):
    files = {"a.csv": tmall("SF1"), "b.csv": of_1688("YT1"), "甲.csv": scans("SF1", "ZT1"), "乙.csv": scans("ZT1")}
    reading = read(files)
    assert parcels(reading) == {("tmall", "店铺甲"): {"SF1", "ZT1"}}
    assert reading.accounts["乙.csv"].refusals[0].reason == "unknown_platform"


def test_several_numbers_in_a_cell_are_several(read):
    reading = read({"a.csv": tmall("SF1"), "b.csv": of_1688("YT1", "YT2"), "揽收.csv": scans("YT2")})
    assert parcels(reading) == {("1688", "店铺甲"): {"YT2"}}


@pytest.mark.parametrize(("number", "whose"), [("1", "tmall"), ("9", "1688")])
def test_numbers_of_orders_tell_as_well(read, number, whose):
    text = f"运单号,揽收时间,订单号\nZT1,2026-11-03 12:00:00,{number}\n"
    reading = read({"a.csv": tmall("SF1"), "b.csv": of_1688("YT1"), "揽收.csv": text})
    assert parcels(reading) == {(whose, "店铺甲"): {"ZT1"}}


def test_an_order_of_one_shop_with_a_parcel_of_another_is_doubt(read):
    text = "运单号,揽收时间,订单号\nYT1,2026-11-03 12:00:00,1\n"
    assert parcels(read({"a.csv": tmall("SF1"), "b.csv": of_1688("YT1"), "揽收.csv": text})) == {}


def test_scans_among_two_shops_of_one_platform_go_to_the_one_that_knows_them(read):
    first = f"{NAMED}\n{order('1', tracking='SF1')},名店\n"
    second = f"{NAMED}\n{order('2', tracking='SF2')},别店\n"
    reading = read({"a.csv": first, "b.csv": second, "揽收.csv": scans("SF2")})
    assert parcels(reading) == {("tmall", "别店"): {"SF2"}}
    assert reading.warnings == []


def test_scans_of_a_folder_of_one_shop_are_its_own_whatever_their_numbers(read):
    reading = read({"a.csv": tmall("SF1"), "揽收.csv": scans("ZT1")})
    assert parcels(reading) == {("tmall", "店铺甲"): {"ZT1"}}
    assert notes(reading.accounts["揽收.csv"]) == []


def test_what_shop_yaml_says_is_not_asked_again(read):
    files = {"a.csv": tmall("SF1"), "b.csv": of_1688("YT1"), "揽收.csv": scans("YT1")}
    assert parcels(read(files | {"shop.yaml": "platform: tmall\n"})) == {("tmall", "店铺甲"): {"YT1"}}


def test_the_order_of_files_does_not_matter(read):
    texts = (tmall("SF1"), of_1688("YT1"), scans("SF1"))
    for turn, names in enumerate(itertools.permutations(("a.csv", "b.csv", "c.csv"))):
        reading = read(dict(zip(names, texts, strict=True)), folder=f"店{turn}")
        assert parcels(reading) == {("tmall", f"店{turn}"): {"SF1"}}


def test_orders_and_scans_too_many_to_hold_tell_as_well(read, monkeypatch):
    for name in ("HELD_BYTES", "TOGETHER_BYTES"):
        monkeypatch.setattr(limits, name, 0)
    reading = read({"a.csv": tmall("SF1"), "b.csv": of_1688("YT1"), "揽收.csv": scans("SF1")})
    assert parcels(reading) == {("tmall", "店铺甲"): {"SF1"}}
