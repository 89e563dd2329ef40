"""The days a metric looks at: ``T`` is the local date of ``as_of``, both ends are in."""

from __future__ import annotations

import calendar
import datetime as dt


def days(as_of, longest, latest=1):
    """``T-longest..T-latest``."""
    today = as_of.date()
    return today - dt.timedelta(days=longest), today - dt.timedelta(days=latest)


def months(as_of, number):
    """From the same day of the month, that many months back (the month's last day where it is shorter), to T-1."""
    today = as_of.date()
    place = today.year * 12 + today.month - 1 - number
    year, month = divmod(place, 12)
    day = min(today.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day), today - dt.timedelta(days=1)


def calendar_month(as_of):
    """The last finished month."""
    last = as_of.date().replace(day=1) - dt.timedelta(days=1)
    return last.replace(day=1), last


def previous_week(as_of):
    """The last finished week, Monday to Sunday."""
    monday = as_of.date() - dt.timedelta(days=as_of.weekday() + 7)
    return monday, monday + dt.timedelta(days=6)
