"""Days of a metric's window and before it → those that run at one level: they say better how much days differ.

Bad days that come together look like a change of level to who takes days for independent. Here a change is believed
where it stands out from sums of days too, whatever ties one to the next (`lasting`). What comes and goes is scatter.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from shopscore.diagnosis.change_points import levels
from shopscore.diagnosis.daily import series
from shopscore.diagnosis.limits import kind_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from shopscore.diagnosis.change_points import Count
    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition

STANDING = 68.6
"""What the self-normalised sum of a change must exceed: of days without one, one series of a hundred does."""


def same_level(definition: Definition, days: Sequence[tuple[dt.date, Sums]], begins: dt.date) -> list[Sums]:
    """The window's days and those before it since the level last changed.

    None where it changed within the window, whose days are then not alike, or where there is nothing to add to them.

    Args:
        definition: the metric.
        days: every day from some time before the window to its end, in order; one that says nothing has no rows.
        begins: the window's first day.
    """
    told = series(definition, days)
    if told is None:
        return []
    counts = [told.counts[day] for day, _ in days]
    since = days[_since(counts, levels(counts, kind_of(told.shape)))][0]
    if since > begins:
        return []
    found = [sums for day, sums in days if day >= since]
    return found if any(sums.rows for day, sums in days if since <= day < begins) else []


def _since(days: Sequence[Count], begins: Sequence[int]) -> int:
    """Where the last change stands that lasts; 0 where none does."""
    for before, at in zip(reversed([0, *begins[:-1]]), reversed(begins), strict=True):
        if lasting(days[before:], at - before):
            return at
    return 0


def lasting(days: Sequence[Count], at: int) -> bool:
    """Whether the days from one on run at another level than those before, also if bad days come together.

    ``(Σ over the days before, off the level of all)²·k / Σ(sums of days off their own side's level)²``, k days in all:
    the sums below the line swing as far as the days hang together, so that nothing needs to be known of that (the
    self-normalised test of a change: Shao & Zhang, JASA 105, 2010, 1228-1240).
    """
    if not 0 < at < len(days):
        return False
    sides = days[:at], days[: at - 1 : -1]
    swings = math.fsum(each * each for side in sides for each in _sums(side))
    return _sums(days)[at - 1] ** 2 * len(days) > STANDING * swings


def _sums(days: Sequence[Count]) -> list[float]:
    """By how much the days up to each are off the level of all of them."""
    n = math.fsum(day.n for day in days)
    level = math.fsum(day.amount for day in days) / n if n else 0.0
    return list(accumulate(day.amount - level * day.n for day in days))
