"""Rows that count once per buyer (or whatever a side names) → those of a window that came after the first.

The windows of a metric lie end to end: the current one, the one before it and all earlier ones. In none of them does a
key count twice, and it stands on the day on which it is first seen, so that one ledger by day is exact in each.
"""

from __future__ import annotations

import datetime as dt

import polars as pl
from msgspec import Struct

from shopscore.window import bounds, earlier

OLDEST = dt.date(1990, 1, 1)
"""No shop's rows are older; days before it are one window."""


class Order(Struct, frozen=True):
    """The columns by which rows are told apart: their key, and what puts the first of them first."""

    key: str
    at: str
    subject: str


def starts_of(window: str, today: dt.date, oldest: dt.date | None) -> pl.Series:
    """The first days of a metric's windows from the oldest row on, and the day after the current one, in order."""
    first, last = bounds(window, today)
    past = earlier(window, today, max(oldest or first, OLDEST))
    days = [last + dt.timedelta(days=1), first, *(days[0] for days in past)]
    return pl.Series(sorted(days), dtype=pl.Date)


def repeats(settled: pl.Expr, order: Order, starts: pl.Series) -> pl.Expr:
    """Whether a settled row is not the first of its window with its key, by time and then by subject.

    Args:
        settled: which rows are settled, never blank; rows of a blank key are none of them.
        order: the columns that decide.
        starts: the first days of the windows.
    """
    day = pl.col(order.at).dt.date()
    windows = pl.lit(starts).search_sorted(day, side="right")
    first = pl.col(order.subject).sort_by(order.at, order.subject).first()
    other = pl.col(order.subject) != first.over(windows, order.key, settled)
    # A row without a day is in no window.
    return settled & day.is_not_null() & other
