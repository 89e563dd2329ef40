from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.chances import skill
from shopscore.diagnosis.survival import FEWEST, Clock, Life, chance, known_at, product_limit, running_at

LIVES = st.lists(st.builds(Life, st.integers(1, 50).map(float), st.booleans()), min_size=1, max_size=60)


def test_without_running_ones_it_is_the_plain_share():
    curve = product_limit([Life(1, True), Life(2, True), Life(2, True), Life(4, True)])
    assert [curve.after(t) for t in (0, 1, 2, 3, 4)] == [1.0, 0.75, pytest.approx(0.25), pytest.approx(0.25), 0.0]


def test_the_example_of_a_textbook():
    """Six lives: done at 1, 3, 4 and 6, still running at 2 and 5: 5/6, then of four, of three, of one."""
    curve = product_limit([Life(1, True), Life(2, False), Life(3, True), Life(4, True), Life(5, False), Life(6, True)])
    assert curve.left == pytest.approx((5 / 6, 5 / 6 * 3 / 4, 5 / 6 * 3 / 4 * 2 / 3, 0.0))


def test_what_still_runs_is_not_left_out():
    quick = [Life(1, True)] * 10
    assert product_limit(quick).after(1) == 0
    assert product_limit(quick + [Life(5, False)] * 10).after(1) == pytest.approx(0.5)


def test_the_older_the_clock_the_more_of_the_quick_ones_are_behind_it():
    curve = product_limit([Life(10, True)] * 80 + [Life(60, True)] * 20)
    assert chance(curve, 0, 48) == pytest.approx(0.2)
    assert chance(curve, 10, 48) == pytest.approx(1.0)


def test_what_is_allowed_is_in_time_and_what_is_over_is_late():
    curve = product_limit([Life(48, True)] * 10)
    assert chance(curve, 0, 48) == 0
    assert chance(curve, 48, 48) == 1


def test_nothing_is_said_beyond_what_anybody_was_watched():
    curve = product_limit([Life(5, False)] * 100)
    assert chance(curve, 1, 6) is None
    assert chance(product_limit([]), 1, 6) is None


@given(LIVES)
def test_shares_fall_from_one_and_stay_shares(lives):
    curve = product_limit(lives)
    shares = [1.0, *curve.left]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)


@given(LIVES, st.integers(0, 49), st.integers(1, 50))
def test_a_chance_is_a_share_and_never_falls_with_age(lives, age, allowed):
    curve = product_limit(lives)
    said = [chance(curve, each, allowed) for each in range(age, allowed)]
    known = [each for each in said if each is not None]
    assert all(0 <= each <= 1 for each in known)
    assert all(later >= sooner - 1e-12 for sooner, later in pairwise(known))


def test_what_was_known_then_and_not_what_is_known_now():
    clocks = [Clock(0, 10, 5), Clock(0, 10, 20), Clock(8, 18, None)]
    assert known_at(clocks, 9) == [Life(5, True), Life(9, False), Life(1, False)]
    assert running_at(clocks, 9) == [clocks[1], clocks[2]]
    assert running_at(clocks, 10) == [clocks[2]]


def history(seed, *, slow):
    """Orders of 60 days; those still open after a day are far likelier late where there are slow ones."""
    luck = random.Random(seed)  # noqa: S311 - invented orders are no secret
    clocks = []
    for day in range(60):
        for _ in range(20):
            start = day * 24 + luck.uniform(0, 24)
            taken = luck.uniform(30, 80) if luck.random() < slow else luck.uniform(2, 20)
            clocks.append(Clock(start, start + 48, start + taken))
    return clocks


def test_chances_by_age_beat_the_base_rate_where_age_tells():
    moments = [24.0 * day for day in range(30, 55)]
    found = [skill(history(seed, slow=0.15), moments, 60 * 24) for seed in range(5)]
    assert all(each is not None and each > 0.3 for each in found)


def test_nothing_is_said_of_too_short_a_history():
    few = history(1, slow=0.15)[: FEWEST - 1]
    assert skill(few, [24.0, 48.0], 60 * 24) is None
