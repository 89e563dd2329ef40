"""Metrics over their windows → how many of their bad rows are bad in which of them at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.evidence import told
from shopscore.ledger.plan import lacking, tasks
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.amounts import Window
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.resolve import Definition


def shared(
    facts: Facts, definitions: Sequence[Definition], windows: Mapping[str, Window]
) -> dict[tuple[bool, ...], int]:
    """Bad rows by the metrics in which they are bad, a flag for each definition; one pass over the facts.

    Only facts of which several of the metrics have bad rows are asked: others share nothing.

    Bad is a miss where higher is better, a hit or an event above the line where lower is. Rows are the same where they
    are of one fact and one subject. Metrics whose bad events are no rows (a ratio of counts that should be high) have
    none.
    """
    sides = {
        bit: task
        for bit, definition in enumerate(definitions)
        if definition.id in windows and (task := _side(facts, definition)) is not None
    }
    often = Counter(task.rules.fact for task in sides.values())
    found = [
        _bad(facts, definitions[bit], task, windows[definitions[bit].id], bit)
        for bit, task in sides.items()
        if often[task.rules.fact] > 1
    ]
    if not found:
        return {}
    kinds = pl.concat(found).group_by("fact", "subject").agg(pl.col("bit").sum()).group_by("bit").agg(pl.len())
    return {
        tuple(bool(bits >> at & 1) for at in range(len(definitions))): count
        for bits, count in sorted(kinds.collect().iter_rows())
    }


def _side(facts: Facts, definition: Definition) -> Task | None:
    """The side whose rows are the bad events."""
    sides, kind, lower = tasks(definition), definition.metric.kind, definition.metric.better == "lower"
    if lacking(facts, sides):
        return None
    if kind == "ratio" or (kind == "count" and lower):
        return sides[0] if sides else None
    return next((task for task in sides if task.side == "n"), None) if kind == "ratio_of" and lower else None


def _bad(facts: Facts, definition: Definition, task: Task, window: Window, bit: int) -> pl.LazyFrame:
    lower = definition.metric.better == "lower"
    bad = pl.col("fate").is_in(["hit", "counted"] if lower else ["miss"]) & pl.col("day").is_between(*window)
    return (
        told(facts, task)
        .filter(bad)
        .select(
            pl.lit(task.rules.fact).alias("fact"),
            pl.col(FACTS[task.rules.fact].subject).cast(pl.String).alias("subject"),
            pl.lit(1 << bit).alias("bit"),
        )
        .unique()
    )
