"""The fact of one row per conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.chats import STAMP, next_answer
from shopscore.facts.columns import TIME, changes, complete, finish, hour_and_weekday, in_hours, seconds

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.ruleset.fact_settings import FactSettings

SLOT = 2**36
"""Room for a moment in seconds beside a buyer's number."""


def sessions_fact(
    sessions: pl.DataFrame | None,
    lines: pl.DataFrame,
    given: frozenset[str],
    settings: FactSettings,
    judged: dt.datetime,
) -> pl.LazyFrame:
    """Build the fact of one row per conversation.

    Conversations are those of the sessions table; without one the chat lines of one ``session_id``, and lines without
    it split where the buyer pauses. One that starts less than ``rejoin_minutes`` after the buyer's last one closed
    goes on with it. The service hours are asked of its start, which decides whether it is assessed.

    Args:
        sessions: the canonical table, rewound; None without one.
        lines: what ``chat_lines`` returns; no rows without messages.
        given: ``table.column`` names that have a value.
        settings: the pack's reading of a conversation and the service hours in force.
        judged: the moment up to which the tables can be trusted.
    """
    rows, _, _ = conversations(sessions, lines, given, settings)
    return finish(rows, "sessions", judged)


def conversations(
    sessions: pl.DataFrame | None, lines: pl.DataFrame, given: frozenset[str], settings: FactSettings
) -> tuple[pl.LazyFrame, pl.LazyFrame, pl.LazyFrame | None]:
    """Return one row per conversation, the numbered lines they are made of, and which number went into which.

    ``_recorded`` is the end a file gives; ``closed_at`` is the last line's where none does.
    """
    gap = 0 if settings.chat is None else settings.chat.session_gap_minutes
    rejoin = 0 if settings.chat is None else settings.chat.rejoin_minutes
    heads = _heads(_hold(lines, gap)) if sessions is None else complete(sessions, "sessions").lazy()
    held = _hold(lines, gap) if sessions is None else _assign(lines, heads, given)
    rows, into = _rejoin(heads.with_columns(pl.coalesce("closed_at", "started_at").alias("_until")), rejoin)
    recorded = pl.lit(None, dtype=TIME) if sessions is None else pl.col("closed_at")
    rows = rows.join(_lines_of(held, into), on="session_id", how="left", maintain_order="left")
    return _read(rows.with_columns(recorded.alias("_recorded")), given, settings), held, into


def _hold(lines: pl.DataFrame, gap: int) -> pl.LazyFrame:
    """Name the conversation of each line: its own, else buyer and first moment after a pause (or of a day)."""
    pause = (pl.col("sent_at") - pl.col("sent_at").shift()) >= pl.duration(minutes=gap)
    split = changes("buyer_id", pl.col("sent_at").dt.date()) if gap == 0 else changes("buyer_id") | pause
    stamps = pl.col("sent_at").filter(pl.col("_split")).dt.strftime(STAMP)  # one text a conversation, not one a line
    names = pl.concat_str(pl.col("buyer_id").filter(pl.col("_split")), stamps, separator="@")
    own, unnamed = (lines.lazy().filter(pl.col("session_id").is_null() == blank) for blank in (False, True))
    place = pl.col("_split").cum_sum() - 1
    named = unnamed.with_columns(split.alias("_split")).with_columns(names.gather(place).alias("session_id"))
    return pl.concat([own, named.drop("_split")])


def _heads(held: pl.LazyFrame) -> pl.LazyFrame:
    """Return the conversations that chat lines make up, in the columns of the sessions table."""
    return held.group_by("session_id").agg(
        pl.col("buyer_id").min(),
        pl.col("sent_at").min().alias("started_at"),
        pl.col("sent_at").max().alias("closed_at"),
        pl.lit(None, dtype=pl.String).alias("agent_id"),
        pl.lit(None, dtype=TIME).alias("queued_at"),
        pl.lit(value=False).alias("is_offline"),
        pl.lit(None, dtype=pl.Float64).alias("rating"),
        pl.lit(value=False).alias("is_transfer"),
    )


def _assign(lines: pl.DataFrame, heads: pl.LazyFrame, given: frozenset[str]) -> pl.LazyFrame:
    """Give each line its conversation of the sessions table: by number, else the buyer's one open at that moment."""
    if "messages.session_id" in given:
        return lines.lazy()
    return open_at(lines.lazy(), heads)


