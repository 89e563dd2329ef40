"""How much more days differ than chance has it, as segments are tested with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.intervals.dispersion import FEWEST_DAYS, of_counts, of_means, of_shares
from shopscore.intervals.scatter import scatter_of_shares


def test_even_days_do_not_widen_and_clustered_days_do():
    assert of_shares([(9, 10)] * 30) == 1
    assert of_shares([(10, 10)] * 27 + [(0, 10)] * 3) > 5


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=60))
def test_it_is_never_below_one(days):
    assert of_shares(days) >= 1
    assert of_counts(days) >= 1
    assert of_means(days, 4.0) >= 1


def test_few_days_or_few_events_say_nothing():
    assert of_shares([(10, 10), (0, 10)] * ((FEWEST_DAYS - 1) // 2)) == 1
    assert of_shares([(10, 10)] * 29 + [(9, 10)]) == 1
    assert of_counts([(0, 10)] * 30) == 1
    assert of_means([(10, 1), (90, 1)] * 3, 1.0) == 1


def test_a_ratio_on_two_clocks_is_not_called_scattered_because_orders_are():
    quiet, busy = (2, 10), (2, 400)
    assert of_counts([quiet, busy] * 15) == 1


def test_days_of_a_mean():
    # Twenty days of fifty rows, means 10 and 14 about 12: 20 · 50 · 2² / 19 between days, 100 between rows.
    assert of_means([(500, 50), (700, 50)] * 10, 100.0) == pytest.approx(4000 / 19 / 100)
    assert of_means([(10 * 50, 50)] * 20, 100.0) == 1


def test_one_large_bad_day_weighs_by_its_rows_and_not_by_their_square():
    days = [(45, 50)] * 29 + [(250, 500)]
    assert of_shares(days) < 0.5 * scatter_of_shares([(hits, rows, rows) for hits, rows in days]).phi
