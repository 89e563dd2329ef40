"""Refund cases by what they were asked for, and sold lines by product with what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts import Facts

Days = tuple["dt.date", "dt.date"]


class ReasonCount(NamedTuple):
    """Requests with one reason; blank where the files give none. ``priced`` of them have an amount."""

    name: str | None
    cases: int
    amount: float
    priced: int
    seconds: int


class ProductCount(NamedTuple):
    """What was sold of one product.

    Attributes:
        product: its number.
        orders: orders with it.
        lines: their lines of which the files tell whether a refund was asked for.
        pieces: pieces of these; None where some line does not say.
        refunded: lines with a request.
        reasons: their first reasons' classes, with how many each.
    """

    product: str
    orders: int
    lines: int
    pieces: int | None
    refunded: int
    reasons: tuple[tuple[str, int], ...]


def by_reason(cases: pl.LazyFrame, days: Days, *, rewound: bool = False) -> dict[str, tuple[ReasonCount, ...]]:
    """Requests that came in on the days, by the first reason's class and by wording; time up to now where open.

    Args:
        cases: what `shopscore.facts.aftersale.cases` returns.
        days: the first and the last day, both in.
        rewound: whether later events are blanked.
    """
    open_still = pl.lit(value=True) if rewound else (pl.col("status") == "open").fill_null(value=True)
    until = pl.coalesce("finished_at", pl.when(open_still).then("judged_at"))
    came = cases.filter(pl.col("applied_at").dt.date().is_between(*days)).with_columns(
        (until - pl.col("applied_at")).dt.total_seconds().clip(0).alias("_seconds")
    )
    plans = [
        came.group_by(pl.col(name).alias("name"))
        .agg(
            pl.len().cast(pl.Int64).alias("cases"),
            pl.col("amount").sum().cast(pl.Float64),
            pl.col("amount").count().cast(pl.Int64).alias("priced"),
            pl.col("_seconds").sum(),
        )
        .sort("name", nulls_last=True)
        for name in ("first_reason_class", "reason")
    ]
    classes, wordings = (tuple(ReasonCount(*row) for row in frame.iter_rows()) for frame in pl.collect_all(plans))
    return {"classes": classes, "wordings": wordings}


def sold_lines(facts: Facts, days: Days) -> pl.DataFrame | None:
    """Lines paid on the days of which the files tell whether a refund was asked for up to now; None without both."""
    if "lines" not in facts.frames or not {"orders.paid_at", "refunds.applied_at"} <= facts.present:
        return None
    told = pl.col("has_refund").is_not_null() & pl.col("paid_at").dt.date().is_between(*days)
    reason = pl.when("has_refund").then("first_refund_reason_class").alias("reason")
    return (
        facts.frames["lines"]
        .filter(told)
        .select("order_id", "product_id", "sku", "item_count", "has_refund", reason)
        .collect()
    )


def by_product(sold: pl.DataFrame, dimension: str = "product_id") -> tuple[ProductCount, ...]:
    """Sold lines by product or by variant: of how many a refund was asked for, and why.

    A line is one purchase decision: the pieces of an order for 500 come back together. Lines of which the files do
    not tell whether they came back count in neither number.

    Args:
        sold: what `sold_lines` returns.
        dimension: ``product_id`` or ``sku``.
    """
    named = sold.filter(pl.col(dimension).is_not_null())
    found = (
        named.group_by(dimension)
        .agg(
            pl.col("order_id").n_unique().cast(pl.Int64).alias("orders"),
            pl.len().cast(pl.Int64).alias("lines"),
            pl.when(pl.col("item_count").is_not_null().all()).then(pl.col("item_count").sum()).alias("pieces"),
            pl.col("has_refund").sum().cast(pl.Int64).alias("refunded"),
        )
        .sort(dimension)
    )
    given: dict[str, list[tuple[str, int]]] = {}
    reasons = named.drop_nulls("reason").group_by(dimension, "reason").len().sort(dimension, "reason")
    for name, reason, count in reasons.iter_rows():
        given.setdefault(name, []).append((reason, count))
    return tuple(
        ProductCount(name, orders, lines, pieces, refunded, tuple(given.get(name, ())))
        for name, orders, lines, pieces, refunded in found.iter_rows()
    )
