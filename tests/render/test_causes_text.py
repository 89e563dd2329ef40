"""Which causes are told as one finding."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.model import Driver
from shopscore.render.why import alike, driver

DRIVERS = st.builds(
    Driver, st.sampled_from(["hour", "sku", "product_id"]), st.sampled_from("abc"), st.sampled_from([9.0, 10.0]),
    st.just(28.0), st.sampled_from([2.0, 3.0]), st.just(0.2),
)  # fmt: skip


def test_a_product_and_its_only_variant_are_one_finding_and_two_hours_are_two():
    product, variant = Driver("product_id", "p", 10, 28, 9, 0.2), Driver("sku", "s", 10, 28, 9, 0.2)
    one, other = Driver("hour", "01", 10, 28, 9, 0.2), Driver("hour", "02", 10, 28, 9, 0.2)
    assert alike([product, variant]) == [[product, variant]]
    assert alike([one, other]) == [[one], [other]]


@pytest.mark.parametrize(
    ("better", "numerator", "said"),
    [("higher", 25.0, "24 of 49, 24 more than elsewhere (likely 15 to 24; 55% of the bad)"),
     ("lower", 24.0, "24 of 49, 24 more than elsewhere (likely 15 to 24; 55% of the bad)")],
)  # fmt: skip
def test_a_cause_has_likely_made_no_more_than_what_happened(better, numerator, said):
    metric = SimpleNamespace(kind="ratio", better=better, unit="rate", currency=None)
    assert driver(metric, [Driver("carrier", "c", numerator, 49.0, 23.9, 0.55, (15.1, 34.2))], "en").endswith(said)


def test_what_is_only_counted_is_not_told_to_be_more_than_elsewhere():
    metric = SimpleNamespace(kind="count", better="lower", unit="count", currency=None)
    found = Driver("carrier", "c", 136.0, 313.0, 31.7, 0.1, (5.0, 58.0), even=True)
    said = driver(metric, [found], "en")
    assert said.endswith("136 of all 313, 32 more than an even part (likely 5 to 58; 10% of the bad)")


@pytest.mark.parametrize(
    ("excess", "ends", "said"),
    [
        (
            28770.0,
            (18630.0, 38115.0),
            "95 rows take 8.0 h more than elsewhere (likely 5.2 h to 10.6 h; 41% of the total)",
        ),
        (900.0, (60.0, 4000.0), "95 rows take 900 s more than elsewhere (likely 60.0 s to 4,000 s; 41% of the total)"),
    ],
)
def test_seconds_of_many_rows_add_up_to_hours(excess, ends, said):
    metric = SimpleNamespace(kind="mean", better="lower", unit="seconds", currency=None)
    assert driver(metric, [Driver("carrier", "c", 1.0, 95.0, excess, 0.41, ends)], "en").endswith(said)


@given(st.lists(DRIVERS, max_size=8, unique=True))
def test_every_cause_is_told_once_and_no_two_of_one_dimension_as_one(drivers):
    found = alike(drivers)
    assert sorted(map(repr, (each for group in found for each in group))) == sorted(map(repr, drivers))
    for group in found:
        assert all(one.dimension != other.dimension for one, other in combinations(group, 2))
        assert len({(each.numerator, each.denominator, each.excess) for each in group}) == 1
