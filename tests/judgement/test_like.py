"""Windows are compared on like days: no promotion on one side only, each weekday as often on both."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from evidence import like as simulated
from evidence.waiting import LATE, sums
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import counts, definition

from shopscore.diagnosis.like import like, like_days, own_target, two, usual_days
from shopscore.intervals.kinds import value_of

FIRST = dt.date(2026, 9, 12)
DAYS = [FIRST + dt.timedelta(days=at) for at in range(60)]
SALE = DAYS[50]


def window(late, orders=40, first=0, sale=None):
    """Thirty days alike, the promotion with five times the orders."""
    return [
        (day, sums(*((sale, 5 * orders) if sale is not None and day == SALE else (late, orders))))
        for day in DAYS[first : first + 30]
    ]


def test_a_promotion_on_one_side_is_no_fall():
    before, now = window(2), window(2, first=30, sale=60)
    assert like(LATE, before, now, ()).now > 0.08
    alike = like(LATE, before, now, {SALE})
    assert not alike.worse("lower")
    assert (alike.before, alike.now) == (0.05, 0.05)


def test_a_fall_on_usual_days_is_one_beside_a_promotion_too():
    alike = like(LATE, window(2), window(6, first=30, sale=60), {SALE})
    assert alike.worse("lower")
    assert not alike.worse("higher")


def test_a_fall_that_chance_may_explain_is_none():
    """The month before was better than the whole interval of this one, and had luck of its own."""
    higher = definition("ratio")
    first, second = value_of(higher, counts(69, 87)), value_of(higher, counts(59, 87))
    assert first.value > second.interval[1]
    found = two((first.value, first.interval), (second.value, second.interval))
    assert not found.worse("higher")
    assert two((0.79, (0.78, 0.80)), (0.68, (0.67, 0.69))).worse("higher")
    assert two((9.0, None), (9.5, (9.0, 10.0))).worse("lower"), "without an interval any fall is one"
    assert two((None, None), (9.5, (9.0, 10.0))) is None


def test_what_usual_days_do_not_know_is_not_forgotten():
    days = [(day, counts(1, 2, unknown=3)) for day in DAYS[:10]]
    assert usual_days(LATE, days, set(DAYS[:4])).unknown == 18


def test_where_most_days_are_special_nothing_is_compared():
    now = window(2, first=30)
    assert like(LATE, window(2), now, set(DAYS[30:46])) is None
    assert like(LATE, window(2), now, set(DAYS[30:43])) is not None


def test_as_many_as_in_a_whole_window_where_events_are_counted():
    counted = definition("count", "lower", unit="count")
    before, now = ([(day, counts(0, 3)) for day in side] for side in (DAYS[:30], DAYS[30:]))
    alike = like(counted, before, now, {SALE})
    assert (alike.before, alike.now) == (pytest.approx(90), pytest.approx(90))


@given(st.integers(1, 40), st.integers(1, 40), st.sets(st.integers(0, 79)))
def test_each_weekday_is_as_much_a_part_of_one_side_as_of_the_other(first, second, special):
    days = [FIRST + dt.timedelta(days=at) for at in range(first + second)]
    apart = {FIRST + dt.timedelta(days=at) for at in special}
    found = like_days(days[:first], days[first:], apart)
    if found is None:
        return
    assert not apart & (found[0] | found[1])
    assert found[0] <= set(days[:first])
    assert found[1] <= set(days[first:])
    assert 2 * len(found[0]) >= first
    assert 2 * len(found[1]) >= second
    if min(first, second) >= 7:
        assert Counter(day.weekday() for day in found[0]) == Counter(day.weekday() for day in found[1])


def test_the_own_best_asks_of_usual_days_only():
    now = window(2, first=30, sale=60)
    # 29 usual days at the best of 5 %, and 60 of 200 on the day of the promotion.
    assert own_target(LATE, 0.05, now, {SALE}) == pytest.approx((29 * 2 + 60) / (29 * 40 + 200))
    assert own_target(LATE, 0.05, window(2), {SALE}) == 0.05
    assert own_target(LATE, None, now, {SALE}) is None
    assert own_target(definition("quantile", "lower", unit="hours"), 3.0, now, {SALE}) is None


def test_a_month_with_a_promotion_is_seldom_called_worse_and_what_is_worse_still_is():
    found = simulated.measured(8)
    only_now = found["nothing changed, a promotion in this window only"]
    assert only_now.worse < 0.3 * only_now.plain_worse
    assert only_now.short < 0.2 * only_now.plain_short
    assert found["twice as many late since the window began"].worse >= 6
    assert found["the same, and a promotion in it"].worse >= 6
