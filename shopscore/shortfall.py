"""How far a metric is from its target, and what closing the gap takes."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from shopscore.diagnosis.chance import binomial_tail
from shopscore.intervals.kinds import meets, scale, summed, weighted
from shopscore.model import Shortfall

if TYPE_CHECKING:
    from shopscore.model import Measurement, Target
    from shopscore.ruleset.resolve import Definition

_TOP = {"rate": 1, "stars": 5}
"""Where a higher-is-better unit ends, so that what is missing to it is the bad; the dictionary's own scales."""

_EVENTS = ("rate", "times", "count")
"""Units of what is counted in events, whole ones."""


def exact(number: float) -> Fraction:
    """A number as it is written, so that 0.97 is 97 of 100 and not its nearest binary fraction."""
    return Fraction(repr(number))


def shortfall(
    definition: Definition, measurement: Measurement, goal: Target, points: float | None = None
) -> Shortfall | None:
    """The gap to the target and what it takes; None where the target is met or nothing is judged.

    Args:
        definition: the metric's definition.
        measurement: its measurement.
        goal: the rung of the ladder that applies.
        points: what reaching the target gains on the platform's scale (`shopscore.score.points`).
    """
    value, better = measurement.value, definition.metric.better
    if measurement.status != "measured" or value is None or goal.value is None or meets(value, goal.value, better):
        return None
    return Shortfall(
        gap=goal.value - value if better == "higher" else value - goal.value,
        fixes=fixes(definition, measurement, goal.value),
        points=points,
        worth=(definition.metric.weight or 1.0) * times_over(definition, measurement, goal.value),
    )


# ── what it takes ────────────────────────────────────────────────────────────────────────────────────────────────


def fixes(definition: Definition, measurement: Measurement, goal: float) -> int | None:
    """The least number of this window's events that would have to be otherwise for the target to be met.

    ``ratio``: misses that would be hits (the other way round where lower is better), the denominator staying as it is.
    ``ratio_of`` and ``count``: events too many, or too few where higher is better. Weighted events are taken at their
    mean weight. None for means and quantiles, and for sums, where one event may be worth any amount.
    """
    if measurement.rows is None or measurement.numerator is None:
        return None
    hits, rows = measurement.rows
    top = _hundredths(measurement.numerator)
    higher = definition.metric.better == "higher"
    match definition.metric.kind:
        case "ratio":
            wanted = exact(goal) * _hundredths(measurement.denominator or 0)
            each = _mean_weight(_hundredths(measurement.denominator or 0), rows)
        case "ratio_of" if not summed(definition, "n"):
            wanted = allowed_events(definition, goal) * _hundredths(measurement.denominator or 0)
            each = _mean_weight(top, hits)
        case "count" if not summed(definition):
            wanted, each = exact(goal), Fraction(1)
        case _:
            return None
    return max(math.ceil((wanted - top if higher else top - wanted) / each), 0)


def by_chance(definition: Definition, measurement: Measurement, goal: Target) -> float | None:
    """How often a shop exactly at the target would show as many bad events, by exact tails.

    A share's bad rows are binomial; of two counts those above the line are, given both, as in the interval's formula.
    An interval is right on average over many levels, and of the first few events it tells too much: of one case among
    150 it leaves 0.1 % out, and one shop in seven whose level is 0.1 % has such a case. None where the target is met,
    and where rows carry weights, amounts or times.
    """
    value, kind, better = measurement.value, definition.metric.kind, definition.metric.better
    if value is None or goal.value is None or measurement.rows is None or meets(value, goal.value, better):
        return None
    hits, rows = measurement.rows
    if kind == "ratio" and not weighted(definition):
        bad, share = (rows - hits, 1 - exact(goal.value)) if better == "higher" else (hits, exact(goal.value))
        return binomial_tail(bad, rows, float(share))
    counts = not any(rule(definition, side) for rule in (weighted, summed) for side in ("n", "d"))
    if kind == "ratio_of" and better == "lower" and counts:
        ratio = allowed_events(definition, goal.value)
        return binomial_tail(hits, hits + rows, float(ratio / (1 + ratio)))
    return None


def _hundredths(number: float) -> Fraction:
    """A sum of weights as the ledger has it, in whole hundredths."""
    return Fraction(round(number * 100), 100)


def _mean_weight(weight: Fraction, rows: int) -> Fraction:
    return weight / rows if weight and rows else Fraction(1)


def allowed_events(definition: Definition, goal: float) -> Fraction:
    """The plain ratio b/n behind a damped target t = b/(damp·b + n): t / (1 - damp·t)."""
    left = 1 - exact(definition.damp or 0.0) * exact(goal)
    return exact(goal) / left if left > 0 else exact(goal)


def times_over(definition: Definition, measurement: Measurement, goal: float) -> float:
    """How many times over what the target allows the metric is: at least 1, and finite where it allows nothing.

    ``(bad + ½) / (allowed + ½)``, both in the smallest units of the window's total: events for rates and counts,
    seconds or hundredths for means. Bad is what is missing to the top of the scale where higher is better (rates,
    stars), the value itself where lower is; for other higher-is-better units it is target over value.
    """
    value, n = measurement.value or 0.0, measurement.denominator or 1.0
    units = n * (1 if definition.metric.unit in _EVENTS else scale(definition))
    bad, allowed = value, goal
    if definition.metric.better == "higher":
        top = _TOP.get(definition.metric.unit)
        bad, allowed = (goal, value) if top is None else (top - value, top - goal)
    half = 0.5 / units
    return (max(bad, 0.0) + half) / (max(allowed, 0.0) + half)
