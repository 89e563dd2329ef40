"""Chat lines in order, and the facts made of them: rounds and buyer days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import changes, complete, finish, hour_and_weekday, in_hours, seconds

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.facts.spine import Spine
    from shopscore.ruleset.fact_settings import FactSettings
    from shopscore.ruleset.pack import ChatRules

RANK = {"buyer": 0, "bot": 1, "auto": 1, "human": 2}
"""Who comes first within one second; senders not named here (official, system) take no part."""
STAMP = "%Y-%m-%d %H:%M:%S"


def chat_lines(messages: pl.DataFrame, chat: ChatRules | None) -> pl.DataFrame:
    """Return the lines that take part in conversations, in order, with ``_asks`` and ``_answers``.

    Lines the pack ignores and lines of the platform are left out. Order: buyer, time, then buyer before machine
    before human within a second; agent and conversation settle what is left, so that file order never matters.

    Args:
        messages: the canonical table, rewound.
        chat: the pack's reading of a conversation; None: humans answer, no line is ignored.
    """
    ignored = [] if chat is None else chat.ignored
    lines = (
        complete(messages, "messages")
        .lazy()
        .filter(pl.col("sender").is_in(list(RANK)), *(~pl.col(name) for name in ignored))
    )
    answers = pl.col("sender") == "human"
    if chat is not None and "assist_bot" in chat.answers:
        answers |= (pl.col("sender") == "bot") & (pl.col("bot_mode") == "assist").fill_null(value=False)
    rank = pl.col("sender").replace_strict(RANK, return_dtype=pl.Int8)
    keep = ("buyer_id", "session_id", "agent_id", "sent_at", "agent_online")
    return (
        lines.select(
            *keep, rank.alias("_rank"), (pl.col("sender") == "buyer").alias("_asks"), answers.alias("_answers")
        )
        .sort("buyer_id", "sent_at", "_rank", "_answers", "agent_id", "session_id", nulls_last=True)
        .collect()
    )


def next_answer(run: str) -> tuple[pl.Expr, pl.Expr]:
    """For each row the next valid answer of the same run, as ``answered_at`` and ``_answerer``.

    Rows stand in order and runs do not interleave: one backward fill carries time, agent and run of the next answer,
    and an answer that belongs to another run is none.
    """
    at = pl.when("_answers").then(pl.int_range(pl.len())).backward_fill()
    same = pl.col(run).gather(at) == pl.col(run)
    return (
        pl.when(same).then(pl.col("sent_at").gather(at)).alias("answered_at"),
        pl.when(same).then(pl.col("agent_id").gather(at)).alias("_answerer"),
    )


def open_rounds(lines: pl.DataFrame) -> pl.LazyFrame:
    """Return one row per round: a buyer's line that no open round of that buyer and day precedes.

    A round is answered by the first valid answer after it on the same day and closes at midnight without one.
    ``_run`` numbers buyer days, ``first_of_day`` marks the round that opens one.
    """
    asks = pl.col("_asks")
    return (
        lines.lazy()
        .filter(asks | pl.col("_answers"))
        .with_columns(changes("buyer_id", pl.col("sent_at").dt.date()).cum_sum().alias("_run"))
        .with_columns(*next_answer("_run"), (changes("_run") | ~asks.shift()).alias("_opens"))
        .filter(asks & pl.col("_opens"))
        .with_columns(
            pl.col("sent_at").alias("asked_at"),
            pl.coalesce("_answerer", "agent_id").alias("agent_id"),
            changes("_run").alias("first_of_day"),
        )
        .with_columns(seconds("asked_at", "answered_at").alias("reply_seconds"))
    )


def rounds_fact(lines: pl.DataFrame, settings: FactSettings, judged: dt.datetime) -> pl.LazyFrame:
    """Build the fact of one row per round of question and answer.

    Args:
        lines: what ``chat_lines`` returns.
        settings: the service hours in force.
        judged: the moment up to which messages can be trusted.
    """
    hours = settings.service_hours
    answered_in = in_hours("answered_at", hours)  # an answer that never came did not come inside them
    rows = open_rounds(lines).with_columns(
        pl.concat_str("buyer_id", pl.col("asked_at").dt.strftime(STAMP), separator="@").alias("round_id"),
        (pl.col("asked_at").dt.truncate("1d") + pl.duration(days=1)).alias("closes_at"),
        pl.col("answered_at").is_not_null().alias("is_answered"),
        (answered_in if hours is None else answered_in.fill_null(value=False)).alias("answered_in_service_hours"),
        in_hours("asked_at", hours).alias("in_service_hours"),
        *hour_and_weekday("asked_at"),
    )
    return finish(rows, "rounds", judged)


def buyer_days_fact(
    lines: pl.DataFrame, spine: Spine | None, settings: FactSettings, judged: dt.datetime
) -> pl.LazyFrame:
    """Build the fact of one row per buyer and day with a question.

    Args:
        lines: what ``chat_lines`` returns.
        spine: the shop's orders, which know the buyer's grade; None without any.
        settings: the service hours in force.
        judged: the moment up to which messages can be trusted.
    """
    first = ("buyer_id", "asked_at", "answered_at", "reply_seconds", "agent_id", "agent_online")
    rows = (
        open_rounds(lines)
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
        )
        .join(_grades(spine), on="buyer_id", how="left", maintain_order="left")
    )
    return finish(rows, "buyer_days", judged)


def _grades(spine: Spine | None) -> pl.LazyFrame:
    """Return each buyer's grade as on the newest order that has one."""
    names = ("buyer_id", "buyer_level")
    if spine is None or "orders.buyer_level" not in spine.given:
        return pl.LazyFrame(schema=dict.fromkeys(names, pl.String()))
    orders = spine.orders.lazy().drop_nulls(names).sort("buyer_id", "created_at", "order_id")
    return orders.unique("buyer_id", keep="last", maintain_order=True).select(names)
