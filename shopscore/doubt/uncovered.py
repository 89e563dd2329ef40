"""The days of a window that no file speaks of → where its value would lie, whatever had happened on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.doubt import STARS
from shopscore.schema.units import DURATIONS

if TYPE_CHECKING:
    from shopscore.model import Measurement
    from shopscore.ruleset.resolve import Definition

Ends = tuple[float | None, float | None]
"""The least and the most a value can be; None where nothing bounds it."""


def uncovered(definition: Definition, found: Measurement) -> Ends | None:
    """Where the value of the whole window lies, if a day that is not covered has as many rows as one that is.

    Args:
        definition: the definition in force.
        found: its value over the covered days.

    Returns:
        The ends in the metric's unit; None where all days are covered, or there is no value.
    """
    window, value = found.window, found.value
    if window is None or value is None or not 0 < window.covered_days < window.days:
        return None
    if definition.metric.kind == "count":
        return value, None  # what is counted or added up does not become less
    known = window.covered_days / window.days
    low, high = (None if end is None else known * value + (1 - known) * end for end in _bounds(definition))
    return low, high


def _bounds(definition: Definition) -> Ends:
    """The least and the most that a day's value can be."""
    metric = definition.metric
    match metric.kind:
        case "ratio":
            return 0.0, 1.0
        case "ratio_of":
            return 0.0, definition.cap
        case "mean" if metric.unit == "stars":
            return STARS
        case "mean" if metric.unit in DURATIONS:
            return 0.0, None
        case _:
            return None, None
