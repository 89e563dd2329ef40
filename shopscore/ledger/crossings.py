"""Named segments of several dimensions → how many of a metric's rows stand in which of them at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.evidence import HITS, told
from shopscore.ledger.fates import compiled
from shopscore.ledger.plan import tasks
from shopscore.model import Sums
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.amounts import Window
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.resolve import Definition

Pick = tuple[str, str]
"""A dimension and one of its segments; the dimension ``day`` has dates in ISO form."""
Crossings = dict[tuple[bool, ...], Sums]
"""For each combination of segments that occurs (one flag a pick, in their order) the sums of its rows."""

_DAY = "day"
_SETTLED = ("hit", "miss", "counted")


def crossings(facts: Facts, definition: Definition, window: Window, picks: Sequence[Pick]) -> Crossings:
    """Count a metric's settled rows of a window by the segments they stand in.

    Args:
        facts: the shop's facts.
        definition: the metric; its weights are not asked for: segments are compared by rows.
        window: first and last day, both inside.
        picks: the segments asked about. A fact without a pick's dimension has no row in it.

    Returns:
        ``rows`` and ``hits`` (of two facts: the denominator's rows and the numerator's), ``x`` and ``x2``.
    """
    found: dict[tuple[bool, ...], Sums] = {}
    for task in tasks(definition):
        for row in _counted(facts, task, window, picks).iter_rows():
            flags, counts = tuple(row[: len(picks)]), row[len(picks) :]
            found[flags] = _added(found.get(flags, Sums()), task.side, counts)
    return found


def _counted(facts: Facts, task: Task, window: Window, picks: Sequence[Pick]) -> pl.DataFrame:
    flags = [_in(task.rules.fact, pick).alias(f"in{at}") for at, pick in enumerate(picks)]
    number = pl.lit(0) if task.rules.of is None else compiled(task.rules.of)
    x = (number.cast(pl.Float64) * task.scale).round().cast(pl.Int128)
    return (
        told(facts, task)
        .filter(pl.col("fate").is_in(_SETTLED), pl.col("day").is_between(*window))
        .select(*flags, pl.col(HITS).alias("hit"), x.alias("x"))
        .group_by([f"in{at}" for at in range(len(picks))])
        .agg(pl.len(), pl.col("hit").sum(), pl.col("x").sum().alias("x"), (pl.col("x") ** 2).sum().alias("x2"))
        .collect()
    )


def _in(fact: str, pick: Pick) -> pl.Expr:
    dimension, segment = pick
    if dimension == _DAY:
        return pl.col(_DAY) == dt.date.fromisoformat(segment)
    if dimension not in FACTS[fact].by_name:
        return pl.lit(value=False)
    # A row without the dimension's value stands in none of its segments.
    return (pl.col(dimension).cast(pl.String) == segment).fill_null(value=False)


def _added(sums: Sums, side: str, counts: tuple[int, int, int, int]) -> Sums:
    rows, hits, x, x2 = counts
    if side == "d":
        return Sums(sums.rows + rows, sums.hits, x=sums.x, x2=sums.x2)
    if side == "n":
        return Sums(sums.rows, sums.hits + rows, x=sums.x + x, x2=sums.x2 + x2)
    return Sums(sums.rows + rows, sums.hits + hits, x=sums.x + x, x2=sums.x2 + x2)
