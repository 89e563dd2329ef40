"""A metric's days around something the seller did → its value before and after, and whether they differ."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from typing import TYPE_CHECKING

from shopscore import intervals
from shopscore.intervals.kinds import scale, summed, value_of
from shopscore.model import Effect, Period, Sums

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from shopscore.intervals import Interval
    from shopscore.model import EffectVerdict
    from shopscore.ruleset.resolve import Definition

_DAY = dt.timedelta(days=1)
_COUNTS = ("rows", "hits", "pending", "unknown", "undated", "w", "w2", "wh", "x", "x2", "wx")


def pairs(date: dt.date, length: int, usable: Collection[dt.date]) -> tuple[int, ...]:
    """How many days before and after a date lie the days that count: those of which both sides' day can be used.

    Args:
        date: the day of the measure; it is on neither side.
        length: the days each side may have at most.
        usable: days that the data covers and whose rows are all settled.
    """
    return tuple(back for back in range(1, length + 1) if {date - back * _DAY, date + back * _DAY} <= set(usable))


def effect(  # noqa: PLR0913, PLR0917 - each is a fact of its own
    date: dt.date,
    what: str,
    definition: Definition,
    before: Mapping[dt.date, Sums],
    after: Mapping[dt.date, Sums],
    usable: Collection[dt.date],
    length: int,
) -> Effect:
    """What a measure did to a metric.

    Args:
        date: the day of it.
        what: what was done.
        definition: the metric it was to move.
        before: the sums of the days before.
        after: the sums of the days after.
        usable: days that the data covers and whose rows are all settled.
        length: the days of the metric's own window.

    Returns:
        Both sides over as many days, and the difference (after less before) with its interval. The verdict is
        ``too_little_data`` where a side has fewer rows than the metric's minimum or nothing to be sure of.
    """
    backs = pairs(date, length, usable)
    if not backs:
        return nothing(date, what, definition.id)
    first, second = (
        _period(definition, {day: days.get(day, Sums()) for day in sorted(date + sign * back * _DAY for back in backs)})
        for sign, days in ((-1, before), (1, after))
    )
    difference, ends = _between(first, second)
    # Nothing counted on covered days is an answer for a count, and none for a share.
    enough = definition.metric.kind == "count" or min(first.rows, second.rows) >= max(definition.minimum, 1)
    judged = _verdict(ends, definition.metric.better) if enough else "too_little_data"
    return Effect(date, what, definition.id, len(backs), first, second, difference, ends, judged)


def nothing(date: dt.date, what: str, metric: str) -> Effect:
    """The effect on a metric that could not be counted."""
    return Effect(date, what, metric, 0, None, None, None, None, "too_little_data")


def difference_interval(
    first: float, of_first: Interval, second: float, of_second: Interval, correlation: float = 0.0
) -> Interval:
    """Where ``second - first`` lies, from the intervals of both: the method of variance estimates recovery.

    Each end is as far from the difference as the ends of the two intervals that face it, squared and added (Newcombe,
    Statistics in Medicine 17, 1998, 873-890, for shares; Donner & Zou, Statistical Methods in Medical Research 21,
    2012, 347-359, for any two). What both have in common moves both alike: twice the product of the two distances,
    times the correlation, is taken off (Zou & Donner, Statistics in Medicine 27, 2008, 1693-1702).
    """
    difference = second - first
    low = _apart(second - of_second[0], of_first[1] - first, correlation)
    high = _apart(of_second[1] - second, first - of_first[0], correlation)
    return difference - low, difference + high


def _apart(one: float, other: float, correlation: float) -> float:
    return math.sqrt(max(one * one + other * other - 2 * correlation * one * other, 0.0))


def added(days: Sequence[Sums]) -> Sums:
    """The sums of some days together."""
    excluded: dict[str, tuple[int, int, int]] = {}
    values: Counter[int] = Counter()
    for day in days:
        values.update(dict(day.values))
        for name, counts in day.excluded.items():
            before = excluded.get(name, (0, 0, 0))
            excluded[name] = (before[0] + counts[0], before[1] + counts[1], before[2] + counts[2])
    whole = {name: sum(getattr(day, name) for day in days) for name in _COUNTS}
    return Sums(**whole, excluded=excluded, values=tuple(sorted(values.items())))


def _period(definition: Definition, days: Mapping[dt.date, Sums]) -> Period:
    sums = added(list(days.values()))
    found = value_of(definition, sums, list(days.values()))
    interval = of_count(definition, sums) if definition.metric.kind == "count" else found.interval
    if interval is not None and not all(map(math.isfinite, interval)):
        interval = None
    return Period(min(days), max(days), found.value, interval, sums.rows)


def of_count(definition: Definition, sums: Sums) -> Interval | None:
    """How much a count of events, or a sum over them, would vary by chance (Poisson, score interval).

    A count by itself needs no interval: it is what happened. Two of them differ by chance too.
    """
    events = intervals.kish(sums.x, sums.x2) if summed(definition) else float(sums.rows)
    each = sums.x / scale(definition) / events if summed(definition) and events else 1.0
    centre, reach = events + intervals.Z**2 / 2, intervals.Z * math.sqrt(events + intervals.Z**2 / 4)
    return (centre - reach) * each, (centre + reach) * each


def _between(before: Period, after: Period) -> tuple[float | None, Interval | None]:
    if before.value is None or after.value is None:
        return None, None
    if before.interval is None or after.interval is None:
        return after.value - before.value, None
    return after.value - before.value, difference_interval(before.value, before.interval, after.value, after.interval)


def _verdict(ends: Interval | None, better: str) -> EffectVerdict:
    if ends is None:
        return "too_little_data"
    if ends[0] <= 0 <= ends[1]:
        return "no_difference"
    return "better" if (ends[0] > 0) == (better == "higher") else "worse"
