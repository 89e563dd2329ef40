"""The fact of one row per round of question and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.answerers import with_answerers
from shopscore.facts.chats import STAMP
from shopscore.facts.columns import finish, hour_and_weekday, in_hours
from shopscore.facts.questions import OF_SESSION, session_of_question

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.ruleset.fact_settings import FactSettings


def rounds_fact(  # noqa: PLR0913, PLR0917 - the lines, what was read off them, and how
    opened: pl.DataFrame,
    lines: pl.DataFrame,
    sessions: pl.DataFrame | None,
    given: frozenset[str],
    settings: FactSettings,
    judged: dt.datetime,
) -> pl.LazyFrame:
    """Build the fact of one row per round of question and answer.

    Args:
        opened: what ``open_rounds`` returns.
        lines: what ``chat_lines`` returns.
        sessions: the canonical table, rewound; None without one.
        given: ``table.column`` names that have a value.
        settings: the pack's reading of a conversation and the service hours in force.
        judged: the moment up to which messages can be trusted.
    """
    hours = settings.service_hours
    answered_in = in_hours("answered_at", hours)  # an answer that never came did not come inside them
    rows = opened.lazy().with_columns(
        pl.concat_str("buyer_id", pl.col("asked_at").dt.strftime(STAMP), separator="@").alias("round_id"),
        pl.concat_str("buyer_id", pl.col("asked_at").dt.strftime("%Y-%m-%d"), separator="@").alias("buyer_day_id"),
        (pl.col("asked_at").dt.truncate("1d") + pl.duration(days=1)).alias("closes_at"),
        pl.col("answered_at").is_not_null().alias("is_answered"),
        (answered_in if hours is None else answered_in.fill_null(value=False)).alias("answered_in_service_hours"),
        in_hours("asked_at", hours).alias("in_service_hours"),
        *hour_and_weekday("asked_at"),
        session_of_question(sessions, lines, given, settings).alias("_session"),
    )
    recorded = pl.col("session_closed_at")
    waited = pl.min_horizontal("closes_at", pl.when(recorded > pl.col("asked_at")).then(recorded))
    rows = rows.with_columns(
        pl.col("_session").struct.field(name).alias(f"session_{name}") for name in OF_SESSION
    ).with_columns(pl.coalesce("reply_seconds", (waited - pl.col("asked_at")).dt.total_seconds()).alias("wait_seconds"))
    return finish(with_answerers(rows), "rounds", judged)
