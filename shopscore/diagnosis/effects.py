"""A metric's days around something the seller did → its value before and after, and whether it worked."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import intervals
from shopscore.diagnosis.before import POWER, days_needed, what_was_usual
from shopscore.diagnosis.control import WEEK
from shopscore.diagnosis.daily import in_unit, series
from shopscore.diagnosis.likeness import like_days
from shopscore.diagnosis.sides import side
from shopscore.intervals.kinds import scale, summed, value_of
from shopscore.model import Effect, Moved, Period, Sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from shopscore.diagnosis.before import Before
    from shopscore.diagnosis.daily import Series
    from shopscore.intervals import Interval
    from shopscore.model import EffectAnswer, EffectLack, EffectVerdict
    from shopscore.ruleset.resolve import Definition

HISTORY = 84
"""Days before a measure that tell since when its level held and how much days differ."""
_COUNTS = ("rows", "hits", "pending", "unknown", "undated", "w", "w2", "wh", "x", "x2", "wx")


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
        before: the sums of the days before, `HISTORY` of them if there are: those beyond ``length`` only tell since
            when the level held and how much days differ.
        after: the sums of the days after.
        usable: the days that may be compared: covered, settled, and no promotion or holiday.
        length: the days each side may have at most: those of the metric's own window.

    Returns:
        Both sides over the same weekdays, and the difference (after less before) with its interval, which allows for
        days that differ more than chance has it. The verdict is ``too_little_data`` where a side has fewer rows than
        the metric's minimum or nothing to be sure of.
    """
    earlier = {day: sums for day, sums in sorted(before.items()) if day in usable}
    later = {day: sums for day, sums in sorted(after.items()) if day in usable and (day - date).days <= length}
    told = series(definition, [*earlier.items(), *later.items()])
    known = what_was_usual(told, list(earlier), list(later), date, length)
    most = 1 if definition.metric.kind == "count" else None
    first, second = like_days(date, known.days, later, most)
    needed = None if told is None else days_needed(told, known, length, definition.minimum)
    if not first:
        return replace(nothing(date, what, definition.id, None if later else "no_day_yet"), needed=needed)
    sides = [
        _period(definition, {day: days[day] for day in chosen}, told, known)
        for chosen, days in ((first, earlier), (second, later))
    ]
    difference, ends = _between(sides[0], sides[1])
    # Nothing counted on covered days is an answer for a count, and none for a share.
    enough = definition.metric.kind == "count" or min(each.rows for each in sides) >= max(definition.minimum, 1)
    judged = _verdict(ends, definition.metric.better) if enough else "too_little_data"
    moved, back = _moved(definition, told, known, sides)
    week = [day for day in known.days if day in told.counts and told.counts[day].n > 0][-WEEK:] if told else []
    near = _period(definition, {day: earlier[day] for day in week}, told, known).value if week else None
    return Effect(
        date=date,
        what=what,
        metric=definition.id,
        days=len(second),
        before=sides[0],
        after=sides[1],
        difference=difference,
        interval=ends,
        verdict=judged,
        answer=_answer(judged, sides, near, back=back),
        moved=moved,
        visible=None if ends is None else (ends[1] - ends[0]) / 2 * POWER / intervals.Z,
        needed=needed,
    )


_ANSWERS: dict[EffectVerdict, EffectAnswer] = {
    "better": "worked",
    "worse": "harmed",
    "no_difference": "no_difference",
    "too_little_data": "too_little_data",
}


def _answer(judged: EffectVerdict, sides: Sequence[Period], near: float | None, *, back: bool) -> EffectAnswer:
    """Whether a difference can be the measure's: not if it is the way back, or was there in the week before already."""
    before, after = (each.value for each in sides)
    if judged not in ("better", "worse") or before is None or after is None:
        return _ANSWERS[judged]
    if back:
        return "came_back"
    return "moved_before" if near is not None and abs(near - after) < abs(near - before) else _ANSWERS[judged]


def nothing(date: dt.date, what: str, metric: str, lacking: EffectLack | None = None) -> Effect:
    """The effect on a metric that could not be counted."""
    return Effect(date, what, metric, 0, None, None, None, None, "too_little_data", lacking=lacking)


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


def _period(definition: Definition, days: Mapping[dt.date, Sums], told: Series | None, known: Before) -> Period:
    sums = added(list(days.values()))
    value, ends = value_of(definition, sums).value, _ends(definition, days, sums, told, known)
    if ends is not None and not all(map(math.isfinite, ends)):
        ends = None
    return Period(min(days), max(days), value, ends, sums.rows)


def _ends(
    definition: Definition, days: Mapping[dt.date, Sums], sums: Sums, told: Series | None, known: Before
) -> Interval | None:
    """How sure a side is, with days that differ as they do; by the rows alone where days are not counted so."""
    if told is None:
        return of_count(definition, sums) if definition.metric.kind == "count" else value_of(definition, sums).interval
    counts = [told.counts[day] for day in days if told.counts[day].n > 0]
    if not counts:
        return None
    ends = in_unit(definition, told, side(counts, told.shape, known.scatter)).ends
    return (ends[0] * len(days), ends[1] * len(days)) if definition.metric.kind == "count" else ends


def of_count(definition: Definition, sums: Sums) -> Interval:
    """How much a sum over events would vary by chance (Poisson, score interval, by Kish's number of them)."""
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


def _moved(
    definition: Definition, told: Series | None, known: Before, sides: Sequence[Period]
) -> tuple[Moved | None, bool]:
    """The change of level before the measure, and whether what followed it is no more than the way back."""
    if told is None or known.earlier is None or known.since is None:
        return None, False
    before, after = sides
    earlier = in_unit(definition, told, known.earlier)
    moved = Moved(known.since, earlier.value)
    if before.value is None or after.value is None or after.interval is None:
        return moved, False
    back = (earlier.value > before.value) == (after.value > before.value)
    low, high = difference_interval(earlier.value, earlier.ends, after.value, after.interval)
    beyond = low > 0 if after.value > before.value else high < 0
    return moved, back and not beyond
