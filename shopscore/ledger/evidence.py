"""The rows behind a number: who missed, and how many rows fell out at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field

from shopscore.ledger.fates import Answers, compiled, conditions, fate, fates, names, needed, settled
from shopscore.ledger.once import Order, repeats, starts_of
from shopscore.ledger.plan import lacking, tasks
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.facts import Facts
    from shopscore.ledger.amounts import Window
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.resolve import Definition

HITS = "would hit"
AGAIN = "counted before"


class Funnel(Struct, frozen=True):
    """Rows of one side of a metric at each step from the fact to the value; each row is in one of the counts.

    Attributes:
        side: ``""``, or ``n`` and ``d`` of a ratio of two facts.
        fact: where the rows come from.
        rows: rows of the fact.
        out: left out by ``where``.
        undated: meant, but without a day.
        outside: meant, but on a day outside the window.
        repeated: settled, but another row of the window with the same ``once_per`` came first.
        excluded: rows by the exclusion's name, as written.
        unknown: the data cannot say.
        pending: the deadline has not passed.
        hit: settled and hit; for a side without a numerator, settled.
        miss: settled and missed.
    """

    side: str
    fact: str
    rows: int
    out: int
    undated: int
    outside: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 0
    pending: int = 0
    hit: int = 0
    miss: int = 0
    repeated: int = 0


def rows(facts: Facts, definition: Definition, wanted: str, window: Window | None = None) -> pl.DataFrame:
    """The rows of a metric that have one fate.

    Args:
        facts: the shop's facts.
        definition: the metric.
        wanted: hit, miss, counted, pending, unknown, undated, excluded (under any name) or excluded.<name>.
        window: first and last day, both inside; None for all days. Rows without a day are in no window; they are
            ``undated``, whatever else they would be.

    Returns:
        The fact's subject, ``day``, the order where the fact tells it (parcels of several orders may have one number),
        the columns the conditions name, ``fate``; sorted by subject. For a ratio of two
        facts ``side`` stands first and both sides' columns follow. Without the fact's table, no rows.
    """
    sides = tasks(definition)
    if lacking(facts, sides):
        return pl.DataFrame()
    found = [_rows(facts, task, wanted, window).collect() for task in sides]
    if len(found) == 1:
        return found[0]
    return pl.concat(
        [frame.select(pl.lit(task.side).alias("side"), pl.all()) for task, frame in zip(sides, found, strict=True)],
        how="diagonal",
    )


def _rows(facts: Facts, task: Task, wanted: str, window: Window | None) -> pl.LazyFrame:
    fact, rules = task.rules.fact, task.rules
    texts = (*conditions(rules), *needed(rules))
    subject = FACTS[fact].subject
    order = ["order_id"] if subject != "order_id" and "order_id" in FACTS[fact].by_name else []
    read = frozenset({rules.at}.union(*(names(text) for text in texts)))
    named = [*order, *sorted(read - {subject, "day", "fate", *order})]
    meant = pl.col("fate") == wanted
    if wanted == "excluded":
        meant = pl.col("fate").str.starts_with("excluded.")
    dated = pl.lit(value=True) if window is None else pl.col("day").is_between(*window)
    kept = pl.col("day").is_null() if wanted == "undated" else meant & pl.col("day").is_not_null() & dated
    return (
        told(facts, task)
        .filter(pl.col("fate").is_not_null(), kept)
        .select(subject, "day", *named, "fate")
        .sort(subject, "day", nulls_last=True)
    )


def told(facts: Facts, task: Task) -> pl.LazyFrame:
    """The fact's rows with ``day``, ``fate`` (blank: out), whether the numerator is true and whether it is a repeat."""
    rules = task.rules
    meanings = [None if each is None else each.name for each in fates(rules)]
    code = fate(rules, lambda text: Answers(compiled(text)), lambda text: compiled(text).is_null())
    hits = pl.lit(value=False) if rules.numerator is None else compiled(rules.numerator)
    told = facts.frames[rules.fact].with_columns(
        pl.col(rules.at).dt.date().alias("day"),
        code.alias("fate"),
        # A blank numerator is an event that has not come.
        hits.fill_null(value=False).alias(HITS),
    )
    named = pl.lit(pl.Series(meanings, dtype=pl.String)).gather("fate")
    return told.with_columns(_again(facts, task).alias(AGAIN)).with_columns(
        pl.when(~pl.col(AGAIN)).then(named).alias("fate")
    )


def _again(facts: Facts, task: Task) -> pl.Expr:
    rules = task.rules
    if rules.once_per is None:
        return pl.lit(value=False)
    oldest = facts.frames[rules.fact].select(pl.col(rules.at).dt.date().min()).collect().item()
    order = Order(rules.once_per, rules.at, FACTS[rules.fact].subject)
    return repeats(settled(rules, pl.col("fate")), order, starts_of(task.window, facts.as_of.date(), oldest))


def funnel(facts: Facts, definition: Definition, window: Window) -> tuple[Funnel, ...]:
    """How many rows each side of a metric loses at each step; nothing where its tables or columns are absent."""
    sides = tasks(definition)
    return () if lacking(facts, sides) else tuple(_funnel(facts, task, window) for task in sides)


def _funnel(facts: Facts, task: Task, window: Window) -> Funnel:
    day = pl.col("day")
    step = (
        pl.when(pl.col("fate").is_null() & ~pl.col(AGAIN))
        .then(pl.lit("out"))
        .when(day.is_null())
        .then(pl.lit("undated"))
        .when(~day.is_between(*window))
        .then(pl.lit("outside"))
        .when(pl.col(AGAIN))
        .then(pl.lit("repeated"))
        .otherwise("fate")
    )
    counted = dict(told(facts, task).group_by(step.alias("step")).agg(pl.len()).collect().iter_rows())
    return Funnel(
        side=task.side,
        fact=task.rules.fact,
        rows=sum(counted.values()),
        out=counted.get("out", 0),
        undated=counted.get("undated", 0),
        outside=counted.get("outside", 0),
        excluded={name: counted.get(f"excluded.{name}", 0) for name, _ in task.rules.exclude},
        unknown=counted.get("unknown", 0),
        pending=counted.get("pending", 0),
        hit=counted.get("hit", 0) + counted.get("counted", 0),
        miss=counted.get("miss", 0),
        repeated=counted.get("repeated", 0),
    )
