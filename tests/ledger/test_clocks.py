"""When a clock runs, when it has stopped, and what a breach would do."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from ledger_stand_ins import EVERYTHING, clock, facts, metric, moment

from shopscore.ledger.clocks import HISTORY, LATELY, thinned, watch

SHIP = clock(
    where="kind = 'spot'",
    over=["cancelled_at", "status = 'closed'"],
    metrics=["fulfil"],
    steps=[
        {"holder": "seller", "do": {"en": "Ship.", "zh": "发货"}},
        {"since": "shipped_at", "holder": "carrier", "do": {"en": "Ask.", "zh": "催"}},
    ],
)
FULFIL = metric("fulfil", exclude=(("exempt", "is_exempt"),), pending="NOT is_due", numerator="is_paid")
NOW = moment(2)


def order(name, **cells):
    """An order that runs from a day before to a day after the data ends."""
    given = {
        "kind": "spot", "clock_at": moment(1), "ship_deadline_at": moment(3), "judged_at": NOW,
        "is_due": False, "is_exempt": False,
    }  # fmt: skip
    return {"order_id": name, **given, **cells}


def watched(*orders, clocks=(SHIP,), definitions=(FULFIL,), **given):
    return watch(facts(orders=orders, **given), clocks, definitions)


def running(*orders):
    return [each.subject for each in watched(*orders)[0].running]


def test_a_clock_runs_until_it_is_done_or_over_or_its_last_second_has_passed():
    second = dt.timedelta(seconds=1)
    assert running(
        order("open"),
        order("last second", ship_deadline_at=NOW),
        order("a second late", ship_deadline_at=NOW - second),
        order("done", picked_up_at=moment(1, 5)),
        order("cancelled", cancelled_at=moment(1, 5)),
        order("closed, no one knows when", status="closed"),
        order("another kind", kind="custom"),
        order("kind not known", kind=None),
        order("not begun", clock_at=NOW + second),
        order("no start", clock_at=None),
        order("no deadline", ship_deadline_at=None),
    ) == ["last second", "open"]


def test_a_turn_tells_its_ends_and_whose_move_it_is():
    (found,) = watched(
        order("at the seller's"),
        order("handed over", clock_at=moment(1, 1), shipped_at=moment(1, 7)),
        order("done", clock_at=moment(1, 2), picked_up_at=moment(1, 9), cancelled_at=moment(1, 10)),
        order("closed", clock_at=moment(1, 3), status="closed"),
    )
    seller, carrier, done = found.turns
    assert (seller.subject, seller.step, seller.since) == ("at the seller's", 0, moment(1))
    assert (carrier.subject, carrier.step, carrier.since) == ("handed over", 1, moment(1, 7))
    assert (done.done, done.over, done.running) == (moment(1, 9), moment(1, 10), False)


def test_what_no_file_tells_the_end_of_may_run_and_is_no_part_of_the_history():
    """Watched until the seller's click, just before the scan nobody recorded, it would make all others look slow."""
    unseen = clock(
        over=["cancelled_at", "CASE WHEN carrier = 'unseen' THEN shipped_at END"], unknown="carrier = 'unseen'"
    )
    (found,) = watched(
        order("seen", carrier="seen", picked_up_at=moment(1, 9)),
        order("clicked", carrier="unseen", shipped_at=moment(1, 7)),
        order("cancelled", carrier="unseen", cancelled_at=moment(1, 8)),
        order("late", carrier="unseen", ship_deadline_at=moment(1, 6), shipped_at=moment(1, 7)),
        order("still to ship", carrier="unseen"),
        order("no carrier yet"),
        clocks=(unseen,),
    )
    assert {each.subject for each in found.turns} == {"seen", "still to ship", "no carrier yet"}
    assert {each.subject for each in found.running} == {"still to ship", "no carrier yet"}
    assert (found.passed, found.missed) == (0, 0)


def test_rows_that_come_first_are_marked_and_a_blank_is_none_of_them():
    ahead = clock(first={"when": "buyer_level IN ('L3', 'L4')", "title": {"en": "B buyer", "zh": "B 类买家"}})
    levels = {"heavy": "L4", "light": "L1", "not told": None}
    (found,) = watched(*(order(name, buyer_level=level) for name, level in levels.items()), clocks=(ahead,))
    assert {each.subject: each.first for each in found.running} == {"heavy": True, "light": False, "not told": False}
    assert found.rules.called.zh == "B 类买家"


