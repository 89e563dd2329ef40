"""From a shop's rows to the days an interval is told from: twelve weeks, or back to the last change of level."""

from __future__ import annotations

import datetime as dt

import pytest
from case_files import rules, shop_tables

from shopscore.diagnosis.chart import SPAN
from shopscore.judge import counted
from shopscore.ledger.kernel import run
from shopscore.prepare import prepare
from shopscore.ruleset.shopfile import ShopFile
from shopscore.steady import steady_days

AS_OF = dt.datetime(2026, 9, 23, 10)
METRIC = "tmall.pickup_48h_rate"
A_DAY = 20


def day(back):
    return AS_OF.date() - dt.timedelta(days=back)


def orders(late):
    """A hundred days of orders; ``late`` says how many of a day some days ago were picked up too late."""
    found = []
    for back in range(5, 105):
        for number in range(A_DAY):
            paid = dt.datetime.combine(day(back), dt.time(10))
            hours = 60 if number < late(back) else 20
            found.append(
                {
                    "order_id": f"O{back:03d}{number:02d}",
                    "buyer_id": f"B{back:03d}{number:02d}",
                    "created_at": paid,
                    "paid_at": paid,
                    "shipped_at": paid + dt.timedelta(hours=5),
                    "picked_up_at": paid + dt.timedelta(hours=hours),
                    "status": "shipped",
                    "tracking_no": f"T{back:03d}{number:02d}",
                }
            )
    return found


def told(late, special=()):
    """The window's first and last day, its rows, and the steady days."""
    tables = shop_tables("tmall", {}, {"tables": {"orders": orders(late)}}, AS_OF)
    shop = prepare(tables, ShopFile(), rules(), now=AS_OF, as_of=AS_OF)
    ledger = run(shop.facts, shop.definitions)
    found = counted(shop, ledger)
    days = steady_days(shop, ledger, found.windows, special).get(METRIC)
    return found.windows[METRIC], found.sums[METRIC].rows, days


def test_twelve_weeks_end_with_the_window():
    (first, last), rows, days = told(lambda back: 2 + back % 2)
    inside = (last - first).days + 1
    assert len(days) == SPAN > inside
    assert sum(each.rows for each in days[-inside:]) == rows > 0
    assert all(each.rows == A_DAY for each in days[:-inside])


def test_they_begin_where_the_level_last_changed():
    (first, last), _, days = told(lambda back: 12 if back > 60 else 2)
    inside = (last - first).days + 1
    assert inside < len(days) < SPAN
    assert len(days) == pytest.approx((last - day(60)).days + 1, abs=2)


def test_a_window_in_which_the_level_changed_stands_alone():
    (first, last), _, days = told(lambda back: 12 if back < 15 else 2)
    assert first < day(14) < last
    assert days == []


def test_special_days_before_the_window_have_no_rows_and_one_in_it_leaves_it_alone():
    (first, last), _, plain = told(lambda back: 2 + back % 2)
    before = first - dt.timedelta(days=10)
    at = SPAN - 1 - (last - before).days
    _, _, days = told(lambda back: 2 + back % 2, {before})
    assert (plain[at].rows, days[at].rows) == (A_DAY, 0)
    assert days[:at] + days[at + 1 :] == plain[:at] + plain[at + 1 :]
    assert told(lambda back: 2 + back % 2, {first})[2] is None
