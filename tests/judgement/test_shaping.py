from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.due import due
from shopscore.diagnosis.stages import held_by, stages

NOW = dt.datetime(2026, 11, 23, 10)
HOPS = st.lists(
    st.tuples(
        st.sampled_from(["applied", "agreed", "returned"]),
        st.sampled_from(["agreed", "received", "refunded"]),
        st.sampled_from(["seller", "buyer", None]),
        st.integers(0, 10**6),
    )
)


def test_hops_are_folded_by_step_and_the_longest_comes_first():
    found = stages(
        [
            ("applied", "agreed", "seller", 10),
            ("agreed", "returned", "buyer", 500),
            ("applied", "agreed", "seller", 30),
            ("applied", "agreed", "seller", 20),
        ]
    )
    assert [(each.to_state, each.cases, each.seconds, each.median_seconds) for each in found] == [
        ("returned", 1, 500, 500),
        ("agreed", 3, 60, 20),
    ]


def test_the_ninetieth_percentile_of_ten_is_the_ninth():
    (found,) = stages([("applied", "agreed", "seller", n) for n in range(1, 11)])
    assert (found.median_seconds, found.p90_seconds) == (5, 9)


@given(HOPS)
def test_every_case_and_second_is_in_one_stage(hops):
    found = stages(hops)
    assert sum(each.cases for each in found) == len(hops)
    assert sum(each.seconds for each in found) == sum(hop[-1] for hop in hops)
    assert stages(hops[::-1]) == found
    assert all(each.median_seconds <= each.p90_seconds for each in found)


@given(HOPS)
def test_holders_share_all_the_time_somebody_holds(hops):
    shares = held_by(stages(hops))
    assert not shares or sum(share for _, share in shares) == pytest.approx(1)
    assert None not in dict(shares)


def test_clocks_are_sorted_by_deadline_and_told_in_hours():
    hour = dt.timedelta(hours=1)
    clocks = [
        ("demo.ship", "o2", NOW + 5 * hour),
        ("demo.reply", "s1", NOW + hour / 2),
        ("demo.ship", "o1", NOW + 5 * hour),
        ("demo.ship", "o1", NOW + 5 * hour),
        ("demo.refund", "r1", NOW - hour),
    ]
    found = due(clocks, NOW)
    assert [(each.subject, each.hours_left) for each in found] == [("r1", -1), ("s1", 0.5), ("o1", 5), ("o2", 5)]
    assert [each.subject for each in due(clocks, NOW, within_hours=1)] == ["r1", "s1"]
    assert due(reversed(clocks), NOW) == found
