"""Clocks that stand still on some days."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from facts_world import Settings, at
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore.facts.stopped import running_seconds
from shopscore.ruleset.stopped import Stopped

DAY = 86400
HOUR = 3600
SUNDAYS = Stopped("ship_origin = 'mainland'", frozenset({7}), (dt.date(2026, 11, 4),))
WEEKENDS = Stopped("ship_origin IN ('hk', 'mainland')", frozenset({6, 7}), ())


def order(number="1", **cells):
    return {
        "order_id": number,
        "created_at": "11-01 08:00",
        "paid_at": "11-02 09:00",
        "ship_origin": "mainland",
        **cells,
    }


@pytest.mark.parametrize(
    ("paid", "scan", "hours"),
    [
        ("11-02 09:00", "11-03 09:00", 24),
        ("11-02 09:00", "11-05 09:00", 48),
        ("11-03 12:00", "11-04 12:00", 12),
        ("11-04 08:00", "11-04 20:00", 0),
        ("11-04 08:00", "11-05 01:00", 1),
        ("11-06 00:00", "11-09 00:00", 48),
        ("11-07 23:00", "11-08 00:00", 1),
        ("11-05 00:00", "11-16 00:00", 9 * 24),
    ],
)
def test_the_days_a_clock_stands_still_are_taken_out(facts, paid, scan, hours):
    (row,) = facts("orders", settings=Settings(stopped=(SUNDAYS,)), orders=[order(paid_at=paid, picked_up_at=scan)])
    assert row["scan_running_seconds"] == hours * HOUR
    assert row["pickup_seconds"] >= row["scan_running_seconds"]


def test_the_first_rule_that_meets_an_order_holds_and_none_stops_nothing(facts):
    orders = [
        order(number, ship_origin=origin, paid_at="11-06 00:00", picked_up_at="11-09 00:00")
        for number, origin in (("1", "mainland"), ("2", "hk"), ("3", "overseas"), ("4", None))
    ]
    rows = facts("orders", settings=Settings(stopped=(SUNDAYS, WEEKENDS)), orders=orders)
    assert [row["scan_running_seconds"] for row in rows] == [2 * DAY, DAY, 3 * DAY, 3 * DAY]
    assert {row["scan_running_seconds"] for row in facts("orders", orders=orders)} == {3 * DAY}


def test_an_order_without_a_scan_has_an_age_and_no_scan(facts):
    (row,) = facts(
        "orders", settings=Settings(stopped=(SUNDAYS,)), as_of=at("11-05 09:00"), orders=[order(picked_up_at=None)]
    )
    assert (row["scan_running_seconds"], row["age_running_seconds"]) == (None, 2 * DAY)


def test_an_order_without_a_clock_has_neither(facts):
    (row,) = facts("orders", settings=Settings(stopped=(SUNDAYS,)), orders=[order(paid_at=None)])
    assert (row["scan_running_seconds"], row["age_running_seconds"]) == (None, None)


def test_beyond_the_years_of_the_calendar_nobody_knows(facts):
    known = Stopped("ship_origin = 'mainland'", frozenset({7}), (), (dt.date(2026, 1, 1), dt.date(2026, 11, 4)))
    orders = [
        order("1", picked_up_at="11-04 09:00"),
        order("2", picked_up_at="11-05 09:00"),
        order("3", picked_up_at="11-05 09:00", ship_origin="hk"),
    ]
    rows = facts("orders", settings=Settings(stopped=(known,)), orders=orders)
    assert [row["scan_running_seconds"] for row in rows] == [2 * DAY, None, 3 * DAY]


MOMENTS = st.datetimes(dt.datetime(1969, 12, 1), dt.datetime(1970, 2, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
DAYS = st.frozensets(st.dates(dt.date(1969, 12, 1), dt.date(1970, 2, 1)), max_size=5)


@settings(deadline=None, max_examples=40)
@given(MOMENTS, MOMENTS, st.frozensets(st.integers(1, 7), max_size=3), DAYS)
def test_running_seconds_agree_with_a_clock_read_day_by_day(one, other, weekdays, dates):
    start, end = sorted((one, other))
    rule = Stopped("true", weekdays, tuple(sorted(day for day in dates if day.isoweekday() not in weekdays)))
    ran, moment = 0, start
    while moment < end:
        midnight = dt.datetime.combine(moment.date() + dt.timedelta(days=1), dt.time())
        stands = moment.isoweekday() in weekdays or moment.date() in dates
        ran += 0 if stands else int((min(midnight, end) - moment).total_seconds())
        moment = midnight
    frame = pl.DataFrame({"start": [start], "end": [end]}, schema=dict.fromkeys(("start", "end"), pl.Datetime("us")))
    assert frame.select(running_seconds("start", "end", [rule])).item() == ran
