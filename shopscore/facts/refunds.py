"""The fact of one row per refund case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.aftersale import with_states
from shopscore.facts.columns import TIME, complete, finish, found, hour_and_weekday, spent, with_clock
from shopscore.facts.spine import named_orders
from shopscore.schema import FACTS
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts.spine import Spine
    from shopscore.ruleset.fact_settings import FactSettings

FROM_ORDER = {
    "order_kind": "kind",
    "order_paid_at": "paid_at",
    "order_shipped_at": "shipped_at",
    "order_delivered_at": "delivered_at",
    "buyer_level": "buyer_level",
    "buyer_weight": "buyer_weight",
    "product_id": "product_id",
    "sku": "sku",
    "category": "category",
    "carrier": "carrier",
    "warehouse": "warehouse",
    "buyer_id": "buyer_id",
    "item_count": "item_count",
    "order_amount": "amount",
    "order_finished_at": "finished_at",
    "order_grouped_at": "grouped_at",
}
"""Columns of the refunds fact that are the order's, and what they are called there."""
BY_SELLER = ("seller", "system")
"""Whose last step finishes a case without the platform: a time-out counts as the seller's."""
ENDS_AT = (
    ("apply_to_finish_seconds", "applied_at", "finished_at"),
    ("apply_to_agree_seconds", "applied_at", "agreed_at"),
    ("apply_to_refuse_seconds", "applied_at", "first_refused_at"),
    ("apply_to_response_seconds", "applied_at", "_response_at"),
    ("return_transit_seconds", "returned_at", "return_signed_at"),
    ("signed_to_finish_seconds", "return_signed_at", "finished_at"),
    ("age_seconds", "applied_at", "_judged"),
)


def decided_at() -> pl.Expr:
    """When the seller decided a case: its first answer, else the end where the seller made it."""
    ended = pl.when(pl.col("last_actor") == "seller").then("finished_at")
    return pl.coalesce(pl.min_horizontal("agreed_at", "first_refused_at", "first_response_at"), ended)


def previous_closed_at() -> pl.Expr:
    """When the case before, of the same order, line and kind, was closed without money and without the buyer's word.

    One that was paid or taken back is done with: what is asked for after it is another matter, whatever was closed
    before.
    """
    closed_at = pl.when((pl.col("status") == "closed") & ~pl.col("withdrawn")).then("finished_at")
    done_with = (pl.col("status") == "success") | pl.col("withdrawn")
    # What the last case that tells something tells; one that is open, or closed no one knows when, tells nothing.
    closed = pl.when(closed_at.is_not_null()).then(True).when(done_with).then(False).forward_fill()
    # Orders of one case are one large group: few groups take far less time than many.
    several = pl.col("order_id").is_duplicated()
    alike = [pl.when(several).then(pl.col(name)) for name in ("order_id", "line_id", "kind")]
    last = pl.when(closed).then(closed_at.forward_fill())
    before = last.shift().over(*alike, order_by=["applied_at", "refund_id"])
    return pl.when(several & (before <= pl.col("applied_at"))).then(before)


def refund_rows(refunds: pl.DataFrame) -> pl.DataFrame:
    """Complete the canonical table with what is read from several of its columns; disputes use these rows too."""
    rows = complete(refunds, "refunds").with_row_index("_row")
    order = rows.select("_row", "order_id", "applied_at", "refund_id").sort("order_id", "applied_at", "refund_id")
    first = order.filter(pl.col("order_id").ne_missing(pl.col("order_id").shift()))
    return rows.with_columns(
        (pl.col("escalated") | pl.col("escalated_at").is_not_null()).alias("escalated"),
        pl.coalesce("first_reason_class", "reason_class").alias("first_reason_class"),
        pl.coalesce("reason", "first_reason").alias("reason"),
        pl.coalesce("returned_at", "return_shipped_at").alias("returned_at"),
        pl.col("_row").is_in(first["_row"].implode()).alias("is_first_of_order"),
    ).drop("_row")


