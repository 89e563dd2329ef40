"""One cell, one value: dates, amounts and blanks as platforms and spreadsheets write them, and what is not guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_world import HEADER, order

from shopscore.readers.cells.cast import typed
from shopscore.readers.cells.conventions import conventions, fold
from shopscore.readers.cells.style import Style, Zones
from shopscore.readers.cells.times import column_order, joined_order
from shopscore.ruleset.cells import cells
from shopscore.schema import TABLES

ORDERS, STATS = TABLES["orders"], TABLES["agent_stats"]
CREATED, PROMISED = ORDERS.by_name["created_at"], ORDERS.by_name["promised_ship_at"]
SHANGHAI = Zones("Asia/Shanghai")
EXPORTED = dt.datetime(2026, 11, 20)


def times(*cells, column=CREATED, zones=SHANGHAI, **style):
    return typed(pl.Series(cells, dtype=pl.String()), column, zones, Style(**style)).values.to_list()


def amounts(*cells, name="amount", table=ORDERS, decimal="."):
    return typed(pl.Series(cells, dtype=pl.String()), table.by_name[name], Zones(), Style(decimal=decimal))


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2025-04-30 23:58:58", dt.datetime(2025, 4, 30, 23, 58, 58)),
        ("2016/5/23 22:02", dt.datetime(2016, 5, 23, 22, 2)),
        ("2020/2/21 0:00", dt.datetime(2020, 2, 21)),
        ("2026/07/14 09:16:38", dt.datetime(2026, 7, 14, 9, 16, 38)),
        ("31/12/2023 22:36", dt.datetime(2023, 12, 31, 22, 36)),
        ("08/29/2022 10:00:01", dt.datetime(2022, 8, 29, 10, 0, 1)),
        ("08/29/2022", dt.datetime(2022, 8, 29)),
        ("04-30-22", dt.datetime(2022, 4, 30)),
        ("Sep-27-26", dt.datetime(2026, 9, 27)),
        ("25/11/2026 14.05", dt.datetime(2026, 11, 25, 14, 5)),
        ("2022-01-11 04:32:31 -0500", dt.datetime(2022, 1, 11, 17, 32, 31)),
        ("2026年11月3日 9:05", dt.datetime(2026, 11, 3, 9, 5)),
        ("20260601~20260601", dt.datetime(2026, 6, 1)),
        ("2026-06-01 至 2026-06-01", dt.datetime(2026, 6, 1)),
        ("２０２６-11-03 10：00：00", dt.datetime(2026, 11, 3, 10)),
    ],
)
def test_every_form_of_a_date_is_read(written, time):
    assert times(written) == [time]


@pytest.mark.parametrize(
    "written",
    [
        "20260601~20260630",
        "26-11-03",
        "04-11-22",
        "03/04/2026",
        "22-04-30",
        "13/13/2026",
        "2026-02-30",
        "45231.5",
        "45231",
        "11月18日",
        "1762135200",
        "Sep-31-26",
    ],
)
def test_what_could_be_another_day_is_no_time(written):
    read = typed(pl.Series([written]), CREATED, SHANGHAI)
    assert (read.values.to_list(), read.refused.to_list()) == ([None], [True])


@pytest.mark.parametrize(
    ("cells", "order", "read"),
    [
        (["03/04/2026", "25/04/2026"], "day_first", [(4, 3), (4, 25)]),
        (["03/04/2026", "04/25/2026"], "month_first", [(3, 4), (4, 25)]),
        (["03/04/2026", "05/04/2026"], "unknown", [None, None]),
        (["03/04/2026", "25/04/2026", "04/25/2026"], "mixed", [None, (4, 25), (4, 25)]),
        (["04/04/2026", "25/04/2026", "25/04/99", "04/25/2026"], "mixed", [(4, 4), (4, 25), None, (4, 25)]),
        (["03-04-22", "04-30-22"], "month_first", [(3, 4), (4, 30)]),
        (["03-04-22", "22-04-30"], "unknown", [None, None]),
        (["03-04-99", "22-04-99"], "day_first", [(4, 3), (4, 22)]),
        (["2026-04-03", "03/04/2026"], "unknown", [(4, 3), None]),
    ],
)
def test_the_column_as_a_whole_says_which_number_is_the_day(cells, order, read):
    found = typed(pl.Series(cells), CREATED, SHANGHAI)
    assert found.order == order
    assert [time and (time.month, time.day) for time in found.values] == read


def test_a_form_of_the_format_settles_the_order_of_day_and_month():
    day_first = {"times": ("%d/%m/%Y %H:%M",)}
    assert times("03/04/2026 10:00", "03/04/2026", **day_first) == [
        dt.datetime(2026, 4, 3, 10),
        dt.datetime(2026, 4, 3),
    ]
    assert times("03-04-22", times=("%m-%d-%y",)) == [dt.datetime(2022, 3, 4)]
    against = typed(pl.Series(["03/04/2026", "04/25/2026"]), CREATED, SHANGHAI, Style(**day_first))
    assert (against.values.to_list(), against.order) == ([dt.datetime(2026, 4, 3), None], "mixed")


def test_parts_of_a_column_tell_its_order_together():
    parts = [pl.Series(["03/04/2026"]), pl.Series(["'25/04/2026", None]), pl.Series(["2026-04-03"])]
    orders = [column_order(part) for part in parts]
    assert orders == ["unknown", "day_first", None]
    assert joined_order(joined_order(orders[0], orders[1]), orders[2]) == "day_first"
    assert joined_order("day_first", "month_first") == "mixed"
    assert times("03/04/2026", orders={"created_at": "day_first"}) == [dt.datetime(2026, 4, 3)]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2030, 12, 31)), min_size=1, max_size=6), st.data())
def test_a_date_is_read_as_it_was_meant_or_not_at_all(days, data):
    form = data.draw(st.sampled_from(["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%m-%d-%y", "%d-%m-%y", "%y-%m-%d"]))
    meant = [day.replace(second=0, microsecond=0, **({} if "%H" in form else {"hour": 0, "minute": 0})) for day in days]
    for read, day in zip(times(*(day.strftime(form) for day in meant)), meant, strict=True):
        assert read in {day, None}


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("11月18日", dt.datetime(2026, 11, 18)),
        ("11月20日 23:59", dt.datetime(2026, 11, 20, 23, 59)),
        ("11月21日", dt.datetime(2025, 11, 21)),
        ("12月31日 08:00:09", dt.datetime(2025, 12, 31, 8, 0, 9)),
        ("2月29日", None),
    ],
)
def test_a_day_without_a_year_is_the_last_one_until_the_export(written, time):
    assert times(written, exported=EXPORTED) == [time]


def test_a_promise_without_a_year_may_lie_ahead_and_is_not_read():
    assert times("11月18日", column=PROMISED, exported=EXPORTED) == [None]


def test_the_year_comes_from_the_files_name_only(orders_of):
    cells = order("1001", created="11月3日 10:00")
    dated, _ = orders_of(f"{HEADER}\n{cells}\n", name="export202611200930.csv")
    assert [row["created_at"] for row in dated] == [dt.datetime(2026, 11, 3, 10)]
    _, account = orders_of(f"{HEADER}\n{cells}\n", name="export.csv", folder="b")
    assert account.refusals[0].reason == "unreadable_created_at"


def test_a_spreadsheets_count_of_days_is_read_where_the_format_says_so():
    assert times("45231.5", "45231", "45231.999995", times=("serial",)) == [
        dt.datetime(2023, 11, 1, 12),
        dt.datetime(2023, 11, 1),
        dt.datetime(2023, 11, 2),
    ]


def test_dates_that_do_not_say_which_number_is_the_day_are_noted(orders_of):
    rows, account = orders_of("\n".join([HEADER, order("1", paid="03/04/2026"), order("2", paid="05/04/2026")]))
    assert [row["paid_at"] for row in rows] == [None, None]
    (note,) = account.notes
    assert (note.reason, note.count, note.examples[0].shape) == ("date_order", 2, "03/04/2026")
    assert [(cells.column, cells.count) for cells in account.cells_refused] == [("paid_at", 2)]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12.34元", "12.34"),
        ("¥12.34", "12.34"),
        ("￥ 12.34", "12.34"),
        ("-¥12", "-12.00"),
        ("¥-12", "-12.00"),
        ("¥ - 12", "-12.00"),
        ("(12.00)", "-12.00"),
        ("（¥12）", "-12.00"),
        ("12.00-", "-12.00"),
        ("+12", "12.00"),
        ("−12.50", "-12.50"),
        ("－１２．５０", "-12.50"),
        ("１，２３４．５０", "1234.50"),
        ("1,234,567.89", "1234567.89"),
        ("1,23,456.00", "123456.00"),
        ("1 234.50", "1234.50"),
        ("US$1,234", "1234.00"),
        ("12.34 USD", "12.34"),
        (".5", "0.50"),
    ],
)
def test_amounts_are_read_with_their_signs_and_units(written, amount):
    read = amounts(written)
    assert (read.values.to_list(), read.refused.to_list()) == ([Decimal(amount)], [False])


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("Rp1.234.567", "1234567.00"),
        ("1234,5", "1234.50"),
        ("-0,75", "-0.75"),
        ("1.234", "1234.00"),
        ("150000", "150000.00"),
    ],
)
def test_a_decimal_comma_is_read_where_the_format_says_so(written, amount):
    assert amounts(written, decimal=",").values.to_list() == [Decimal(amount)]


@pytest.mark.parametrize(
    ("written", "decimal"),
    [
        ("1.234,56", "."),
        ("1,5", "."),
        ("12,34", "."),
        ("0,500", "."),
        ("1,234", ","),
        ("12.50", ","),
        ("0.500", ","),
        ("1,234.50", ","),
        ("1元2", "."),
        ("--12", "."),
        ("-12-", "."),
        ("(-12)", "."),
        ("1 2", "."),
        ("1.2.3", "."),
        ("1.2万", "."),
        ("50%", "."),
        ("1.23457E+11", "."),
    ],
)
def test_what_could_be_another_amount_is_none(written, decimal):
    read = amounts(written, decimal=decimal)
    assert (read.values.to_list(), read.refused.to_list()) == ([None], [True])


@settings(deadline=None, max_examples=100)
@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(",."), st.booleans())
def test_an_amount_is_the_same_however_it_is_written(amount, decimal, grouped):
    text = f"{amount:,.2f}" if grouped else f"{amount:.2f}"
    text = text if decimal == "." else text.translate(str.maketrans(",.", ".,"))
    wide = text.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789,.-"})
    for written in (text, f"{text}元", f"¥{text}", wide):
        assert amounts(written, decimal=decimal).values.to_list() == [amount]


def test_rates_may_be_per_cent_and_counts_may_not():
    assert amounts("95.5%", "0.955", "95.5 ％", name="satisfaction", table=STATS).values.to_list() == [0.955] * 3
    assert amounts("50%", "3件", "1,200", "2.5", name="item_count").values.to_list() == [None, 3, 1200, None]


EMPTY = [
    *("", " ", "null", "NULL", "-", "--", "—", "－", "无", "N/A", "无退款申请", "订单未关闭", "None", "NaN", "#N/A"),
    *("0000-00-00 00:00:00", "0001-01-01 00:00:00", "0001-01-01T00:00:00", "1970-01-01 00:00:00"),
    *("1970-01-01 08:00:00", "1970/1/1 8:00", "1900/1/0 0:00", "'-", '="-"', "\t-"),
]


@pytest.mark.parametrize("written", EMPTY)
@pytest.mark.parametrize("name", ["paid_at", "amount", "item_count", "carrier", "tracking_no", "buyer_id"])
def test_blank_is_blank_and_no_nought(written, name):
    read = typed(pl.Series([written]), ORDERS.by_name[name], SHANGHAI)
    assert (read.values.to_list(), read.refused.to_list()) == ([None], [False])


def test_a_time_of_one_character_says_nothing_and_a_number_of_one_does():
    assert typed(pl.Series(["0", "."]), ORDERS.by_name["shipped_at"], SHANGHAI).refused.to_list() == [False, False]
    assert typed(pl.Series(["0"]), ORDERS.by_name["amount"], SHANGHAI).values.to_list() == [Decimal("0.00")]


@pytest.mark.parametrize(
    "written", ["****", "顾*", "1**********", "隐***称", "~AgAAAB1f==~1~", "$AgAAAB1f==$1$", "##x9Kd==", "$$x9Kd=="]
)
def test_a_buyer_who_cannot_be_told_is_no_buyer(written):
    buyers = typed(pl.Series([written, "jd_4f2a"]), ORDERS.by_name["buyer_id"], SHANGHAI)
    assert (buyers.values.to_list(), buyers.refused.to_list()) == ([None, "jd_4f2a"], [False, False])
    assert typed(pl.Series([written]), ORDERS.by_name["carrier"], SHANGHAI).values.to_list() == [written]


# ── names spelled in several ways ────────────────────────────────────────────────────────────────────────────────


def test_a_carrier_under_several_spellings_is_one(orders_of):
    spelled = ["圆通速递", "圆通", " 圆通快递", "YTO", "ｙｔｏ Express", "yuantong"]
    header = f"{HEADER},物流公司"
    rows, account = orders_of("\n".join([header, *(f"{order(str(n))},{name}" for n, name in enumerate(spelled))]))
    assert {row["carrier"] for row in rows} == {"圆通速递"}
    assert account.rows_accepted == len(spelled)


def test_a_carriers_freight_service_and_an_unknown_name_stay_what_they_are(orders_of):
    spelled = ["中通快运", "顺丰同城", "邮政", "某某 专线", "-"]
    header = f"{HEADER},物流公司"
    rows, _ = orders_of("\n".join([header, *(f"{order(str(n))},{name}" for n, name in enumerate(spelled))]))
    assert [row["carrier"] for row in rows] == ["中通快运", "顺丰同城", "邮政", "某某 专线", None]


def test_a_province_with_and_without_its_rank_is_one(read):
    spelled = ["浙江省", "浙江", "新疆维吾尔自治区", "新疆", "北京市", "内蒙古自治区", "Texas"]
    rows = [f"{n},2026-11-03 10:00:00,{name}" for n, name in enumerate(spelled)]
    found = read({"tmall/店/orders.csv": "\n".join(["order_id,created_at,region", *rows])})
    table = found.shops[0].tables["orders"].sort("order_id")
    assert table["region"].to_list() == ["浙江", "浙江", "新疆", "新疆", "北京", "内蒙古", "Texas"]


@pytest.mark.parametrize("column", sorted(conventions().names))
def test_no_spelling_is_that_of_two_names(column):
    listed = [group.spelled for group in cells().names if group.column == column]
    spelled = [fold(each) for group in listed for name, others in group.items() for each in (name, *others)]
    assert len(set(spelled)) == len(spelled)
