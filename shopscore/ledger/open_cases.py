"""Metrics that count a case by how it ends → the cases that have not ended and can still end either way.

What is final is none of them: a verdict given, a case taken back or excluded already, and one whose day has left the
window, so that it counts no more however it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.clock_states import next_due
from shopscore.ledger.fates import OUT, Answers, compiled, fate
from shopscore.ledger.plan import absent, by_fact, tasks
from shopscore.model import OpenCase
from shopscore.model.clocks import in_order
from shopscore.schema import FACTS, OPENED
from shopscore.window import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.clocks import ClockRules
    from shopscore.ruleset.resolve import Definition

_TOLD = ("case", "since", "deadline", "runs")
_BESIDE = {
    "refund_id": pl.String(),
    "over": pl.String(),
    "called": pl.Datetime("us"),
    "decided": pl.Boolean(),
    "other due": pl.Datetime("us"),
    "other limit": pl.Datetime("us"),
}


def open_cases(
    facts: Facts, definitions: Iterable[Definition], clocks: Sequence[ClockRules]
) -> dict[str, tuple[OpenCase, ...]]:
    """The cases whose end is still to decide whether a metric counts them, by its full id.

    Args:
        facts: the shop's facts, as they are now: what a verdict was at an earlier moment no file tells.
        definitions: its metrics on that day.
        clocks: the clocks of its pack; a case has the first deadline ahead of its own and of the refund behind it.
    """
    work = [task for each in definitions for task in tasks(each) if task.rules.still_open is not None]
    known = [task for task in work if not absent(facts, task.rules.fact, task.rules.columns_open)]
    found: dict[str, tuple[OpenCase, ...]] = {}
    for fact, own in by_fact(known).items():
        rows = _cases(facts, fact, clocks).select(*_TOLD, *(_open(facts, task) for task in own)).collect()
        seen = facts.judged.get(fact, facts.as_of)
        for task in own:
            cases = rows.filter(task.metric).select(_TOLD).unique("case", keep="first", maintain_order=True)
            told = cases.iter_rows()
            found[task.metric] = in_order(OpenCase(case, since, seen, due, runs) for case, since, due, runs in told)
    return found


def _cases(facts: Facts, fact: str, clocks: Sequence[ClockRules]) -> pl.LazyFrame:
    """The rows of a fact with the number of their ``case``, ``since`` when it is open and its next ``deadline``.

    A refund that the platform was called into goes by the newest dispute over it, where one stands in a file; it is
    ``decided`` where that has ended or has a verdict, whatever the refund's own row says yet.
    """
    other = pl.LazyFrame(schema=_BESIDE)
    if fact == "refunds" and "disputes" in facts.frames:
        other = _disputes(facts, clocks)
    elif fact == "disputes" and "refunds" in facts.frames:
        beside = {"other due": "own due", "other limit": "own limit"}
        other = _dated(facts, "refunds", clocks).select("refund_id", **beside)
        other = other.with_columns(pl.lit(None, _BESIDE[name]).alias(name) for name in ("over", "called", "decided"))
    return (
        _dated(facts, fact, clocks)
        .join(other, on="refund_id", how="left")
        .with_columns(
            pl.coalesce("over", FACTS[fact].subject).alias("case"),
            pl.coalesce("called", *OPENED[fact]).alias("since"),
            pl.coalesce(_first_due(), pl.min_horizontal("own limit", "other limit")).alias("deadline"),
            _first_due().is_not_null().alias("runs"),
            pl.col("decided").fill_null(value=False),  # no dispute of it stands in a file
        )
    )


def _first_due() -> pl.Expr:
    return pl.min_horizontal("own due", "other due")


def _disputes(facts: Facts, clocks: Sequence[ClockRules]) -> pl.LazyFrame:
    """The newest dispute over each refund."""
    ended = pl.col("closed_at").is_not_null() | pl.col("liability").is_not_null() | pl.col("withdrawn")
    return (
        _dated(facts, "disputes", clocks)
        .filter(pl.col("refund_id").is_not_null())
        .sort(*OPENED["disputes"], "case_id", nulls_last=False)
        .unique("refund_id", keep="last", maintain_order=True)
        .select(
            "refund_id",
            pl.col("case_id").alias("over"),
            pl.coalesce(OPENED["disputes"]).alias("called"),
            ended.alias("decided"),
            pl.col("own due").alias("other due"),
            pl.col("own limit").alias("other limit"),
        )
    )


def _dated(facts: Facts, fact: str, clocks: Sequence[ClockRules]) -> pl.LazyFrame:
    """The rows of a fact with the next deadline of their clocks, and the time limit the export shows while it is ahead.

    The platform keeps a limit on a case it was called into, whatever step that belongs to.
    """
    own = [clock for clock in clocks if clock.fact == fact and clock.subject == FACTS[fact].subject]
    limit = pl.lit(None, pl.Datetime("us"))
    if "timeout_at" in FACTS[fact].by_name:
        limit = pl.when(pl.col("timeout_at") >= pl.col("judged_at")).then("timeout_at")
    return facts.frames[fact].with_columns(next_due(own).alias("own due"), limit.alias("own limit"))


def _open(facts: Facts, task: Task) -> pl.Expr:
    """Which rows can still end so that the metric counts them, or so that it does not; never blank."""
    rules, first = task.rules, bounds(task.window, facts.as_of.date())[0]
    # Blanks: nobody says that it is open, or that it is left out; a case without a day has the one on which it ends.
    ends = compiled(rules.still_open or "").fill_null(value=False)
    out = (compiled(text).fill_null(value=False) for _, text in rules.exclude)
    day = pl.col(rules.at).dt.date()
    still = ends & ~pl.col("decided") & ~pl.any_horizontal(pl.lit(value=False), *out)
    still &= (day >= first).fill_null(value=True)
    if rules.once_per is not None:
        code = fate(rules, lambda text: Answers(compiled(text)), lambda text: compiled(text).is_null())
        counts = (code == OUT + 1) & ~ends & (day >= first).fill_null(value=False)  # without a day it is in no window
        still &= ~counts.any().over(rules.once_per)  # another row of its order counts already, however this one ends
    return still.alias(task.metric)
