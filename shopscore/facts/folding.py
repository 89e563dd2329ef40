"""Several rows of one order folded into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.schema.tables import ORDER_STAGES

if TYPE_CHECKING:
    from collections.abc import Callable

EARLIEST = (
    "created_at",
    "paid_at",
    "risk_cleared_at",
    "grouped_at",
    "promised_ship_at",
    "promised_ship_hours",
    "promised_deliver_at",
)
LAST_OF_ALL = ("shipped_at", "picked_up_at", "delivered_at", "finished_at")
"""Done when the last line is: the latest, blank while one lacks it."""
SUMMED = ("amount", "item_count")
EXTREMES = {
    "_latest_promise_at": ("promised_ship_at", pl.col("promised_ship_at").max()),
    "_longest_promise_hours": ("promised_ship_hours", pl.col("promised_ship_hours").max()),
    "_first_scan_at": ("picked_up_at", pl.col("picked_up_at").min()),
}
"""The other end of promises and scans: the column of the lines each is made of, and how."""
WITH_CANCEL = ("cancelled_by", "cancel_reason")
PART = ORDER_STAGES.index("part_shipped")
CLOSED = ORDER_STAGES.index("closed")


def fold(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per ``order_id`` of rows that are an order's lines.

    Clocks and promises are the earliest of the lines; shipping, scans and success are the last line's and blank while
    one line lacks them; money and pieces are summed; everything else is the first line's that has it, by ``line_id``.
    A line that was cancelled, or closed without having been shipped, is not waited for. ``_lines`` counts the rows;
    the other end of promises and scans stands in the columns of ``EXTREMES``.
    """
    names = set(rows.columns)
    rows = rows.sort([name for name in ("order_id", "line_id") if name in names]).with_columns(_left(names))
    if "status" in names:
        rows = rows.with_columns(_stage().alias("_stage"))
    extremes = [rule.alias(name) for name, (of, rule) in EXTREMES.items() if of in names]
    return (
        rows.group_by("order_id", maintain_order=True)
        .agg(
            *(_rule(name) for name in rows.columns if name != "order_id" and not name.startswith("_")),
            pl.len().alias("_lines"),
            *extremes,
            *([_folded_stage()] if "status" in names else []),
        )
        .with_columns(_status() if "_stage" in rows.columns else [])
        .drop("_stage", strict=False)
    )


def _rule(name: str) -> pl.Expr:
    folded = next((rule(name) for names, rule in RULES if name in names), _first(name))
    return folded.alias(name)


def _earliest(name: str) -> pl.Expr:
    return pl.col(name).min()


def _first(name: str) -> pl.Expr:
    return pl.col(name).first(ignore_nulls=True)


def _if_every_line(name: str) -> pl.Expr:
    return _if_all(name, pl.len(), pl.col(name))


def _left(names: set[str]) -> pl.Expr:
    """Whether a line left the order before it was shipped."""
    cancelled = pl.col("cancelled_at").is_not_null() if "cancelled_at" in names else pl.lit(value=False)
    if "status" not in names:
        return cancelled.alias("_left")
    moved = [pl.col(name).is_null() for name in ("shipped_at", "picked_up_at") if name in names]
    closed = pl.all_horizontal((pl.col("status") == "closed").fill_null(value=False), *moved)
    return (cancelled | closed).alias("_left")


def last_of_all(name: str, left: str = "_left") -> pl.Expr:
    """Aggregate: the latest time over rows that have not left, blank while one lacks it; over all where all left."""
    waited, stays = pl.col(name).filter(~pl.col(left)), (~pl.col(left)).sum()
    return pl.when(stays > 0).then(pl.when(waited.count() == stays).then(waited.max())).otherwise(_if_every_line(name))


def _if_all(name: str, count: pl.Expr, values: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(name).count() == count).then(values.max())


def _sum(name: str) -> pl.Expr:
    """Sum what is known: exports repeat or leave out an order's amount after its first line."""
    return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum())


def _with_cancel(name: str) -> pl.Expr:
    return pl.when(pl.col("_left").all()).then(pl.col(name).first(ignore_nulls=True))


def _numbers(name: str) -> pl.Expr:
    numbers = pl.col(name).drop_nulls().unique(maintain_order=True)
    return pl.when(pl.col(name).count() > 0).then(numbers.str.join(","))


def _stage() -> pl.Expr:
    return pl.col("status").replace_strict(
        list(ORDER_STAGES), list(range(len(ORDER_STAGES))), default=None, return_dtype=pl.Int8
    )


def _folded_stage() -> pl.Expr:
    """The least advanced of the lines still there; part_shipped where some are ahead of the ship mark, some behind."""
    here = pl.col("_stage").filter(pl.col("_stage") < CLOSED)
    least, most = here.min(), here.max()
    parted = (least < PART) & (most >= PART)
    return (
        pl.when(parted)
        .then(pl.lit(PART, dtype=pl.Int8))
        .otherwise(pl.coalesce(least, pl.col("_stage").max()))
        .alias("_stage")
    )


def _status() -> pl.Expr:
    return (
        pl.col("_stage")
        .replace_strict(list(range(len(ORDER_STAGES))), list(ORDER_STAGES), default=None, return_dtype=pl.String)
        .alias("status")
    )


RULES: tuple[tuple[tuple[str, ...], Callable[[str], pl.Expr]], ...] = (
    (EARLIEST, _earliest),
    (LAST_OF_ALL, last_of_all),
    (SUMMED, _sum),
    (("cancelled_at",), _if_every_line),
    (WITH_CANCEL, _with_cancel),
    (("tracking_no",), _numbers),
)
