"""The fact of one row per sub-order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import finish, hour_and_weekday, with_clock
from shopscore.facts.orders import first_refund, is_paid
from shopscore.facts.spine import first_refunds

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts.spine import Spine
    from shopscore.ruleset.fact_settings import FactSettings

KEY = ["order_id", "line_id"]


def lines_fact(spine: Spine, refunds: pl.DataFrame | None, settings: FactSettings, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per line; an order without lines is its own line.

    Args:
        spine: the shop's orders, their lines and their parcels.
        refunds: the canonical table, rewound; None without one.
        settings: the pack's columns.
        judged: the moment up to which orders can be trusted.
    """
    if spine.lines is None:
        rows = spine.orders.lazy().with_columns(pl.coalesce(*reversed(KEY)).alias("line_id"))
    else:
        order = [name for name in spine.orders.columns if name in ("_lines", "_refund_at", "_refund_class")]
        rows = spine.lines.lazy().drop("delivered_at")
        rows = rows.join(
            spine.orders.lazy().select("order_id", "delivered_at", *order),
            on="order_id",
            how="left",
            maintain_order="left",
        )
    rows = rows.with_columns(is_paid(spine), *first_refund(spine))
    if spine.lines is not None and refunds is not None:
        rows = _of_line(rows, spine.lines, refunds)
    rows = with_clock(rows, settings.columns).with_columns(*hour_and_weekday("clock_at"))
    return finish(rows, "lines", judged)


def _of_line(rows: pl.LazyFrame, lines: pl.DataFrame, refunds: pl.DataFrame) -> pl.LazyFrame:
    """Give each line of a longer order its own first refund.

    A case that names no line, or one that is not among the order's, may be about any of them: a line without a case
    of its own then has a blank ``has_refund``.
    """
    named = (
        refunds
        if "line_id" in refunds.columns
        else refunds.with_columns(pl.lit(None, dtype=pl.String).alias("line_id"))
    )
    loose = named.join(lines, on=KEY, how="anti").select("order_id").unique().with_columns(_loose=True)
    first = first_refunds(named.drop_nulls("line_id"), KEY).select(*KEY, _at="_refund_at", _class="_refund_class")
    several = pl.col("_lines") > 1
    no_case = pl.when("_loose").then(None).otherwise(pl.lit(value=False))
    own_case = pl.when(pl.col("_at").is_not_null()).then(pl.lit(value=True)).otherwise(no_case)
    return (
        rows.join(first.lazy(), on=KEY, how="left", maintain_order="left")
        .join(loose.lazy(), on="order_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(several).then("_at").otherwise("first_refund_applied_at").alias("first_refund_applied_at"),
            pl.when(several).then("_class").otherwise("first_refund_reason_class").alias("first_refund_reason_class"),
            pl.when(several).then(own_case).otherwise("has_refund").alias("has_refund"),
        )
    )
