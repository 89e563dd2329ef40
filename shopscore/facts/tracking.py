"""Parcels beside the others: who shares a tracking number, what else of the carrier was scanned that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST_SCANS = 20
"""With n scans known, the next one takes longer than all of them in one case of n + 1: below this that is no news."""


def clicked() -> tuple[pl.Expr, ...]:
    """When a parcel was called shipped, and how long the carrier's first scan took or has not come since."""
    called = pl.coalesce("waybill_at", "shipped_at")
    waiting = pl.when(pl.col("picked_up_at").is_null()).then(pl.col("_judged") - called)
    return (
        called.alias("clicked_at"),
        (pl.col("picked_up_at") - called).dt.total_seconds().alias("click_to_scan_seconds"),
        waiting.dt.total_seconds().alias("unscanned_seconds"),
    )


def of_carrier() -> tuple[pl.Expr, ...]:
    """The carrier's longest wait for a scan, and its parcels of that day of which some or none were scanned."""
    same_day = ("carrier", pl.col("clicked_at").dt.date())
    waits = pl.col("click_to_scan_seconds")
    dated = pl.col("clicked_at").is_not_null()
    return (
        pl.when(waits.count().over("carrier") >= FEWEST_SCANS)
        .then(waits.max().over("carrier"))
        .alias("slowest_scan_seconds"),
        pl.when(dated).then(pl.len().over(same_day)).alias("carrier_day_parcels"),
        pl.when(dated).then(pl.col("picked_up_at").count().over(same_day)).alias("carrier_day_scans"),
    )


def of_number() -> Iterator[pl.Expr]:
    """What the orders that name a parcel's tracking number have in common.

    One parcel may hold several orders of a buyer, so buyers, regions and days are counted beside orders. Buyers and
    regions are blank where one of these orders does not tell its own; everything is blank without a number.
    """
    number, clicks, shared = pl.col("tracking_no"), pl.col("clicked_at"), pl.col("_shared")

    def told(several: pl.Expr, alone: pl.Expr) -> pl.Expr:
        one = pl.when(number.is_not_null()).then(alone)
        return pl.when(shared.is_not_null()).then(several.over(shared)).otherwise(one).cast(pl.Int64)

    yield told(pl.col("order_id").n_unique(), pl.lit(1)).alias("tracking_order_count")
    for name, column in (("tracking_buyer_count", "buyer_id"), ("tracking_region_count", "region")):
        known = pl.col(column).is_not_null()
        distinct = pl.when(known.all()).then(pl.col(column).n_unique())
        yield told(distinct, pl.when(known).then(pl.lit(1))).alias(name)
    span = (clicks.max() - clicks.min()).dt.total_seconds()
    yield told(span, pl.when(clicks.is_not_null()).then(pl.lit(0))).alias("tracking_span_seconds")


def with_tracking(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add all of these columns to rows that have ``_judged``."""
    number = pl.col("tracking_no")
    # Numbers used once are one large group: few groups take far less time than many.
    shared = pl.when(number.is_not_null() & number.is_duplicated()).then(number).alias("_shared")
    return rows.with_columns(*clicked(), shared).with_columns(*of_carrier(), *of_number())
