"""Suspicious rows of a check → a few of them by name, and a metric counted once more as if they had been found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.evidence import HITS, told
from shopscore.ledger.fates import compiled
from shopscore.ledger.plan import tasks
from shopscore.model import Sums
from shopscore.schema import FACTS
from shopscore.schema.units import HUNDREDTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.amounts import Window
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.resolve import Definition

_SETTLED = ("hit", "miss", "counted")


def suspicious(facts: Facts, check: Definition, columns: Sequence[str]) -> pl.DataFrame:
    """The suspicious rows of a check on all days, sorted.

    Args:
        facts: the shop's facts.
        check: a check whose tables and columns the files give.
        columns: the columns of its fact that are wanted.

    Returns:
        ``day`` and the columns.
    """
    (task,) = tasks(check)
    rows = told(facts, task).filter((pl.col("fate") == "hit").fill_null(value=False)).select("day", *columns)
    return rows.sort("day", *columns, nulls_last=True).collect()


def examples(found: pl.DataFrame, column: str, window: Window, most: int) -> tuple[str, ...]:
    """The newest of some suspicious rows inside a window, by one of their columns; each is named once."""
    inside = found.filter(pl.col("day").is_between(*window)).drop_nulls(column)
    newest = inside.group_by(column).agg(pl.col("day").max()).sort(["day", column], descending=[True, False])
    return tuple(str(cell) for cell in newest.get_column(column).head(most))


def found_out(
    facts: Facts, metric: Definition, found: pl.DataFrame, window: Window, *, left_out: bool
) -> tuple[Sums, int] | None:
    """A metric's sums over a window with the suspicious rows counted on its bad side, or left out.

    Args:
        facts: the shop's facts.
        metric: a share or a mean that the ledger has counted.
        found: suspicious rows that tell the subject of the metric's fact.
        window: first and last day, both inside.
        left_out: the rows are taken out; else they count as bad.

    Returns:
        The sums, and how many of the metric's counted rows are suspicious; None where it is none of one fact.
    """
    sides = tasks(metric)
    if len(sides) != 1:
        return None
    (task,) = sides
    subject = FACTS[task.rules.fact].subject
    flagged = pl.col(subject).is_in(found.get_column(subject).drop_nulls().unique().implode())
    counted = (
        told(facts, task)
        .filter(pl.col("fate").is_in(_SETTLED), pl.col("day").is_between(*window))
        .select(flagged.fill_null(value=False).alias("flagged"), *_amounts(task))
        .group_by("flagged", "hit")
        .agg(pl.len().alias("rows"), pl.col("w").sum(), pl.col("x").sum(), pl.col("wx").sum())
        .collect()
    )
    good = metric.metric.better == "higher"
    sums, rows = Sums(), 0
    for is_flagged, hit, count, w, x, wx in counted.sort("flagged", "hit").iter_rows():
        rows += count if is_flagged else 0
        if is_flagged and left_out:
            continue
        hits = not good if is_flagged else hit
        sums = Sums(
            rows=sums.rows + count,
            hits=sums.hits + count * hits,
            w=sums.w + w,
            wh=sums.wh + w * hits,
            x=sums.x + x,
            wx=sums.wx + wx,
        )
    return sums, rows


def _amounts(task: Task) -> tuple[pl.Expr, ...]:
    """Whether a row hits, what it weighs in hundredths, and what is measured in it."""
    rules = task.rules
    weight = pl.lit(1.0) if rules.weight_by is None else compiled(rules.weight_by)
    number = pl.lit(0) if rules.of is None else compiled(rules.of)
    w, x = (
        (expr.cast(pl.Float64) * scale).round().cast(pl.Int128)
        for expr, scale in ((weight, HUNDREDTHS), (number, task.scale))
    )
    return pl.col(HITS).alias("hit"), w.alias("w"), x.alias("x"), (w * x).alias("wx")
