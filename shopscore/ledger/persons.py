"""Segments of a metric → those that too few buyers stand behind: to name them would be to name persons."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.plan import tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    dimensions = sorted({dimension for dimension, _ in picks})
    for task in tasks(definition) if picks else ():
        rows = ledger.looked.get(task.rules.fact)
        if rows is not None and ("buyer", BUYER) in rows.columns:
            for pick, count in _buyers(rows, task, window, dimensions):
                most[pick] = max(most[pick], count)
    return {pick for pick in picks if 0 < most[pick] < least}


def _buyers(rows: Looked, task: Task, window: Window, dimensions: Sequence[str]) -> Iterator[tuple[Pick, int]]:
    """How many buyers stand in each segment that has any."""
    buyer = pl.col(rows.columns["buyer", BUYER])
    named = rows.frame.lazy().filter(rows.settled(task), rows.within(task, window), buyer.is_not_null())
    asked = [each for each in dimensions if each in rows.base.segments]
    counts = [
        named.group_by(pl.col(rows.columns["by", each]).to_physical().alias("code")).agg(
            buyer.n_unique().alias("buyers")
        )
        for each in asked
    ]
    for dimension, found in zip(asked, pl.collect_all(counts), strict=True):
        by_code = dict(found.iter_rows())
        for each in rows.base.segments[dimension]:
            yield (dimension, each.text), by_code.get(each.code, 0)
