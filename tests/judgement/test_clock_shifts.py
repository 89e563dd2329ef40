"""By how many hours a table's clock is off: what lags and hours say, and that they say nothing without reason."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.clock_shifts import FEWEST, MOST_APART, like, shift_of_hours, shift_of_lags

AWAKE = (3, 2, 1, 1, 1, 1, 2, 3, 5, 6, 7, 7, 7, 6, 6, 6, 6, 6, 6, 7, 9, 10, 9, 6)
LAGS = {1: 30, 3: 60, 6: 60, 9: 40, 20: 80, 30: 200}


def moved(counts, shift):
    return [counts[(hour - shift) % 24] for hour in range(24)]


def test_effects_end_sharply_eight_hours_before_their_causes():
    assert shift_of_lags(LAGS, [8]) is None
    assert shift_of_lags({lag - 8: count for lag, count in LAGS.items()}, [8]) == -8
    assert shift_of_lags({lag - 5: count for lag, count in LAGS.items()}, [5, 8]) == -5


def test_an_hour_is_what_clocks_differ_by_and_a_few_rows_are_no_sign():
    assert shift_of_lags({-1: 500, 4: 500}, [8]) is None
    assert shift_of_lags({-4: FEWEST - 1, 4: 20}, [8]) is None
    assert shift_of_lags({-4: FEWEST, 4: 20}, [8]) == -8


def test_effects_that_come_days_early_are_no_clock():
    assert shift_of_lags({-40: 30, -20: 30, -4: 60, 4: 300}, [8]) is None


@given(st.dictionaries(st.integers(0, 200), st.integers(0, 500)), st.sets(st.integers(1, 23)))
def test_effects_after_their_causes_accuse_nobody(lags, hours):
    assert shift_of_lags(lags, hours) is None


@given(st.sampled_from([-8, 8]), st.integers(3, 40), st.integers(0, 23))
def test_the_same_hours_moved_are_told_wherever_the_day_begins(shift, many, begins):
    usual = [many * count for count in moved(AWAKE, begins)]
    assert shift_of_hours(usual, moved(usual, shift), [8]) == shift
    assert shift_of_hours(usual, usual, [8]) is None
    assert like(usual, usual)


def test_other_habits_and_few_rows_say_nothing():
    usual = [20 * count for count in AWAKE]
    office = [0] * 9 + [50] * 9 + [0] * 6
    assert shift_of_hours(usual, office, [8]) is None
    assert not like(usual, office)
    assert shift_of_hours(usual, [1] + [0] * 23, [8]) is None
    assert shift_of_hours([10] * 24, [10] * 24, [8]) is None
    assert MOST_APART < 1
    assert shift_of_hours(usual, moved(usual, 8), []) is None
