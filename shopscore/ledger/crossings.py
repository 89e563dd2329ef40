"""Named segments of several dimensions → how many of a metric's rows stand in which of them at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.plan import tasks
from shopscore.model import Sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.ledger.amounts import Window
    from shopscore.ledger.looked import Looked
    from shopscore.ledger.parts import Ledger
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.resolve import Definition

Pick = tuple[str, str]
"""A dimension and one of its segments; the dimension ``day`` has dates in ISO form."""
Crossings = dict[tuple[bool, ...], Sums]
"""For each combination of segments that occurs (one flag a pick, in their order) the sums of its rows."""

_DAY = "day"


def crossings(ledger: Ledger, definition: Definition, window: Window, picks: Sequence[Pick]) -> Crossings:
    """Count a metric's settled rows of a window by the segments they stand in.

    Args:
        ledger: the shop's, with the rows it was counted from.
        definition: the metric; its weights are not asked for: segments are compared by rows.
        window: first and last day, both inside.
        picks: the segments asked about. A fact without a pick's dimension has no row in it.

    Returns:
        ``rows`` and ``hits`` (of two facts: the denominator's rows and the numerator's), ``x`` and ``x2``.
    """
    found: dict[tuple[bool, ...], Sums] = {}
    for task in tasks(definition):
        rows = ledger.looked.get(task.rules.fact)
        for row in _counted(rows, task, window, picks).iter_rows() if rows is not None else ():
            flags, counts = tuple(row[: len(picks)]), row[len(picks) :]
            found[flags] = _added(found.get(flags, Sums()), task.side, counts)
    return found


def _counted(rows: Looked, task: Task, window: Window, picks: Sequence[Pick]) -> pl.DataFrame:
    flags = {f"in{at}": _in(rows, task, pick) for at, pick in enumerate(picks)}
    x = rows.number(task).cast(pl.Int128)
    return (
        rows.frame.lazy()
        .filter(rows.settled(task), rows.within(task, window))
        .select(rows.hit(task).alias("hit"), x.alias("x"), **flags)
        .group_by(*flags)
        .agg(pl.len(), pl.col("hit").sum(), pl.col("x").sum().alias("x"), (pl.col("x") ** 2).sum().alias("x2"))
        .collect()
    )


def _in(rows: Looked, task: Task, pick: Pick) -> pl.Expr:
    dimension, segment = pick
    return rows.on(task, dt.date.fromisoformat(segment)) if dimension == _DAY else rows.among(dimension, segment)


def _added(sums: Sums, side: str, counts: tuple[int, int, int, int]) -> Sums:
    rows, hits, x, x2 = counts
    if side == "d":
        return Sums(sums.rows + rows, sums.hits, x=sums.x, x2=sums.x2)
    if side == "n":
        return Sums(sums.rows, sums.hits + rows, x=sums.x + x, x2=sums.x2 + x2)
    return Sums(sums.rows + rows, sums.hits + hits, x=sums.x + x, x2=sums.x2 + x2)
