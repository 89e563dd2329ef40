"""Which days before a window say how much its days differ."""

from __future__ import annotations

import datetime as dt
import random

from evidence.plain import definition

from shopscore.diagnosis.change_points import Count, levels
from shopscore.diagnosis.same_level import lasting, same_level
from shopscore.model import Sums

BEGINS = dt.date(2026, 9, 1)
SHARE = definition("ratio")


def days(*hits, last=BEGINS + dt.timedelta(days=29)):
    """Days of 100 rows (None: of none) up to the last."""
    first = last - dt.timedelta(days=len(hits) - 1)
    sums = [Sums() if each is None else Sums(100, each, w=10_000, w2=1_000_000, wh=100 * each) for each in hits]
    return [(first + dt.timedelta(days=at), each) for at, each in enumerate(sums)]


def test_days_of_one_level_are_all_known():
    found = same_level(SHARE, days(*[3, 4, 5] * 20), BEGINS)
    assert [each.hits for each in found] == [3, 4, 5] * 20


def test_days_before_a_change_say_nothing_of_the_level_since():
    found = same_level(SHARE, days(*[30] * 20, *[3, 4, 5] * 15), BEGINS)
    assert [each.hits for each in found] == [3, 4, 5] * 15


def test_a_window_in_which_the_level_changed_stands_alone():
    assert same_level(SHARE, days(*[4] * 45, *[30] * 15), BEGINS) == []


def test_bad_days_that_come_together_are_seldom_taken_for_a_change_of_level():
    luck, split, inside, cut, alone = random.Random(5), 0, 0, 0, 0  # noqa: S311 - invented days
    for _ in range(60):
        state, hits = 0.0, []
        for _ in range(84):
            state = 0.8 * state + luck.gauss(0, 1)
            hits.append(round(max(8 + 2.5 * state, 0)))
        changes = levels([Count(each, 100) for each in hits], "share")
        if 0 < changes[-1] <= len(hits) - 7:
            split += 1
            cut += len(same_level(SHARE, days(*hits), BEGINS + dt.timedelta(days=23))) < len(hits)
        if changes[-1] > len(hits) - 30:
            inside += 1
            alone += not same_level(SHARE, days(*hits), BEGINS)
    assert split > 30
    assert cut < split / 2
    assert inside > 15
    assert alone < inside / 2


def test_a_change_lasts_where_both_sides_stay_and_not_where_they_swing_as_far():
    steps = [Count(each, 100) for each in [2, 3, 4] * 10 + [7, 8, 9] * 10]
    swings = [Count(each, 100) for each in ([3] * 6 + [9] * 6) * 5]
    assert lasting(steps, 30)
    assert not any(lasting(swings, at) for at in range(61))
    mirrored = [Count(100 - each.amount, 100) for each in reversed(steps)]
    assert lasting(mirrored, 30)


def test_of_days_without_a_change_few_seem_to_have_one_that_lasts():
    luck, believed = random.Random(3), 0  # noqa: S311 - invented days
    for _ in range(300):
        told = [Count(luck.gauss(10, 1), 100) for _ in range(60)]
        believed += any(lasting(told, at) for at in range(3, 58))
    assert believed <= 12


def test_a_window_stands_alone_where_nothing_is_known_before_it():
    assert same_level(SHARE, days(*[4] * 30), BEGINS) == []
    assert same_level(SHARE, days(*[None] * 30, *[4] * 30), BEGINS) == []


def test_what_is_counted_by_neither_rows_nor_events_has_no_level():
    assert same_level(definition("quantile", unit="hours", quantile=0.9), days(*[4] * 60), BEGINS) == []
