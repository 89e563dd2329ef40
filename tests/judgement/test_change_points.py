from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.change_points import Count, dispersion, present_level

SEEDS = 200


def luck(seed):
    return random.Random(seed)  # noqa: S311 - invented days are no secret


def events(rng, n, share):
    return sum(rng.random() < share for _ in range(n))


def shares(rng, levels, n=40):
    """Days of about n rows; each level is (days, share)."""
    found = []
    for days, share in levels:
        for _ in range(days):
            rows = max(1, round(n * rng.uniform(0.6, 1.4)))
            found.append(Count(events(rng, rows, share), rows))
    return found


def means(rng, levels, n=20):
    found = []
    for days, mean in levels:
        for _ in range(days):
            values = [rng.expovariate(1 / mean) for _ in range(n)]
            found.append(Count(sum(values), n, sum(x * x for x in values)))
    return found


@pytest.mark.parametrize(("days", "share", "n"), [(20, 0.05, 10), (30, 0.1, 40), (30, 0.3, 100), (60, 0.1, 40)])
def test_a_level_that_does_not_change_is_seldom_said_to(days, share, n):
    alarms = sum(present_level(shares(luck(seed), [(days, share)], n), "share") > 0 for seed in range(SEEDS))
    assert alarms <= 0.04 * SEEDS


def test_days_that_differ_more_than_chance_are_no_change():
    rng = luck(3)
    alarms = 0
    for _ in range(SEEDS):
        days = [Count(events(rng, 80, min(max(rng.gauss(0.1, 0.04), 0), 1)), 80) for _ in range(30)]
        alarms += present_level(days, "share") > 0
    assert alarms <= 0.05 * SEEDS


def test_means_with_long_tails_do_not_change_by_themselves():
    alarms = sum(present_level(means(luck(seed), [(30, 5.0)]), "mean") > 0 for seed in range(SEEDS))
    assert alarms <= 0.04 * SEEDS


@pytest.mark.parametrize(
    ("make", "kind", "levels"),
    [(shares, "share", [(20, 0.05), (10, 0.2)]), (means, "mean", [(15, 5.0), (15, 9.0)])],
)
def test_a_change_is_found_where_it_was(make, kind, levels):
    at = levels[0][0]
    found = [present_level(make(luck(seed), levels), kind) for seed in range(SEEDS)]
    assert sum(abs(each - at) <= 2 for each in found) >= 0.95 * SEEDS


def test_the_last_of_several_changes_counts():
    days = shares(luck(1), [(15, 0.05), (8, 0.5), (12, 0.05)])
    assert present_level(days, "share") == pytest.approx(23, abs=1)


def test_one_bad_day_is_no_level():
    days = [Count(2, 40)] * 14 + [Count(30, 40)] + [Count(2, 40)] * 15
    assert present_level(days, "share") in (0, 15)


def test_days_without_rows_say_nothing():
    assert present_level([], "share") == 0
    assert present_level([Count(0, 0)] * 30, "rate") == 0
    assert dispersion([Count(0, 0)] * 30, "mean") == 1.0


@given(
    st.lists(st.integers(0, 50).flatmap(lambda n: st.builds(Count, st.integers(0, n), st.just(n))), max_size=40),
    st.sampled_from(["share", "rate"]),
)
def test_any_days_give_a_day_of_theirs(days, kind):
    assert 0 <= present_level(days, kind) <= max(len(days) - 3, 0)
    assert dispersion(days, kind) >= 1
