"""What was lost while reading → how far a metric's value may be from what whole files would have given.

A lost row has no readable day: it may be a hit, a miss, or none of this metric's business. So nothing is put in its
place; the value is given room instead, once with every lost row in the window, which is certain, and once with as many
as would be there were they spread like the rows that could be read, which is likely.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.doubt.reach import reach
from shopscore.intervals import Z, kish
from shopscore.intervals.kinds import bare_value, divide, shaped, summed, weighted
from shopscore.trust.weights import worst

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shopscore.doubt.reach import Reach
    from shopscore.intervals import Interval
    from shopscore.model import Level, Sums
    from shopscore.ruleset.resolve import Definition
    from shopscore.trust import TableLoss

STARS = (1, 5)
"""The only unit besides the rates of which both ends are known; the dictionary's own scale."""


class Room(Struct, frozen=True):
    """How far a value may be from the truth because of what was lost.

    Attributes:
        certain: where it lies whatever the lost rows held, all of them in the window; None where that has no bound.
        likely: the same with only their share of them in the window.
        level: the trust in what has no bound.
        lost: rows and cells that were lost and may belong to the metric.
        tables: where they are missing.
    """

    certain: Interval | None
    likely: Interval | None
    level: Level
    lost: int
    tables: tuple[str, ...]


class Missing(Struct, frozen=True):
    """Rows of one side that may be missing from its count, and rows of the count that may be otherwise."""

    adds: int = 0
    touched: int = 0


def room(definition: Definition, sums: Sums, whole: Sums, lost: Mapping[str, TableLoss]) -> Room | None:
    """The room a metric's value has; None where nothing it depends on was lost.

    Args:
        definition: the definition in force.
        sums: the window's sums.
        whole: the sums of all days, which say what share of the rows lies in the window.
        lost: what each table of the shop lacks.
    """
    reaches = {name: reach(side, lost) for name, side in definition.sides.items()}
    tables = [(name, columns) for each in reaches.values() for name, columns in each.tables.items() if name in lost]
    certain = _band(definition, sums, {name: _missing(each, 1.0) for name, each in reaches.items()})
    shares = {name: _share(definition, name, sums, whole) for name in reaches}
    likely = _band(definition, sums, {name: _missing(each, shares[name]) for name, each in reaches.items()})
    unbounded = tables if certain is None else [pair for each in reaches.values() for pair in each.unbounded.items()]
    level = worst(
        *(lost[name].open for name, _ in tables), *(lost[name].trust_in(columns) for name, columns in unbounded)
    )
    touched = {name: _lost(lost[name], columns) for name, columns in tables}
    named = tuple(sorted(name for name, count in touched.items() if count or lost[name].open != "good"))
    return Room(certain, likely, level, sum(touched.values()), named) if named else None


def _lost(loss: TableLoss, columns: frozenset[str]) -> int:
    return loss.lost + loss.doubtful + sum(count for column, count in loss.cells.items() if column in columns)


# ── how many of them ─────────────────────────────────────────────────────────────────────────────────────────────


def _share(definition: Definition, side: str, sums: Sums, whole: Sums) -> float:
    """The share of a side's counted rows that lies in the window."""
    above = definition.metric.kind == "ratio_of" and side == "n"
    here, everywhere = (sums.hits, whole.hits) if above else (sums.rows, whole.rows)
    return here / everywhere if everywhere else 1.0


def _missing(reached: Reach, share: float) -> Missing:
    return Missing(within(reached.adds, share), sum(within(count, share) * each for count, each in reached.touches))


def within(lost: int, share: float) -> int:
    """How many of the lost rows the window may hold if each lies in it with this chance: 97.5 % of the time no more."""
    return min(lost, math.ceil(lost * share + Z * math.sqrt(lost * share * (1 - share))))


# ── what they can do ─────────────────────────────────────────────────────────────────────────────────────────────


def _band(definition: Definition, sums: Sums, missing: Mapping[str, Missing]) -> Interval | None:
    bounded = _KINDS.get(definition.metric.kind)
    return None if bounded is None else bounded(definition, sums, missing)


def ratio_band(hits: float, rows: float, missing: Missing) -> Interval:
    """Where a share lies: the rows touched were all hits (misses), the rows added are all misses (hits)."""
    rows_then = rows + missing.adds
    low, high = max(hits - missing.touched, 0), max(rows - hits - missing.touched, 0)
    return low / rows_then, 1 - high / rows_then


def _ratio(definition: Definition, sums: Sums, missing: Mapping[str, Missing]) -> Interval | None:
    if not weighted(definition):
        return ratio_band(sums.hits, sums.rows, missing[""]) if sums.rows else None
    # A lost row weighs like the others as they weigh in the value, so that Kish's n stands for the rows.
    rows, share = kish(sums.w, sums.w2), divide(sums.wh, sums.w)
    return None if share is None else ratio_band(share * rows, rows, missing[""])


def _ratio_of(definition: Definition, sums: Sums, missing: Mapping[str, Missing]) -> Interval | None:
    above, below = missing["n"], missing["d"]
    if any(summed(definition, side) or weighted(definition, side) for side in ("n", "d")):
        return None
    rows_least, rows_most = sums.rows - below.touched, sums.rows + below.touched + below.adds
    if rows_least <= 0:
        return None
    least, most = max(sums.hits - above.touched, 0), sums.hits + above.touched + above.adds
    return shaped(definition, least / rows_most), shaped(definition, most / rows_least)


def _mean(definition: Definition, sums: Sums, missing: Mapping[str, Missing]) -> Interval | None:
    value = bare_value(definition, sums).value
    if definition.metric.unit != "stars" or value is None:
        return None
    bottom, top = STARS
    rows = kish(sums.w, sums.w2) if weighted(definition) else float(sums.rows)
    lost, step = missing[""], missing[""].touched * (top - bottom)
    low = (value * rows - step + bottom * lost.adds) / (rows + lost.adds)
    high = (value * rows + step + top * lost.adds) / (rows + lost.adds)
    return max(low, float(bottom)), min(high, float(top))


def _count(definition: Definition, sums: Sums, missing: Mapping[str, Missing]) -> Interval | None:
    if summed(definition):
        return None
    lost = missing[""]
    return float(max(sums.rows - lost.touched, 0)), float(sums.rows + lost.touched + lost.adds)


_KINDS: Mapping[str, Callable[[Definition, Sums, Mapping[str, Missing]], Interval | None]] = {
    "ratio": _ratio,
    "ratio_of": _ratio_of,
    "mean": _mean,
    "count": _count,
}
"""A quantile and a mean of durations have no bound: one lost row may have taken any time."""
