from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import counts, definition, numbers

from shopscore.diagnosis.effects import added, difference_interval, effect, of_count, pairs
from shopscore.intervals import wilson
from shopscore.model import Sums

DATE = dt.date(2026, 11, 10)
DAY = dt.timedelta(days=1)
BEFORE = [DATE - back * DAY for back in range(1, 11)]
AFTER = [DATE + on * DAY for on in range(1, 11)]
RATE = definition()


def found(before, after, of=RATE, usable=(*BEFORE, *AFTER)):
    return effect(DATE, "a measure", of, dict(zip(BEFORE, before, strict=False)), dict(zip(AFTER, after, strict=False)),
                  set(usable), 10)  # fmt: skip


def test_the_interval_of_newcombes_own_example():
    """56 of 70 against 48 of 80: 0.2 with 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    ends = difference_interval(48 / 80, wilson(48 / 80, 80), 56 / 70, wilson(56 / 70, 70))
    assert ends == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


shares = st.integers(1, 300).flatmap(lambda rows: st.tuples(st.integers(0, rows), st.just(rows)))


@given(shares, shares)
def test_the_difference_turned_around_is_its_negative(first, second):
    sides = [(hits / rows, wilson(hits / rows, rows)) for hits, rows in (first, second)]
    (one, of_one), (two, of_two) = sides
    low, high = difference_interval(one, of_one, two, of_two)
    assert difference_interval(two, of_two, one, of_one) == (pytest.approx(-high), pytest.approx(-low))
    assert low <= two - one <= high


@given(shares)
def test_no_difference_is_inside_where_there_is_none(share):
    hits, rows = share
    side = (hits / rows, wilson(hits / rows, rows))
    low, high = difference_interval(*side, *side)
    assert low <= 0 <= high


@pytest.mark.parametrize("shares", [(0.9, 0.9), (0.85, 0.93), (0.3, 0.5), (0.97, 0.95)])
def test_the_interval_holds_the_true_difference_as_often_as_it_says(shares):
    chance = random.Random(20261123)  # noqa: S311 - a seeded simulation
    draws, inside = 3000, 0
    for _ in range(draws):
        sides = []
        for share in shares:
            rows = chance.randint(60, 300)
            hits = (
                chance.binomialvariate(rows, share)
                if hasattr(chance, "binomialvariate")
                else sum(chance.random() < share for _ in range(rows))
            )
            sides += [hits / rows, wilson(hits / rows, rows)]
        low, high = difference_interval(*sides)
        inside += low <= shares[1] - shares[0] <= high
    assert 0.93 <= inside / draws <= 0.97


def test_better_and_worse_follow_the_metrics_direction():
    poor, good = [counts(70, 100)] * 5, [counts(95, 100)] * 5
    assert found(poor, good).verdict == "better"
    assert found(good, poor).verdict == "worse"
    lower = definition(better="lower")
    assert found(poor, good, lower).verdict == "worse"
    assert found(good, good).verdict == "no_difference"


def test_both_sides_have_the_same_days_and_unusable_ones_are_left_out_of_both():
    usable = set(BEFORE[:6]) | {AFTER[0], AFTER[2], AFTER[8]}
    said = found([counts(5, 10)] * 10, [counts(6, 10)] * 10, usable=usable)
    assert pairs(DATE, 10, usable) == (1, 3)
    assert (said.days, said.before.rows, said.after.rows) == (2, 20, 20)
    assert (said.before.first, said.after.last) == (BEFORE[2], AFTER[2])
    assert said.difference == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("before", "usable"), [([counts(9, 10)] * 10, ()), ([Sums()] * 10, (*BEFORE, *AFTER))], ids=["no days", "no rows"]
)
def test_too_little_data_is_said(before, usable):
    said = found(before, [counts(9, 10)] * 10, usable=usable)
    assert said.verdict == "too_little_data"
    assert said.interval is None


def test_fewer_rows_than_the_metrics_minimum_are_too_little():
    said = found([counts(1, 1)], [counts(0, 50)], definition(minimum=20), usable=(BEFORE[0], AFTER[0]))
    assert said.verdict == "too_little_data"
    assert said.difference == -1.0


def test_counts_differ_by_chance_too():
    lower = definition("count", "lower", unit="count")
    events = [Sums(rows=number) for number in (9, 1)]
    assert found([events[0]] * 4, [events[1]] * 4, lower).verdict == "better"
    assert found([events[1]] * 4, [Sums(rows=2)] * 4, lower).verdict == "no_difference"
    low, high = of_count(lower, Sums(rows=16))
    assert low < 16 < high


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(1, 500), max_size=5), min_size=1, max_size=6))
def test_days_added_are_the_sums_of_all_their_rows(days):
    whole = added([numbers(values) for values in days])
    assert whole == numbers([value for values in days for value in values])
    mixed = added(
        [Sums(excluded={"a": (2, 1, 0)}, values=((5, 1),)), Sums(excluded={"a": (1, 0, 0)}, values=((5, 2),))]
    )
    assert (mixed.excluded, mixed.values) == ({"a": (3, 1, 0)}, ((5, 3),))
