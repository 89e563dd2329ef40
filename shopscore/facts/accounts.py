"""Facts of one table each: listings, traffic, violations, agents' days, the money account and displayed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import TIME, complete, finish, found, hour_and_weekday
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from shopscore.facts.spine import Spine

DAY = "%Y-%m-%d"
STAMP = "%Y-%m-%d %H:%M:%S"
ALIKE = "#"
"""Stands before the number of a row among those that are called alike."""


def listings_fact(products: pl.DataFrame, as_of: dt.datetime, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per listing; they are looked at when the audit looks."""
    rows = complete(products, "products").lazy().with_columns(pl.lit(as_of, dtype=TIME).alias("snapshot_at"))
    return finish(rows, "listings", judged)


def traffic_fact(traffic: pl.DataFrame, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per day, channel, campaign and product."""
    rows = complete(traffic, "traffic").lazy()
    _, weekday = hour_and_weekday("date")
    name = _called(pl.col("date").dt.strftime(DAY), "channel", "campaign", "product_id")
    return finish(rows.with_columns(name.alias("traffic_id"), weekday), "traffic", judged)


def violations_fact(violations: pl.DataFrame, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per violation; the platforms give them no number."""
    rows = complete(violations, "violations").lazy()
    name = _called(pl.col("date").dt.strftime(DAY), "order_id", "type")
    number = _numbered(("date", "order_id", "type"), ("points", "amount", "reason"))
    return finish(rows.with_columns(pl.concat_str(name, number).alias("violation_id")), "violations", judged)


def agent_days_fact(stats: pl.DataFrame, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per agent and day; without an agent, per day."""
    rows = complete(stats, "agent_stats").lazy()
    _, weekday = hour_and_weekday("date")
    name = _called(pl.col("date").dt.strftime(DAY), "agent_id")
    return finish(rows.with_columns(name.alias("agent_day_id"), weekday), "agent_days", judged)


def bills_fact(bills: pl.DataFrame, spine: Spine | None, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per entry, with the order's money beside it."""
    rows = complete(bills, "bills").lazy()
    alike = ("entry_id", "booked_at", "order_id", "kind")
    name = pl.coalesce("entry_id", _called(pl.col("booked_at").dt.strftime(STAMP), "order_id", "kind"))
    number = _numbered(alike, ("refund_id", "income", "expense", "reason"))
    kind = DTYPES["money"]
    amount = (
        pl.lit(None, dtype=kind)
        if spine is None
        else found(("order_id",), lambda: spine.orders.select("order_id", "amount"), kind)
    )
    rows = rows.with_columns(
        pl.concat_str(name, number).alias("bill_id"), amount.alias("order_amount"), *hour_and_weekday("booked_at")
    )
    return finish(rows, "bills", judged)


def shown_fact(scores: pl.DataFrame, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per day and figure that the platform displayed."""
    rows = complete(scores, "platform_scores").lazy()
    _, weekday = hour_and_weekday("date")
    name = _called(pl.col("date").dt.strftime(DAY), "metric")
    return finish(rows.with_columns(name.alias("shown_id"), weekday), "shown", judged)


def _called(day: pl.Expr, *names: str) -> pl.Expr:
    """Name a row by its day and what is there of some columns."""
    return pl.concat_str(day, *names, separator=" ", ignore_nulls=True)


def _numbered(alike: tuple[str, ...], rest: tuple[str, ...]) -> pl.Expr:
    """Number the second and further rows that are called alike, in an order that does not depend on the file's."""
    place = pl.int_range(1, pl.len() + 1).over(alike, order_by=rest)
    return pl.when(place > 1).then(pl.concat_str(pl.lit(ALIKE), place)).otherwise(pl.lit(""))


def account_facts(
    tables: Mapping[str, pl.DataFrame], spine: Spine | None, as_of: dt.datetime, until: Mapping[str, dt.datetime]
) -> dict[str, pl.LazyFrame]:
    """Build those of these facts whose table is there.

    Args:
        tables: the canonical tables, rewound.
        spine: the shop's orders; None without any.
        as_of: the moment to look from.
        until: fact → the moment up to which its table can be trusted.
    """
    frames: dict[str, pl.LazyFrame] = {}
    if "products" in tables:
        frames["listings"] = listings_fact(tables["products"], as_of, until["listings"])
    if "traffic" in tables:
        frames["traffic"] = traffic_fact(tables["traffic"], until["traffic"])
    if "violations" in tables:
        frames["violations"] = violations_fact(tables["violations"], until["violations"])
    if "agent_stats" in tables:
        frames["agent_days"] = agent_days_fact(tables["agent_stats"], until["agent_days"])
    if "bills" in tables:
        frames["bills"] = bills_fact(tables["bills"], spine, until["bills"])
    if "platform_scores" in tables:
        frames["shown"] = shown_fact(tables["platform_scores"], until["shown"])
    return frames
