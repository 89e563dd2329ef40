"""What bad days that come together do to a share, by hand, by laws, and in simulated shops."""

from __future__ import annotations

import math
import random
from operator import mul

import pytest
from evidence.levels import Level, shares
from hypothesis import given
from hypothesis import strategies as st

from shopscore.intervals import spells
from shopscore.intervals.spells import LASTING, SWINGS, design_effect

COUNTS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)
DAYS = st.lists(COUNTS, min_size=28, max_size=60).map(lambda days: [*days, [1, 3]])


def days_of(counts):
    return [(hits, rows, rows) for hits, rows in counts]


def told(shop):
    return [(day.hits, day.rows, day.rows) for day in shop.before + shop.days]


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(DAYS, st.integers(7, 40), st.sampled_from([1, 7]))
def test_a_window_says_no_more_than_its_rows_and_no_less_than_one_row_of_it(counts, length, step):
    days, window = days_of(counts), days_of(counts[-length:])
    if any(rows for _, rows, _ in window):
        rows = sum(rows for _, rows, _ in window)
        assert 1 <= design_effect(days, window, step) <= max(rows, 1) * (1 + 1e-9)


@given(DAYS)
def test_days_backwards_and_misses_for_hits_say_the_same(counts):
    days = days_of(counts)
    found = design_effect(days, days, 1)
    assert design_effect(days[::-1], days[::-1], 1) == pytest.approx(found)
    missed = days_of((rows - hits, rows) for hits, rows in counts)
    assert design_effect(missed, missed, 1) == pytest.approx(found)


@given(DAYS, st.integers(2, 500))
def test_the_unit_of_weights_does_not_matter(counts, unit):
    days = days_of(counts)
    heavy = [(hits * unit, rows * unit, squares * unit**2) for hits, rows, squares in days]
    assert design_effect(heavy, heavy, 7) == pytest.approx(design_effect(days, days, 7))


@given(DAYS, st.sampled_from([0.0, 0.3, 0.85]))
def test_rows_hang_together_as_every_pair_of_days_does(counts, lasts):
    rows = [rows for _, rows in counts]
    pairs = sum(here * there * lasts ** abs(at - to) for at, here in enumerate(rows) for to, there in enumerate(rows))
    assert spells._together(days_of(counts), lasts) == pytest.approx(pairs / sum(rows))


@given(st.lists(st.integers(-50, 50), min_size=28, max_size=90))
def test_waves_of_all_frequencies_hold_all_there_is(values):
    level = sum(values) / len(values)
    off = [value - level for value in values]
    found = sum(spells._powers(spells._bands(len(off), 1, LASTING), off))
    assert found == pytest.approx(len(off) * sum(map(mul, off, off)), abs=1e-6)


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 30)), min_size=28, max_size=60))
def test_the_best_of_all_changes_leaves_least(days):
    off, rows = ([day[at] for day in days] for at in (0, 1))

    def left(at):
        sides = (slice(0, at), slice(at, None))
        levels = [sum(off[side]) / sum(rows[side]) for side in sides]
        return sum(
            (each - level * bottom) ** 2
            for side, level in zip(sides, levels, strict=True)
            for each, bottom in zip(off[side], rows[side], strict=True)
        )

    least = min(sum(map(mul, off, off)), *(left(at) for at in range(3, len(days) - 2)))
    assert spells._apart(off, rows) == pytest.approx(least, abs=1e-6)


@pytest.mark.parametrize("lasts", LASTING)
def test_a_spectrum_is_one_on_average_and_what_days_that_hang_together_project_on_a_cosine(lasts):
    count = 84
    found = [spells._spectrum([wave], count, lasts) for wave in range(1, 2 * count, 2)]
    assert sum(found) / len(found) == pytest.approx(1, abs=0.02)
    for wave in (2, 12, 40):
        cosine = [math.cos(math.pi * wave * (at + 0.5) / count) for at in range(count)]
        tied = sum(
            here * there * lasts ** abs(at - to) for at, here in enumerate(cosine) for to, there in enumerate(cosine)
        )
        assert 2 * tied / count == pytest.approx(spells._spectrum([wave], count, lasts), rel=0.25)


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_way_of_days_to_differ_is_weighed_against_none_by_hand():
    days = days_of([(4, 100), (6, 100)] * 14)
    # Off by 1 up and down, that is all in the last 27 waves' odd ones; chance has 100·0.05·0.95 = 4.75 a day.
    variance, tied = 0.05 * 0.95, 0.5 * 0.05 * 0.95
    steady, swing = 28 * 28 / (2800 * variance), 1 + tied * (100 - 1)
    misfit = 27 * math.log(swing) + steady / swing
    odds = (1 - spells.ALIKE) / spells.ALIKE * math.exp(steady - misfit)
    expected = (1 + odds * swing) / (1 + odds)
    assert design_effect(days, days, 1, (0.5,), (0.0,)) == pytest.approx(expected)


def test_a_rhythm_of_weekdays_is_no_scatter():
    rhythm = days_of([*[(2, 100)] * 5, *[(12, 100)] * 2] * 12)
    assert design_effect(rhythm, rhythm, 7) < 1.01
    assert design_effect(rhythm, rhythm, 1) > 1.5


def test_one_change_that_stays_is_told_from_levels_that_come_and_go():
    stays = days_of([(4, 100), (6, 100)] * 10 + [(15, 100), (17, 100)] * 5)
    comes = days_of(([(4, 100), (6, 100)] * 2 + [(15, 100), (17, 100)] * 2 + [(5, 100)] * 2) * 3)
    assert design_effect(stays, stays, 1) < 2
    assert design_effect(comes, comes, 1) > 4


def test_days_all_alike_say_nothing():
    assert design_effect(days_of([(0, 9)] * 30), days_of([(0, 9)] * 30), 7) == 1
    assert design_effect(days_of([(9, 9)] * 30), days_of([(9, 9)] * 30), 7) == 1


def test_ways_lie_as_far_apart_as_they_are_told_by():
    assert list(SWINGS) == sorted(SWINGS)
    assert all(0 <= lasts < 1 for lasts in LASTING)


# ── in simulated shops ───────────────────────────────────────────────────────────────────────────────────────────


def drawn(differ, number=60):
    """Means of φ of twelve weeks and of the last month alone, of shops of 40 orders a day."""
    months, quarters = [], []
    for seed in range(number):
        luck = random.Random(f"{differ} {seed}")  # noqa: S311 - invented orders are no secret
        days = told(shares(luck, before=54, volume=(40, 40), level=(0.1, 0.1), differ=differ))
        months.append(design_effect(days[-30:], days[-30:], 7))
        quarters.append(design_effect(days, days[-30:], 7))
    return sum(months) / number, sum(quarters) / number


def test_independent_days_cost_little_and_the_less_the_more_are_known():
    month, quarter = drawn(Level())
    assert quarter < month < 1.3
    assert quarter < 1.15


def test_spells_are_told_from_days_that_only_differ():
    # Levels off by half, of which seven tenths stay: φ is 1 + 40·0.1/0.9·Σ(exp(0.25·0.7^|gap|) - 1), about 6.9.
    (month, quarter), (_, single) = drawn(Level(tail=0.5, lasting=0.7)), drawn(Level(tail=0.5))
    assert 5 < quarter < 13
    assert 2.5 < month < 13
    assert quarter > 2 * single
