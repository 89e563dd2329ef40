"""How ids, money, times, words, flags and shares are written in back-office files, and what is read of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from readers_world import HEADER, MORNING, csv, order


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('="193000000000001"', "193000000000001"),
        ('"=""193000000000001"""', "193000000000001"),
        ("'193000000000001", "193000000000001"),
        ("`193000000000001", "193000000000001"),
        ('"\t193000000000001"', "193000000000001"),
        ("193000000000001\t", "193000000000001"),
        ("007", "007"),
        ("　A-1 ", "A-1"),
    ],
)
def test_text_guards_are_stripped_and_ids_stay_text(orders_of, written, read_as):
    rows, _ = orders_of(csv(order(written)).encode("gb18030"))
    assert rows[0]["order_id"] == read_as


@pytest.mark.parametrize("written", ["No:789000111", "NO:789000111", "789000111", "No：789000111"])
def test_the_tracking_prefix_is_no_part_of_the_number(orders_of, written):
    assert orders_of(csv(order("1", tracking=written)))[0][0]["tracking_no"] == "789000111"


def test_several_numbers_in_a_cell_are_separated_by_commas(orders_of):
    assert orders_of(csv(order("1", tracking="M1;M2")))[0][0]["tracking_no"] == "M1,M2"


@pytest.mark.parametrize("written", ["2.02606041134381e+27", "1.93E+14", "10160070484512.0"])
def test_an_id_a_spreadsheet_destroyed_is_refused_with_its_row(orders_of, written):
    rows, account = orders_of(csv(order("1001"), order(written)))
    assert [row["order_id"] for row in rows] == ["1001"]
    (refusal,) = account.refusals
    assert (refusal.reason, refusal.count) == ("damaged_id", 1)
    assert (refusal.examples[0].row, refusal.examples[0].shape) == (3, written)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12.34元", "12.34"),
        ("¥12.34", "12.34"),
        ("￥1234", "1234.00"),
        ('"1,234.50"', "1234.50"),
        ("$25.00", "25.00"),
        ("-3.005", "-3.01"),
        ("", None),
    ],
)
def test_money(orders_of, written, amount):
    rows, account = orders_of(csv(order("1", amount=written)))
    assert rows[0]["amount"] == (None if amount is None else Decimal(amount))
    assert account.cells_refused == ()


@pytest.mark.parametrize("written", ["", "null", "-", "--", "无", "N/A", "0001-01-01 00:00:00", "1970-01-01 00:00:00"])
def test_texts_that_stand_for_nothing(orders_of, written):
    rows, account = orders_of(csv(order("1", paid=written)))
    assert rows[0]["paid_at"] is None
    assert account.cells_refused == ()


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2026-11-03 10:00:00", MORNING),
        ("2026/11/3 10:00", MORNING),
        ("2026/11/03 10:00:00", MORNING),
        ("2026-11-3 9:05:07", dt.datetime(2026, 11, 3, 9, 5, 7)),
        ("2026/11/3 0:00", dt.datetime(2026, 11, 3)),
        ("2026-11-03", dt.datetime(2026, 11, 3)),
        ("20261103", dt.datetime(2026, 11, 3)),
        ("2026-11-03 10:00:00.900", MORNING),
        ("2026-11-03T10:00:00+08:00", MORNING),
        ("2026-11-03T02:00:00Z", MORNING),
        ("2026-11-02 21:00:00 -0500", MORNING),
    ],
)
def test_times(orders_of, written, time):
    rows, _ = orders_of(csv(order("1", created=written)))
    assert rows[0]["created_at"] == time


def test_an_offset_is_converted_to_the_rows_own_zone(read):
    text = "platform,shop,order_id,created_at\naliexpress,A,1,2026-11-03T10:00:00Z\n1688,B,2,2026-11-03T10:00:00Z\n"
    shops = {shop.shop: shop.tables["orders"]["created_at"][0] for shop in read({"orders.csv": text}).shops}
    assert shops == {"A": dt.datetime(2026, 11, 3, 2), "B": dt.datetime(2026, 11, 3, 18)}


def test_a_time_that_cannot_be_read_is_counted(orders_of):
    rows, account = orders_of(csv(order("1", paid="32/12/2026 22:36"), order("2", paid="13800000000")))
    assert [row["paid_at"] for row in rows] == [None, None]
    (cells,) = account.cells_refused
    assert (cells.column, cells.count) == ("paid_at", 2)
    assert [example.shape for example in cells.examples] == ["32/12/2026 22:36", "9×11"]


def test_words_are_compared_without_width_and_spaces(orders_of):
    rows, _ = orders_of(csv(order("1", status='"买家已付款,等待卖家发货"'), order("2", status=" 交易 成功 ")))
    assert [row["status"] for row in rows] == ["to_ship", "finished"]


def test_an_unknown_word_is_blank_and_counted_with_an_example(orders_of):
    rows, account = orders_of(csv(order("1", status="新状态"), order("2", status="-")))
    assert [row["status"] for row in rows] == [None, None]
    (cells,) = account.cells_refused
    assert (cells.column, cells.count, cells.examples[0].shape) == ("status", 1, "新状态")


def test_rules_are_tried_in_turn_and_a_plain_no_is_no_unknown_word(orders_of):
    header = f"{HEADER},预售,定制"
    rows, account = orders_of(
        csv(
            *(
                f"{order(number)},{pre},{made}"
                for number, pre, made in (("1", "是", "否"), ("2", "否", "是"), ("3", "否", "无"), ("4", "?", ""))
            ),
            header=header,
        )
    )
    assert [row["kind"] for row in rows] == ["presale", "custom", None, None]
    assert [(cells.column, cells.count) for cells in account.cells_refused] == [("kind", 1)]


def test_flags_in_both_languages(read):
    flags = {"是": True, "否": False, "1": True, "0": False, "YES": True, "n": False, "": None, "也许": None}
    text = "shipment_id,order_id,no_logistics\n" + "".join(f"{n},{n},{flag}\n" for n, flag in enumerate(flags))
    reading = read({"tmall/A/shipments.csv": text})
    frame = reading.shops[0].tables["shipments"].sort("order_id")
    assert frame["no_logistics"].to_list() == list(flags.values())
    assert reading.accounts["tmall/A/shipments.csv"].cells_refused[0].count == 1


def test_numbers_that_are_not_whole_are_no_counts(orders_of):
    rows, account = orders_of(csv(f"{order('1')},2", f"{order('2')},2.5", f"{order('3')},3.0", header=f"{HEADER},数量"))
    assert [row["item_count"] for row in rows] == [2, None, 3]
    assert account.cells_refused[0].count == 1


def test_percentages_are_shares(read):
    text = "date,agent_id,satisfaction,sessions\n2026-11-03,小二,95.5%,12\n2026-11-04,小二,nan,\n"
    frame = read({"tmall/A/agent_stats.csv": text}).shops[0].tables["agent_stats"].sort("date")
    assert frame["satisfaction"].to_list() == [pytest.approx(0.955), None]
