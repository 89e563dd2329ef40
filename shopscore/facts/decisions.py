"""The fact of one row per day on which refund cases were decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import TIME, finish
from shopscore.facts.refunds import decided_at

if TYPE_CHECKING:
    import datetime as dt

NOON, EVENING = 12, 18


def decision_days_fact(refunds: pl.DataFrame, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per day with a decision.

    Args:
        refunds: what ``refund_rows`` returns.
        judged: the moment up to which refunds can be trusted.
    """
    hour, count = pl.col("_hour"), pl.col("_count")
    rows = (
        refunds.lazy()
        .select(decided_at().alias("_at"))
        .drop_nulls()
        .group_by(
            pl.col("_at").dt.truncate("1d").cast(TIME).alias("decided_on"), pl.col("_at").dt.hour().alias("_hour")
        )
        .agg(pl.len().alias("_count"))
        .group_by("decided_on")
        .agg(
            count.sum().alias("decision_count"),
            count.filter(hour < NOON).sum().alias("morning_count"),
            count.filter(hour.is_between(NOON, EVENING, closed="left")).sum().alias("midday_count"),
            count.filter(hour >= EVENING).sum().alias("evening_count"),
            hour.sort_by(count, hour, descending=[True, False]).first().alias("busiest_hour"),
            count.max().alias("busiest_hour_count"),
        )
        .with_columns(pl.col("decided_on").dt.strftime("%Y-%m-%d").alias("decision_day_id"))
    )
    return finish(rows, "decision_days", judged)