def refunds_fact(
    refunds: pl.DataFrame, spine: Spine | None, settings: FactSettings, judged: dt.datetime
) -> pl.LazyFrame:
    """Build the fact of one row per refund case.

    Args:
        refunds: what ``refund_rows`` returns.
        spine: the shop's orders; None without any.
        settings: the pack's columns and the after-sale guide.
        judged: the moment up to which refunds can be trusted.
    """
    # Where cases stand is dear to tell, asked by most who read them, and told of few rows: once, here and now.
    cases = with_states(_of_order(refunds, spine, settings), settings.machine).collect()
    response = pl.min_horizontal("first_response_at", "agreed_at", "first_refused_at")
    ended = pl.col("finished_at").is_not_null()
    by_status = (
        pl.when(pl.col("status") == "closed").then(~pl.col("withdrawn")).otherwise(pl.col("status") == "success")
    )
    rows = (
        cases.lazy()
        .with_columns(
            pl.lit(judged, dtype=TIME).alias("_judged"),
            response.alias("_response_at"),
            (by_status & ended).alias("is_finished"),
        )
        .with_columns(
            (pl.col("status") == "success").alias("is_success"),
            (pl.col("is_finished") & pl.col("last_actor").is_in(BY_SELLER)).alias("is_self_finished"),
            *(spent(start, end).alias(name) for name, start, end in ENDS_AT),
            pl.col("applied_at").dt.truncate("1d").alias("applied_day_at"),
            *hour_and_weekday("applied_at"),
            decided_at().alias("decided_at"),
            decided_at().dt.hour().alias("decision_hour"),
            _orders_before(refunds, spine).alias("buyer_orders_before"),
            previous_closed_at().alias("previous_closed_at"),
        )
    )
    return finish(rows, "refunds", judged)


def _of_order(refunds: pl.DataFrame, spine: Spine | None, settings: FactSettings) -> pl.LazyFrame:
    """Join what the order says; the product is the line's where the case names one."""
    types = FACTS["refunds"].by_name
    if spine is None:
        return refunds.lazy().with_columns(
            pl.lit(None, dtype=DTYPES[types[name].kind]).alias(name) for name in FROM_ORDER
        )
    names = [pl.col(theirs).alias(ours) for ours, theirs in FROM_ORDER.items()]
    order = with_clock(named_orders(spine.orders, refunds).lazy(), settings.columns).select("order_id", *names)
    rows = refunds.lazy().join(order, on="order_id", how="left", maintain_order="left")
    if spine.lines is None:
        return rows
    line = (
        spine.lines.lazy()
        .select("order_id", "line_id", _product="product_id", _sku="sku")
        .unique(["order_id", "line_id"], keep="first", maintain_order=True)
    )
    return rows.join(line, on=["order_id", "line_id"], how="left", maintain_order="left").with_columns(
        pl.coalesce("_product", "product_id").alias("product_id"), pl.coalesce("_sku", "sku").alias("sku")
    )


def _orders_before(refunds: pl.DataFrame, spine: Spine | None) -> pl.Expr:
    """How many orders the buyer had paid when a case began; blank without a buyer or any time of payment."""
    if spine is None or "orders.paid_at" not in spine.given:
        return pl.lit(None, dtype=pl.Int64)
    return found(("refund_id",), lambda: _paid_before(refunds, spine), pl.Int64())


def _paid_before(refunds: pl.DataFrame, spine: Spine) -> pl.DataFrame:
    orders = spine.orders.lazy().select("order_id", "buyer_id", "paid_at").drop_nulls("buyer_id")
    cases = refunds.lazy().select("refund_id", "order_id", "applied_at").join(orders.drop("paid_at"), on="order_id")
    # In the order of time a buyer's payments have their numbers; those of who asked for nothing back are not looked at.
    paid = (
        orders.drop_nulls("paid_at")
        .join(cases.select("buyer_id").unique(), on="buyer_id", how="semi")
        .sort("paid_at")
        .select("buyer_id", "paid_at", pl.int_range(1, pl.len() + 1).over("buyer_id").alias("_number"))
    )
    return (
        cases.sort("applied_at")
        .join_asof(
            paid,
            left_on="applied_at",
            right_on="paid_at",
            by="buyer_id",
            allow_exact_matches=False,
            check_sortedness=False,
        )
        .select("refund_id", pl.col("_number").fill_null(0))
        .collect()
    )
