"""Segments of a metric → those that too few buyers stand behind: to name them would be to name persons."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.plan import tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.ledger.amounts import Window
    from shopscore.ledger.crossings import Pick
    from shopscore.ledger.looked import Looked
    from shopscore.ledger.parts import Ledger
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.resolve import Definition

BUYER = "buyer_id"


def of_few(ledger: Ledger, definition: Definition, window: Window, picks: Sequence[Pick], least: int) -> set[Pick]:
    """The segments with fewer buyers than ``least`` in a metric's window.

    Where the files name no buyer of a segment's rows nothing is known, and it is not among them. Of a metric over two
    facts the one with more buyers counts.

    Args:
        ledger: the shop's, with the rows it was counted from.
        definition: the metric.
        window: first and last day, both inside.
        picks: the segments asked about.
        least: so many buyers are enough.
    """
    most: dict[Pick, int] = defaultdict(int)
    for task in tasks(definition):
        rows = ledger.looked.get(task.rules.fact)
        if picks and rows is not None and ("buyer", BUYER) in rows.columns:
            for pick, count in zip(picks, _buyers(rows, task, window, picks), strict=True):
                most[pick] = max(most[pick], count)
    return {pick for pick, count in most.items() if 0 < count < least}


def _buyers(rows: Looked, task: Task, window: Window, picks: Sequence[Pick]) -> tuple[int, ...]:
    """How many buyers stand in each segment."""
    buyer = pl.col(rows.columns["buyer", BUYER])
    counted = [
        buyer.filter(rows.among(*pick) & buyer.is_not_null()).n_unique().alias(str(at)) for at, pick in enumerate(picks)
    ]
    found = rows.frame.lazy().filter(rows.settled(task), rows.within(task, window)).select(counted).collect()
    return found.row(0)
