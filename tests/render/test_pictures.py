"""The places in small pictures."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shopscore.model import Control, ControlDay, Day
from shopscore.render.html import pictures

DAY = dt.date(2026, 11, 1)
SHARES = st.floats(0, 1, allow_subnormal=False)


def metric(value=0.9, interval=(0.85, 0.93), target=0.95, trend=(), control=None):
    found = SimpleNamespace(value=value, interval=interval, trend=trend)
    return SimpleNamespace(measurement=found, target=SimpleNamespace(value=target), unit="rate", control=control)


def counted(pairs):
    return tuple(Day(DAY + dt.timedelta(days=at), numerator, n) for at, (numerator, n) in enumerate(pairs))


@given(SHARES, SHARES, SHARES, st.none() | SHARES)
def test_a_bar_shows_value_interval_and_target_in_their_order(value, low, high, target):
    low, high = min(low, value), max(high, value)
    bar = pictures.bar(metric(value, (low, high), target))
    places = [each for each in (bar.low, bar.value, bar.high, bar.target) if each is not None]
    assert all(0 <= each <= pictures.WIDTH for each in places)
    assert bar.low <= bar.value <= bar.high
    if target is not None and target > value:
        assert bar.target >= bar.value


def test_what_has_no_value_has_no_picture():
    assert pictures.bar(metric(value=None)) is None
    assert pictures.days(metric(trend=counted([(1, 2)]))) is None
    assert pictures.days(metric(trend=counted([(0, 0), (0, 0), (1, 2)]))) is None


def test_a_day_without_rows_is_a_gap_and_not_a_nought():
    days = pictures.days(metric(trend=counted([(1, 2), (2, 2), (0, 0), (1, 2)])))
    assert [len(line.split()) for line in days.lines] == [2, 1]


def test_a_target_far_away_is_not_drawn():
    assert pictures.days(metric(trend=counted([(1, 2), (2, 2)]), target=0.75)).target is not None
    assert pictures.days(metric(trend=counted([(1, 2), (2, 2)]), target=0.2)).target is None


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_days_that_are_all_alike_are_a_line_in_the_middle(value):
    days = pictures.days(metric(trend=counted([(4 * value, 4)] * 3)))
    assert {pair.split(",")[1] for line in days.lines for pair in line.split()} == {str(pictures.HEIGHT / 2)}


def test_limits_and_signals_are_those_of_the_control_chart():
    usual = ControlDay(DAY, 0.9, 9, 10, 0.7, 1.0, None, "usual")
    shown = (usual, replace(usual, value=0.2, signal="below"), replace(usual, value=None, low=None, high=None))
    days = pictures.days(metric(control=Control(0.9, shown, (), None, 30)))
    assert len(days.signals) == 1
    assert len(days.band.split()) == 4
    assert days.last == days.signals[0]
