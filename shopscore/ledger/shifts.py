"""Canonical tables → lags between causes and effects in whole hours, and the hours of the day at which rows come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.ruleset.integrity import Hours, Lag

HOURS = 24


class Clocks(Struct, frozen=True):
    """What tables say of each other's clocks.

    Attributes:
        lags: for each pair of events how often the effect follows the cause by so many whole hours, rounded down;
            every pair of rows of one order counts.
        hours: for each kind of rows how many come in each hour of the day; nothing without their table.
    """

    lags: tuple[Mapping[int, int], ...]
    hours: tuple[tuple[int, ...], ...]


def clocks(tables: Mapping[str, pl.DataFrame], pairs: Sequence[Lag], rows: Sequence[Hours]) -> Clocks:
    """Count lags and hours, all in one go.

    Args:
        tables: the shop's canonical tables.
        pairs: causes and effects.
        rows: rows that people make while they are awake.
    """
    plans = [*(_lags(tables, pair) for pair in pairs), *(_hours(tables, each) for each in rows)]
    frames = iter(pl.collect_all([plan for plan in plans if plan is not None]))
    counts = [dict(next(frames).iter_rows()) if plan is not None else {} for plan in plans]
    days = counts[len(pairs) :]
    return Clocks(
        tuple(counts[: len(pairs)]),
        tuple(tuple(each.get(hour, 0) for hour in range(HOURS)) if each else () for each in days),
    )


def _lags(tables: Mapping[str, pl.DataFrame], pair: Lag) -> pl.LazyFrame | None:
    cause, effect = (_of_orders(tables, name) for name in (pair.cause, pair.effect))
    if cause is None or effect is None:
        return None
    both = effect.join(cause, on="order_id", suffix="_of_cause")
    lag = ((pl.col("at") - pl.col("at_of_cause")).dt.total_seconds() // 3600).cast(pl.Int64)
    return both.group_by(lag.alias("lag")).agg(pl.len())


def _of_orders(tables: Mapping[str, pl.DataFrame], name: str) -> pl.LazyFrame | None:
    """An event of a table, with the order it belongs to: named, or found by the tracking number; None without it."""
    table, _, column = name.partition(".")
    frame, orders = tables.get(table), tables.get("orders")
    if frame is None or column not in frame.columns:
        return None
    if "order_id" in frame.columns:
        return frame.lazy().select("order_id", at=column).drop_nulls()
    if orders is None or "tracking_no" not in frame.columns or "tracking_no" not in orders.columns:
        return None
    numbers = orders.lazy().select("order_id", "tracking_no").drop_nulls()
    return (
        frame.lazy().select("tracking_no", at=column).drop_nulls().join(numbers, on="tracking_no").drop("tracking_no")
    )


def _hours(tables: Mapping[str, pl.DataFrame], rows: Hours) -> pl.LazyFrame | None:
    table, _, column = rows.at.partition(".")
    frame = tables.get(table)
    if frame is None or column not in frame.columns:
        return None
    wanted = frame.lazy() if rows.where is None else frame.lazy().filter(pl.sql_expr(rows.where))
    return wanted.group_by(pl.col(column).dt.hour().alias("hour")).agg(pl.len())
