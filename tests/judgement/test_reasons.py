from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.diagnosis.reasons import REST, beta_prior, products, profile, reasons, shrunk
from shopscore.ledger.case_reasons import ProductCount, ReasonCount

REASONS = st.lists(
    st.builds(
        ReasonCount,
        st.none() | st.sampled_from("abcdefgh"),
        st.integers(1, 40),
        st.floats(0, 1e6).map(round).map(float),
        st.integers(0, 9),
        st.integers(0, 10**6),
    ),
    unique_by=lambda each: each.name,
)
SOLD = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 60)).map(lambda p: (min(p), max(p))), min_size=1, max_size=12
)


@given(REASONS, st.randoms())
def test_shares_of_reasons_add_up_and_few_cases_are_not_named(counts, luck):
    found, unknown = reasons(counts)
    assert unknown == sum(each.cases for each in counts if each.name is None)
    assert sum(each.cases for each in found) + unknown == sum(each.cases for each in counts)
    assert all(each.cases >= 5 for each in found if each.name != REST)
    for part, of in (("case_share", "cases"), ("amount_share", "amount"), ("time_share", "seconds")):
        if sum(getattr(each, of) for each in found):
            assert math.fsum(getattr(each, part) for each in found) == pytest.approx(1)
    luck.shuffle(counts)
    assert reasons(counts) == (found, unknown)


@given(REASONS)
def test_the_vital_few_make_most_and_none_of_them_could_be_spared(counts):
    found, _ = reasons(counts)
    for what in ("cases", "amount", "seconds"):
        few = [getattr(each, what) for each in found if what in each.vital]
        total, named = (
            math.fsum(getattr(each, what) for each in found if rest or each.name != REST) for rest in (True, False)
        )
        if few:
            assert math.fsum(few) - min(few) < 0.8 * total
            assert math.fsum(few) >= min(0.8 * total, named) - 1e-6


def test_the_rest_stands_last_and_is_never_vital():
    counts = [ReasonCount(name, 4, 1.0, 1, 1) for name in "abcdefghij"] + [ReasonCount("k", 5, 1.0, 1, 1)]
    found, _ = reasons(counts)
    assert [(each.name, each.cases) for each in found] == [("k", 5), (REST, 40)]
    assert found[1].vital == ()


# ── products ─────────────────────────────────────────────────────────────────────────────────────────────────────


def sold(*pairs, **reasons_of):
    return [
        ProductCount(f"p{at}", lines, lines, lines, hits, tuple(sorted(reasons_of.get(f"p{at}", {}).items())))
        for at, (hits, lines) in enumerate(pairs)
    ]


@given(SOLD)
def test_a_shrunk_rate_lies_between_its_own_and_the_mean(pairs):
    mean, weight = beta_prior(pairs)
    assert weight >= 0
    for hits, lines in pairs:
        rate = shrunk(hits, lines, (mean, weight))
        assert min(mean, hits / lines) - 1e-12 <= rate <= max(mean, hits / lines) + 1e-12


@given(SOLD, st.randoms())
def test_the_order_of_products_changes_nothing_and_few_orders_are_hidden(pairs, luck):
    counts = sold(*pairs)
    found = products(counts)
    assert {each.product for each in found} == {each.product for each in counts if each.orders >= 5}
    luck.shuffle(counts)
    assert products(counts) == found
    for each in found:
        assert each.interval[0] <= each.refunded / each.lines <= each.interval[1]
        assert not each.stands_out or each.excess >= 2


def test_products_that_differ_by_chance_only_are_all_told_the_same():
    assert beta_prior([(5, 100)] * 8)[1] == math.inf
    assert {each.rate for each in products(sold(*[(5, 100)] * 8))} == {0.05}


def test_a_product_that_comes_back_more_stands_first():
    found = products(sold((3, 100), (30, 100), (2, 100), (1, 5)))
    assert [each.product for each in found if each.stands_out] == ["p1"]
    assert found[0].product == "p1"
    assert found[0].excess == pytest.approx(30 - 100 * 6 / 205)


def test_the_only_product_is_held_against_nothing():
    assert not products(sold((30, 100)))[0].stands_out
    assert products([]) == ()


def test_a_reason_of_its_own_is_found_and_does_not_colour_the_others():
    counts = {"a": {"quality": 30, "no_reason": 10}, "b": {"no_reason": 60, "quality": 5}, "c": {"no_reason": 50}}
    found = profile(counts)
    assert list(found) == ["a"]
    assert [reason.reason for reason in found["a"]] == ["quality"]


def test_reasons_alike_tell_nothing():
    assert profile({"a": {"x": 10, "y": 10}, "b": {"x": 20, "y": 20}}) == {}
    assert profile({"a": {"x": 4}, "b": {"y": 4}}) == {}
