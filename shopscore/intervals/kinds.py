"""The kinds of metric: from integer sums to a value with its two counts and its interval."""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore import intervals
from shopscore.intervals import scatter as scatters
from shopscore.schema.units import DURATIONS, unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shopscore.intervals import Interval
    from shopscore.intervals.scatter import Scatter
    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition

_Days = tuple["Sequence[Sums]", "Sequence[Sums]"]
"""The days of a window, and all that are known of its level (see `value_of`)."""
_of_shares = lru_cache(maxsize=8)(scatters.scatter_of_shares)
"""The best of earlier windows is taken to scatter as today's, and asks again for what was just found."""
_LAST_BIT = 1e-9
"""Relative room for the rounding of a division, so that a weighted 0.09 / 0.1 meets 0.9."""


class Value(Struct, frozen=True):
    """A value with its two counts (weighted where the metric is) and its interval."""

    value: float | None
    numerator: float
    denominator: float | None
    rows: tuple[int, int]
    interval: Interval | None = None


def meets(value: float, target: float, better: str) -> bool:
    """Whether a value is on the good side of a target; the target itself is."""
    room = _LAST_BIT * max(abs(target), abs(value))
    return value >= target - room if better == "higher" else value <= target + room


def value_of(definition: Definition, sums: Sums, days: Sequence[Sums] = (), known: Sequence[Sums] = ()) -> Value:
    """The value, its counts and its 95 % interval.

    Args:
        definition: the metric.
        sums: its window.
        days: the window's days in order, one after the other; they only widen the interval.
        known: all days of the same level that are known, those of the window among them, in order and without a gap;
            shares only: a mean's error is learnt from the window whose value it is, so that both are skewed together.
    """
    found = bare_value(definition, sums)
    ends = _ENDS[definition.metric.kind](definition, found, sums, (days, known)) if found.value is not None else None
    return replace(found, interval=ends)


def bare_value(definition: Definition, sums: Sums) -> Value:
    """The value and its counts, for who asks no interval: finding one takes ten times as long."""
    return _KINDS[definition.metric.kind](definition, sums)


def divide(numerator: float, denominator: float) -> float | None:
    """A ratio; None where there is nothing to divide by."""
    return numerator / denominator if denominator else None


def weighted(definition: Definition, side: str = "") -> bool:
    """Whether a side's rows carry weights."""
    rules = definition.sides.get(side)
    return rules is not None and rules.weight_by is not None


def summed(definition: Definition, side: str = "") -> bool:
    """Whether a side adds up ``of`` over its rows rather than counting them."""
    rules = definition.sides.get(side)
    return rules is not None and rules.of is not None


def counts_of(definition: Definition, sums: Sums) -> tuple[float, float]:
    """The two counts of a ratio, a ratio of counts or a mean, weighted where the metric is."""
    match definition.metric.kind:
        case "ratio_of":
            # The ledger keeps a denominator's weights and its ``of`` in the same place, both in hundredths.
            heavy = weighted(definition, "d") or summed(definition, "d")
            return _above(definition, sums)[0], sums.w / 100 if heavy else float(sums.rows)
        case "mean":
            heavy, unit = weighted(definition), scale(definition)
            return (sums.wx / 100 / unit, sums.w / 100) if heavy else (sums.x / unit, float(sums.rows))
        case _:
            heavy = weighted(definition)
            return (sums.wh / 100, sums.w / 100) if heavy else (float(sums.hits), float(sums.rows))


def scatter(definition: Definition, sums: Sums, days: Sequence[Sums], known: Sequence[Sums] = ()) -> Scatter:
    """How much more days differ than chance would have them; ``known`` as in `value_of`, for shares."""
    match definition.metric.kind:
        case "ratio":
            return _of_shares(*(tuple((day.wh, day.w, day.w2) for day in each) for each in (days, known)))
        case "ratio_of":
            return scatters.scatter_of_counts([(day.hits, day.rows) for day in days])
        case "mean" if sums.rows > 1:
            return scatters.scatter([(day.wx, day.w, day.w2) for day in days], variance(sums.rows, sums.x, sums.x2))
        case _:
            return scatters.EVEN


def variance(rows: int, x: int, x2: int) -> float:
    """s² of at least two rows from their Σx and Σx², in the square of their unit; exact until the division."""
    return (rows * x2 - x * x) / (rows * (rows - 1))


def _ratio(definition: Definition, sums: Sums) -> Value:
    numerator, denominator = counts_of(definition, sums)
    return Value(divide(numerator, denominator), numerator, denominator, (sums.hits, sums.rows))


def _ends_of_ratio(definition: Definition, found: Value, sums: Sums, days: _Days) -> Interval:
    n = intervals.kish(sums.w, sums.w2) if weighted(definition) else sums.rows
    return intervals.wilson(found.value or 0.0, n, scatter(definition, sums, *days))


def _ratio_of(definition: Definition, sums: Sums) -> Value:
    numerator, denominator = counts_of(definition, sums)
    value = shaped(definition, numerator / denominator) if denominator else None
    return Value(value, numerator, denominator, (sums.hits, sums.rows))


