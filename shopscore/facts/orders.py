"""The fact of one row per order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.bounds import bounds
from shopscore.facts.columns import TIME, finish, hour_and_weekday, seconds, with_clock
from shopscore.facts.stopped import running_seconds
from shopscore.tables import numbers

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts.spine import Spine
    from shopscore.ruleset.fact_settings import FactSettings


UNSHIPPED = ("unpaid", "held", "to_ship")
SHIPPED = ("shipped", "received", "finished")
"""What a status says of an order's lines where no time does."""
OF_THE_LAST = ("shipped_at", "picked_up_at", "delivered_at")
"""Done when all of an order is."""


def orders_fact(spine: Spine, settings: FactSettings, judged: dt.datetime, *, rewound: bool = False) -> pl.LazyFrame:
    """Build the fact of one row per order.

    Args:
        spine: the shop's orders with their lines and parcels folded in.
        settings: the pack's columns and the orders the platform excused.
        judged: the moment up to which orders and scans can be trusted.
        rewound: whether later events are blanked; statuses are those of today.
    """
    rows = with_clock(_waiting_for_the_rest(spine), settings.columns).with_columns(
        is_paid(spine),
        *_history(),
        _latest_promise(spine).alias("latest_promise_at"),
        pl.col("_first_scan_at").alias("first_scan_at"),
        _is_fully_shipped(spine).alias("is_fully_shipped"),
        _closed_state(spine, rewound=rewound).alias("closed_state"),
        pl.col("clock_at").dt.truncate("1d").alias("clock_day_at"),
        (pl.col("picked_up_at").dt.date() - pl.col("clock_at").dt.date()).dt.total_days().alias("pickup_days"),
        (pl.col("ship_deadline_at") < judged).alias("is_due"),
        pl.lit(judged, dtype=TIME).alias("_judged"),
        scan_state("picked_up_at", judged, "_picked_up_at").alias("pickup_state"),
        scan_state("delivered_at", judged, "_delivered_at").alias("delivery_state"),
        seconds("clock_at", "picked_up_at").alias("pickup_seconds"),
        seconds("clock_at", "shipped_at").alias("click_seconds"),
        seconds("clock_at", "delivered_at").alias("delivery_seconds"),
        seconds("clock_at", "ship_deadline_at").alias("ship_allowed_seconds"),
        *first_refund(spine),
        _parcel_count(spine).alias("parcel_count"),
        _folded(spine, "_no_logistics").alias("no_logistics"),
        (_folded(spine, "_is_exempt") | pl.col("order_id").is_in(list(settings.exempted_orders))).alias("is_exempt"),
        *hour_and_weekday("clock_at"),
    )
    claimed = pl.coalesce("first_refund_applied_at", "finished_at").alias("claimed_or_finished_at")
    rows = rows.with_columns(
        *bounds(spine),
        claimed,
        running_seconds("clock_at", "first_scan_at", settings.stopped).alias("scan_running_seconds"),
        running_seconds("clock_at", "_judged", settings.stopped).alias("age_running_seconds"),
    )
    return finish(rows, "orders", judged)


def _waiting_for_the_rest(spine: Spine) -> pl.LazyFrame:
    """The orders, without times of shipping and scans where a part still lies here: what moved is not all of it.

    The scans of what moved stay in columns of their own; they show that its carrier scans.
    """
    parted = (pl.col("status") == "part_shipped").fill_null(value=False)  # blank: nobody says that a part is left
    first = pl.col(_there(spine, "_first_scan_at", "picked_up_at")).alias("_first_scan_at")
    moved = (pl.col(name).alias(f"_{name}") for name in ("picked_up_at", "delivered_at"))
    whole = (pl.when(~parted).then(name).alias(name) for name in OF_THE_LAST)
    return spine.orders.lazy().with_columns(first, *moved, *whole)


def _history() -> tuple[pl.Expr, ...]:
    """Where an order stands among its buyer's paid ones, and how far back the orders here reach at its clock."""
    in_turn = ["paid_at", "order_id"]  # blank times come first
    of_buyer = pl.col("buyer_id").is_not_null() & pl.col("paid_at").is_not_null()
    number = pl.col("paid_at").is_not_null().cast(pl.Int64).cum_sum().over("buyer_id", order_by=in_turn)
    return (
        pl.when(of_buyer).then(number).alias("buyer_order_number"),
        pl.when(of_buyer).then(pl.col("paid_at").shift().over("buyer_id", order_by=in_turn)).alias("previous_paid_at"),
        (pl.col("clock_at") - pl.col("created_at").min()).dt.total_days().alias("history_days"),
    )


