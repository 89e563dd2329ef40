"""Metrics over their windows → how many of their bad rows are bad in which of them at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.plan import tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.ledger.amounts import Window
    from shopscore.ledger.looked import Looked
    from shopscore.ledger.parts import Ledger
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.resolve import Definition


def shared(
    ledger: Ledger, definitions: Sequence[Definition], windows: Mapping[str, Window]
) -> dict[tuple[bool, ...], int]:
    """Bad rows by the metrics in which they are bad, a flag for each definition; one pass over a fact.

    Only facts of which several of the metrics have bad rows are asked: others share nothing.

    Bad is a miss where higher is better, a hit or an event above the line where lower is. Metrics whose bad events are
    no rows (a ratio of counts that should be high) have none.
    """
    sides: defaultdict[str, dict[int, Task]] = defaultdict(dict)
    for bit, definition in enumerate(definitions):
        if definition.id in windows and (task := _side(ledger, definition)) is not None:
            sides[task.rules.fact][bit] = task
    found: Counter[int] = Counter()
    for fact, tasks_of in sorted(sides.items()):
        if len(tasks_of) > 1 and fact in ledger.looked:
            looked = ledger.looked[fact]
            bits = [
                pl.when(_bad(looked, definitions[bit], task, windows[task.metric])).then(1 << bit).otherwise(0)
                for bit, task in tasks_of.items()
            ]
            kinds = looked.frame.lazy().group_by(pl.sum_horizontal(bits).alias("bits")).agg(pl.len()).collect()
            found.update(dict(kinds.iter_rows()))
    return {
        tuple(bool(bits >> at & 1) for at in range(len(definitions))): count
        for bits, count in sorted(found.items())
        if bits
    }


def _side(ledger: Ledger, definition: Definition) -> Task | None:
    """The side whose rows are the bad events."""
    kind, lower = definition.metric.kind, definition.metric.better == "lower"
    sides = tasks(definition) if definition.id in ledger.sides else ()
    if kind == "ratio" or (kind == "count" and lower):
        return sides[0] if sides else None
    return next((task for task in sides if task.side == "n"), None) if kind == "ratio_of" and lower else None


def _bad(rows: Looked, definition: Definition, task: Task, window: Window) -> pl.Expr:
    if task.rules.numerator is None:
        bad = rows.settled(task)
    elif definition.metric.better == "lower":
        bad = rows.hit(task)
    else:
        bad = rows.settled(task) & ~rows.hit(task)
    return bad & rows.within(task, window)
