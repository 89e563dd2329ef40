"""How much of what a day does to all is a segment's own."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import counts, definition

from shopscore.diagnosis.day_bound import day_bound
from shopscore.diagnosis.drivers import drivers

rows = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), min_size=1, max_size=40)


@given(rows)
def test_it_is_a_part(days):
    assert 0 <= day_bound([own for own, _ in days], [every for _, every in days]) <= 1


def test_a_segment_that_has_its_part_of_every_day_is_not_bound_to_days():
    assert day_bound([25] * 30, [100] * 30) == 0


def test_whole_days_are_bound_and_half_of_their_rows_half_as_much():
    # Six days of thirty: s = 1/5, 6·80² + 24·20² = 48000 over 600·4/5 is 100; less the row itself, of 99.
    assert day_bound([100] * 6 + [0] * 24, [100] * 30) == pytest.approx(1)
    # Half of their rows: s = 1/10, 6·40² + 24·10² = 12000 over 300·9/10 is 44.4.
    assert day_bound([50] * 6 + [0] * 24, [100] * 30) == pytest.approx((12000 / 270 - 1) / 99)


def test_rows_that_fall_on_any_day_are_hardly_bound():
    luck = random.Random(1)  # noqa: S311 - invented rows are no secret
    own = [0] * 30
    for _ in range(300):
        own[luck.randrange(30)] += 1
    assert day_bound(own, [100] * 30) < 0.01


def test_a_cause_is_weakened_by_the_scatter_of_days_only_as_far_as_it_is_bound_to_them():
    late, segments = definition("ratio", "lower"), {"carrier": {"a": counts(60, 500), "b": counts(60, 1500)}}
    whole = counts(120, 2000)
    assert drivers(late, whole, segments, 0.04, 20.0) == ()
    (named,) = drivers(late, whole, segments, 0.04, 20.0, {("carrier", "a"): 0.0})
    assert named.segment == "a"
    # What is named is told no surer than days let it be.
    (plain,) = drivers(late, whole, segments, 0.04, 1.0)
    assert named.interval[0] < plain.interval[0] < plain.interval[1] < named.interval[1]
