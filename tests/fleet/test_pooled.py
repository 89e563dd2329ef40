"""A segment's counts in many shops: shared, or one shop's own."""

from __future__ import annotations

import pytest
from evidence import fleet
from hypothesis import given
from hypothesis import strategies as st

from shopscore.fleet.pooled import Stratum, pooled

ALIKE = Stratum(bad=20, rows=100, all_bad=60, all_rows=600)
PLAIN = Stratum(bad=10, rows=100, all_bad=60, all_rows=600)
counts = st.tuples(st.integers(0, 30), st.integers(1, 200), st.integers(0, 30), st.integers(1, 200)).map(
    lambda of: Stratum(min(of[0], of[1]), of[1], min(of[0], of[1]) + min(of[2], of[3]), of[1] + of[3])
)


def test_what_every_shop_shows_a_little_of_is_shared():
    found = pooled([ALIKE] * 12)
    assert found.excess == pytest.approx(12 * (20 - 100 * 40 / 500))
    assert found.interval[0] > 0
    assert found.chance < 1e-6


def test_what_one_shop_shows_alone_is_not_however_much_it_is():
    found = pooled([Stratum(95, 100, 145, 600), *[PLAIN] * 11])
    assert found.excess > 80
    assert found.chance > 0.2


def test_shops_that_differ_each_their_own_way_share_nothing():
    strata = [Stratum(10 + (9, -8)[number % 2], 100, 60, 600) for number in range(16)]
    assert pooled(strata).chance > 0.01


def test_two_shops_are_too_few_and_a_shop_without_a_rest_says_nothing():
    assert pooled([ALIKE] * 2) is None
    assert pooled([ALIKE, ALIKE, Stratum(5, 100, 5, 100), Stratum(0, 10, 0, 100)]) is None


def test_days_that_differ_make_it_less_sure():
    usual, uneven = (pooled([Stratum(14, 100, 60, 600, phi)] * 5) for phi in (1.0, 4.0))
    assert uneven.chance > usual.chance
    assert uneven.interval[0] < usual.interval[0]


@given(st.lists(counts, min_size=3, max_size=8), st.randoms())
def test_the_order_of_the_shops_is_no_matter(strata, luck):
    mixed = list(strata)
    luck.shuffle(mixed)
    one, two = pooled(strata), pooled(mixed)
    assert (one is None) == (two is None)
    if one is not None:
        assert one.chance == pytest.approx(two.chance, abs=1e-9)
        assert 0 <= one.chance <= 1


BY_NAME = {plan.name: plan for plan in fleet.PLANS}


@pytest.mark.parametrize(
    ("name", "recall"),
    [
        ("a carrier, 3 points in 30 shops", 1),
        ("a carrier, 3 points in 200 shops of 100 orders", 1),
        ("a carrier, 5 points in 30 shops that differ by 3 points of their own", 0.75),
    ],
)
def test_a_planted_cause_too_weak_for_most_shops_is_called_shared(name, recall):
    found = fleet.found_of(BY_NAME[name], 4)
    assert found.recall >= recall
    assert found.false <= 0.25
    assert found.shown < 0.4


@pytest.mark.parametrize("name", [plan.name for plan in fleet.PLANS if not plan.part])
def test_nothing_innocent_is_called_shared(name):
    assert fleet.found_of(BY_NAME[name], 6).false == 0


def test_one_table_of_all_parcels_blames_the_carrier_of_late_shops():
    assert fleet.found_of(BY_NAME["nothing, late shops use one carrier more"], 4).plain_false > 0.5