def _there(spine: Spine, name: str, otherwise: str) -> str:
    """A column that only orders of several lines or parcels have, else the one that says the same of the others."""
    return name if name in spine.orders.columns else otherwise


def _latest_promise(spine: Spine) -> pl.Expr:
    hours = pl.col(_there(spine, "_longest_promise_hours", "promised_ship_hours"))
    promised = pl.col("clock_at") + pl.duration(seconds=(hours * 3600).round().cast(pl.Int64))
    return pl.coalesce(_there(spine, "_latest_promise_at", "promised_ship_at"), promised)


def _is_fully_shipped(spine: Spine) -> pl.Expr:
    """Whether every line that stayed has been shipped: a status in between, then the time, then the other statuses.

    An order that closed, or whose status nobody gives, was not shipped where files that have shipping times give none.
    """
    timed = bool({"orders.shipped_at", "order_lines.shipped_at"} & spine.given)
    return (
        pl.when(pl.col("status") == "part_shipped")
        .then(pl.lit(value=False))
        .when(pl.col("shipped_at").is_not_null() | pl.col("status").is_in(SHIPPED))
        .then(pl.lit(value=True))
        .when(pl.col("status").is_in(UNSHIPPED) | pl.lit(timed))
        .then(pl.lit(value=False))
    )


def _closed_state(spine: Spine, *, rewound: bool) -> pl.Expr:
    """How far an order had come that came to nothing; whether it had by an earlier moment nobody knows."""
    if rewound:
        return pl.lit(None, dtype=pl.String)
    shipped = _is_fully_shipped(spine)
    state = (
        pl.when(shipped).then(pl.lit("shipped")).when(~shipped).then(pl.lit("unshipped")).otherwise(pl.lit("untold"))
    )
    return pl.when(pl.col("status") == "closed").then(state)


def scan_state(scan: str, judged: dt.datetime, any_scan: str | None = None) -> pl.Expr:
    """Say whether a scan was made, was not, or could not have been recorded.

    ``any_scan`` is a column in which scans show that a carrier has them, where ``scan`` holds not all of them.
    An order without the scan counts as ``not_done`` only where its carrier's scans reach back to its ``clock_at``;
    for an order without a carrier any carrier's scans will do.
    """
    scanned = pl.col("clock_at").filter(pl.col(any_scan or scan).is_not_null()).min()
    since = pl.when(pl.col("carrier").is_null()).then(scanned).otherwise(scanned.over("carrier"))
    covered = pl.col("clock_at").is_between(since, judged).fill_null(value=False)  # blank: no scan to compare with
    return (
        pl.when(pl.col(scan).is_not_null())
        .then(pl.lit("done"))
        .when(covered)
        .then(pl.lit("not_done"))
        .otherwise(pl.lit("unrecorded"))
    )


def first_refund(spine: Spine) -> tuple[pl.Expr, ...]:
    """The first refund's time and reason class, and whether there is one; blank without a refunds table."""
    if "_refund_at" not in spine.orders.columns:
        return (
            pl.lit(None, dtype=TIME).alias("first_refund_applied_at"),
            pl.lit(None, dtype=pl.String).alias("first_refund_reason_class"),
            pl.lit(None, dtype=pl.Boolean).alias("has_refund"),
        )
    return (
        pl.col("_refund_at").alias("first_refund_applied_at"),
        pl.col("_refund_class").alias("first_refund_reason_class"),
        pl.col("_refund_at").is_not_null().alias("has_refund"),
    )


def is_paid(spine: Spine) -> pl.Expr:
    """Whether ``paid_at`` is there, as ``is_paid``; blank where no file says when orders were paid."""
    known = "orders.paid_at" in spine.given
    return (pl.col("paid_at").is_not_null() if known else pl.lit(None, dtype=pl.Boolean)).alias("is_paid")


def _folded(spine: Spine, name: str) -> pl.Expr:
    """A flag of the parcels; blank means no, as for every flag."""
    return pl.col(name).fill_null(value=False) if name in spine.orders.columns else pl.lit(value=False)


def _parcel_count(spine: Spine) -> pl.Expr:
    named = numbers().list.len().fill_null(0).cast(pl.Int64)  # no number: no parcel known
    if "orders.tracking_no" not in spine.given:
        named = pl.lit(None, dtype=pl.Int64)
    return pl.coalesce("_parcels", named) if "_parcels" in spine.orders.columns else named
