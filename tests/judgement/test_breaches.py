"""What missing one more deadline does to a metric, nothing else changing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopscore.at_stake import Judged
from shopscore.ledger.clocks import Stake
from shopscore.model import Target, Words
from shopscore.ruleset.shopfile import ShopFile

PRICE = SimpleNamespace(currency="CNY")


def judged(  # noqa: PLR0913 - each is a fact of its own, most by name
    numerator, denominator, target, *, better="higher", kind="ratio", cutoffs=None, price=None, left=None
):
    measurement = SimpleNamespace(
        value=numerator / denominator if denominator else None, numerator=numerator, denominator=denominator
    )
    budget = None if left is None else SimpleNamespace(left=left)
    result = SimpleNamespace(
        id="demo.ship",
        title=Words("Shipped", "发货"),
        unit="rate",
        better=better,
        measurement=measurement,
        target=Target(target, "published" if target is not None else "none"),
        outlook=SimpleNamespace(budget=budget),
    )
    metric = SimpleNamespace(id="ship", kind=kind, better=better, stake=price)
    bands = SimpleNamespace(steps=[3.0, 4.0, 5.0])
    shop = SimpleNamespace(
        file=ShopFile.model_validate({"cutoffs": {"ship": cutoffs or {}}}),
        loaded=SimpleNamespace(pack=SimpleNamespace(bands=bands)),
    )
    return Judged(shop, metric, result)


def test_one_more_miss_that_crosses_the_target_is_told_with_its_points_and_its_price():
    found = judged(97, 100, 0.97, cutoffs={"4": 0.9, "5": 0.97}, price=PRICE, left=0).breach(Stake(1.0, 3.5))
    assert (found.value, found.after) == (0.97, pytest.approx(97 / 101))
    assert found.crosses
    assert found.left == 0
    assert found.points == 1.0
    assert (found.money, found.currency) == (3.5, "CNY")


def test_one_that_the_window_can_bear_does_not_cross_and_one_below_already_cannot():
    assert not judged(99, 100, 0.97, left=2).breach(Stake(1.0, None)).crosses
    short = judged(90, 100, 0.97).breach(Stake(1.0, None))
    assert short.is_short
    assert not short.crosses
    assert (short.left, short.money, short.currency) == (None, None, None)


def test_where_lower_is_better_a_miss_stands_above_the_line():
    found = judged(2, 100, 0.02, better="lower").breach(Stake(1.0, None))
    assert found.after == pytest.approx(3 / 101)
    assert found.crosses
    # Without a budget, as of what is not scored: that it can bear none does not say that it is short.
    assert (found.left, found.is_short) == (None, False)


def test_what_cannot_be_said_is_left_blank():
    for each in (judged(50, 10, 6.0, kind="mean"), judged(0, 0, 0.9)):
        found = each.breach(Stake(1.0, None))
        assert (found.after, found.points, found.crosses) == (None, None, False)
    assert judged(97, 100, 0.97).breach(Stake(None, None)).after is None
    without = judged(97, 100, None).breach(Stake(1.0, None))
    assert (without.crosses, without.is_short) == (False, False)


@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from(["higher", "lower"]), st.sampled_from([0.5, 1.0, 2.0]))
def test_a_miss_never_makes_a_metric_better_and_a_heavier_one_is_worse(hits, misses, better, weight):
    each = judged(hits, hits + misses, 0.5, better=better)
    one, two = (each.breach(Stake(factor * weight, None)).after for factor in (1, 2))
    if hits + misses:
        sign = 1 if better == "higher" else -1
        value = hits / (hits + misses)
        assert sign * two <= sign * one + 1e-12 <= sign * value + 2e-12
