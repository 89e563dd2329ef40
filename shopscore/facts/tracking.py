"""Parcels beside the others: who shares a tracking number, how many of a carrier in a row have no scan."""

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
    """The carrier's longest wait for a scan, and how many parcels clicked before were scanned: its own, and all."""
    waits = pl.col("click_to_scan_seconds")
    scanned = pl.col("picked_up_at").is_not_null().cast(pl.Int64).cum_sum()
    by_click = ["clicked_at", "shipment_id"]
    return (
        pl.when(waits.count().over("carrier") >= FEWEST_SCANS)
        .then(waits.max().over("carrier"))
        .alias("slowest_scan_seconds"),
        scanned.over("carrier", order_by=by_click).alias("_before_of_carrier"),
        scanned.over(pl.lit(value=True), order_by=by_click).alias("_before_of_all"),
    )


def in_a_row() -> pl.Expr:
    """How many parcels, clicked one after the other, wait longer than any of their carriers' parcels ever did.

    Those of the carrier or those of all, whichever are more: an export that is missing lacks one carrier's scans or
    everybody's. What may still be scanned is not counted, and what was scanned is in no row.
    """
    waits = pl.col("unscanned_seconds") > pl.col("slowest_scan_seconds")
    many = waits.cast(pl.Int64).sum()
    # All others are one large group: few groups take far less time than many.
    of_carrier, of_all = (pl.when(waits).then(name) for name in ("_before_of_carrier", "_before_of_all"))
    longest = pl.max_horizontal(many.over("carrier", of_carrier), many.over(of_all))
    return pl.when(waits).then(longest).alias("unscanned_in_a_row")


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
    return rows.with_columns(*clicked(), shared).with_columns(*of_carrier(), *of_number()).with_columns(in_a_row())
