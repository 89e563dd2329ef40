"""Hours in which little is asked and next to nothing missed → those from which an agent can be moved to a shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model.staffing import HOURS, WEEK, DutyHours, QuietHours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.model.staffing import Hour, Slot

STAY = 1.5
"""Agents there on average, at least, so that somebody stays when one is moved."""
MOST_MISSED = 0.5
"""The most that may be missed there, as a part of the shop's share."""


def spare(slots: Mapping[Slot, Hour], wanted: DutyHours) -> QuietHours | None:
    """The quietest hours, as many and on the same days, of which an agent can be spared; None where there are none.

    Whoever stays must not have more questions an hour than agents have in the hours the shop serves well, and that
    may not be in the hours that need help, nor beside them.
    """
    by_cell: dict[tuple[int, int], list[Hour]] = {}
    for (day, hour), each in slots.items():
        by_cell.setdefault((day.isoweekday(), hour), []).append(each)
    rows, misses = sum(each.rows for each in slots.values()), sum(each.misses for each in slots.values())
    if not misses:
        return None
    bearable = _bearable(by_cell, misses / rows)
    found = [quiet for quiet in _candidates(by_cell, wanted) if _can_spare(quiet, misses / rows, bearable, by_cell)]
    return min(found, key=lambda quiet: (quiet.questions, quiet.shift.first_hour), default=None)


def _bearable(by_cell: Mapping[tuple[int, int], Sequence[Hour]], usual: float) -> float:
    """Questions an hour per agent in the hours that are served well: the median of those that miss little."""
    loads = sorted(
        sum(each.questions for each in some) / agents
        for some in by_cell.values()
        if (rows := sum(each.rows for each in some))
        and sum(each.misses for each in some) <= MOST_MISSED * usual * rows
        and (agents := sum(each.agents for each in some))
    )
    return loads[len(loads) // 2] if loads else 0.0


def _candidates(by_cell: Mapping[tuple[int, int], Sequence[Hour]], wanted: DutyHours) -> Iterator[QuietHours]:
    days = [(wanted.first_day - 1 + at) % WEEK + 1 for at in range(wanted.days)]
    for first in range(HOURS - wanted.hours + 1):
        shift = DutyHours(wanted.first_day, wanted.days, first, wanted.hours)
        if first < wanted.first_hour + wanted.hours + 1 and wanted.first_hour < first + wanted.hours + 1:
            continue
        cells = [by_cell.get((day, hour), []) for day in days for hour in range(first, first + wanted.hours)]
        if not all(cells):
            continue
        hours = [each for some in cells for each in some]
        yield QuietHours(
            shift,
            sum(each.rows for each in hours),
            sum(each.misses for each in hours),
            sum(each.questions for each in hours),
            sum(each.agents for each in hours) / len(hours),
        )


def _can_spare(
    quiet: QuietHours, usual: float, bearable: float, by_cell: Mapping[tuple[int, int], Sequence[Hour]]
) -> bool:
    shift = quiet.shift
    hours = sum(len(some) for (day, hour), some in by_cell.items() if shift.begins(day, hour) is not None)
    left = quiet.agents_now - 1
    few = quiet.rows > 0 and quiet.misses <= MOST_MISSED * usual * quiet.rows
    return few and quiet.agents_now >= STAY and quiet.questions / hours / left <= bearable
