"""Shipments: whose they are, and how they fold into their order."""

from __future__ import annotations

import polars as pl

from shopscore.facts.columns import complete
from shopscore.facts.folding import last_of_all
from shopscore.tables import BETWEEN, numbers


def split_numbers(frame: pl.DataFrame) -> pl.LazyFrame:
    """Give each tracking number of a cell a row of its own; a row without a number stays one row."""
    if not frame["tracking_no"].str.contains(BETWEEN).any():
        return frame.lazy()
    return frame.lazy().with_columns(numbers()).explode("tracking_no")


def parcel_rows(orders: pl.DataFrame, shipments: pl.DataFrame) -> pl.DataFrame:
    """Return one row per parcel of the orders that have any in ``shipments``.

    A shipment without an order number belongs to every order that names its tracking number. Where an order names
    several numbers and shipments know at least one, the others are parcels too, without a scan.

    Args:
        orders: one row per order with ``order_id``, ``tracking_no``, ``carrier`` and ``warehouse``.
        shipments: the canonical table.
    """
    known = split_numbers(complete(shipments, "shipments")).collect()
    known = known.with_columns(pl.col("exempt_reason").is_not_null().alias("is_exempt"))
    named = split_numbers(orders.select("order_id", "tracking_no").drop_nulls()).collect()
    by_number = known.filter(pl.col("order_id").is_null()).drop("order_id").join(named, on="tracking_no")
    found = pl.concat([known.filter(pl.col("order_id").is_not_null()), by_number], how="diagonal")
    siblings = named.join(found.select("order_id", "tracking_no").unique(), on=["order_id", "tracking_no"], how="anti")
    agreeing = named.join(found, on=["order_id", "tracking_no"], how="semi")
    silent = siblings.join(agreeing, on="order_id", how="semi")
    named_alike = orders.select("order_id", _carrier="carrier", _warehouse="warehouse")
    rows = pl.concat([found, silent], how="diagonal").join(named_alike, on="order_id")
    return rows.group_by("order_id", _number().alias("_parcel"), maintain_order=True).agg(_one_parcel()).drop("_parcel")


def _number() -> pl.Expr:
    return pl.coalesce("tracking_no", "shipment_id", "line_id", "order_id")


def _one_parcel() -> tuple[pl.Expr, ...]:
    """A parcel listed once for each line in it is one parcel; its carrier is called what the order calls it."""
    return (
        pl.coalesce(pl.col("shipment_id").min(), pl.col("tracking_no").min(), pl.col("order_id").first()).alias(
            "shipment_id"
        ),
        pl.col("tracking_no").min(),
        pl.coalesce(pl.col("_carrier").first(), pl.col("carrier").min()).alias("carrier"),
        pl.coalesce(pl.col("warehouse").min(), pl.col("_warehouse").first()).alias("warehouse"),
        pl.col("waybill_at").min(),
        pl.col("picked_up_at").min(),
        pl.col("delivered_at").max(),
        pl.col("no_logistics").any(),
        pl.col("is_exempt").any(),
    )


def fold_parcels(parcels: pl.DataFrame) -> pl.DataFrame:
    """Return one row per order: last scan, last signature, count and flags of its parcels.

    A parcel sent without a carrier is not waited for, unless all are.
    """
    return parcels.group_by("order_id", maintain_order=True).agg(
        last_of_all("picked_up_at", "no_logistics").alias("_picked_up_at"),
        last_of_all("delivered_at", "no_logistics").alias("_delivered_at"),
        pl.col("picked_up_at").min().alias("_first_of_parcels"),
        pl.len().cast(pl.Int64).alias("_parcels"),
        pl.col("no_logistics").all().alias("_no_logistics"),
        pl.col("is_exempt").any().alias("_is_exempt"),
        pl.col("carrier").min().alias("_carrier"),
    )