def open_at(lines: pl.LazyFrame, heads: pl.LazyFrame) -> pl.LazyFrame:
    """Give each line the conversation its buyer has open at that moment; one without is left out."""
    starts = heads.select("buyer_id", "started_at", "closed_at", _id="session_id").sort("started_at", "_id")
    found = lines.sort("sent_at").join_asof(
        starts, left_on="sent_at", right_on="started_at", by="buyer_id", check_sortedness=False
    )
    inside = pl.col("closed_at").is_null() | (pl.col("sent_at") <= pl.col("closed_at"))
    return found.filter(inside).drop("session_id", "started_at", "closed_at").rename({"_id": "session_id"})


def _rejoin(heads: pl.LazyFrame, minutes: int) -> tuple[pl.LazyFrame, pl.LazyFrame | None]:
    """Merge a conversation into the buyer's last one where it starts soon enough after that closed.

    Returns:
        The conversations, and which of the old ones went into which (None where none can have).
    """
    if minutes == 0:
        return heads, None
    ordered = heads.sort("buyer_id", "started_at", "session_id", nulls_last=True).with_columns(
        changes("buyer_id").cum_sum().cast(pl.Int64).alias("_buyer")
    )
    # The buyer's number in front makes one running maximum start anew with each buyer.
    closed = (pl.col("_buyer") * SLOT + pl.col("_until").dt.epoch("s")).cum_max().shift()
    soon = (pl.col("_buyer") * SLOT + pl.col("started_at").dt.epoch("s")) - closed < minutes * 60
    apart = ~soon.fill_null(value=False) | pl.col("buyer_id").is_null()
    ordered = ordered.with_columns(pl.when(apart).then("session_id").forward_fill().alias("_into"))
    merged = ordered.group_by("_into", maintain_order=True).agg(
        pl.col("buyer_id").first(),
        pl.col("agent_id").first(ignore_nulls=True),
        pl.col("started_at", "queued_at").min(),
        pl.col("closed_at", "_until").max(),
        pl.col("is_offline").first(),
        pl.col("rating").last(ignore_nulls=True),
        pl.col("is_transfer").any(),
    )
    return merged.rename({"_into": "session_id"}), ordered.select("session_id", "_into")


def _lines_of(held: pl.LazyFrame, into: pl.LazyFrame | None) -> pl.LazyFrame:
    """Return per conversation the first question, the first valid answer after it, and its lines' number."""
    if into is not None:
        held = held.join(into, on="session_id").drop("session_id").rename({"_into": "session_id"})
    return (
        held.sort("session_id", "sent_at", "_rank", "_answers", "agent_id", nulls_last=True)
        .with_columns(*next_answer("session_id"))
        .group_by("session_id", maintain_order=True)
        .agg(
            *(_at_question(name).alias(to) for name, to in QUESTION.items()),
            pl.col("agent_id").first(ignore_nulls=True).alias("_agent"),
            pl.col("sent_at").max().alias("_last"),
            pl.len().alias("message_count"),
        )
    )


QUESTION = {"sent_at": "asked_at", "answered_at": "answered_at", "_answerer": "_answerer", "agent_online": "_online"}


def _at_question(name: str) -> pl.Expr:
    return pl.col(name).filter(pl.col("_asks")).first()


def _read(rows: pl.LazyFrame, given: frozenset[str], settings: FactSettings) -> pl.LazyFrame:
    offline = pl.col("is_offline") if "sessions.is_offline" in given else ~pl.col("_online").fill_null(value=True)
    hour, weekday = (
        pl.coalesce(moment, start)
        for moment, start in zip(hour_and_weekday("asked_at"), hour_and_weekday("started_at"), strict=True)
    )
    return rows.with_columns(
        pl.coalesce("agent_id", "_answerer", "_agent").alias("agent_id"),
        pl.coalesce("closed_at", "_last", "started_at").alias("closed_at"),
        seconds("asked_at", "answered_at").alias("reply_seconds"),
        (pl.col("answered_at") - pl.coalesce("queued_at", "asked_at")).dt.total_seconds().alias("queue_seconds"),
        offline.alias("is_offline"),
        in_hours("started_at", settings.service_hours).alias("in_service_hours"),
        hour.alias("hour"),
        weekday.alias("weekday"),
    )
