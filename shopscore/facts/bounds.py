"""Sightings of an order → the moments between which it was shipped and picked up, where no time says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import TIME
from shopscore.schema.steps import BRACKETS

if TYPE_CHECKING:
    from shopscore.facts.spine import Spine

_NAMES = ("shipped_after", "shipped_by", "picked_up_after", "picked_up_by")


def bounds(spine: Spine) -> tuple[pl.Expr, ...]:
    """The bounds of an order's shipping and pick-up; blank where the time itself is known, or nobody looked.

    The order was shipped (picked up) later than ``after`` and not later than ``by``. A status follows the first parcel
    that moves, and an order is picked up with its last one: so only an order of one known parcel is picked up ``by``
    a moment. An order that stood waiting for its carrier and was then seen beyond that was picked up between. Where the
    exports contradict each other about an order, none of them is believed.
    """
    if "waiting_by" not in spine.orders.columns:
        return tuple(pl.lit(None, dtype=TIME).alias(name) for name in _NAMES)
    moved_on = pl.when(pl.col("waiting_after").is_not_null()).then("waiting_by")
    picked_up = pl.when(pl.col("parcel_count") == 1).then(pl.min_horizontal("picked_up_by", moved_on))
    against = pl.any_horizontal(pl.col(f"{name}_by") <= pl.col(f"{name}_after") for name in BRACKETS)
    believed = ~against.fill_null(value=False)
    shipped, scanned = pl.col("shipped_at").is_null(), pl.col("picked_up_at").is_null()
    return (
        pl.when(believed, shipped).then("shipped_after").alias("shipped_after"),
        pl.when(believed, shipped).then("shipped_by").alias("shipped_by"),
        pl.when(believed, scanned).then("picked_up_after").alias("picked_up_after"),
        pl.when(believed, scanned).then(picked_up).alias("picked_up_by"),
    )
