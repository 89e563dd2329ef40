"""The spine: one row per order with everything other tables say of it, computed once and shared by the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.facts.columns import complete
from shopscore.facts.folding import EXTREMES, fold
from shopscore.facts.shipments import fold_parcels, parcel_rows
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

FROM_LINES = {"quantity": "item_count"}
"""Columns of ``order_lines`` that ``orders`` calls otherwise."""


class Spine(Struct, frozen=True):
    """One shop's orders, their lines and their parcels.

    Attributes:
        orders: one row per order, every canonical orders column, and with a leading underscore what was folded in:
            ``_lines``, ``_parcels``, ``_no_logistics``, ``_is_exempt``, ``_refund_at``, ``_refund_class``, and where
            there are lines or parcels the other end of promises and scans (``folding.EXTREMES``); and the columns of
            ``sightings`` where the shop has that table.
        lines: one row per line with the canonical orders columns; None where every order is its own only line.
        parcels: one row per parcel in ``shipments``; None without that table.
        given: ``table.column`` names that have a value here, those carried over from another table too.
    """

    orders: pl.DataFrame
    lines: pl.DataFrame | None
    parcels: pl.DataFrame | None
    given: frozenset[str]


def build_spine(tables: Mapping[str, pl.DataFrame], given: frozenset[str]) -> Spine | None:
    """Fold orders, lines, parcels and first refunds together; None without orders and lines.

    Args:
        tables: canonical tables, rewound.
        given: ``table.column`` names that have a value.
    """
    rows, extra = tables.get("orders"), tables.get("order_lines")
    single = rows is None or rows["order_id"].n_unique() == rows.height
    own = rows if single or rows is None else fold(rows)
    if extra is not None:
        extra = extra.rename(FROM_LINES, strict=False).drop("refund_status", strict=False)
        orders = with_lines(own, extra)
    elif own is not None:
        orders = own
    else:
        return None
    orders = complete(orders, "orders")
    lines = None if single and extra is None else line_rows(rows, extra, orders)
    count = pl.col("_lines").fill_null(1) if "_lines" in orders.columns else pl.lit(1, dtype=pl.UInt32)
    orders = orders.with_columns(count.alias("_lines"))
    parcels = parcel_rows(orders, tables["shipments"]) if "shipments" in tables else None
    if parcels is not None:
        orders = with_parcels(orders, parcels, given)
    if "refunds" in tables:
        orders = beside(orders, first_refunds(tables["refunds"], ["order_id"]))
    if "sightings" in tables:
        orders = beside(orders, complete(tables["sightings"], "sightings"))
    return Spine(orders, lines, parcels, given)


def beside(orders: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Put columns of another frame, one row per ``order_id``, beside the orders; blank where it has none."""
    found = orders.select("order_id").join(more, on="order_id", how="left", maintain_order="left")
    return orders.hstack(found.drop("order_id"))