def test_a_breach_counts_where_the_metric_waits_for_the_row():
    (found,) = watched(order("counts"), order("excused", is_exempt=True))
    assert [each.subject for each in found.running] == ["counts", "excused"]
    assert found.stakes == {"test.fulfil": {"counts": (1.0, None)}}


def test_a_bound_speaks_only_where_what_it_bounds_has_no_data():
    """With scans a miss counts in the rate; without them the best case is all there is, never both."""
    scans = frozenset({"orders.picked_up_at", "shipments.picked_up_at"})
    rate = metric("fulfil", pending="NOT is_due", numerator="picked_up_at <= ship_deadline_at")
    best = metric("best", pending="NOT is_due", numerator="shipped_at <= ship_deadline_at", bound_of="fulfil")
    both = (clock(metrics=["fulfil", "best"], optional=["picked_up_at"]),)
    for present, counts_in in ((EVERYTHING, "test.fulfil"), (EVERYTHING - scans, "test.best")):
        (found,) = watched(order("open"), clocks=both, definitions=(rate, best), present=present)
        assert found.stakes == {counts_in: {"open": (1.0, None)}}


def test_without_its_columns_or_its_fact_there_is_no_clock():
    scans = frozenset({"orders.picked_up_at", "shipments.picked_up_at"})
    assert watched(order("open"), present=EVERYTHING - scans) == ()
    assert (
        watched(
            order("open"), clocks=(clock(**{"from": "rounds"}, start="asked_at", due="closes_at", done="answered_at"),)
        )
        == ()
    )
    spared = clock(optional=["picked_up_at"])
    assert [
        each.subject for each in watched(order("open"), clocks=(spared,), present=EVERYTHING - scans)[0].running
    ] == ["open"]


def test_outcomes_are_of_deadlines_that_have_passed():
    (found,) = watched(
        order("in time", ship_deadline_at=moment(1, 9), picked_up_at=moment(1, 9)),
        order("late", ship_deadline_at=moment(1, 9), picked_up_at=moment(1, 10)),
        order("never", ship_deadline_at=moment(1, 9)),
        order("cancelled in time", ship_deadline_at=moment(1, 9), cancelled_at=moment(1, 9)),
        order("cancelled late", ship_deadline_at=moment(1, 9), cancelled_at=moment(1, 10)),
        order("runs"),
        order("closed", ship_deadline_at=moment(1, 9), status="closed"),
    )
    assert (found.passed, found.missed) == (4, 3)


def test_deadlines_of_the_last_days_are_told_whole_beside_a_long_history():
    """A shop of 40 orders a day for 60 days: every fourth row is kept, and each deadline of the last days."""
    due = {f"{at:04}": NOW + dt.timedelta(days=2) - dt.timedelta(hours=0.6 * at) for at in range(2400)}
    begun = {name: {"clock_at": at - dt.timedelta(days=2), "picked_up_at": at} for name, at in due.items()}
    (found,) = watched(*(order(name, ship_deadline_at=at, **begun[name]) for name, at in due.items()))
    assert len(found.turns) == HISTORY
    assert {each.subject for each in found.lately} == {
        name for name, at in due.items() if found.until - LATELY < at < found.until
    }


@given(st.integers(1, 3 * HISTORY))
def test_a_long_history_is_thinned_evenly_and_keeps_its_end(length):
    kept = thinned(pl.DataFrame({"n": range(length)}))["n"].to_list()
    assert len(kept) <= HISTORY
    assert kept == sorted(kept)
    assert kept[-1] == length - 1
    assert len({other - one for one, other in pairwise(kept)}) <= 1


@given(st.lists(st.tuples(*(st.none() | st.integers(-3, 3) for _ in range(4))), max_size=12), st.randoms())
def test_the_order_of_rows_changes_nothing_and_what_runs_has_no_end(cells, random):
    names = ("clock_at", "ship_deadline_at", "picked_up_at", "cancelled_at")
    rows = [
        order(
            f"o{n}", **{name: moment(None if day is None else day + 2) for name, day in zip(names, each, strict=True)}
        )
        for n, each in enumerate(cells)
    ]
    (found,) = watched(*rows)
    for turn in found.running:
        assert turn.done is None
        assert turn.over is None
        assert turn.start <= NOW <= turn.due
    random.shuffle(rows)
    assert watched(*rows) == (found,)
