"""Which days a metric looks at: the text of a rule and the audit's day make two dates, both ends in.

T is the local date of ``as_of`` and is itself never inside a plain window: today is not over.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DAY = dt.timedelta(days=1)
_CALENDAR = ("previous week", "calendar month")
_COUNTED = re.compile(r"(\d+) (day|month)s?")
_LAGGED = re.compile(r"T-(\d+)\.\.T-(\d+)")


def bounds(window: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of a window, both inside.

    Args:
        window: ``30 days``, ``6 months``, ``T-33..T-4``, ``previous week`` or ``calendar month``.
        today: T, the local date of ``as_of``.

    Returns:
        ``30 days`` is T-30..T-1; ``6 months`` starts on the same day of the month (the month's last where it has no
        such day) and ends on T-1; weeks (Monday to Sunday) and calendar months are the last finished ones.

    Raises:
        ValueError: the text is none of these forms, is empty of days, or runs backwards.
    """
    if window == "previous week":
        monday = today - _DAY * today.weekday()
        return monday - 7 * _DAY, monday - _DAY
    if window == "calendar month":
        last = today.replace(day=1) - _DAY
        return last.replace(day=1), last
    first, last = _counted(window, today)
    if first > last:
        raise ValueError(f"the window {window!r} holds no day")
    return first, last


def _counted(window: str, today: dt.date) -> tuple[dt.date, dt.date]:
    if match := _COUNTED.fullmatch(window):
        number = int(match[1])
        first = today - number * _DAY if match[2] == "day" else months_before(today, number)
        return first, today - _DAY
    if match := _LAGGED.fullmatch(window):
        return today - int(match[1]) * _DAY, today - int(match[2]) * _DAY
    raise ValueError(f"{window!r} is no window; write '30 days', '6 months', 'T-33..T-4', 'previous week' …")


def is_over(window: str) -> bool:
    """Whether a window is a week or a month that has ended: nothing that happens from now on can come into it."""
    return window in _CALENDAR


def lag(window: str) -> int:
    """How many days before T the newest day lies that a window may hold: 4 for ``T-33..T-4``, 1 for all others."""
    match = _LAGGED.fullmatch(window)
    return int(match[2]) if match else 1


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month some months earlier, the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def previous(window: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The window before this one: its twin that ends the day before this one begins.

    Args:
        window: as in `bounds`.
        today: T of this window, not of the one before.

    Returns:
        First and last day, both inside. Windows of months keep to the calendar, so their length may differ by days.
    """
    return bounds(window, _turn_back(window, today))


def _turn_back(window: str, today: dt.date) -> dt.date:
    """The T of the window before."""
    first, last = bounds(window, today)
    return first if window in _CALENDAR else first + (today - _DAY - last)


def earlier(window: str, today: dt.date, first_day: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Windows before this one, newest first, without overlap, none of which begins before ``first_day``."""
    today = _turn_back(window, today)
    while (days := bounds(window, today))[0] >= first_day:
        yield days
        today = _turn_back(window, today)


def covered(
    first: dt.date,
    last: dt.date,
    first_event_day: dt.date | None,
    judged_day: dt.date | None,
    gaps: Iterable[tuple[dt.date, dt.date]] = (),
) -> int:
    """How many days of a window the data speaks of.

    Args:
        first: the window's first day.
        last: its last day.
        first_event_day: the day of the oldest event of the tables involved; None if they hold none.
        judged_day: the day up to which those tables can be trusted; None if nothing is known.
        gaps: first and last days, both in, of which their rows must be missing; they may overlap.
    """
    if first_event_day is None or judged_day is None:
        return 0
    first, last = max(first, first_event_day), min(last, judged_day)
    missing = {day for gap in gaps for day in _days(max(first, gap[0]), min(last, gap[1]))}
    return max((last - first).days + 1 - len(missing), 0)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + number * _DAY for number in range((last - first).days + 1))
