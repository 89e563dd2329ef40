"""Canonical tables → lags between causes and effects in whole hours, and the hours of the day at which rows come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.ruleset.integrity import Hours, Lag

HOURS = 24


def lags(tables: Mapping[str, pl.DataFrame], pair: Lag) -> dict[int, int]:
    """How often an order's effect follows its cause by so many whole hours, rounded down; nothing without both tables.

    Several causes of an order count by the last of them, several effects by the first.
    """
    cause, effect = (_of_orders(tables, name) for name in (pair.cause, pair.effect))
    if cause is None or effect is None:
        return {}
    last = cause.group_by("order_id").agg(pl.col("at").max().alias("cause"))
    both = last.join(effect.group_by("order_id").agg(pl.col("at").min().alias("effect")), on="order_id")
    hours = ((pl.col("effect") - pl.col("cause")).dt.total_seconds() // 3600).cast(pl.Int64)
    counted = both.group_by(hours.alias("lag")).agg(pl.len()).collect()
    return dict(counted.iter_rows())


def _of_orders(tables: Mapping[str, pl.DataFrame], name: str) -> pl.LazyFrame | None:
    """An event of a table, with the order it belongs to: named, or found by the tracking number; None without it."""
    table, _, column = name.partition(".")
    frame, orders = tables.get(table), tables.get("orders")
    if frame is None or column not in frame.columns:
        return None
    if "order_id" in frame.columns:
        return frame.lazy().select("order_id", pl.col(column).alias("at")).drop_nulls()
    if orders is None or "tracking_no" not in frame.columns or "tracking_no" not in orders.columns:
        return None
    numbers = orders.lazy().select("order_id", "tracking_no").drop_nulls()
    return (
        frame.lazy().select("tracking_no", at=column).drop_nulls().join(numbers, on="tracking_no").drop("tracking_no")
    )


def hours(tables: Mapping[str, pl.DataFrame], rows: Hours) -> tuple[int, ...]:
    """How many rows of a table come in each hour of the day; nothing without it."""
    table, _, column = rows.at.partition(".")
    frame = tables.get(table)
    if frame is None or column not in frame.columns:
        return ()
    wanted = frame.lazy() if rows.where is None else frame.lazy().filter(pl.sql_expr(rows.where))
    counted = dict(wanted.group_by(pl.col(column).dt.hour().alias("hour")).agg(pl.len()).collect().iter_rows())
    return tuple(counted.get(hour, 0) for hour in range(HOURS))
