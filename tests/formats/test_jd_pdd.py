"""Exports of JD and Pinduoduo that come damaged, cut, twice, or under a telling name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from shopscore.readers import plan, read_unit
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules

DATA = Path(__file__).parent / "data"
NOW = dt.datetime(2026, 11, 23, 10, 0)
BILL = "pdd-mall-bill-detail(100001)_2026-07-20-10-09-55_2175.csv"
ORDERS = "aorders_export2026-07-20-10-09-23.csv"


@pytest.fixture(scope="module")
def rules():
    return load_rules([default_rules_dir()])


@pytest.fixture
def read(tmp_path, rules):
    """Files, name → bytes, of one shop: the shop and the accounts by name."""

    def run(platform, files):
        (tmp_path / "shop.yaml").write_text(f"name: 示例店\nplatform: {platform}\n", encoding="utf-8")
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        (unit,) = plan([tmp_path])
        reading = read_unit(unit, rules, key=b"k" * 32, now=NOW)
        accounts = {account.file.rpartition("/")[2]: account for account in reading.accounts}
        for account in accounts.values():
            assert account.rows_read == account.rows_accepted + account.rows_duplicate + account.rows_refused
        return (reading.shops[0] if reading.shops else None), accounts

    return run


def changed(name, *changes, encoding="gb18030"):
    """A fixture's bytes with some of its text changed."""
    text = (DATA / name).read_bytes().decode(encoding)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode(encoding)


def reasons(account):
    return {refusal.reason: refusal.count for refusal in account.refusals}


@pytest.mark.parametrize(
    ("name", "table", "until"),
    [
        (ORDERS, "orders", dt.datetime(2026, 7, 20, 10, 9, 23)),
        (BILL, "bills", dt.datetime(2026, 7, 20, 10, 9, 55)),
    ],
)
def test_the_name_says_how_far_a_file_can_be_trusted(read, name, table, until):
    shop, _ = read("pdd", {name: (DATA / name).read_bytes()})
    assert shop.seen_until[table] == until


def test_orders_of_jd_downloaded_twice_cost_what_they_cost_once(read):
    whole = (DATA / "jd_orders.csv").read_bytes()
    lines = whole.split(b"\r\n")
    half = b"\r\n".join([lines[0], *lines[2:4], b""])
    shop, accounts = read("jd", {"19453840.csv": whole, "19453841.csv": half})
    orders = shop.tables["orders"]
    assert orders.get_column("amount").sum() == Decimal("760.00")
    assert orders.height == 9
    assert accounts["19453840.csv"].rows_duplicate + accounts["19453841.csv"].rows_duplicate == 2


def test_amounts_of_one_jd_order_that_contradict_each_other_are_none(read):
    content = (DATA / "jd_orders.csv").read_bytes().replace(b",95.00,,95.00,", b",95.00,,94.00,", 1)
    shop, accounts = read("jd", {"19453840.csv": content})
    assert shop.tables["orders"].filter(order_id="280000000001").get_column("amount").to_list() == [None, None]
    assert [(each.column, each.count) for each in accounts["19453840.csv"].cells_refused] == [("amount", 2)]


def test_a_jd_order_number_that_a_spreadsheet_rounded_is_refused(read):
    content = changed("jd_orders.csv", ("280000000008", "2.8E+11"))
    _, accounts = read("jd", {"19453840.csv": content})
    assert reasons(accounts["19453840.csv"]) == {"damaged_id": 1}


def test_a_jd_export_that_ends_within_a_row_loses_that_row(read):
    content = (DATA / "jd_orders.csv").read_bytes()
    _, accounts = read("jd", {"19453840.csv": content[:-60]})
    assert reasons(accounts["19453840.csv"]) == {"cut_row": 1}
    assert accounts["19453840.csv"].rows_accepted == 8


