"""A measurement → what one event more or less does to its value, exactly, the window's volume staying as it is."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from shopscore.intervals.kinds import meets, shaped, summed
from shopscore.model import OneEvent
from shopscore.shortfall import exact

if TYPE_CHECKING:
    from shopscore.model import Crossing, Measurement, Target, Verdict
    from shopscore.ruleset.resolve import Definition

A_POINT = 0.01
"""Of a share: from here on one event is worth a word, which is where a hundred rows or fewer count."""

_UNSURE = ("undecided", "likely_pass", "likely_fail")


def one_event(definition: Definition, measurement: Measurement, goal: Target, verdict: Verdict) -> OneEvent | None:
    """What one event weighs; None where it may be worth any amount (sums, quantiles) or nothing was counted.

    ``ratio``: one of its rows missing instead of hitting, 1/n, weighted rows at their mean weight. ``ratio_of`` and
    ``count``: one event more above the line, as the definition damps and caps it. ``mean``: one unit more of one row.

    Args:
        definition: the metric's definition.
        measurement: its measurement.
        goal: the rung of the ladder that applies.
        verdict: what the evidence says, whatever was lost while reading: of that one event says nothing.
    """
    if measurement.value is None or measurement.rows is None or not measurement.rows[1]:
        return None
    bad, good = _changes(definition, measurement)
    if bad is None and good is None:
        return None
    per = definition.metric.unit if definition.metric.kind == "mean" else "event"
    crosses = _crosses(definition, measurement.value, goal, bad, good) if per == "event" else None
    told = definition.metric.kind != "count" or crosses is not None
    a_point = definition.metric.unit == "rate" and max(abs(each or 0.0) for each in (bad, good)) >= A_POINT
    return OneEvent(
        one_more=bad,
        one_fewer=good,
        per=per,
        rows=measurement.rows[1],
        fact=definition.sides["d" if "d" in definition.sides else ""].fact,
        crosses=crosses,
        matters=told and (crosses is not None or a_point or (verdict in _UNSURE and per == "event")),
    )


def _changes(definition: Definition, found: Measurement) -> tuple[float | None, float | None]:
    """By how much one more bad event and one fewer change the value."""
    hits, rows = found.rows or (0, 0)
    higher = definition.metric.better == "higher"
    match definition.metric.kind:
        case "ratio":
            each = 1 / rows
            fewer, more = (-each if hits else None), (each if hits < rows else None)
        case "ratio_of" if not summed(definition, "n") and found.denominator:
            fewer, more = _of_two_facts(definition, found, hits)
        case "count" if not summed(definition):
            fewer, more = (-1.0 if rows else None), 1.0
        case "mean":
            fewer, more = -1 / rows, 1 / rows
        case _:
            return None, None
    return (fewer, more) if higher else (more, fewer)


def _of_two_facts(definition: Definition, found: Measurement, hits: int) -> tuple[float | None, float | None]:
    above, below = exact(found.numerator or 0.0), exact(found.denominator or 1.0)
    each, value = (above / hits if hits and above else Fraction(1)), found.value or 0.0
    more = shaped(definition, float((above + each) / below)) - value
    return (shaped(definition, float((above - each) / below)) - value if hits else None), more


def _crosses(
    definition: Definition, value: float, goal: Target, bad: float | None, good: float | None
) -> Crossing | None:
    if goal.value is None:
        return None
    better = definition.metric.better
    if meets(value, goal.value, better):
        return "misses" if bad is not None and not meets(value + bad, goal.value, better) else None
    return "meets" if good is not None and meets(value + good, goal.value, better) else None
