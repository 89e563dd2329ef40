"""A segment's rows beside others → how far its excess of bad events may be from what the segment itself makes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shopscore import intervals
from shopscore.diagnosis.effects import difference_interval
from shopscore.diagnosis.events import bad_events
from shopscore.intervals.kinds import scale, variance
from shopscore.intervals.scatter import Scatter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shopscore.intervals import Interval
    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition

_TWO = 2


def excess_interval(definition: Definition, here: Sums, there: Sums, phi: float) -> Interval | None:
    """Where a segment's excess over other rows lies, 95 %, in bad events or a mean's unit; None where it is not known.

    The excess is the segment's rows times the difference of two values, whose interval comes from both (MOVER).

    Args:
        definition: the metric.
        here: the segment's rows.
        there: those it is held against.
        phi: dispersion between days.
    """
    found = _KINDS.get(definition.metric.kind)
    if found is None or not here.rows or not there.rows:
        return None
    ends = found(definition, here, there, phi)
    return None if ends is None or not all(map(math.isfinite, ends)) else (here.rows * ends[0], here.rows * ends[1])


def even_interval(count: float, total: float, even: float, phi: float) -> Interval:
    """The same of events held against an even share of all."""
    low, high = intervals.wilson(count / total, total, Scatter(phi))
    return total * (low - even), total * (high - even)


def _ratio(definition: Definition, here: Sums, there: Sums, phi: float) -> Interval:
    first, second = (bad_events(definition, each) / each.rows for each in (there, here))
    of_first, of_second = (
        intervals.wilson(share, each.rows, Scatter(phi)) for share, each in ((first, there), (second, here))
    )
    return difference_interval(first, of_first, second, of_second)


def _events(definition: Definition, here: Sums, there: Sums, phi: float) -> Interval:
    first, second = there.hits / there.rows, here.hits / here.rows
    of_first, of_second = (
        intervals.ratio_of_counts(each.hits, each.rows, None, Scatter(phi)) for each in (there, here)
    )
    low, high = difference_interval(first, of_first, second, of_second)
    return (-high, -low) if definition.metric.better == "higher" else (low, high)


def _mean(definition: Definition, here: Sums, there: Sums, phi: float) -> Interval | None:
    if min(here.rows, there.rows) < _TWO:
        return None
    off = here.x / here.rows - there.x / there.rows
    first, second = (variance(each.rows, each.x, each.x2) / each.rows for each in (here, there))
    if not first + second:
        return None
    freedom = (first + second) ** 2 / (first**2 / (here.rows - 1) + second**2 / (there.rows - 1))
    half = intervals.student(freedom) * math.sqrt(phi * (first + second))
    sign = -1 if definition.metric.better == "higher" else 1
    return (sign * off - half) / scale(definition), (sign * off + half) / scale(definition)


_KINDS: Mapping[str, Callable[[Definition, Sums, Sums, float], Interval | None]] = {
    "ratio": _ratio,
    "ratio_of": _events,
    "mean": _mean,
    "quantile": _mean,
}
