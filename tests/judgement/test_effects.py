from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import counts, definition, numbers

from shopscore.beside.measures import around
from shopscore.diagnosis.before import EVEN
from shopscore.diagnosis.change_points import Count
from shopscore.diagnosis.effects import added, difference_interval, effect, of_count
from shopscore.diagnosis.likeness import like_days
from shopscore.diagnosis.sides import side
from shopscore.model import Sums

DATE = dt.date(2026, 11, 10)
DAY = dt.timedelta(days=1)
BEFORE = [DATE - back * DAY for back in range(1, 11)]
AFTER = [DATE + on * DAY for on in range(1, 11)]
RATE = definition()


def wilson(share, n):
    return side([Count(share * n, n)], "share", EVEN).ends


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


def test_both_sides_are_the_same_weekdays_and_unusable_days_are_left_out():
    # 7, 6, 5 and 3 November before; 11, 13 and 19 after: a Wednesday, a Friday and a Thursday.
    usable = {BEFORE[2], BEFORE[3], BEFORE[4], BEFORE[6], AFTER[0], AFTER[2], AFTER[8]}
    said = found([counts(5, 10)] * 10, [counts(6, 10)] * 10, usable=usable)
    assert (said.days, said.before.rows, said.after.rows) == (2, 20, 20)
    assert (said.before.first, said.before.last) == (BEFORE[4], BEFORE[3])
    assert said.difference == pytest.approx(0.1)


days_of_november = st.sets(st.integers(-40, 40).filter(bool).map(lambda on: DATE + on * DAY))


@given(days_of_november, st.sampled_from([None, 1]))
def test_each_weekday_is_as_much_a_part_of_one_side_as_of_the_other(usable, most):
    sides = [[day for day in usable if (day > DATE) == later] for later in (False, True)]
    before, after = like_days(DATE, *sides, most)
    assert set(before) <= set(sides[0])
    assert set(after) <= set(sides[1])
    weeks = [Counter(day.isoweekday() for day in side_of) for side_of in (before, after)]
    times = len(before) // len(after) if after else 0
    assert weeks[0] == Counter({name: times * count for name, count in weeks[1].items()})
    assert most is None or times <= 1
    assert bool(after) == bool({day.isoweekday() for day in sides[0]} & {day.isoweekday() for day in sides[1]})


@pytest.mark.parametrize(
    ("before", "usable"), [([counts(9, 10)] * 10, ()), ([Sums()] * 10, (*BEFORE, *AFTER))], ids=["no days", "no rows"]
)
def test_too_little_data_is_said(before, usable):
    said = found(before, [counts(9, 10)] * 10, usable=usable)
    assert said.verdict == "too_little_data"
    assert said.interval is None


def test_fewer_rows_than_the_metrics_minimum_are_too_little():
    said = found([counts(1, 1)] * 10, [counts(0, 50)] * 10, definition(minimum=20), usable=(BEFORE[5], AFTER[0]))
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


# ── whether it worked ────────────────────────────────────────────────────────────────────────────────────────────


def told(shares, orders=60, length=28, of=None):
    """The effect where each day from 84 before the measure has its share late, without any luck."""
    dated = {DATE + (at - 84) * DAY: counts(round(orders * share), orders) for at, share in enumerate(shares)}
    before = {day: sums for day, sums in dated.items() if day < DATE}
    after = {day: sums for day, sums in dated.items() if day > DATE}
    return effect(DATE, "a measure", of or definition(better="lower"), before, after, set(dated), length)


def test_a_measure_that_halves_what_is_late_worked():
    said = told([0.2] * 84 + [0] + [0.1] * 14)
    assert (said.verdict, said.answer, said.days, said.moved) == ("better", "worked", 14, None)
    assert said.before.rows == 28 * 60
    assert told([0.1] * 84 + [0] + [0.2] * 14).answer == "harmed"


def test_what_only_comes_back_after_a_bad_week_may_have_come_by_itself():
    said = told([0.1] * 77 + [0.4] * 7 + [0] + [0.1] * 14)
    assert (said.verdict, said.answer) == ("better", "came_back")
    assert (said.moved.day, said.moved.value) == (DATE - 7 * DAY, pytest.approx(0.1))
    assert told([0.1] * 77 + [0.4] * 7 + [0] + [0.02] * 14).answer == "worked"


def test_what_was_there_the_week_before_is_not_the_measures():
    said = told([0.15] * 76 + [0.1] * 8 + [0] + [0.09] * 14)
    assert said.answer in ("moved_before", "no_difference")
    assert told([0.4] * 74 + [0.1] * 10 + [0] + [0.1] * 14).answer == "no_difference"


def test_where_nothing_is_seen_it_is_said_what_would_have_been():
    said = told([0.1] * 84 + [0] + [0.1] * 7)
    assert said.answer == "no_difference"
    assert 0 < said.visible < 0.1
    assert told([0.1] * 84 + [0] + [0.1] * 28).visible < said.visible
    assert told([0.1] * 84 + [0] + [0.1] * 7, orders=240).visible < said.visible


def test_the_days_it_takes_to_see_a_halving_fall_with_the_orders_of_a_day():
    needed = [told([0.1] * 84 + [0], orders).needed for orders in (40, 60, 240)]
    assert needed == sorted(needed, reverse=True)
    assert told([0.1] * 84 + [0], 60).answer == "too_little_data"
    assert told([0.0] * 84 + [0], 2).needed is None
    half = told([0.2] * 84 + [0] + [0.1] * told([0.2] * 84 + [0], 60).needed, 60)
    assert half.answer == "worked"


def test_quantiles_are_compared_by_their_rows_alone():
    slow = definition("quantile", "lower", quantile=0.9, unit="seconds")
    values = {DATE + on * DAY: Sums(rows=50, values=((10 if on < 0 else 5, 50),)) for on in range(-28, 29) if on}
    before = {day: sums for day, sums in values.items() if day < DATE}
    said = effect(DATE, "", slow, before, {day: sums for day, sums in values.items() if day > DATE}, set(values), 28)
    assert (said.verdict, said.answer, said.needed) == ("better", "worked", None)


def test_a_metric_that_counts_once_a_window_has_no_days_to_compare():
    shop = SimpleNamespace(rewound=False, file=SimpleNamespace(measures=[]))
    once = SimpleNamespace(id="demo.it", days_add_up=False, frozen=False, metric=SimpleNamespace(id="it"))
    told = around(shop, SimpleNamespace(sides={"demo.it": ()}), once, DATE, "x")
    assert (told.lacking, told.answer) == ("once_a_window", "too_little_data")
    assert around(shop, SimpleNamespace(sides={}), once, DATE, "x").lacking == "not_counted"


def test_no_day_since_is_told_apart_from_too_few():
    assert found([counts(5, 10)] * 10, []).lacking == "no_day_yet"
    assert found([counts(5, 10)] * 10, [counts(5, 10)] * 10).lacking is None
