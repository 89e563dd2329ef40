"""Messages → chat lines in order, and the rounds they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import changes, complete, seconds

if TYPE_CHECKING:
    from shopscore.ruleset.pack import ChatRules

RANK = {"buyer": 0, "bot": 1, "auto": 1, "human": 2}
"""Who comes first within one second; senders not named here (official, system) take no part."""
STAMP = "%Y-%m-%d %H:%M:%S"


def chat_lines(messages: pl.DataFrame, chat: ChatRules | None) -> pl.DataFrame:
    """Return the lines that take part in conversations, in order, with ``_asks``, ``_answers`` and ``_bot``.

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
            *keep,
            rank.alias("_rank"),
            (pl.col("sender") == "buyer").alias("_asks"),
            answers.alias("_answers"),
            (pl.col("sender") == "bot").alias("_bot"),
        )
        .sort("buyer_id", "sent_at", "_rank", "_answers", "agent_id", "session_id", nulls_last=True)
        .collect()
    )


def next_answer(run: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """For each row the next valid answer of the same run, as ``answered_at``, ``_answerer`` and ``_by_bot``.

    Rows stand in order and runs do not interleave: one backward fill carries time, agent and run of the next answer,
    and an answer that belongs to another run is none.
    """
    at = pl.when("_answers").then(pl.int_range(pl.len())).backward_fill()
    same = pl.col(run).gather(at) == pl.col(run)
    return (
        pl.when(same).then(pl.col("sent_at").gather(at)).alias("answered_at"),
        pl.when(same).then(pl.col("agent_id").gather(at)).alias("_answerer"),
        pl.when(same).then(pl.col("_bot").gather(at)).alias("_by_bot"),
    )


def with_rounds(lines: pl.DataFrame) -> pl.LazyFrame:
    """Return the lines that ask or answer, each with its answer, and ``_opens`` where a buyer's line opens a round.

    A line is answered by the first valid answer after it on the same day. ``_run`` numbers buyer days.
    """
    asks = pl.col("_asks")
    return (
        lines.lazy()
        .filter(asks | pl.col("_answers"))
        .with_columns(changes("buyer_id", pl.col("sent_at").dt.date()).cum_sum().alias("_run"))
        .with_columns(*next_answer("_run"), (changes("_run") | ~asks.shift()).alias("_opens"))
    )


def open_rounds(lines: pl.DataFrame) -> pl.DataFrame:
    """Return one row per round: a buyer's line that no open round of that buyer and day precedes.

    A round closes at midnight without an answer. ``first_of_day`` marks the round that opens a buyer's day. They are
    found here and now: two facts are made of them, and each is read for several purposes.
    """
    return (
        with_rounds(lines)
        .filter(pl.col("_asks") & pl.col("_opens"))
        .with_columns(
            pl.col("sent_at").alias("asked_at"),
            pl.coalesce("_answerer", "agent_id").alias("agent_id"),
            changes("_run").alias("first_of_day"),
        )
        .with_columns(seconds("asked_at", "answered_at").alias("reply_seconds"))
        .collect()
    )
