"""Answered rounds → how their agent answers as a rule: a machine under a person's name is quick every time."""

from __future__ import annotations

import polars as pl

INSTANT = 2
"""Seconds within which nobody reads a question and answers it."""
QUICK = 60
"""Seconds up to which the same wait time and again is a sign: longer ones differ by chance."""
_WHO = ("agent_id", "first_of_day")
"""Greetings that open a buyer's day are told apart from later answers: either alone may be a machine's."""


def with_answerers(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add to rounds who answers like this: how often, how often at once, how often after the very same short wait.

    Rounds of one agent are split into those that open a buyer's day and the others. A bot that says it is one is left
    out; where no agent is named all rounds are one agent's.
    """
    by_person = pl.col("answered_at").is_not_null() & ~pl.col("_by_bot").fill_null(value=False)
    quick = pl.when(by_person & (pl.col("reply_seconds") <= QUICK)).then(pl.col("reply_seconds"))
    alike = quick.count().over(*_WHO, quick)
    count = by_person.sum().over(_WHO)
    at_once = (by_person & (pl.col("reply_seconds") <= INSTANT)).sum().over(_WHO)
    return rows.with_columns(
        pl.col("_by_bot").alias("answered_by_bot"), by_person.alias("_person"), alike.alias("_alike")
    ).with_columns(
        pl.when("_person").then(count).alias("agent_answer_count"),
        pl.when("_person").then(at_once / count).alias("agent_instant_share"),
        pl.when("_person").then(pl.col("_alike").max().over(_WHO) / count).alias("agent_same_delay_share"),
    )
