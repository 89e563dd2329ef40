"""A series of days → the day from which it runs at its present level."""

from __future__ import annotations

import math
from itertools import pairwise
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
    while True:
        split = _best(days, first, fit)
        if split is None or split[1] < STRIKING * phi:
            return first
        first = split[0]


def _best(days: Sequence[Count], first: int, fit: Callable[[Count], float]) -> tuple[int, float] | None:
    """The best place to split what begins at ``first``, and what it gains."""
    sums = [Count(0.0, 0.0)]
    for day in days[first:]:
        sums.append(_plus(sums[-1], day))
    whole = sums[-1]
    found = [
        (first + at, 2 * (fit(sums[at]) + fit(_minus(whole, sums[at])) - fit(whole)))
        for at in range(SHORTEST, len(sums) - SHORTEST)
        if sums[at].n and whole.n - sums[at].n
    ]
    return max(found, key=lambda split: split[1], default=None)


def _plus(one: Count, other: Count) -> Count:
    return Count(one.amount + other.amount, one.n + other.n, one.squares + other.squares)


def _minus(one: Count, other: Count) -> Count:
    return Count(one.amount - other.amount, one.n - other.n, one.squares - other.squares)


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
        return _within(days)
    whole = Count(*(math.fsum(each) for each in zip(*days, strict=True)))
    level = whole.amount / whole.n
    return level * (1 - level) if kind == "share" else level


# ── likelihoods ──────────────────────────────────────────────────────────────────────────────────────────────────


def _fit(days: Sequence[Count], kind: Kind) -> Callable[[Count], float]:
    """The log-likelihood of some days at their own level, but for what is the same at every level."""
    if kind != "mean":
        return _share if kind == "share" else _rate
    spread = _within(days)
    return lambda some: some.amount**2 / some.n / (2 * spread) if spread > 0 else 0.0


def _share(some: Count) -> float:
    """Log-likelihood of a share at its own level."""
    return _product(some.amount, some.amount / some.n) + _product(some.n - some.amount, 1 - some.amount / some.n)


def _rate(some: Count) -> float:
    """Log-likelihood of Poisson events at their own rate, but for what does not depend on it."""
    return _product(some.amount, some.amount / some.n)


def _product(times: float, level: float) -> float:
    return times * math.log(level) if times > 0 and level > 0 else 0.0


def _within(days: Sequence[Count]) -> float:
    """The variance of rows around their own day's mean, which no change between days touches."""
    known = [day for day in days if day.n]
    left = math.fsum(day.squares - day.amount**2 / day.n for day in known)
    return left / max(math.fsum(day.n for day in known) - len(known), 1.0)
