"""The fact of one row per review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import changes, complete, finish, hour_and_weekday, seconds

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts.spine import Spine


def reviews_fact(reviews: pl.DataFrame, spine: Spine | None, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per review.

    Args:
        reviews: the canonical table, rewound.
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
        hour,
    )
    return finish(ranked, "reviews", judged)


def _place(*keys: str) -> pl.Expr:
    """Number the rows of each key from 1; rows stand sorted by it."""
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    return place - pl.when(changes(*keys)).then(place).forward_fill() + 1


def _deals(spine: Spine | None, reviews: pl.DataFrame) -> pl.DataFrame:
    """Return success and rank of each reviewed order among its buyer's deals of the calendar month it was paid in."""
    names = ["order_id", "_buyer_id", "order_finished_at", "deal_rank_in_month"]
    if spine is None:
        kinds = (pl.String(), pl.String(), pl.Datetime("us"), pl.Int64())
        return pl.DataFrame(schema=dict(zip(names, kinds, strict=True)))
    orders = spine.orders.select("order_id", _buyer_id="buyer_id", order_finished_at="finished_at", _paid_at="paid_at")
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
