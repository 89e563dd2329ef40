"""One order in many rows, many orders in one row: amounts are the order's, once, and every row is accounted for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_readers_merge import part, row

from shopscore.readers.rows.once import marked
from shopscore.readers.shops.merge import merge
from shopscore.schema import TABLES

FORMAT = """\
id: lines
platform: jd
table: orders
title: {{en: lines, zh: 行}}
must: [[单号, 货]]
columns:
  order_id: 单号
  product_id: 货
  created_at: 时
  amount: 应付
  item_count: 件
  tracking_no: 运单
{more}
line_key: [货]
export:
  menu: {{en: there, zh: 那里}}
  confidence: low
  source: [invented]
"""
HEADER = "单号,货,时,应付,件,运单"
AT = "2026-11-03 10:00:00"


@pytest.fixture
def lines_of(read):
    def run(rows, more="", folder="店", **files):
        files = files or {"导出.csv": rows}
        texts = {name: "\n".join([HEADER, *content]) for name, content in files.items()}
        reading = read({"x.format.yaml": FORMAT.format(more=more), **texts}, folder=folder)
        frame = reading.shops[0].tables["orders"].sort("order_id", "line_id", nulls_last=False)
        names = ("order_id", "line_id", "amount", "item_count", "tracking_no")
        return frame.select(names).rows(), reading.accounts

    return run


REPEATED = [f"M1,甲,{AT},30.00,1,", f"M1,乙,{AT},30.00,2,", f"M2,甲,{AT},5.00,1,"]
KEPT_ONCE = [
    ("M1", "乙", Decimal("30.00"), 2, None),
    ("M1", "甲", None, 1, None),
    ("M2", None, Decimal("5.00"), 1, None),
]


def test_an_amount_repeated_on_every_line_is_kept_on_one(lines_of):
    rows, accounts = lines_of(REPEATED, "once: [amount]")
    assert rows == KEPT_ONCE
    assert accounts["导出.csv"].cells_refused == ()


def test_an_amount_per_line_stays_where_the_format_does_not_say_once(lines_of):
    assert [amount for _, _, amount, *_ in lines_of(REPEATED)[0]] == [Decimal(30), Decimal(30), Decimal(5)]


def test_lines_cut_by_two_downloads_carry_their_orders_amount_once(lines_of):
    rows, _ = lines_of(None, "once: [amount]", **{"a.csv": REPEATED[:1], "b.csv": REPEATED})
    assert rows == KEPT_ONCE
    rows, _ = lines_of(None, "once: [amount]", "其他", **{"a.csv": REPEATED[1:], "b.csv": REPEATED[:1]})
    assert rows == KEPT_ONCE


def test_an_amount_that_differs_from_line_to_line_is_not_the_orders(lines_of):
    rows, accounts = lines_of([f"M1,甲,{AT},30.00,1,", f"M1,乙,{AT},31.00,2,"], "once: [amount]")
    assert [amount for _, _, amount, *_ in rows] == [None, None]
    (cells,) = accounts["导出.csv"].cells_refused
    assert (cells.column, cells.count, cells.examples[0].shape) == ("amount", 2, "30.00")


def test_the_newest_of_two_amounts_of_an_order_counts():
    old = part(0, "orders", [row("1", line_id="a", amount=3), row("1", line_id="b", amount=3)])
    new = part(1, "orders", [row("1", line_id="b", amount=2, paid_at=row("")["created_at"].replace(day=20))])
    parts = [type(old)(item.file, marked(item.frame, ["amount"]), item.time) for item in (old, new)]
    parts[1] = type(old)(1, parts[1].frame, old.time.replace(day=21))
    frame = merge(TABLES["orders"], parts).frame.sort("line_id")
    assert frame.select("line_id", "amount").rows() == [("a", Decimal(2)), ("b", None)]


def test_what_was_saved_and_is_exported_again_still_counts_once():
    saved = part(0, "orders", [row("1", line_id="a", amount=3), row("1", line_id="b", amount=None)])
    again = part(1, "orders", [row("1", line_id="a", amount=3), row("1", line_id="b", amount=3)])
    for times in ((5, 9), (9, 5), (5, 5)):
        parts = [
            type(saved)(0, saved.frame, saved.time.replace(day=times[0])),
            type(saved)(1, marked(again.frame, ["amount"]), saved.time.replace(day=times[1])),
        ]
        frame = merge(TABLES["orders"], parts).frame.sort("line_id")
        assert frame.select("line_id", "amount").rows() == [("a", Decimal(3)), ("b", None)]


SPLIT = 'split_orders: ";"'


def test_orders_that_share_a_row_become_rows_of_their_own(lines_of):
    rows, accounts = lines_of([f"M1;M2,甲;乙,{AT},30.00,2;3,T1;T2", f"M3,丙,{AT},1.00,1,T3"], SPLIT)
    assert rows == [
        ("M1", None, Decimal("30.00"), 2, "T1"),
        ("M2", None, None, 3, "T2"),
        ("M3", None, Decimal("1.00"), 1, "T3"),
    ]
    account = accounts["导出.csv"]
    assert (account.rows_read, account.rows_accepted) == (3, 3)


@pytest.mark.parametrize("written", ["M1；M2", '"\tM1;M2"', "M1;M2;", " M1 ;M2"])
def test_orders_are_separated_however_the_sign_is_written(lines_of, written):
    rows, _ = lines_of([f"{written},甲,{AT},,,"], SPLIT)
    assert [number for number, *_ in rows] == ["M1", "M2"]


def test_a_row_whose_cells_do_not_say_whose_they_are_is_refused(lines_of):
    _, accounts = lines_of([f"M1;M2;M3,甲;乙,{AT},1,1,", f"M4,丙,{AT},1,1,", f"M5;M6,丙,{AT};,1,1,"], SPLIT)
    account = accounts["导出.csv"]
    (refusal,) = account.refusals
    assert (refusal.reason, refusal.count, refusal.examples[0].row) == ("uneven_orders", 1, 2)
    assert (account.rows_read, account.rows_accepted) == (4, 3)


def test_a_row_of_more_orders_than_anyone_exports_is_refused(lines_of):
    _, accounts = lines_of([f"{'M;' * 5000}M,甲,{AT},1,1,", f"M4,丙,{AT},1,1,"], SPLIT)
    assert [(refusal.reason, refusal.count) for refusal in accounts["导出.csv"].refusals] == [("uneven_orders", 1)]


def test_orders_of_one_row_that_contradict_another_file_are_refused_one_by_one(lines_of):
    shared = f"M1;M2,甲;甲,{AT},1,1,T1;T2"
    files = {"a.csv": [shared], "b.csv": [f"M1,甲,{AT},,,T9", f"M2,甲,{AT},,,T9"], "c.csv": [f"M7,甲,{AT},,,"]}
    _, accounts = lines_of(None, SPLIT, **files)
    assert [(account.rows_read, account.rows_refused) for account in accounts.values()] == [(2, 2), (2, 2), (1, 0)]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("甲乙丙丁")), min_size=1, max_size=8, unique=True))
def test_lines_add_up_to_the_orders_whatever_their_order(pairs):
    amounts = {"A": 30, "B": 7, "C": 11}
    rows = [row(order, line_id=line, amount=amounts[order]) for order, line in pairs]
    piece = part(0, "orders", rows)
    frame = merge(TABLES["orders"], [type(piece)(0, marked(piece.frame, ["amount"]), None)]).frame
    summed = dict(frame.group_by("order_id").agg("amount").select("order_id", "amount").rows())
    assert {order: sum(filter(None, found)) for order, found in summed.items()} == {
        order: amounts[order] for order, _ in pairs
    }
    kept = frame.filter(frame["amount"].is_not_null()).select("order_id", "line_id").rows()
    assert sorted(kept) == sorted(min(pair for pair in pairs if pair[0] == order) for order in {a for a, _ in pairs})
