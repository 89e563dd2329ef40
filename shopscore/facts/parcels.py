"""The parcels fact: one row per parcel of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import TIME, finish, seconds, with_clock
from shopscore.facts.orders import first_refund, scan_state
from shopscore.facts.shipments import split_numbers
from shopscore.facts.tracking import with_tracking

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts.spine import Spine
    from shopscore.ruleset.fact_settings import FactSettings


def parcels_fact(spine: Spine, settings: FactSettings, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per parcel.

    An order without parcels in ``shipments`` has one row per tracking number, or one row; its own scans are theirs,
    since an order counts as picked up when its last parcel is.
    """
    own = split_numbers(spine.orders)
    rows = (own if spine.parcels is None else own.filter(pl.col("_parcels").is_null())).with_columns(
        pl.coalesce("tracking_no", "order_id").alias("shipment_id"),
        pl.lit(None, dtype=pl.Datetime("us")).alias("waybill_at"),
        pl.lit(value=False).alias("no_logistics"),
        pl.lit(value=False).alias("is_exempt"),
    )
    if spine.parcels is not None:
        theirs = [name for name in spine.parcels.columns if name != "order_id"]
        order = spine.orders.lazy().drop(theirs, strict=False)
        rows = pl.concat(
            [rows, spine.parcels.lazy().join(order, on="order_id", how="left", maintain_order="left")], how="diagonal"
        )
    rows = with_clock(rows, settings.columns).with_columns(
        seconds("clock_at", "picked_up_at").alias("pickup_seconds"),
        seconds("picked_up_at", "delivered_at").alias("transit_seconds"),
        (pl.col("is_exempt") | pl.col("order_id").is_in(list(settings.exempted_orders))).alias("is_exempt"),
        scan_state("picked_up_at", judged).alias("pickup_state"),
        first_refund(spine)[0],
        pl.lit(judged, dtype=TIME).alias("_judged"),
    )
    return finish(with_tracking(rows), "parcels", judged)
