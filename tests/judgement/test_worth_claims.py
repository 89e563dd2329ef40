"""The claims of ``docs/evidence.md`` about what acting is worth, on fewer shops than its tables."""

from __future__ import annotations

from evidence import worth


def test_acting_by_worth_gains_more_than_by_points_or_gap_or_chance():
    ours, *others = worth.gained(80)
    assert ours.first > 0.7
    assert ours.two > 0.75
    assert all(ours.first > each.first + 0.1 and ours.two > each.two + 0.05 for each in others)


def test_what_several_targets_take_together_is_the_least_and_far_from_the_sum():
    ours, summed, largest = worth.taken(60)
    assert ours.exact > 0.98
    assert summed.off > 0.3
    assert largest.off > 0.05
