"""A metric's days → what is counted of each: bad events of rows, events on an exposure, or a sum over rows."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from shopscore import intervals
from shopscore.diagnosis.change_points import Count
from shopscore.diagnosis.sides import Side
from shopscore.intervals.kinds import counts_of, scale, shaped, summed, weighted
from shopscore.schema.units import DURATIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from shopscore.diagnosis.limits import Shape
    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition

FLOW = 14
"""Days over which what stands below the line is taken together where the two sides of a ratio are no pairs."""


class Series(NamedTuple):
    """What is counted of each day.

    Attributes:
        shape: how a row behaves.
        counts: day → bad events and rows; events and exposure; or Σx and rows.
        mirrored: whether a share counts misses, because hits are good.
    """

    shape: Shape
    counts: Mapping[dt.date, Count]
    mirrored: bool = False


def series(definition: Definition, days: Sequence[tuple[dt.date, Sums]]) -> Series | None:
    """The days as counts; None for kinds whose days cannot be held against each other.

    A share counts its bad events, which are the rarer ones as a rule. The two sides of a ratio of counts run on
    different clocks (a refund falls later than its order): its events are held against the same day's denominator or
    against that of `FLOW` days, whichever leaves less scatter. Sums of money are no events and are left out.

    Args:
        definition: the metric.
        days: its settled days with their sums, in order.
    """
    kind, metric = definition.metric.kind, definition.metric
    if not definition.days_add_up or not days:
        return None
    if kind == "ratio":
        bad = metric.better == "higher"
        return Series("share", {day: _share(definition, sums, bad=bad) for day, sums in days}, mirrored=bad)
    if kind == "mean":
        shape: Shape = "duration" if metric.unit in DURATIONS else "stars" if metric.unit == "stars" else "plain"
        return Series(shape, {day: _mean(definition, sums) for day, sums in days})
    if kind == "count" and not summed(definition):
        return Series("rate", {day: Count(float(sums.rows), 1.0) for day, sums in days})
    if kind == "ratio_of" and not summed(definition, "n"):
        return Series("rate", _rates(definition, days))
    return None


def parts_of(definition: Definition, sums: Sums) -> tuple[float, float]:
    """What stands above and below the line; a count stands above one day."""
    if definition.metric.kind != "count":
        return counts_of(definition, sums)
    return (sums.x / scale(definition) if summed(definition) else float(sums.rows)), 1.0


def _share(definition: Definition, sums: Sums, *, bad: bool) -> Count:
    hits, rows = parts_of(definition, sums)
    if not rows:
        return Count(0.0, 0.0)
    n = intervals.kish(sums.w, sums.w2) if weighted(definition) else rows
    return Count((rows - hits if bad else hits) / rows * n, n)


def _mean(definition: Definition, sums: Sums) -> Count:
    above, rows = parts_of(definition, sums)
    if not rows:
        return Count(0.0, 0.0)
    n = intervals.kish(sums.w, sums.w2) if weighted(definition) else rows
    return Count(above / rows * n, n, sums.x2 / scale(definition) ** 2 / sums.rows * n)


def _rates(definition: Definition, days: Sequence[tuple[dt.date, Sums]]) -> dict[dt.date, Count]:
    pairs = {day: Count(*parts_of(definition, sums)) for day, sums in days}
    return min((pairs, _flowing(pairs)), key=_scatter)


def _flowing(pairs: Mapping[dt.date, Count]) -> dict[dt.date, Count]:
    """The same events, each day's exposure the mean of the days up to it."""
    found: dict[dt.date, Count] = {}
    near: deque[tuple[dt.date, float]] = deque()
    for day, count in pairs.items():
        near.append((day, count.n))
        while (day - near[0][0]).days >= FLOW:
            near.popleft()
        found[day] = Count(count.amount, math.fsum(n for _, n in near) / len(near))
    return found


def _scatter(counts: Mapping[dt.date, Count]) -> float:
    """Pearson's χ² of events against their exposure; infinite where a day without exposure has any."""
    amount, n = (math.fsum(getattr(each, name) for each in counts.values()) for name in ("amount", "n"))
    if not n or any(each.amount and not each.n for each in counts.values()):
        return math.inf
    level = amount / n
    wanted = ((each.amount, level * each.n) for each in counts.values())
    return math.fsum((seen - chance) ** 2 / chance for seen, chance in wanted if chance)


# ── back to the metric ───────────────────────────────────────────────────────────────────────────────────────────


def shaped_value(definition: Definition, ratio: float) -> float:
    """A ratio as the definition damps and caps it."""
    return shaped(definition, ratio) if definition.metric.kind == "ratio_of" else ratio


def valued(definition: Definition, told: Series, level: float) -> float:
    """A level of what is counted, in the metric's unit and direction."""
    return shaped_value(definition, 1 - level if told.mirrored else level)


def in_unit(definition: Definition, told: Series, found: Side) -> Side:
    """Some days together, in the metric's unit and direction."""
    low, high = sorted(valued(definition, told, end) for end in found.ends)
    return Side(valued(definition, told, found.value), (low, high), found.a_day)
