"""Two moments → the seconds between them that a clock runs which stands still on some days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.ruleset.stopped import Stopped

EPOCH = dt.date(1970, 1, 1)
EPOCH_WEEKDAY = EPOCH.isoweekday()
DAY_SECONDS = 86400
WEEK = 7


def running_seconds(start: str, end: str, stopped: Sequence[Stopped]) -> pl.Expr:
    """Whole seconds from one time to another without the days on which an order's clock stands still.

    Of several rules the first whose condition is true holds; an order that meets none has a clock that always runs.
    Blank where a time lies outside the days of which the rule knows.
    """
    between = seconds(start, end)
    running = between
    for rule in reversed(stopped):
        length = between - (_stood(pl.col(end), rule) - _stood(pl.col(start), rule))
        if rule.known is not None:
            inside = pl.all_horizontal(pl.col(start, end).dt.date().is_between(*rule.known))
            length = pl.when(inside).then(length)
        running = pl.when(pl.sql_expr(rule.when)).then(length).otherwise(running)
    return running


def _stood(at: pl.Expr, rule: Stopped) -> pl.Expr:
    """How many seconds the clock has stood still up to a moment, counted from a fixed day."""
    day = at.dt.date().cast(pl.Int64)
    before = _days_before(day, rule)
    today = _days_before(day + 1, rule) - before
    return before * DAY_SECONDS + today * (at - at.dt.truncate("1d")).dt.total_seconds()


def _days_before(day: pl.Expr, rule: Stopped) -> pl.Expr:
    """How many days of standing still lie before a day, counted in days from the epoch."""
    # A weekday comes for the first time so many days after the epoch, and then every seven.
    firsts = [(weekday - EPOCH_WEEKDAY) % WEEK for weekday in sorted(rule.weekdays)]
    weekly = [(day + WEEK - 1 - first).floordiv(WEEK) for first in firsts]
    dates = pl.lit(pl.Series([(date - EPOCH).days for date in rule.dates], dtype=pl.Int64))
    single = dates.search_sorted(day, side="left").cast(pl.Int64)
    return pl.sum_horizontal([*weekly, single], ignore_nulls=False)
