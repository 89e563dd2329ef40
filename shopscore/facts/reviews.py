"""The fact of one row per review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import TIME, changes, complete, finish, found, hour_and_weekday, seconds, spent
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts.spine import Spine


NO_MONEY = ("exchange", "repair", "resend")
"""Cases that succeed without money going back."""


def reviews_fact(
    reviews: pl.DataFrame, refunds: pl.DataFrame | None, spine: Spine | None, judged: dt.datetime
) -> pl.LazyFrame:
    """Build the fact of one row per review.

    Args:
        reviews: the canonical table, rewound.
        refunds: the canonical table, rewound; None without one.
        spine: the shop's orders; None without any.
        judged: the moment up to which reviews can be trusted.
    """
    rows = complete(reviews, "reviews").with_columns(pl.coalesce("review_id", "order_id").alias("review_id"))
    deals = _deals(spine, rows)
    joined = rows.lazy().join(deals.lazy(), on="order_id", how="left", maintain_order="left")
    hour, _ = hour_and_weekday("created_at")
    named = joined.with_columns(pl.coalesce("buyer_id", "_buyer_id").alias("buyer_id"))
    newest = named.sort(
        "buyer_id", "created_at", "review_id", "product_id", descending=[False, True, False, False], nulls_last=True
    )
    ranked = newest.with_columns(
        seconds("order_finished_at", "created_at").alias("finish_to_review_seconds"),
        pl.when(pl.col("buyer_id").is_not_null()).then(_place("buyer_id")).alias("recency_rank"),
        spent("created_at", "replied_at").alias("answer_seconds"),
        _fully_refunded(refunds, spine).alias("order_fully_refunded"),
        _came_back(refunds).alias("order_came_back"),
        hour,
    )
    return finish(ranked, "reviews", judged)


def _place(*keys: str) -> pl.Expr:
    """Number the rows of each key from 1; rows stand sorted by it."""
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    return place - pl.when(changes(*keys)).then(place).forward_fill() + 1


def _deals(spine: Spine | None, reviews: pl.DataFrame) -> pl.DataFrame:
    """Return success and rank of each reviewed order among its buyer's deals of the calendar month it was paid in."""
    names = ["order_id", "_buyer_id", "carrier", "category", "order_finished_at", "deal_rank_in_month"]
    if spine is None:
        kinds = (*([pl.String()] * 4), TIME, pl.Int64())
        return pl.DataFrame(schema=dict(zip(names, kinds, strict=True)))
    own = ("order_id", "carrier", "category")
    orders = spine.orders.select(*own, _buyer_id="buyer_id", order_finished_at="finished_at", _paid_at="paid_at")
    reviewed = orders.join(reviews, on="order_id", how="semi")
    month = pl.col("_paid_at").dt.truncate("1mo")
    deals = (
        orders.drop_nulls(["_buyer_id", "_paid_at"])
        .join(reviewed, on="_buyer_id", how="semi")
        .select("order_id", "_buyer_id", "_paid_at", month.alias("_month"))
        .sort("_buyer_id", "_paid_at", "order_id")
    )
    ranked = deals.select("order_id", _place("_buyer_id", "_month").alias("deal_rank_in_month"))
    return reviewed.join(ranked, on="order_id", how="left", maintain_order="left").select(names)


def _fully_refunded(refunds: pl.DataFrame | None, spine: Spine | None) -> pl.Expr:
    """Whether all the money of a review's order went back; blank without an order or where refunds do not say.

    The amounts decide; a line that came back is the whole order where it has no other.
    """
    if refunds is None or "status" not in refunds.columns:
        return pl.lit(None, dtype=pl.Boolean)
    return found(("order_id",), lambda: _refunded(refunds, spine), pl.Boolean(), otherwise=False)


def _came_back(refunds: pl.DataFrame | None) -> pl.Expr:
    """Whether goods of a review's order came back and were refunded; blank where a case does not say what it is."""
    if refunds is None or not {"status", "kind"} <= set(refunds.columns):
        return pl.lit(None, dtype=pl.Boolean)
    returned = ((pl.col("status") == "success") & (pl.col("kind") == "return_refund")).any(ignore_nulls=False)
    cases = refunds.lazy().group_by("order_id").agg(returned.alias("_returned"))
    return found(("order_id",), cases.collect, pl.Boolean(), otherwise=False)


def _refunded(refunds: pl.DataFrame, spine: Spine | None) -> pl.DataFrame:
    """Return each order that has cases, and whether all its money went back; blank where the files cannot say."""
    succeeds = pl.col("status") == "success"
    pays = succeeds & ~pl.col("kind").is_in(NO_MONEY).fill_null(value=False)
    unsaid = pl.col("status").is_null() | (pays & pl.col("amount").is_null())
    cases = (
        complete(refunds, "refunds")
        .group_by("order_id")
        .agg(
            pl.col("amount").filter(pays).sum().alias("_back"),
            pays.any().alias("_paid"),
            (pays & (pl.col("kind") == "return_refund")).any().alias("_came_back"),
            unsaid.any().alias("_unsaid"),
        )
    )
    kinds = {"order_id": pl.String(), "amount": DTYPES["money"], "_lines": pl.UInt32()}
    orders = pl.DataFrame(schema=kinds) if spine is None else spine.orders.select(list(kinds))
    whole = pl.col("_came_back").fill_null(value=False) & (pl.col("_lines") == 1)
    reached = pl.col("_paid") & (pl.col("_back") >= pl.col("amount"))
    settled = ~pl.col("_unsaid") & (reached.is_not_null() | ~pl.col("_paid"))
    return cases.join(orders, on="order_id", how="left").select(
        "order_id",
        pl.when((whole | reached).fill_null(value=False))
        .then(pl.lit(value=True))
        .when(settled)
        .then(pl.lit(value=False)),
    )
