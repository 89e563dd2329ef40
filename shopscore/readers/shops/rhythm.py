"""Rows by day → the days in their middle that should have had rows and have none.

A silent day is told from a quiet one by the table's own days: what the same weekdays around it had, and how far days
fall below such neighbours elsewhere in the table. Nothing is said of tables whose days are thin, for which silence is
ordinary, nor of days on which shops stand still.
"""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

Days = tuple[dt.date, dt.date]

_DAY = dt.timedelta(days=1)
_WEEK = 7 * _DAY
_LONGEST = 3 * 366
"""Days back from the newest row that are looked at: older ones are in no window, and stray dates may be anywhere."""
_NEIGHBOURS = 4
"""Same weekdays on each side that a day is compared with."""
_REACH = 6
"""How many weeks beside a silence they may be away."""
_BUSY = 5.0
"""Rows a day below which silence is ordinary."""
_NATS = 16.0
"""How improbable the silence must be: one in ten million, so that in all of a fleet's tables chance accuses none."""
_HABIT = 0.1
"""A table that is silent on more of its days than this has closed days."""
_SEVERAL, _SELDOM = 3, 30
"""So has one that is silent more often than three times, and than once in so many days."""


class _Table(Struct, frozen=True):
    """A table's rows by day; ``judged`` is its first and last day."""

    counts: Mapping[dt.date, int]
    judged: Days

    def beside(self, day: dt.date, silence: Days, step: dt.timedelta) -> list[int]:
        """The rows of the nearest same weekdays on one side of a silence, no farther than some weeks."""
        edge = silence[0] if step < 0 * _DAY else silence[1]
        away = 0 * _DAY
        while self._within(day + away, silence):
            away += step
        days = (day + away + number * step for number in range(_NEIGHBOURS))
        first, last = self.judged
        near = (each for each in days if first <= each <= last and abs(each - edge) <= _REACH * _WEEK)
        return [self.counts.get(each, 0) for each in near]

    @staticmethod
    def _within(day: dt.date, silence: Days) -> bool:
        return silence[0] <= day <= silence[1]

    def level(self, day: dt.date, silence: Days) -> float:
        """How many rows a silent day should have had: what both sides speak for."""
        return min(self._side(day, silence, -_WEEK), self._side(day, silence, _WEEK))

    def _side(self, day: dt.date, silence: Days, step: dt.timedelta) -> float:
        same = self.beside(day, silence, step)
        if same:
            return float(_low_median(same))
        # Not a week is left on this side: its least day speaks for all of them.
        start = silence[0] - _DAY if step < 0 * _DAY else silence[1] + _DAY
        days = (start + number * (_DAY if step > 0 * _DAY else -_DAY) for number in range(7))
        first, last = self.judged
        return float(min((self.counts.get(each, 0) for each in days if first <= each <= last), default=0))


def silences(counts: Mapping[dt.date, int], closed: Collection[dt.date] = ()) -> tuple[Days, ...]:
    """The runs of days without a row that chance and habit do not explain.

    Args:
        counts: day → rows; days without rows need not be there.
        closed: days on which silence says nothing.

    Returns:
        First and last day of each, both in, in order.
    """
    present = sorted(day for day, rows in counts.items() if rows)
    present = [day for day in present if day > present[-1] - _LONGEST * _DAY]
    runs = [(one + _DAY, other - _DAY) for one, other in pairwise(present) if other - one > _DAY]
    if not runs:
        return ()
    table = _Table(counts, (present[0], present[-1]))
    levels = {run: {day: level for day in _days(run) if (level := table.level(day, run)) > 0} for run in runs}
    found = (_improbable(run, table, levels, closed) for run in runs)
    return tuple(run for run in found if run is not None)


def _improbable(
    run: Days, table: _Table, levels: Mapping[Days, Mapping[dt.date, float]], closed: Collection[dt.date]
) -> Days | None:
    due = [day for day in levels[run] if day not in closed]
    expected = math.fsum(levels[run][day] for day in due)
    if expected < max(_BUSY * len(due), _NATS) or _is_habit(run, table, levels):
        return None
    return (due[0], due[-1]) if _surprise(expected, _spread(table, run)) >= _NATS else None


def _surprise(expected: float, spread: float) -> float:
    """Nats against no rows at all where so many are expected and variances are so many times the mean."""
    return expected * (math.log(spread) / (spread - 1) if spread > 1 else 1.0)


def _spread(table: _Table, run: Days) -> float:
    """How many times as far as by pure chance the table's other days fall below what their neighbours say."""
    falls = []
    for day in _days(table.judged):
        if run[0] <= day <= run[1]:
            continue
        near = [rows for step in (-_WEEK, _WEEK) for rows in _around(day, run, table, step)]
        level = _low_median(near) if near else 0
        if level > 0:
            falls.append(max(level - table.counts.get(day, 0), 0) ** 2 / level)
    return max(1.0, 2 * math.fsum(falls) / len(falls)) if falls else 1.0


def _around(day: dt.date, run: Days, table: _Table, step: dt.timedelta) -> list[int]:
    """The same weekdays beside a day, those of the silence under question left out."""
    days = (day + number * step for number in range(1, _NEIGHBOURS + 1))
    first, last = table.judged
    return [table.counts.get(each, 0) for each in days if first <= each <= last and not run[0] <= each <= run[1]]


def _is_habit(run: Days, table: _Table, levels: Mapping[Days, Mapping[dt.date, float]]) -> bool:
    """Whether the table has closed days, and this silence is no more than twice as long as another one."""
    others = [len(days) for other, days in levels.items() if other != run and days]
    days = (table.judged[1] - table.judged[0]).days + 1 - len(levels[run])
    closes = sum(others) > _HABIT * days or len(others) > max(_SEVERAL, days / _SELDOM)
    return closes and len(levels[run]) <= 2 * max(others)


def _days(span: Days) -> list[dt.date]:
    return [span[0] + number * _DAY for number in range((span[1] - span[0]).days + 1)]


def _low_median(values: Sequence[int]) -> int:
    return sorted(values)[(len(values) - 1) // 2]
