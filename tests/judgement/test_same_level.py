"""Which days before a window say how much its days differ."""

from __future__ import annotations

import datetime as dt

from evidence.plain import definition

from shopscore.diagnosis.same_level import same_level
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


def test_a_window_stands_alone_where_nothing_is_known_before_it():
    assert same_level(SHARE, days(*[4] * 30), BEGINS) == []
    assert same_level(SHARE, days(*[None] * 30, *[4] * 30), BEGINS) == []


def test_what_is_counted_by_neither_rows_nor_events_has_no_level():
    assert same_level(definition("quantile", unit="hours", quantile=0.9), days(*[4] * 60), BEGINS) == []
