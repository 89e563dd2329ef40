"""Clocks still running: what must happen by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Due

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

_SECONDS_AN_HOUR = 3600


def due(
    clocks: Iterable[tuple[str, str, dt.datetime]], as_of: dt.datetime, within_hours: float | None = None
) -> tuple[Due, ...]:
    """Open clocks by deadline, each once.

    Args:
        clocks: (metric id, subject, deadline); deadlines in the same kind of time as ``as_of``, naive or zoned.
        as_of: the audit's moment.
        within_hours: leave out what is due later than this.

    Returns:
        ``hours_left`` is below zero where the deadline passed after the data ends: nobody knows yet whether in time.
    """
    found = (
        Due(clock, subject, deadline, (deadline - as_of).total_seconds() / _SECONDS_AN_HOUR)
        for clock, subject, deadline in set(clocks)
    )
    near = (each for each in found if within_hours is None or each.hours_left <= within_hours)
    return tuple(sorted(near, key=lambda each: (each.deadline, each.clock, each.subject)))
