"""The days before a measure → those it can be judged by: since when their level held, and how much days differ."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.diagnosis.control import WEEK, adjusted, base_of, usual
from shopscore.diagnosis.limits import kind_of
from shopscore.diagnosis.sides import Scatter, side
from shopscore.diagnosis.weekdays import variance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from shopscore.diagnosis.change_points import Count
    from shopscore.diagnosis.control import Usual
    from shopscore.diagnosis.daily import Series
    from shopscore.diagnosis.sides import Side

POWER = 2.8
"""Deviations a difference must measure to show in four cases of five (1.96 + 0.84)."""
EVEN = Scatter(0.0, 1, 0.0)


class Before(Struct, frozen=True):
    """What is known of the days before a measure.

    Attributes:
        days: those that may be compared: of the present level, without single days outside it.
        scatter: how a day varies around its level.
        since: the day since when that level holds, where it lies within the days compared.
        earlier: the level before it.
    """

    days: tuple[dt.date, ...]
    scatter: Scatter = EVEN
    since: dt.date | None = None
    earlier: Side | None = None


def what_was_usual(
    told: Series | None, earlier: Sequence[dt.date], later: Sequence[dt.date], date: dt.date, length: int
) -> Before:
    """What is known of the days before.

    Args:
        told: what is counted of every day; None for kinds that have no levels.
        earlier: the days before that may be compared, as far back as there are.
        later: likewise after.
        date: the day of the measure.
        length: days of them that count at most.
    """
    recent = [day for day in earlier if (date - day).days <= length]
    if told is None:
        return Before(tuple(recent))
    after = [told.counts[day] for day in later if told.counts[day].n > 0]
    found = usual(((day, told.counts[day]) for day in earlier), told.shape)
    if found is None:
        first = [told.counts[day] for day in recent if told.counts[day].n > 0]
        return Before(tuple(recent), _scatter(told, [first, after]))
    begin = found.begins[-1]
    parts = [
        [adjusted(found, at, found.effects) for at in range(*span)]
        for span in zip(found.begins, [*found.begins[1:], len(found.days)], strict=True)
    ]
    scatter = _scatter(told, [*parts, after], len(found.effects))
    since = found.days[begin][0]
    if not begin or (date - since).days > length:
        return Before(tuple(day for day in recent if day not in _outside(found)), scatter)
    days = tuple(day for day in recent if day >= since and day not in _outside(found))
    return Before(days, scatter, since, side(parts[-2], told.shape, scatter))


def _outside(found: Usual) -> set[dt.date]:
    """Single days outside what is usual; those of a level too young to be held against itself are not."""
    begin = found.begins[-1]
    young = len(found.days) - begin < WEEK
    return {
        day
        for at, ((day, _), kept) in enumerate(zip(found.days, found.kept, strict=True))
        if not kept and not (young and at >= begin)
    }


def _scatter(told: Series, parts: Sequence[Sequence[Count]], effects: int = 0) -> Scatter:
    """The scatter of days around the level of their part, days outside among them."""
    kind, spread = kind_of(told.shape), 0.0
    known = [part for part in parts if part]
    if kind == "mean":
        left = math.fsum(each.squares - each.amount**2 / each.n for part in known for each in part)
        spread = max(left, 0.0) / max(math.fsum(each.n - 1 for part in known for each in part), 1.0)
    squares = rows = 0.0
    for part in known:
        level = base_of(told.shape, part).level
        chance = [(each, each.n * variance(level, spread, kind)) for each in part]
        squares += math.fsum((each.amount - each.n * level) ** 2 / by for each, by in chance if by > 0)
        rows += math.fsum(each.n for each in part)
    days = sum(map(len, known))
    freedom = max(days - len(known) - max(effects - 1, 0), 1)
    excess = max((squares * days / freedom - days) / rows, 0.0) if rows else 0.0
    return Scatter(excess, freedom, spread)


def days_needed(told: Series, known: Before, length: int, minimum: int) -> int | None:
    """Days after a measure in which half of what was bad would show; None where a whole window would not do.

    From ``POWER² · v · (1/m + 1/k) = δ²`` for m days after and the k days before, v the variance of a day.
    """
    counts = [told.counts[day] for day in known.days if told.counts[day].n > 0]
    if not counts or told.shape == "plain":
        return None
    found = side(counts, told.shape, known.scatter)
    lacking = 5 - found.value if told.shape == "stars" else found.value
    noise = POWER**2 * found.a_day
    room = (lacking / 2) ** 2 - noise / len(counts)
    if room <= 0:
        return None
    rows = math.fsum(each.n for each in counts) / len(counts)
    enough = math.ceil(minimum / rows) if told.shape != "rate" else 1
    days = max(math.ceil(noise / room), enough)
    return days if days <= length else None
