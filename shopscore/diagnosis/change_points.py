"""A series of days → the day from which it runs at its present level."""

from __future__ import annotations

import math
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Kind = Literal["share", "rate", "mean"]
"""What a day's number is: events among n rows, events against an exposure of n, a sum over n rows."""

SHORTEST = 3
"""Days a level lasts at least: one day alone is an outlier and no level."""
STRIKING = 11.0
"""Twice the log-likelihood, divided by the dispersion, a split must gain.

Among the splits of a window of 20 to 60 days without any change the best one gains this much in about one window of
a hundred (`tests/judgement/test_change_points.py` counts it).
"""


class Count(NamedTuple):
    """One day: events or a sum, and the rows or exposure behind it; ``squares`` is Σx² of a mean's rows."""

    amount: float
    n: float
    squares: float = 0.0


def present_level(days: Sequence[Count], kind: Kind) -> int:
    """Where the present level begins: the index of its first day, 0 where there is no change.

    The split with the largest gain in likelihood is believed if it gains `STRIKING` times the dispersion, and what
    follows it is looked at again. The dispersion between days comes from neighbouring days, which a change of level
    leaves alone (von Neumann, Ann. Math. Stat. 12, 1941).
    """
    first, phi, fit = 0, dispersion(days, kind), _fit(days, kind)
    while (split := _striking(days[first:], phi, fit)) is not None:
        first += split
    return first


def levels(days: Sequence[Count], kind: Kind, striking: float = STRIKING) -> list[int]:
    """Where every level begins, the first at 0: both sides of a split are looked at again (Scott & Knott, 1974).

    The last of them is where `present_level` has it begin, if ``striking`` is the same.
    """
    phi, fit = dispersion(days, kind), _fit(days, kind)
    begins, open_parts = [0], [(0, len(days))]
    while open_parts:
        first, end = open_parts.pop()
        split = _striking(days[first:end], phi, fit, striking)
        if split is not None:
            begins.append(first + split)
            open_parts += [(first, first + split), (first + split, end)]
    return sorted(begins)


def _striking(
    days: Sequence[Count], phi: float, fit: Callable[[float, float], float], striking: float = STRIKING
) -> int | None:
    """Where some days are split, if that gains enough."""
    split = _best(days, fit)
    return None if split is None or split[1] < striking * phi else split[0]


def _best(days: Sequence[Count], fit: Callable[[float, float], float]) -> tuple[int, float] | None:
    """The best place to split some days, and what it gains."""
    amounts = list(accumulate((day.amount for day in days), initial=0.0))
    rows = list(accumulate((day.n for day in days), initial=0.0))
    amount, n = amounts[-1], rows[-1]
    found = [
        (at, fit(amounts[at], rows[at]) + fit(amount - amounts[at], n - rows[at]))
        for at in range(SHORTEST, len(rows) - SHORTEST)
        if rows[at] and n - rows[at]
    ]
    if not found:
        return None
    at, best = max(found, key=lambda split: split[1])
    return at, 2 * (best - fit(amount, n))


def dispersion(days: Sequence[Count], kind: Kind) -> float:
    """How much more neighbouring days differ than chance alone would have them, at least 1."""
    known = [day for day in days if day.n]
    spread = _spread(known, kind) if len(known) > SHORTEST else 0.0
    if spread <= 0:
        return 1.0
    pairs = list(pairwise(known))
    gaps = ((here.amount / here.n - there.amount / there.n) ** 2 / (1 / here.n + 1 / there.n) for here, there in pairs)
    return max(math.fsum(gaps) / spread / len(pairs), 1.0)


def _spread(days: Sequence[Count], kind: Kind) -> float:
    """The variance of one row (of one unit of exposure)."""
    if kind == "mean":
        return within(days)
    level = math.fsum(day.amount for day in days) / math.fsum(day.n for day in days)
    return level * (1 - level) if kind == "share" else level


# ── likelihoods ──────────────────────────────────────────────────────────────────────────────────────────────────


def _fit(days: Sequence[Count], kind: Kind) -> Callable[[float, float], float]:
    """The log-likelihood of some days at their own level, but for what is the same at every level."""
    if kind != "mean":
        return _share if kind == "share" else _rate
    spread = within(days)
    return lambda amount, n: amount**2 / n / (2 * spread) if spread > 0 else 0.0


def _share(amount: float, n: float) -> float:
    """Log-likelihood of a share at its own level."""
    level = amount / n
    if not 0 < level < 1:
        return 0.0
    return amount * math.log(level) + (n - amount) * math.log1p(-level)


def _rate(amount: float, n: float) -> float:
    """Log-likelihood of Poisson events at their own rate, but for what does not depend on it."""
    return amount * math.log(amount / n) if amount > 0 else 0.0


def within(days: Sequence[Count]) -> float:
    """The variance of rows around their own day's mean, which no change between days touches."""
    known = [day for day in days if day.n]
    left = math.fsum(day.squares - day.amount**2 / day.n for day in known)
    return left / max(math.fsum(day.n for day in known) - len(known), 1.0)