def test_a_type_of_order_nobody_has_named_is_listed_and_guessed_no_kind(read):
    shop, accounts = read("jd", {"1.csv": changed("jd_orders.csv", ("销售订单", "示例新类型订单"))})
    assert set(shop.tables["orders"].get_column("kind")) == {None, "cod"}
    assert [(each.column, each.count) for each in accounts["1.csv"].cells_refused] == [("kind", 8)]


def test_a_jd_status_says_that_an_order_was_shipped_and_never_that_it_was_scanned(read):
    late = changed("jd_orders.csv", ("等待出库", "等待确认收货"))
    early = (DATA / "jd_orders.csv").read_bytes()
    shop, _ = read("jd", {"订单导出_20261111.csv": early, "订单导出_20261112.csv": late})
    seen = shop.tables["sightings"].filter(order_id="280000000002").to_dicts()[0]
    assert (seen["shipped_after"], seen["shipped_by"]) == (
        dt.datetime(2026, 11, 11),
        dt.datetime(2026, 11, 12, 23, 59, 59),
    )
    assert seen.get("picked_up_by") is None


def test_a_bill_with_a_row_missing_contradicts_its_own_sums(read):
    lines = (DATA / BILL).read_bytes().split(b"\r\n")
    _, accounts = read("pdd", {BILL: b"\r\n".join(lines[:9] + lines[10:])})
    account = accounts[BILL]
    assert account.rows_accepted == 6
    (note,) = [note for note in account.notes if note.reason == "control_total"]
    assert [example.shape for example in note.examples] == ["55.67 ≠ 35.67"]


def test_money_out_without_its_minus_is_the_same_bill(read):
    plain = changed(BILL, (",-", ","), ("共-", "共"))
    shop, accounts = read("pdd", {BILL: plain})
    assert shop.tables["bills"].get_column("expense").sum() == Decimal("55.67")
    assert (accounts[BILL].totals_agree, accounts[BILL].notes) == (2, ())


def test_an_unpaid_order_of_pdd_whose_number_is_no_number_has_no_day(read):
    content = changed(ORDERS, ("260702-000000000000008", "示例-8"), encoding="utf-8-sig")
    _, accounts = read("pdd", {ORDERS: content})
    assert reasons(accounts[ORDERS]) == {"missing_created_at": 1}


def test_a_paid_order_of_pdd_without_its_time_is_refused_and_not_dated_by_its_number(read):
    content = changed(ORDERS, ("2026-07-01 10:00:00,", ","), encoding="utf-8-sig")
    _, accounts = read("pdd", {ORDERS: content})
    assert reasons(accounts[ORDERS]) == {"missing_created_at": 1}


def test_an_order_of_pdd_whose_cells_have_moved_is_refused(read):
    content = changed(ORDERS, ("2026-07-01 10:00:01,示例商品,", "2026-07-01 10:00:01,"), encoding="utf-8-sig")
    _, accounts = read("pdd", {ORDERS: content})
    assert reasons(accounts[ORDERS]) in ({"ragged_row": 1}, {"shifted_row": 1})


PRODUCTS = "商品ID,商品名称,总花费(元),曝光量,点击量\r\n700000000001,示例,20.50,1000,50\r\n总计,-,20.50,1000,50\r\n"


def test_promotion_by_product_is_of_the_one_day_its_name_tells(read):
    name = "商品推广_20260601至20260601.csv"
    shop, accounts = read("pdd", {name: PRODUCTS.encode()})
    rows = shop.tables["traffic"].select("date", "product_id", "spend").rows()
    assert rows == [(dt.datetime(2026, 6, 1), "700000000001", Decimal("20.50"))]
    assert (accounts[name].totals_agree, reasons(accounts[name])) == (3, {"total_row": 1})


def test_promotion_by_product_over_several_days_is_of_none(read):
    name = "商品推广_20260601至20260630.csv"
    _, accounts = read("pdd", {name: PRODUCTS.encode()})
    assert reasons(accounts[name]) == {"total_row": 1, "missing_date": 1}
