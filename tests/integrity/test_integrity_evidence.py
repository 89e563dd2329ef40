"""What ``docs/evidence.md`` claims of the checks of a shop's own data, on fewer shops than its tables."""

from __future__ import annotations

import pytest
from evidence import integrity, odd_times, shifted_clocks


@pytest.fixture(scope="module")
def scores():
    return {each.rule: each for each in integrity.scores(2)}


@pytest.mark.parametrize(
    ("kind", "recall", "innocent"), [("clicks", 0.6, 4), ("numbers", 0.95, 2), ("replies", 0.95, 1)]
)
def test_a_check_finds_what_is_planted_and_accuses_far_fewer_than_a_plain_rule(scores, kind, recall, innocent):
    ours, plain = scores[kind], scores[f"{kind}, plain"]
    assert ours.recall >= recall
    assert ours.innocent <= innocent
    assert ours.innocent < plain.innocent / 10


def test_right_clocks_are_not_accused_where_plain_rules_accuse_them():
    told = {each.sign: each for each in shifted_clocks.told(1)}
    for sign, plain in (
        (shifted_clocks.LAGS, shifted_clocks.PLAIN_LAGS),
        (shifted_clocks.HOURS, shifted_clocks.PLAIN_HOURS),
    ):
        assert told[sign].accused <= 0.02
        assert told[sign].right > 0.35
        assert told[plain].accused > 0.2


def test_refunds_closed_and_odd_times_are_found_and_innocent_ones_are_not():
    world = odd_times.shop(1)
    for name, keys in odd_times.named(world).items():
        planted = world.planted[name]
        assert len(keys & planted) >= (1.0 if name == "refund_reopened" else 0.5) * len(planted), name
        assert len(keys - planted) <= 1 < len(world.plain[name] - planted) / 4, name
