"""The fact of one row per buyer and day with a question."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.chats import RANK, with_rounds
from shopscore.facts.columns import TIME, finish, found, hour_and_weekday, in_hours, seconds

if TYPE_CHECKING:
    from shopscore.facts.spine import Spine
    from shopscore.ruleset.fact_settings import FactSettings
    from shopscore.ruleset.pack import ServiceHours

DAY = ("buyer_id", "_day")
WRITERS = pl.Struct({"human_count": pl.Int64(), "machine_count": pl.Int64(), "is_bot_served": pl.Boolean()})
SERVICE = pl.Struct(
    {
        "asked_in_service_at": TIME,
        "service_round_count": pl.Int64(),
        "service_slowest_reply_seconds": pl.Int64(),
        "service_unanswered_count": pl.Int64(),
    }
)


def buyer_days_fact(
    opened: pl.DataFrame, lines: pl.DataFrame, spine: Spine | None, settings: FactSettings, judged: dt.datetime
) -> pl.LazyFrame:
    """Build the fact of one row per buyer and day with a question.

    Args:
        opened: what ``open_rounds`` returns.
        lines: what ``chat_lines`` returns.
        spine: the shop's orders, which know the buyer's grade; None without any.
        settings: the service hours in force.
        judged: the moment up to which messages can be trusted.
    """
    first = ("buyer_id", "asked_at", "answered_at", "reply_seconds", "agent_id", "agent_online")
    rows = (
        opened.lazy()
        .group_by("_run", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in first),
            pl.len().alias("round_count"),
            pl.col("reply_seconds").max().alias("slowest_reply_seconds"),
            pl.col("answered_at").is_null().sum().alias("unanswered_count"),
        )
        .with_columns(
            pl.concat_str("buyer_id", pl.col("asked_at").dt.strftime("%Y-%m-%d"), separator="@").alias("buyer_day_id"),
            in_hours("asked_at", settings.service_hours).alias("in_service_hours"),
            *hour_and_weekday("asked_at"),
            pl.col("asked_at").dt.date().alias("_day"),
            (pl.col("asked_at").dt.truncate("1d") + pl.duration(days=1)).alias("closes_at"),
            _service_closes_at(settings.service_hours).alias("service_closes_at"),
        )
        .with_columns(*of_day(lines, settings.service_hours))
        .with_columns(*_read(settings.service_hours))
        .join(_grades(spine), on="buyer_id", how="left", maintain_order="left")
    )
    return finish(rows, "buyer_days", judged)


def _read(hours: ServiceHours | None) -> tuple[pl.Expr, ...]:
    """Read a day's columns; a day without a line inside the hours has no round there."""
    service = {name: pl.col("_service").struct.field(name).alias(name) for name in SERVICE.to_schema()}
    zero = pl.lit(None if hours is None else 0, dtype=pl.Int64)
    counts = [service.pop(name).fill_null(zero) for name in ("service_round_count", "service_unanswered_count")]
    persons, machines, served = (pl.col("_writers").struct.field(name) for name in WRITERS.to_schema())
    alone = ((machines > 0) & (persons == 0)).alias("is_machine_only")
    return (*service.values(), *counts, persons, machines, served, alone)


def _service_closes_at(hours: ServiceHours | None) -> pl.Expr:
    """When the service hours of the day end: at their closing time, at midnight where they run over it."""
    if hours is None:
        return pl.lit(None, dtype=TIME)
    opens, closes = (dt.timedelta(hours=int(text[:2]), minutes=int(text[3:])) for text in (hours.opens, hours.closes))
    return pl.col("asked_at").dt.truncate("1d") + (closes if opens < closes else dt.timedelta(days=1))


def of_day(lines: pl.DataFrame, hours: ServiceHours | None) -> tuple[pl.Expr, ...]:
    """Who wrote on a buyer's day, as ``_writers``, and what happened inside the service hours, as ``_service``."""
    service = pl.lit(None, dtype=SERVICE) if hours is None else found(DAY, lambda: _in_service(lines, hours), SERVICE)
    return found(DAY, lambda: _writers(lines), WRITERS).alias("_writers"), service.alias("_service")


def _writers(lines: pl.DataFrame) -> pl.DataFrame:
    """Return per buyer and day the lines of persons, and those of machines from the buyer's first line on.

    An assisting bot whose lines the pack takes for answers is no machine here. A bot served the buyer where no person
    wrote and none of his lines stands after its last one; an automatic phrase is no bot's.
    """
    person = pl.col("_answers") | (pl.col("_rank") == RANK["human"])
    machine = (pl.col("_rank") == RANK["bot"]) & ~person
    asked, place = pl.col("_asks").cum_sum() > 0, pl.int_range(pl.len())
    by_bot, by_buyer = (place.filter(who).max() for who in (pl.col("_bot") & ~person, pl.col("_asks")))
    return (
        lines.lazy()
        .group_by("buyer_id", pl.col("sent_at").dt.date().alias("_day"), maintain_order=True)
        .agg(
            person.sum().cast(pl.Int64).alias("human_count"),
            (machine & asked).sum().cast(pl.Int64).alias("machine_count"),
            # Blank: no bot wrote.
            (~person.any() & (by_bot > by_buyer).fill_null(value=False)).alias("is_bot_served"),
        )
        .select(*DAY, pl.struct(*WRITERS.to_schema()))
        .collect()
    )


def _in_service(lines: pl.DataFrame, hours: ServiceHours) -> pl.DataFrame:
    """Return per buyer and day the rounds of the service hours; one opened before counts from its first line inside."""
    inside = pl.col("_asks") & in_hours("sent_at", hours)
    waited = seconds("sent_at", "answered_at")
    return (
        with_rounds(lines)
        .filter(inside & (pl.col("_opens") | ~inside.shift(fill_value=False)))
        .group_by("buyer_id", pl.col("sent_at").dt.date().alias("_day"), maintain_order=True)
        .agg(
            pl.col("sent_at").min().alias("asked_in_service_at"),
            pl.len().cast(pl.Int64).alias("service_round_count"),
            waited.max().alias("service_slowest_reply_seconds"),
            pl.col("answered_at").is_null().sum().cast(pl.Int64).alias("service_unanswered_count"),
        )
        .select(*DAY, pl.struct(*SERVICE.to_schema()))
        .collect()
    )


def _grades(spine: Spine | None) -> pl.LazyFrame:
    """Return each buyer's grade as on the newest order that has one."""
    names = ("buyer_id", "buyer_level")
    if spine is None or "orders.buyer_level" not in spine.given:
        return pl.LazyFrame(schema=dict.fromkeys(names, pl.String()))
    orders = spine.orders.lazy().drop_nulls(names).sort("buyer_id", "created_at", "order_id")
    return orders.unique("buyer_id", keep="last", maintain_order=True).select(names)