def named_orders(orders: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The orders that other rows name; of a table with few rows, a third of what it takes to join all orders to it."""
    return orders.filter(pl.col("order_id").is_in(rows.get_column("order_id").implode()))


def with_lines(orders: pl.DataFrame | None, extra: pl.DataFrame) -> pl.DataFrame:
    """Let ``order_lines`` speak for their orders: an order known only from them is an order too.

    Lines decide when an order was shipped and promised; elsewhere they fill what the order leaves blank.
    """
    folded = fold(extra)
    if orders is None:
        return folded
    alone = {name: of for name, (of, _) in EXTREMES.items() if of in orders.columns and name not in orders.columns}
    orders = orders.with_columns(pl.col(of).alias(name) for name, of in alone.items())
    shipped = pl.col("shipped_at").is_not_null().any() if "shipped_at" in extra.columns else pl.lit(value=False)
    folded = beside(folded, extra.group_by("order_id").agg(shipped.alias("_any_shipped")))
    both = orders.join(
        folded, on="order_id", how="full", coalesce=True, suffix="_of_lines", maintain_order="left_right"
    )
    shared = {name for name in both.columns if name.endswith("_of_lines")}
    merged = [_merge(name.removesuffix("_of_lines")) for name in sorted(shared)]
    return both.with_columns(merged).drop(shared, "_any_shipped")


def _merge(name: str) -> pl.Expr:
    own, lines = pl.col(name), pl.col(f"{name}_of_lines")
    rules = {
        "shipped_at": pl.when("_any_shipped").then(lines).otherwise(own),
        "promised_ship_at": pl.min_horizontal(own, lines),
        "_lines": pl.max_horizontal(own, lines),
        "_latest_promise_at": pl.max_horizontal(own, lines),
        "_longest_promise_hours": pl.max_horizontal(own, lines),
        "_first_scan_at": pl.min_horizontal(own, lines),
    }
    return rules.get(name, pl.coalesce(own, lines)).alias(name)


def line_rows(rows: pl.DataFrame | None, extra: pl.DataFrame | None, orders: pl.DataFrame) -> pl.DataFrame:
    """Return one row per line with the canonical orders columns.

    Rows of ``orders`` are its lines, unless an order has one row without a line number and lines in ``order_lines``.
    What only the order knows is on each of its lines; money, pieces and shipping are the line's own.
    """
    names = [column.name for column in TABLES["orders"].columns]
    own = orders.clear() if rows is None else complete(rows, "orders")
    more = complete(orders.clear() if extra is None else extra, "orders").select(names)
    more = more.with_columns(pl.lit(None, dtype=pl.String).alias("kind"))  # the order's to say, not the line's
    whole = pl.col("line_id").is_null() & (pl.len().over("order_id") == 1)
    replaced = own.filter(whole).join(more, on="order_id", how="semi").select("order_id")
    kept = own.select(names).join(replaced, on="order_id", how="anti")
    both = kept.join(more, on=["order_id", "line_id"], how="left", maintain_order="left", suffix="_of_line")
    filled = [pl.coalesce(name, f"{name}_of_line") for name in names if name not in {"order_id", "line_id"}]
    new = more.join(kept, on=["order_id", "line_id"], how="anti")
    lines = pl.concat([both.with_columns(filled).select(names), _of_order(new, orders)])
    return lines.with_columns(pl.coalesce("line_id", "order_id").alias("line_id"))


OF_THE_LINE = frozenset({"order_id", "line_id", "amount", "item_count", "shipped_at", "status"})


def _of_order(lines: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Fill what a line leaves blank from its order; what is the line's own only where it is the order's only line."""
    names = [name for name in lines.columns if name not in {"order_id", "line_id"}]
    both = lines.join(
        orders.select("order_id", "_lines", *names),
        on="order_id",
        how="left",
        maintain_order="left",
        suffix="_of_order",
    )
    no_ship = pl.col("shipped_at").is_null().all().over("order_id")
    only = {"shipped_at": no_ship, "status": pl.lit(value=True)}
    filled = [
        pl.coalesce(name, pl.col(f"{name}_of_order"))
        if name not in OF_THE_LINE
        else pl.when(pl.col(name).is_null() & only.get(name, pl.col("_lines") == 1))
        .then(pl.col(f"{name}_of_order"))
        .otherwise(pl.col(name))
        for name in names
    ]
    return both.with_columns(filled).select(lines.columns)


def with_parcels(orders: pl.DataFrame, parcels: pl.DataFrame, given: frozenset[str]) -> pl.DataFrame:
    """Let an order's parcels in ``shipments`` decide its scans, where that table has scans at all."""
    orders = beside(orders, fold_parcels(parcels))
    own_first = "_first_scan_at" if "_first_scan_at" in orders.columns else "picked_up_at"
    decided = [
        pl.when(pl.col("_parcels").is_null()).then(pl.col(name)).otherwise(pl.col(f"_{name}")).alias(name)
        for name in ("picked_up_at", "delivered_at")
        if f"shipments.{name}" in given
    ]
    if "shipments.picked_up_at" in given:
        first = pl.when(pl.col("_parcels").is_null()).then(own_first).otherwise("_first_of_parcels")
        decided.append(first.alias("_first_scan_at"))
    orders = orders.with_columns(*decided, pl.coalesce("carrier", "_carrier").alias("carrier"))
    return orders.drop("_carrier", "_picked_up_at", "_delivered_at", "_first_of_parcels")


def first_refunds(refunds: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Return the first case of each order (or line): the one with the least ``applied_at``, then ``refund_id``."""
    slim = complete(refunds, "refunds").select(
        *key,
        "applied_at",
        "refund_id",
        pl.coalesce("first_reason_class", "reason_class").alias("_refund_class"),
    )
    first = slim.sort(*key, "applied_at", "refund_id", nulls_last=True).unique(key, keep="first", maintain_order=True)
    return first.select(
        *key, pl.col("applied_at").alias("_refund_at"), "_refund_class", pl.col("refund_id").alias("_refund_id")
    )
