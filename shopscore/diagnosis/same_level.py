"""Days of a metric's window and before it → those that run at one level: they say better how much days differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.diagnosis.change_points import levels
from shopscore.diagnosis.daily import series
from shopscore.diagnosis.limits import kind_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition


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
    since = days[levels([told.counts[day] for day, _ in days], kind_of(told.shape))[-1]][0]
    found = [sums for day, sums in days if day >= since]
    return found if since <= begins and any(sums.rows for day, sums in days if since <= day < begins) else []