def _ends_of_ratio_of(definition: Definition, found: Value, sums: Sums, days: _Days) -> Interval | None:
    if summed(definition, "n") and summed(definition, "d"):
        ends = _sum_by_sum(definition, days[0])
    else:
        counts = _above(definition, sums)[1], sums.rows
        even = scatter(definition, sums, days[0])
        ends = intervals.ratio_of_counts(found.numerator, found.denominator or 0.0, counts, even)
    return None if ends is None else (shaped(definition, ends[0]), shaped(definition, ends[1]))


def _sum_by_sum(definition: Definition, days: Sequence[Sums]) -> Interval | None:
    """How far a sum by a sum may be from what such days give; None where its days are no pairs."""
    above, below = definition.sides["n"], definition.sides["d"]
    if (above.fact, above.at) != (below.fact, below.at):
        return None
    unit = scale(definition)
    return intervals.ratio_of_sums([(day.x / unit, day.w / 100) for day in days])


def _above(definition: Definition, sums: Sums) -> tuple[float, float]:
    """The numerator side's sum and how many events that is worth; ``w2``, ``x`` and ``x2`` are that side's."""
    if summed(definition, "n"):
        return sums.x / scale(definition), intervals.kish(sums.x, sums.x2)
    if weighted(definition, "n"):
        return sums.wh / 100, intervals.kish(sums.wh, sums.w2)
    return float(sums.hits), float(sums.hits)


def shaped(definition: Definition, ratio: float) -> float:
    """A ratio b/n as the definition damps it, b/(damp·b + n), and caps it; neither ever turns the order around."""
    if definition.damp is not None:
        ratio = 1 / (definition.damp + 1 / ratio) if ratio else 0.0
    return ratio if definition.cap is None else min(ratio, definition.cap)


def scale(definition: Definition) -> int:
    """Ledger units of ``x`` per unit of the metric."""
    return unit_of(definition.metric.unit).makes


def _mean(definition: Definition, sums: Sums) -> Value:
    numerator, denominator = counts_of(definition, sums)
    return Value(divide(numerator, denominator), numerator, denominator, (sums.rows, sums.rows))


def _ends_of_mean(definition: Definition, found: Value, sums: Sums, days: _Days) -> Interval | None:
    if sums.rows <= 1:
        return None
    # The sums hold Σx² without weights: the rows' spread is taken from them, the weights through Kish's n.
    value, n = found.value or 0.0, intervals.kish(sums.w, sums.w2) if weighted(definition) else sums.rows
    spread = variance(sums.rows, sums.x, sums.x2) / scale(definition) ** 2
    told = scatter(definition, sums, days[0])
    if definition.metric.unit == "stars":
        return intervals.stars(value, spread, n, told)
    return intervals.mean(value, spread, n, told, positive=definition.metric.unit in DURATIONS)


def _quantile(definition: Definition, sums: Sums) -> Value:
    values, below, q = _ranked(definition, sums)
    if not values:
        return Value(None, 0.0, 0.0, (0, 0))
    rows = below[-1]
    value = _at(values, below, intervals.quantile_ranks(q, rows)[1]) / scale(definition)
    return Value(value, value * rows, float(rows), (rows, rows))


def _ends_of_quantile(definition: Definition, found: Value, sums: Sums, days: _Days) -> Interval:
    values, below, q = _ranked(definition, sums)
    rows = found.rows[0]
    middle = _at(values, below, intervals.quantile_ranks(q, rows)[1])
    told = scatters.scatter_of_shares(_below(middle, days[0]))
    low, _, high = (_at(values, below, rank) / scale(definition) for rank in intervals.quantile_ranks(q, rows, told))
    return low, high


def _ranked(definition: Definition, sums: Sums) -> tuple[list[tuple[int, int]], list[int], float]:
    """Values in order, how many rows are no larger than each, and which part of all rows is asked for."""
    values = sorted(sums.values)
    return values, list(accumulate(count for _, count in values)), definition.metric.quantile or 0.5


def _at(values: Sequence[tuple[int, int]], below: Sequence[int], rank: float) -> float:
    """The row at a rank; between two ranks as far between their rows."""
    first = math.floor(rank)
    low, part = values[bisect_left(below, first)][0], rank - first
    return low + part * (values[bisect_left(below, first + 1)][0] - low) if part else low


def _below(value: float, days: Sequence[Sums]) -> list[tuple[float, float, float]]:
    """Of each day how many rows are no larger than a value, and how many there are."""
    counts = ((sum(n for x, n in day.values if x <= value), sum(n for _, n in day.values)) for day in days)
    return [(float(hits), float(rows), float(rows)) for hits, rows in counts]


def _count(definition: Definition, sums: Sums) -> Value:
    value = sums.x / scale(definition) if summed(definition) else float(sums.rows)
    return Value(value, value, None, (sums.rows, sums.rows))


def _no_ends(definition: Definition, found: Value, sums: Sums, days: _Days) -> None:
    """The platform counts what happened; there is nothing to be unsure of."""
    del definition, found, sums, days


_KINDS: Mapping[str, Callable[[Definition, Sums], Value]] = {
    "ratio": _ratio,
    "ratio_of": _ratio_of,
    "mean": _mean,
    "quantile": _quantile,
    "count": _count,
}
_ENDS: Mapping[str, Callable[[Definition, Value, Sums, _Days], Interval | None]] = {
    "ratio": _ends_of_ratio,
    "ratio_of": _ends_of_ratio_of,
    "mean": _ends_of_mean,
    "quantile": _ends_of_quantile,
    "count": _no_ends,
}
