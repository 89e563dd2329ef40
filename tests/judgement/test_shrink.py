"""What was named because it looked large is told as large as it is; what could not be missed stays as counted."""

from __future__ import annotations

from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shopscore.diagnosis.shrink import shrunk
from shopscore.intervals import Z
from shopscore.model import Driver

NORMAL = NormalDist()


def seen(excess, error=1.0, least=4.0):
    """A cause with an excess, its error, and what it had to reach to be named."""
    ends = (excess - Z * error, excess + Z * error)
    return Driver("carrier", "a", 2 * excess, 100, excess, 0.5, ends, least)


def named(true, least=4.0):
    """All excesses that a true one may show, of those that are named, evenly by how likely they are."""
    missed = NORMAL.cdf(least - true)
    return [true + NORMAL.inv_cdf(missed + (at + 0.5) / 400 * (1 - missed)) for at in range(400)]


@pytest.mark.parametrize("true", [3.5, 4.0, 5.0, 6.0, 8.0])
def test_what_is_found_three_times_in_ten_or_oftener_is_told_right_on_average(true):
    told = fmean(shrunk(seen(excess)).excess for excess in named(true))
    assert told == pytest.approx(true, rel=0.06)


@pytest.mark.parametrize("true", [2.0, 2.5, 3.0])
def test_what_is_hardly_ever_found_is_told_far_less_too_large_than_it_was_counted(true):
    told, counted = fmean(shrunk(seen(excess)).excess for excess in named(true)), fmean(named(true))
    assert true < told < counted - 0.4 * (counted - true)


@pytest.mark.parametrize("true", [2.0, 3.0, 4.0, 5.0, 6.5])
def test_the_interval_holds_the_truth_of_what_was_named(true):
    ends = [shrunk(seen(excess)).interval for excess in named(true)]
    assert fmean(low <= true <= high for low, high in ends) >= 0.9


def test_what_could_not_be_missed_stays_as_it_was_counted():
    assert shrunk(seen(9.5)) == seen(9.5)
    assert shrunk(seen(5.0, least=None)) == seen(5.0, least=None)
    blind = replace(seen(5.0), interval=None)
    assert shrunk(blind) == blind


@given(st.floats(4.0, 12.0), st.floats(0.2, 3.0), st.floats(0.0, 4.0))
def test_nothing_grows_and_the_interval_holds_what_is_told(excess, error, least):
    before = seen(excess, error, least)
    after = shrunk(before)
    assert 0 <= after.excess <= before.excess
    assert after.share == pytest.approx(before.share * after.excess / before.excess)
    assert after.interval[0] <= after.excess <= after.interval[1]
    assert after.interval[1] <= before.interval[1] + 0.05 * error
