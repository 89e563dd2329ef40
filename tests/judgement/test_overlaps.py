from __future__ import annotations

from stand_ins import counts, definition

from shopscore.diagnosis.overlaps import apart
from shopscore.model import Driver, Sums


def driver(dimension, segment, bad, rows):
    return Driver(dimension, segment, bad, rows, bad - rows * 0.05, 0.5)


LOWER = definition(better="lower")


def told(cells, *drivers, goal=0.05):
    return [each.dimension for each in apart(LOWER, drivers, cells, goal)]


def test_a_warehouse_that_only_uses_the_late_carrier_is_not_named():
    cells = {
        (True, True): counts(60, 200),
        (True, False): counts(30, 100),
        (False, True): counts(2, 50),
        (False, False): counts(40, 900),
    }
    assert told(cells, driver("carrier", "c", 90, 300), driver("warehouse", "w", 62, 250)) == ["carrier"]


def test_two_causes_that_overlap_are_both_named():
    cells = {
        (True, True): counts(60, 150),
        (True, False): counts(40, 200),
        (False, True): counts(45, 200),
        (False, False): counts(40, 900),
    }
    named = told(cells, driver("warehouse", "w", 105, 350), driver("carrier", "c", 100, 350))
    assert sorted(named) == ["carrier", "warehouse"]


def test_a_variant_that_holds_what_its_product_holds_is_the_better_name():
    cells = {(True, True): counts(38, 150), (True, False): counts(1, 20), (False, False): counts(40, 900)}
    assert told(cells, driver("product_id", "p", 39, 170), driver("sku", "s", 38, 150)) == ["sku"]


def test_a_product_and_its_only_variant_stay_side_by_side():
    cells = {(True, True): counts(38, 150), (False, False): counts(40, 900)}
    assert told(cells, driver("product_id", "p", 38, 150), driver("sku", "s", 38, 150)) == ["product_id", "sku"]


def test_two_that_do_not_meet_are_both_kept():
    cells = {(True, False): counts(40, 150), (False, True): counts(20, 80), (False, False): counts(40, 900)}
    assert told(cells, driver("carrier", "c", 40, 150), driver("day", "2026-11-11", 20, 80)) == ["carrier", "day"]


def test_reasons_of_counted_cases_are_asked_for_what_is_left_of_them():
    """Of 30 quality cases 28 are the product's: of the even share of 10 nothing is left over."""
    refunds = definition("ratio_of", "lower")
    cells = {
        (True, True): Sums(rows=0, hits=28),
        (True, False): Sums(rows=100, hits=2),
        (False, True): Sums(rows=0, hits=2),
        (False, False): Sums(rows=900, hits=10),
    }
    product = Driver("product_id", "p", 30, 100, 26, 0.6)
    reason = Driver("reason", "quality", 30, 42, 20, 0.5)
    assert apart(refunds, (product, reason), cells, 0.01) == (product,)


def test_nothing_comes_of_nothing():
    assert apart(LOWER, (), {}, 0.05) == ()
