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


def by_product(facts: Facts, days: Days) -> tuple[ProductCount, ...]:
    """Lines paid on the days, by product: of how many a refund was asked for up to now, and why.

    A line is one purchase decision: the pieces of an order for 500 come back together. Lines of which the files do
    not tell whether they came back count in neither number.
    """
    if "lines" not in facts.frames or not {"orders.paid_at", "refunds.applied_at"} <= facts.present:
        return ()
    rows = facts.frames["lines"].filter(
        pl.col("paid_at").dt.date().is_between(*days),
        pl.col("product_id").is_not_null(),
        pl.col("has_refund").is_not_null(),
    )
    refunded = pl.col("has_refund")
    found = (
        rows.group_by("product_id", pl.when(refunded).then("first_refund_reason_class").alias("reason"))
        .agg(
            pl.col("order_id").unique().alias("orders"),
            pl.len().cast(pl.Int64).alias("lines"),
            pl.col("item_count").sum().cast(pl.Int64).alias("pieces"),
            pl.col("item_count").null_count().cast(pl.Int64).alias("unsaid"),
            refunded.sum().cast(pl.Int64).alias("refunded"),
        )
        .group_by("product_id")
        .agg(
            pl.col("orders").explode().n_unique().cast(pl.Int64),
            pl.col("lines").sum(),
            pl.when(pl.col("unsaid").sum() == 0).then(pl.col("pieces").sum()),
            pl.col("refunded").sum(),
            pl.col("reason").filter(pl.col("reason").is_not_null()).alias("reasons"),
            pl.col("refunded").filter(pl.col("reason").is_not_null()).alias("counts"),
        )
        .sort("product_id")
        .collect()
    )
    return tuple(
        ProductCount(name, orders, lines, pieces, refunded, tuple(sorted(zip(reasons, counts, strict=True))))
        for name, orders, lines, pieces, refunded, reasons, counts in found.iter_rows()
    )
