"""Laws of naming shifts: what is planted is found wherever the week wraps, and one bad day proves nothing."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopscore.diagnosis.shifts import best_shift, chance_of, holds, ordinary, split, tables, total, worth_naming
from shopscore.model.staffing import DutyHours, Hour

MONDAY = dt.date(2026, 1, 5)
SHIFTS = st.builds(DutyHours, st.integers(1, 7), st.integers(1, 7), st.integers(0, 23), st.integers(1, 8))
SLOTS = st.dictionaries(
    st.tuples(st.integers(0, 27).map(lambda day: MONDAY + dt.timedelta(days=day)), st.integers(0, 23)),
    st.integers(0, 9).flatmap(lambda rows: st.builds(Hour, st.just(rows), st.integers(0, rows))),
    max_size=80,
)


def month(shift, usual=0.05, bad=0.6, rows=10, seed=1):
    """Four weeks of hours, all alike but for those of the shift."""
    luck = random.Random(seed)  # noqa: S311 - invented hours are no secret
    found = {}
    for day in (MONDAY + dt.timedelta(days=at) for at in range(28)):
        for hour in range(24):
            inside = shift is not None and shift.begins(day.isoweekday(), hour) is not None
            found[day, hour] = Hour(rows, sum(luck.random() < (bad if inside else usual) for _ in range(rows)))
    return found


@pytest.mark.parametrize(
    "shift", [DutyHours(1, 7, 20, 2), DutyHours(5, 3, 20, 2), DutyHours(6, 3, 22, 4), DutyHours(1, 5, 12, 1)]
)
def test_a_planted_shift_is_named_also_over_midnight_and_over_sunday(shift):
    slots = month(shift)
    assert best_shift(slots) == shift
    assert holds(slots)
    assert worth_naming(slots, shift)


def test_one_day_a_week_takes_more_than_four_weeks_to_be_believed():
    sunday = DutyHours(7, 1, 9, 8)
    assert best_shift(month(sunday)) == sunday
    assert not holds(month(sunday))


def test_hours_that_are_all_alike_hold_no_shift():
    assert not any(worth_naming(slots, best_shift(slots)) and holds(slots) for slots in map(even, range(20)))


def even(seed):
    return month(None, seed=seed)


def test_a_second_shift_is_found_once_the_first_is_left_out():
    first, second = DutyHours(1, 7, 20, 2), DutyHours(1, 5, 12, 1)
    slots = month(first)
    slots |= {slot: hour for slot, hour in month(second).items() if hour.misses > slots[slot].misses}
    assert best_shift(slots) == first
    assert best_shift(slots, [first]) == second


@settings(max_examples=30, deadline=None)
@given(SLOTS, st.randoms())
def test_the_order_of_hours_says_nothing(slots, order):
    items = list(slots.items())
    order.shuffle(items)
    assert best_shift(dict(items)) == best_shift(slots)


@settings(max_examples=30, deadline=None)
@given(SLOTS)
def test_a_later_day_of_the_week_moves_the_shift_by_as_much(slots):
    moved = {(day + dt.timedelta(days=1), hour): each for (day, hour), each in slots.items()}
    here, there = best_shift(slots), best_shift(moved)
    assert (here is None) == (there is None)
    if here is not None:
        assert (here.days, here.hours) == (there.days, there.hours)


@given(SLOTS, SHIFTS)
def test_a_shift_splits_the_hours_without_loss(slots, shift):
    inside, outside = split(slots, shift)
    both = [total(side.values()) for side in (inside, outside)]
    assert tuple(map(sum, zip(*both, strict=True))) == total(slots.values())
    assert total(slots.values()) == tuple(sum(map(sum, table)) for table in tables(slots))
    assert 0 <= chance_of(slots, shift) <= 1


@given(SHIFTS)
def test_a_shift_holds_as_many_hours_of_the_week_as_it_says(shift):
    held = sum(shift.begins(day, hour) is not None for day in range(1, 8) for hour in range(24))
    assert held == shift.days * shift.hours
    assert len(shift.weekdays) == shift.days
    assert shift.weekdays[-1] == shift.last_day


def test_a_day_on_which_far_more_is_missed_than_on_others_is_left_out():
    slots = month(None, seed=2)
    promotion = MONDAY + dt.timedelta(days=11)
    slots |= {(promotion, hour): Hour(40, 30) for hour in range(24)}
    left = ordinary(slots)
    assert {day for day, _ in slots} - {day for day, _ in left} == {promotion}
    assert not holds(left)
