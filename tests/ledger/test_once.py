"""Rows of which each buyer's first counts: in every window of a metric, in the rows shown, in any split by buyer."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_stand_ins import DAY, Rules, facts, metric, moment
from msgspec.structs import replace

from shopscore.ledger import evidence
from shopscore.ledger.cells import by_day, by_segment, frame, merge, totals
from shopscore.ledger.kernel import choose, run
from shopscore.window import bounds, earlier

WEEK = metric("week", kind="count", unit="count", window="7 days", once_per="buyer_id")
ON_TIME = metric(
    "on_time", window="7 days", where="is_paid", numerator="is_due", once_per="buyer_id", segments=["carrier"]
)
LATER = {"is_paid": True, "is_due": True}


def order(name, day, buyer, second=0, **cells):
    """An order of a buyer so many days before the audit's."""
    return {"order_id": name, "clock_at": moment(-day, second), "buyer_id": buyer, **LATER, **cells}


def sums_of(definition, rows, window=None):
    days = window or bounds(definition.window, DAY)
    return totals(run(facts(orders=rows), [definition]), {definition.id: days})[definition.id]


def test_a_buyer_counts_once_and_one_who_is_not_known_cannot_be_counted():
    found = sums_of(WEEK, [order("a", 3, "x"), order("b", 1, "x"), order("c", 2, "y"), order("d", 2, None)])
    assert (found.rows, found.unknown) == (2, 1)


def test_the_first_settled_row_decides_and_the_later_ones_are_no_misses():
    rows = [
        order("late", 3, "x", 10, is_due=False),
        order("first", 3, "x", 9),
        order("unpaid", 4, "x", is_paid=False, is_due=False),
        order("z", 2, "y", 5, is_due=False),
        order("a", 2, "y", 5),
    ]
    found = sums_of(ON_TIME, rows)
    assert (found.hits, found.rows, found.unknown) == (2, 2, 0)


def test_each_of_the_windows_end_to_end_counts_for_itself():
    # T-7..T-1, T-14..T-8 and so on; today lies in none of them.
    rows = [order("t", 0, "x"), order("a", 1, "x"), order("b", 7, "x"), order("c", 8, "x"), order("d", 15, "x")]
    ledger = run(facts(orders=rows), [WEEK])
    windows = [bounds("7 days", DAY), *earlier("7 days", DAY, DAY - dt.timedelta(days=40))]
    assert [totals(ledger, {WEEK.id: each})[WEEK.id].rows for each in windows[:4]] == [1, 1, 1, 0]
    days = by_day(ledger, {WEEK.id: windows[0]})[WEEK.id]
    assert [day.denominator for day in days] == [1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("window", ["calendar month", "3 months", "T-12..T-4", "previous week"])
def test_windows_of_every_form_are_told_apart(window):
    definition = replace(WEEK, window=window)
    (first, last), (_, before) = bounds(window, DAY), next(earlier(window, DAY, DAY - dt.timedelta(days=400)))
    ages = [(DAY - day).days for day in (first, last, before)]
    rows = [order(str(at), age, "x") for at, age in enumerate(ages)]
    assert sums_of(definition, rows).rows == 1
    assert sums_of(definition, rows, (before, before)).rows == 1


def test_a_row_without_a_day_stays_undated():
    rows = [{"order_id": "u", "buyer_id": "x", **LATER}, order("a", 1, "x")]
    assert (sums_of(WEEK, rows).rows, sums_of(WEEK, rows).undated) == (1, 1)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "order_id": st.uuids().map(str),
            "clock_at": st.tuples(st.integers(-20, 1), st.integers(0, 2)).map(lambda pair: moment(*pair)),
            "buyer_id": st.sampled_from([None, *"abcd"]),
            "is_paid": st.sampled_from([True, True, False, None]),
            "is_due": st.sampled_from([True, False, None]),
            "carrier": st.sampled_from([None, "sf", "zt"]),
        }
    ),
    max_size=25,
)


def by_hand(rows, window):
    """(hits, rows, unknown) of a window, a buyer at a time."""
    inside = [row for row in rows if window[0] <= row["clock_at"].date() <= window[1] and row["is_paid"] is not False]
    unknown = [row for row in inside if row["is_paid"] is None or row["buyer_id"] is None]
    settled = sorted((row for row in inside if row not in unknown), key=lambda row: (row["clock_at"], row["order_id"]))
    first = {}
    for row in settled:
        first.setdefault(row["buyer_id"], row)
    return sum(row["is_due"] is True for row in first.values()), len(first), len(unknown)


@settings(max_examples=40)
@given(ROWS)
def test_every_window_is_what_counting_buyers_by_hand_gives(rows):
    ledger = run(facts(orders=rows), [ON_TIME])
    for window in (bounds("7 days", DAY), *list(earlier("7 days", DAY, DAY - dt.timedelta(days=30)))[:3]):
        found = totals(ledger, {ON_TIME.id: window})[ON_TIME.id]
        assert (found.hits, found.rows, found.unknown) == by_hand(rows, window)


@settings(max_examples=40)
@given(ROWS)
def test_the_rows_shown_and_the_funnel_agree_with_the_value(rows):
    shop, window = facts(orders=rows), bounds("7 days", DAY)
    sums = totals(run(shop, [ON_TIME]), {ON_TIME.id: window})[ON_TIME.id]
    shown = {fate: evidence.rows(shop, ON_TIME, fate, window).height for fate in ("hit", "miss", "unknown")}
    assert (shown["hit"], shown["hit"] + shown["miss"], shown["unknown"]) == (sums.hits, sums.rows, sums.unknown)
    (found,) = evidence.funnel(shop, ON_TIME, window)
    assert (found.hit, found.hit + found.miss, found.unknown) == (sums.hits, sums.rows, sums.unknown)
    counted = found.out + found.undated + found.outside + found.repeated + found.unknown + found.hit + found.miss
    assert counted == found.rows == len(rows)


@settings(max_examples=30)
@given(ROWS)
def test_ledgers_add_up_where_a_split_keeps_each_buyer_together(rows):
    pieces = [[row for row in rows if (row["buyer_id"] in {"a", "b"}) is side] for side in (True, False)]
    choice = choose(facts(orders=rows), [ON_TIME])
    whole = run(facts(orders=rows), [ON_TIME])
    merged = merge(run(facts(orders=piece), [ON_TIME], choice) for piece in pieces)
    windows = {ON_TIME.id: bounds("7 days", DAY)}
    assert frame(merged).equals(frame(whole))
    assert by_segment(merged, windows) == by_segment(whole, windows)


def test_a_split_of_one_buyer_counts_that_buyer_twice():
    pieces = [[order("a", 3, "x")], [order("b", 1, "x")]]
    merged = merge(run(facts(orders=piece), [WEEK]) for piece in pieces)
    assert totals(merged, {WEEK.id: bounds("7 days", DAY)})[WEEK.id].rows == 2


def test_sides_count_their_keys_apart():
    sides = {"n": Rules("refunds", "applied_at", once_per="order_id"), "d": Rules(once_per="buyer_id")}
    definition = metric("both", kind="ratio_of", sides=sides)
    refunds = [{"refund_id": name, "applied_at": moment(-2), "order_id": name[0]} for name in ("o1", "o2", "p1")]
    shop = facts(orders=[order("o", 2, "x"), order("p", 1, "x")], refunds=refunds)
    found = totals(run(shop, [definition]), {definition.id: bounds("30 days", DAY)})[definition.id]
    assert (found.hits, found.rows) == (2, 1)
