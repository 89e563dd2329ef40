"""A metric's days, special ones among them → its control chart, in the metric's own unit."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from shopscore.diagnosis.control import adjusted, against, base_of, limits_of, side_of, usual
from shopscore.diagnosis.daily import in_unit, parts_of, series, shaped_value, valued
from shopscore.diagnosis.effects import difference_interval
from shopscore.diagnosis.sides import Scatter, side
from shopscore.diagnosis.weekdays import lifted
from shopscore.model import Control, ControlDay, Shift

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.diagnosis.change_points import Count
    from shopscore.diagnosis.control import Usual
    from shopscore.diagnosis.daily import Series
    from shopscore.diagnosis.sides import Side
    from shopscore.intervals import Interval
    from shopscore.model import ComparedWith, Direction, SpecialDay, Sums
    from shopscore.ruleset.resolve import Definition

DAYS = 30
"""Days a chart shows: the last ones of the metric's window."""
SPAN = 84
"""Days it takes what is usual from: those shown and the ones before them, twelve weeks."""
APART = 60
"""Days between two editions of the same event at least."""
LEAST_ROWS = 20.0
"""Rows of like days below which a special day is compared with nothing."""


def chart(
    definition: Definition,
    days: Sequence[tuple[dt.date, Sums]],
    shown: tuple[dt.date, dt.date],
    special: Mapping[dt.date, SpecialDay],
) -> Control | None:
    """A metric's control chart; None where its days cannot be compared, or too few of them are usual.

    Args:
        definition: the metric.
        days: its settled days with their sums, each once: twelve weeks, and earlier editions of the special days.
        shown: the first and the last day to be shown.
        special: what makes a day no usual one.
    """
    days = sorted(days, key=lambda pair: pair[0])
    told = series(definition, days)
    if told is None:
        return None
    recent = shown[1] - dt.timedelta(days=SPAN)
    found = usual(((day, each) for day, each in told.counts.items() if day not in special and day > recent), told.shape)
    if found is None:
        return None
    places = {day: at for at, (day, _) in enumerate(found.days)}
    lines = tuple(
        _line(definition, told, found, (day, sums), places.get(day), special)
        for day, sums in days
        if shown[0] <= day <= shown[1]
    )
    return Control(
        centre=valued(definition, told, found.bases[-1].level),
        days=lines,
        weekday_pattern=tuple(
            (name, valued(definition, told, lifted(found.bases[-1].level, effect, found.kind)))
            for name, effect in sorted(found.effects.items())
        ),
        shift=_shift(definition, told, found, shown[0]),
        baseline_days=sum(found.kept[found.begins[-1] :]),
    )


def _line(  # noqa: PLR0913, PLR0917 - one day, and all it is held against
    definition: Definition,
    told: Series,
    found: Usual,
    day: tuple[dt.date, Sums],
    place: int | None,
    special: Mapping[dt.date, SpecialDay],
) -> ControlDay:
    date, sums = day
    count, (above, below) = told.counts[date], parts_of(definition, sums)
    ends: Interval | None = None
    compared: ComparedWith = "none"
    if count.n > 0 and below:
        if place is not None:
            ends, compared = limits_of(found, place), "usual"
        elif date in special:
            ends, compared = _like(told, found, date, special)
    # A ratio's exposure may be that of a fortnight: its limits are events, shown over the day's own denominator.
    own = count.n / below if told.shape == "rate" and below else 1.0
    low, high = (None, None) if ends is None else sorted(valued(definition, told, end * own) for end in ends)
    return ControlDay(
        day=date,
        value=shaped_value(definition, above / below) if below else None,
        numerator=above,
        denominator=below,
        low=low,
        high=high,
        signal=None if ends is None else _turned(told, side_of(count, ends)),
        compared_with=compared,
        special=special.get(date),
    )


def _turned(told: Series, side: Direction | None) -> Direction | None:
    """The side in the metric's own direction."""
    if side is None or not told.mirrored:
        return side
    return "below" if side == "above" else "above"


# ── special days ─────────────────────────────────────────────────────────────────────────────────────────────────


def _like(
    told: Series, found: Usual, date: dt.date, special: Mapping[dt.date, SpecialDay]
) -> tuple[Interval | None, ComparedWith]:
    """What a special day is held against: earlier editions of its own, else other promotions, else nothing."""
    here = special[date]
    earlier = {day: count for day, count in told.counts.items() if day < date and day in special and count.n > 0}
    before = date - dt.timedelta(days=APART)
    same = [count for day, count in earlier.items() if special[day].id == here.id and day < before]
    other = [count for day, count in earlier.items() if special[day].promotion and special[day].id != here.id]
    if _rows(same) >= LEAST_ROWS:
        return against(found, base_of(told.shape, same), told.counts[date].n), "same"
    if here.promotion and _rows(other) >= LEAST_ROWS:
        return against(found, base_of(told.shape, other), told.counts[date].n), "other"
    return None, "none"


def _rows(counts: Sequence[Count]) -> float:
    return math.fsum(each.n for each in counts)


# ── levels ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _shift(definition: Definition, told: Series, found: Usual, first: dt.date) -> Shift | None:
    """The last change of level, if it lies in the days shown."""
    begin = found.begins[-1]
    if not begin or found.days[begin][0] < first:
        return None
    spans = ((found.begins[-2], begin), (begin, len(found.days)))
    before, after = (in_unit(definition, told, _level(found, *span)) for span in spans)
    interval = difference_interval(before.value, before.ends, after.value, after.ends)
    return Shift(found.days[begin][0], before.value, after.value, interval)


def _level(found: Usual, first: int, end: int) -> Side:
    """Some days together, without those outside."""
    inside = [at for at in range(first, end) if found.kept[at]] or list(range(first, end))
    scatter = Scatter(found.excess, len(found.days) - len(found.begins), found.spread)
    return side([adjusted(found, at, found.effects) for at in inside], found.shape, scatter)
