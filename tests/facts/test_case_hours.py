from __future__ import annotations

import datetime as dt

import pytest
from facts_world import MACHINE, Settings, at, shop
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore.facts import build, cases, stays
from shopscore.ledger.case_hours import case_hours
from shopscore.ledger.case_time import staged

DAYS = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
HOUR = 3600


def hours_of(*spans, days=DAYS, **more):
    """Requests without a return, from one time to another; None is still open."""
    rows = [
        {
            "refund_id": f"r{n}",
            "order_id": f"o{n}",
            "kind": "refund_only",
            "applied_at": begin,
            "status": "open" if end is None else "success",
            "agreed_at": end,
            "finished_at": end,
            **more,
        }
        for n, (begin, end) in enumerate(spans)
    ]
    facts = build(shop(refunds=rows), Settings(), at("12-01 00:00"))
    passed = staged(stays(cases(facts.frames["refunds"], MACHINE), MACHINE), MACHINE)
    return case_hours(passed, MACHINE.reading, days)


def test_a_wait_is_spread_over_the_hours_it_fell_in():
    # 2 November 2026 is a Monday.
    found = hours_of(("11-02 22:30", "11-03 01:15"))
    assert [tuple(each) for each in found.hours] == [
        (1, 22, 1, 0, HOUR // 2),
        (1, 23, 0, 0, HOUR),
        (2, 0, 0, 0, HOUR),
        (2, 1, 0, 1, HOUR // 4),
    ]


def test_what_a_setting_decides_waits_for_nobody():
    found = hours_of(("11-02 10:00", "11-02 10:01"))
    assert [tuple(each) for each in found.hours] == [(1, 10, 1, 0, 0)]
    assert (found.days, found.decisions) == (((1, 60, 60),), 0)


def test_what_the_system_agrees_to_for_the_seller_waits_and_is_no_decision_of_his():
    late = hours_of(("11-02 10:00", "11-04 10:00"), last_actor="system", agreed_by="system")
    assert (sum(each.waited for each in late.hours), late.decisions) == (48 * HOUR, 0)
    assert hours_of(("11-02 10:00", "11-04 10:00"), last_actor="system", agreed_by="seller").decisions == 1


def test_an_open_request_waits_until_the_window_ends():
    found = hours_of(("11-30 20:00", None))
    assert sum(each.waited for each in found.hours) == 4 * HOUR
    assert all(not each.decided for each in found.hours)


def test_a_return_without_a_recorded_agreement_tells_nothing():
    found = hours_of(("11-02 10:00", "11-03 10:00"), kind="return_refund", agreed_at=None, last_actor="seller")
    assert (found.hours, found.days, found.decisions) == ((), (), 0)


@pytest.mark.parametrize(
    ("came", "decided", "then"),
    [
        ("08:00", "20:30", "09:00"),
        ("09:00", "20:30", "14:00"),
        ("13:59", "20:30", "14:00"),
        ("20:00", "20:30", "33:00"),
    ],
)
def test_a_request_of_the_next_sitting_is_decided_in_the_next_round(came, decided, then):
    (day,) = hours_of((f"11-02 {came}", f"11-02 {decided}")).days
    hours = [int(text[:2]) + int(text[3:]) / 60 for text in (came, decided, then)]
    assert (day.now / HOUR, day.then / HOUR) == pytest.approx((hours[1] - hours[0], hours[2] - hours[0]))


def test_what_was_put_off_is_put_off_as_often():
    # Two sittings passed it by: it takes the third round.
    found = hours_of(("11-02 08:00", "11-02 21:00"), ("11-01 08:00", "11-02 10:00"), ("11-01 08:00", "11-02 12:00"))
    assert (found.decisions, found.sittings) == (3, 3)
    assert found.days[-1] == (1, 13 * HOUR, 12 * HOUR)


def test_decisions_one_after_the_other_are_one_sitting():
    spans = [("11-01 08:00", f"11-02 10:{minute:02d}") for minute in (0, 7, 20)]
    assert hours_of(*spans).sittings == 1
    assert hours_of(*spans, ("11-01 09:00", "11-02 10:45")).sittings == 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50_000), st.integers(1, 9_000)), min_size=1, max_size=12), st.randoms())
def test_seconds_are_kept_windows_add_up_and_order_is_nothing(spans, luck):
    begins = at("10-28 00:00")
    told = []
    for begin, length in spans:
        came = begins + dt.timedelta(minutes=begin)
        told.append((f"{came:%m-%d %H:%M}", f"{came + dt.timedelta(minutes=length):%m-%d %H:%M}"))
    told = [(came, end) for came, end in told if end < "12-01"] or [("11-02 10:00", "11-02 12:00")]
    whole = hours_of(*told)
    parts = [hours_of(*told, days=days) for days in ((DAYS[0], dt.date(2026, 11, 9)), (dt.date(2026, 11, 10), DAYS[1]))]
    for name in ("came", "decided", "waited"):
        sums = [sum(getattr(each, name) for each in found.hours) for found in (whole, *parts)]
        assert sums[0] == sums[1] + sums[2]
    assert sorted(whole.days) == sorted(day for part in parts for day in part.days)
    luck.shuffle(told)
    assert hours_of(*told) == whole
