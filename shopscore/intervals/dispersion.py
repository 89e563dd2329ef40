"""Sums of days → how much more days differ than chance has it, every day weighing by its own rows.

What a segment is tested with (`diagnosis/drivers`). The design effect of `scatter` tells how sure a window's value is,
and one large bad day makes that very unsure; but such a day is a cause of its own, and must not hide the others.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shopscore.intervals.kinds import variance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition


FEWEST_DAYS = 10
"""Days below which one bad day alone would be all there is of scatter."""


def dispersion(definition: Definition, sums: Sums, days: Sequence[Sums]) -> float:
    """φ of a metric's days, at least 1; 1 where it cannot be told.

    Args:
        definition: the metric.
        sums: its window.
        days: the window's days.
    """
    match definition.metric.kind:
        case "ratio":
            return of_shares([(day.hits, day.rows) for day in days])
        case "ratio_of":
            return of_counts([(day.hits, day.rows) for day in days])
        case "mean" if sums.rows > 1:
            return of_means([(day.x, day.rows) for day in days], variance(sums.rows, sums.x, sums.x2))
        case _:
            return 1.0


def of_shares(days: Sequence[tuple[float, float]]) -> float:
    """φ of daily (hits, rows): Pearson's χ² over its degrees of freedom, ``Σ (hᵢ - nᵢp)² / (nᵢ p(1-p)) / (k-1)``."""
    days = [(hits, rows) for hits, rows in days if rows > 0]
    hits, rows = math.fsum(day[0] for day in days), math.fsum(day[1] for day in days)
    if len(days) < FEWEST_DAYS or min(hits, rows - hits) < len(days) / 2:
        return 1.0
    share = hits / rows
    chi2 = math.fsum((hit - row * share) ** 2 / (row * share * (1 - share)) for hit, row in days)
    return max(chi2 / (len(days) - 1), 1.0)


def of_counts(days: Sequence[tuple[float, float]]) -> float:
    """φ of daily (numerator, denominator) counts on two clocks: the lesser of what pairs and what an even flow tell."""
    paired = of_shares([(count, count + below) for count, below in days])
    counts = [count for count, _ in days]
    total = math.fsum(counts)
    if len(days) < FEWEST_DAYS or total < len(days) / 2:
        return 1.0
    even = total / len(days)
    return max(min(paired, math.fsum((count - even) ** 2 / even for count in counts) / (len(days) - 1)), 1.0)


def of_means(days: Sequence[tuple[float, float]], spread: float) -> float:
    """φ of daily (Σx, rows): variance between days over the variance between rows, ``Σ nᵢ(mᵢ - m)² / (k-1) / s²``."""
    days = [(x, rows) for x, rows in days if rows > 0]
    if len(days) < FEWEST_DAYS or spread <= 0:
        return 1.0
    whole = math.fsum(x for x, _ in days) / math.fsum(rows for _, rows in days)
    between = math.fsum(rows * (x / rows - whole) ** 2 for x, rows in days) / (len(days) - 1)
    return max(between / spread, 1.0)
