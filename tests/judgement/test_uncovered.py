"""Days no file speaks of: a verdict is sure where they could not turn it, and likely if they were like the others."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import definition

from shopscore.doubt import Room
from shopscore.doubt.uncovered import uncovered
from shopscore.model import Measurement, Target, Window
from shopscore.score import verdict

FIRST = dt.date(2026, 10, 1)
LAST = dt.date(2026, 10, 30)


def measured(value, covered, interval=None):
    return Measurement("measured", Window(FIRST, LAST, covered), value=value, interval=interval)


def judged(rule, goal, value, covered, interval=None):
    found = measured(value, covered, interval)
    return verdict(found, Target(goal, "published"), rule.metric.better, rest=uncovered(rule, found))


SHARE = definition("ratio", "higher")
REPLY = definition("mean", "lower", unit="seconds", of="reply_seconds")


@pytest.mark.parametrize(
    ("rule", "value", "covered", "ends"),
    [
        (SHARE, 0.8, 30, None),
        (SHARE, None, 15, None),
        (SHARE, 0.8, 15, (0.4, 0.9)),
        (definition("ratio_of", "lower"), 0.1, 15, (0.05, None)),
        (definition("ratio_of", "lower", cap=1.0), 0.1, 15, (0.05, 0.55)),
        (REPLY, 60.0, 10, (20.0, None)),
        (definition("mean", unit="stars", of="stars"), 4.0, 15, (2.5, 4.5)),
        (definition("mean", unit="points", of="stars"), 8.0, 15, (None, None)),
        (definition("quantile", "lower", unit="seconds", quantile=0.9), 60.0, 10, (None, None)),
        (definition("count", "lower", unit="count"), 3.0, 10, (3.0, None)),
    ],
)
def test_where_a_value_lies_whatever_happened_on_the_other_days(rule, value, covered, ends):
    found = uncovered(rule, measured(value, covered))
    assert found == (None if ends is None else tuple(None if end is None else pytest.approx(end) for end in ends))


@pytest.mark.parametrize(("covered", "expected"), [(30, "fail"), (25, "fail"), (11, "likely_fail"), (1, "likely_fail")])
def test_a_mean_of_part_of_a_month_fails_surely_only_if_the_rest_could_not_mend_it(covered, expected):
    """104 s of a limit of 40: 19 days without a second of waiting would bring the month below it, five would not."""
    assert judged(REPLY, 40.0, 104.0, covered, (76.0, 164.0)) == expected


@pytest.mark.parametrize(("covered", "expected"), [(30, "pass"), (29, "likely_pass")])
def test_one_day_of_long_waits_may_spoil_any_mean(covered, expected):
    assert judged(REPLY, 40.0, 10.0, covered, (8.0, 12.0)) == expected


def test_the_level_must_be_sure_and_the_other_days_unable_to_turn_it():
    assert judged(SHARE, 0.95, 0.93, 24, (0.92, 0.94)) == "fail"
    assert judged(SHARE, 0.95, 0.93, 20, (0.92, 0.94)) == "likely_fail"
    assert judged(SHARE, 0.95, 0.93, 24, (0.92, 0.955)) == "likely_fail"
    assert judged(SHARE, 0.95, 0.93, 20, (0.9, 0.99)) == "undecided"


def test_rows_that_could_not_be_read_and_days_that_are_missing_add_up():
    found = measured(0.93, 24, (0.92, 0.94))
    room = Room(certain=(0.92, 0.938), likely=(0.929, 0.931), level="good", lost=3, tables=("orders",))
    goal, rest = Target(0.95, "published"), uncovered(SHARE, found)
    assert verdict(found, goal, "higher", room=room) == "fail"
    assert verdict(found, goal, "higher", rest=rest) == "fail"
    assert verdict(found, goal, "higher", room=room, rest=rest) == "likely_fail"


@pytest.mark.parametrize(("value", "expected"), [(5.0, "fail"), (0.0, "likely_pass")])
def test_what_is_counted_does_not_become_less(value, expected):
    rule = definition("count", "lower", unit="count")
    assert judged(rule, 1.0, value, 10) == expected


@given(
    st.floats(0, 1), st.floats(0, 0.2), st.floats(0.01, 0.99), st.integers(1, 30), st.sampled_from(["higher", "lower"])
)
def test_fewer_days_never_make_a_verdict_surer_and_never_turn_it(value, width, goal, covered, better):
    rule, interval = definition("ratio", better), (max(value - width, 0.0), min(value + width, 1.0))
    whole, part = (judged(rule, goal, value, days, interval) for days in (30, covered))
    assert part in {whole, f"likely_{whole}"}
