"""What counts as bad in a metric: the unit in which an excess is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.intervals.kinds import scale

if TYPE_CHECKING:
    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition

STARS = 5
"""The top of the dictionary's own rating scale."""


def bad_events(definition: Definition, sums: Sums, goal: float | None = None) -> float:
    """Bad events in some sums.

    ``ratio``: hits where lower is better, misses where higher is. ``ratio_of``: the numerator's rows, or what they
    lack to the denominator's. ``count``: rows. ``mean`` and ``quantile``: Σx in the metric's unit, or what it lacks to
    the top of the scale (stars) or to the target.
    """
    higher = definition.metric.better == "higher"
    match definition.metric.kind:
        case "mean" | "quantile":
            total = sums.x / scale(definition)
            return max(sums.rows * _top(definition, goal) - total, 0.0) if higher else total
        case "count":
            return float(sums.rows)
        case _:
            return float(max(sums.rows - sums.hits, 0) if higher else sums.hits)


def _top(definition: Definition, goal: float | None) -> float:
    return STARS if definition.metric.unit == "stars" else goal or 0.0


def allowed_events(definition: Definition, sums: Sums, goal: float | None) -> float:
    """Bad events the target allows these sums, in the unit of `bad_events`; 0 without a target."""
    if goal is None:
        return 0.0
    higher = definition.metric.better == "higher"
    match definition.metric.kind:
        case "mean":
            return sums.rows * (_top(definition, goal) - goal if higher else goal)
        case "quantile":
            return 0.0  # a target of one value says nothing of their sum
        case "count":
            return goal
        case _:
            return sums.rows * (1 - goal if higher else goal)
