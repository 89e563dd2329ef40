"""The fact of one row per request for the platform's help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import TIME, complete, finish, spent
from shopscore.facts.spine import named_orders
from shopscore.schema import TABLES
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts.spine import Spine

FROM_ORDER = {
    "order_kind": "kind",
    "buyer_id": "buyer_id",
    "product_id": "product_id",
    "sku": "sku",
    "carrier": "carrier",
    "warehouse": "warehouse",
}
DEADLINES = (("reply_due_at", "replied_at"), ("evidence_due_at", "evidence_at"), ("execution_due_at", "executed_at"))
OUTLIVES = "execution_due_at"
"""The deadline that the end of the case does not take away."""
OF_REFUND = (
    "refund_id",
    "escalated",
    "escalated_at",
    "escalated_by",
    "finished_at",
    "liability",
    "withdrawn",
    "status",
    "first_refused_at",
)


def escalates(refunds: pl.DataFrame | None) -> bool:
    """Whether a refunds table can tell that the platform was called in."""
    return refunds is not None and bool({"escalated", "escalated_at"} & set(refunds.columns))


def disputes_fact(
    disputes: pl.DataFrame,
    refunds: pl.DataFrame | None,
    spine: Spine | None,
    given: frozenset[str],
    judged: dt.datetime,
) -> pl.LazyFrame:
    """Build the fact of one row per request for help: every dispute, and each order's refund that was called in.

    A called-in refund and a dispute of the same order are one request, and so are several called-in refunds of one
    order: the dispute's words stand, and where it is silent the refund's.

    Args:
        disputes: the canonical table, rewound; no rows without one.
        refunds: what ``refund_rows`` returns; None without a refunds table.
        spine: the shop's orders; None without any.
        given: ``table.column`` names that have a value.
        judged: the moment up to which both tables can be trusted.
    """
    cases = complete(disputes, "disputes")
    behind = _behind(refunds)
    rows = cases.rename({"withdrawn": "_withdrawn", "liability": "_liability"}).join(
        behind, on="order_id", how="left", maintain_order="left"
    )
    alone = behind.filter("escalated").join(cases, on="order_id", how="anti")
    rows = pl.concat([rows, alone], how="diagonal")
    if spine is not None:
        order = named_orders(spine.orders, rows).select("order_id", **FROM_ORDER)
        rows = rows.join(order, on="order_id", how="left", maintain_order="left")
    else:
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in FROM_ORDER)
    return finish(_read(rows.lazy(), given, judged), "disputes", judged)


def _behind(refunds: pl.DataFrame | None) -> pl.DataFrame:
    """The refund behind an order's case: one that was called in before one that was not, then the earliest."""
    if refunds is None:
        kinds = {"order_id": pl.String(), **{name: DTYPES[TABLES["refunds"].by_name[name].kind] for name in OF_REFUND}}
        return pl.DataFrame(schema=kinds)
    earliest = refunds.sort(
        "order_id", "escalated", "escalated_at", "applied_at", "refund_id",
        descending=[False, True, False, False, False], nulls_last=True,
    )  # fmt: skip
    return earliest.unique("order_id", keep="first", maintain_order=True).select("order_id", *OF_REFUND)


def _read(rows: pl.LazyFrame, given: frozenset[str], judged: dt.datetime) -> pl.LazyFrame:
    flags = ("appeal_won", "trusted_buyer", "settled_after_human_step")
    says = pl.col("dispute_id").is_not_null() if "disputes.closed_at" in given else pl.lit(value=False)
    ended = pl.when(says).then(pl.col("closed_at")).otherwise(pl.col("finished_at"))
    return rows.with_columns(
        pl.coalesce("dispute_id", "refund_id").alias("case_id"),
        pl.coalesce("opened_at", "escalated_at").alias("opened_at"),
        pl.coalesce("opened_by", "escalated_by").alias("opened_by"),
        ended.alias("closed_at"),
        ended.is_not_null().alias("is_closed"),
        pl.coalesce("_liability", "liability").alias("liability"),
        pl.any_horizontal(pl.col("_withdrawn", "withdrawn").fill_null(value=False)).alias("withdrawn"),
        *(pl.col(name).fill_null(value=False) for name in flags),  # blank: nobody said so
        _of_refund("refunds.status", pl.col("status") == "closed", given, "refund_closed"),
        _of_refund("refunds.status", pl.col("status") == "open", given, "refund_open"),
        _of_refund("refunds.first_refused_at", pl.col("first_refused_at").is_not_null(), given, "seller_refused"),
    ).with_columns(spent("opened_at", "closed_at").alias("open_seconds"), _timeouts(given, judged))


def _timeouts(given: frozenset[str], judged: dt.datetime) -> pl.Expr:
    """How many deadlines passed unmet or were met late; blank without any, or where nobody says whether one was met.

    An answer or evidence is not owed any more once the case is closed; a verdict is.
    """
    parts = []
    for due, done in DEADLINES:
        last = pl.lit(judged, dtype=TIME)
        end = last if due == OUTLIVES else pl.min_horizontal(last, "closed_at")
        passed = pl.col(due) < end
        missed = pl.when(pl.col(done).is_null()).then(passed).otherwise(pl.col(done) > pl.col(due))
        said = missed if f"disputes.{done}" in given else pl.when(~passed).then(pl.lit(value=False))
        parts.append(pl.when(pl.col(due).is_null()).then(0).otherwise(said.cast(pl.Int64)))
    owed = pl.any_horizontal(pl.col(due).is_not_null() for due, _ in DEADLINES)
    return pl.when(owed).then(pl.sum_horizontal(parts, ignore_nulls=False)).alias("timeout_count")


def _of_refund(source: str, value: pl.Expr, given: frozenset[str], name: str) -> pl.Expr:
    """A flag of the refund behind a case: false where the order has none, blank where refunds do not say."""
    if source not in given:
        return pl.lit(None, dtype=pl.Boolean).alias(name)
    return pl.when(pl.col("refund_id").is_null()).then(pl.lit(value=False)).otherwise(value).alias(name)
