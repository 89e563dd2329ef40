from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import Side, counts, definition, numbers, result

from shopscore.intervals.kinds import meets
from shopscore.measure import measure
from shopscore.model import Sums, Target, Window
from shopscore.render import worth as words
from shopscore.shortfall import exact
from shopscore.window import bounds
from shopscore.worth.one_event import one_event

GOALS = st.integers(1, 99).map(lambda n: n / 100)
HALVES = st.tuples(st.integers(0, 300), st.integers(1, 300)).map(lambda p: (min(p), max(p)))


def told(given_, sums, goal=0.9, verdict="undecided"):
    span = Window(*bounds("30 days", dt.date(2026, 11, 23)), 30)
    return one_event(given_, measure(given_, sums, span), Target(goal, "published"), verdict)


def test_one_late_order_of_twelve_moves_it_8_3_points():
    found = told(definition(), counts(12, 12), 0.95)
    assert found.one_more == pytest.approx(-1 / 12)
    assert (found.one_fewer, found.rows, found.fact, found.per) == (None, 12, "orders", "event")
    assert found.matters
    assert found.crosses == "misses"
    about = result(value=1.0, verdict="undecided", one_event=found)
    assert words.one_event(about, "en") == "undecided: n = 12 orders: one more bad one (8.3 points) misses the target"
    assert words.one_event(about, "zh-Hans") == "证据不足：共 12（订单）：再差一个（8.3 个百分点）就不达标"


@given(HALVES, GOALS, st.sampled_from(["higher", "lower"]))
def test_a_share_moves_by_exactly_what_counting_again_gives(pair, goal, better):
    hits, rows = pair
    given_ = definition(better=better)
    found = told(given_, counts(hits, rows), goal)
    step = -1 if better == "higher" else 1
    for change, by in ((found.one_more, step), (found.one_fewer, -step)):
        again = hits + by
        if not 0 <= again <= rows:
            assert change is None
            continue
        assert change == pytest.approx(float(Fraction(again, rows) - Fraction(hits, rows)))
    here = meets(hits / rows, goal, better)
    turned = hits + (step if here else -step)
    there = 0 <= turned <= rows and meets(turned / rows, goal, better)
    possible = 0 <= turned <= rows
    assert (found.crosses is not None) is (possible and there != here)


@given(st.integers(0, 50), st.integers(1, 500), st.sampled_from([None, 5.0]), GOALS)
def test_a_ratio_of_counts_moves_as_it_is_damped(above, below, damp, goal):
    given_ = definition("ratio_of", "lower", damp=damp)
    found = told(given_, counts(above, below), goal)

    def value(events):
        return Fraction(events) / (exact(damp or 0.0) * events + below) if events else Fraction(0)

    assert found.one_more == pytest.approx(float(value(above + 1) - value(above)))
    assert (found.one_fewer is None) is (above == 0)


def test_weighted_rows_weigh_their_mean():
    heavy = definition(sides={"": Side(weight_by="w")})
    found = told(heavy, Sums(rows=10, hits=6, w=1500, w2=225_000, wh=900))
    assert found.one_more == pytest.approx(-0.1)


def test_a_mean_is_told_by_its_unit_and_never_crosses():
    hours = definition("mean", "lower", unit="hours")
    found = told(hours, numbers([7200] * 20), 1.0)
    assert (found.one_more, found.per, found.crosses) == (pytest.approx(0.05), "hours", None)
    stars = told(definition("mean", unit="stars"), numbers([500] * 10), 4.8)
    assert stars.one_more == pytest.approx(-0.1)


def test_nothing_is_said_where_an_event_may_be_worth_anything():
    assert told(definition("quantile", "lower", unit="seconds", quantile=0.5), Sums(rows=3, values=((1, 3),))) is None
    assert told(definition("count", "lower", unit="points", sides={"": Side(of="points")}), Sums(rows=2, x=300)) is None
    assert told(definition(), counts(0, 0)) is None


def test_a_count_is_told_where_one_more_is_one_too_many():
    cases = definition("count", "lower", unit="count")
    assert told(cases, Sums(rows=6), 6, "pass").crosses == "misses"
    assert told(cases, Sums(rows=7), 6, "fail").crosses == "meets"
    assert not told(cases, Sums(rows=3), 6, "pass").matters


def test_many_rows_and_a_clear_verdict_are_not_worth_a_word():
    assert not told(definition(), counts(800, 1000), 0.9, "fail").matters
    assert told(definition(), counts(895, 1000), 0.9, "undecided").matters
    assert not words.one_event(result(value=0.8, one_event=told(definition(), counts(8, 1000), 0.9, "fail")), "en")
