from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
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


def test_rows_that_speak_for_others_add_no_events_that_never_were():
    """The carrier's rows on usual days fail more often than those of the promotion: 24 of 49 are not 29."""
    cells = {
        (True, True): counts(4, 19),
        (True, False): counts(27, 65),
        (False, True): counts(20, 30),
        (False, False): counts(1, 100),
    }
    day, carrier = driver("day", "2026-11-11", 31, 84), driver("carrier", "c", 24, 49)
    told = {each.dimension: each for each in apart(LOWER, (day, carrier), cells, 0.05)}
    assert told["carrier"].excess == pytest.approx(24 - 49 * 0.01)
    assert told["day"].excess == pytest.approx(31 - 84 * 0.01)


CROSSED = st.tuples(st.integers(0, 20), st.integers(20, 40)).map(lambda each: counts(*each))


@given(both=CROSSED, first=CROSSED, second=CROSSED, none=st.integers(0, 5))
def test_no_excess_is_more_than_what_happened(both, first, second, none):
    cells = {(True, True): both, (True, False): first, (False, True): second, (False, False): counts(none, 100)}
    sides = [("carrier", both, first), ("day", both, second)]
    found = [driver(name, "s", a.hits + b.hits, a.rows + b.rows) for name, a, b in sides if a.rows + b.rows]
    if len(found) == 2:
        for each in apart(LOWER, tuple(found), cells, 0.05):
            assert each.excess <= each.numerator
            assert each.interval is None or each.interval[0] <= each.excess


def test_nothing_comes_of_nothing():
    assert apart(LOWER, (), {}, 0.05) == ()
