"""A buyer's question → the conversation it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.facts.columns import TIME, complete, found
from shopscore.facts.sessions import conversations, open_at

if TYPE_CHECKING:
    from shopscore.ruleset.fact_settings import FactSettings

OF_SESSION = {
    "started_at": TIME,
    "in_service_hours": pl.Boolean(),
    "is_offline": pl.Boolean(),
    "closed_at": TIME,
}
"""What a round tells of its conversation; ``closed_at`` is the end a file gives, never a guess from the last line."""
KIND = pl.Struct(OF_SESSION)
QUESTION = ("buyer_id", "asked_at")


def session_of_question(
    sessions: pl.DataFrame | None, lines: pl.DataFrame, given: frozenset[str], settings: FactSettings
) -> pl.Expr:
    """What the conversation says in which a round's question stands; blank where it stands in none.

    Args:
        sessions: the canonical table, rewound; None without one.
        lines: what ``chat_lines`` returns.
        given: ``table.column`` names that have a value.
        settings: the pack's reading of a conversation and the service hours in force.
    """
    return found(QUESTION, lambda: _questions(sessions, lines, given, settings), KIND)


def _questions(
    sessions: pl.DataFrame | None, lines: pl.DataFrame, given: frozenset[str], settings: FactSettings
) -> pl.DataFrame:
    rows, held, into = conversations(sessions, lines, given, settings)
    if sessions is not None:
        named = held.filter(pl.col("session_id").is_not_null())
        nameless = held.filter(pl.col("session_id").is_null())
        held = pl.concat([named, open_at(nameless, complete(sessions, "sessions").lazy())], how="diagonal")
    asked = held.filter("_asks").group_by("buyer_id", "sent_at").agg(pl.col("session_id").min())
    if into is not None:
        asked = asked.join(into, on="session_id").drop("session_id").rename({"_into": "session_id"})
    told = rows.select("session_id", "_recorded", *(name for name in OF_SESSION if name != "closed_at"))
    found_in = asked.join(told, on="session_id").rename({"_recorded": "closed_at"})
    return found_in.select(pl.col("buyer_id"), pl.col("sent_at"), pl.struct(*OF_SESSION)).collect()
