"""What a day's number may be by chance → the ends of its usual range, exact where few events make the normal fail."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal, NamedTuple

from shopscore.diagnosis.events import STARS

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopscore.diagnosis.change_points import Kind
    from shopscore.intervals import Interval

Shape = Literal["share", "rate", "duration", "stars", "plain"]
"""How one row behaves: hits of rows, events on an exposure, times (skewed to the right), stars (to the left), else."""


def kind_of(shape: Shape) -> Kind:
    """What a day's number is to a search for levels."""
    return shape if shape in ("share", "rate") else "mean"


NORMAL_FROM = 30.0
"""Variance of a day's count from which the normal with its skewness (Cornish & Fisher) is near the exact tail."""
_NORMAL = NormalDist()
_NEGLIGIBLE = 1e-3


@lru_cache(maxsize=4096)
def limits(shape: Shape, level: float, n: float, deviates: tuple[float, float], spread: float = 0.0) -> Interval:
    """Both ends of what a day may show at a level, the ends inside.

    A tail is as rare as a normal deviate of z is; days that differ by φ more than chance need one of ``z·√φ``
    (Laney's p′ and u′ charts: Quality Engineering 14, 2002, 531-537), here on the exact tail where events are few.

    Args:
        shape: how a row behaves.
        level: the share, the rate or the mean to be expected.
        n: rows, or the exposure; above 0.
        deviates: z, how far out is too far, as a normal deviate, and φ, the variance of the day over that of chance.
        spread: variance of one row of a mean.
    """
    z, phi = deviates
    if shape == "share":
        return _share(level, n, z * math.sqrt(phi))
    if shape == "rate":
        mean = level * n
        low, high = _counts(_Law(mean, mean, 1.0, math.exp(-mean)), z * math.sqrt(phi), lambda k: mean / (k + 1))
        return low / n, high / n
    if shape == "stars":
        return _stars(level, n / phi, spread, z)
    return _mean(shape, level, math.sqrt(phi * spread / n), z)


def _share(level: float, n: float, z: float) -> Interval:
    if level > 0.5:  # noqa: PLR2004 - the rarer side is counted
        low, high = _share(1 - level, n, z)
        return 1 - high, 1 - low
    rows, odds = max(round(n), 1), level / (1 - level)
    law = _Law(level * rows, level * (1 - level) * rows, 1 - 2 * level, math.exp(rows * math.log1p(-level)))
    low, high = _counts(law, z, lambda k: (rows - k) / (k + 1) * odds)
    return low / rows, min(high / rows, 1.0)


class _Law(NamedTuple):
    """A count's moments (``skew``: third moment over variance) and the chance of none."""

    mean: float
    variance: float
    skew: float
    nothing: float


def _counts(law: _Law, z: float, step: Callable[[int], float]) -> Interval:
    """The least and the most events that either tail still holds; ``step(k)`` is P(k + 1) / P(k)."""
    if law.variance <= 0:
        return law.mean, law.mean
    if law.variance >= NORMAL_FROM:
        deviation, bend = math.sqrt(law.variance), law.skew * (z * z - 1) / 6
        return max(law.mean - z * deviation + bend, 0.0), law.mean + z * deviation + bend
    return _exact(law, _NORMAL.cdf(-z), step)


def _exact(law: _Law, tail: float, step: Callable[[int], float]) -> Interval:
    chances, at = [law.nothing], 0
    while (ratio := step(at)) > 0:
        # Past the top the terms fall faster and faster: what is left is less than a geometric series.
        if at >= law.mean and chances[-1] * ratio <= _NEGLIGIBLE * tail * (1 - min(ratio, 0.999)):
            break
        chances.append(chances[-1] * ratio)
        at += 1
    low, below = 0, chances[0]
    while below <= tail and low < at:
        low += 1
        below += chances[low]
    high, above = at, chances[at]
    while above <= tail and high > low:
        high -= 1
        above += chances[high]
    return float(low), float(high)


def _stars(level: float, n: float, spread: float, z: float) -> Interval:
    """A mean of stars like five less one of times, but that a day may well have nothing but five stars.

    Of rows with a variance of s² that lack δ of five in the mean at least δ²/(δ² + s²) lack one (Cauchy and Schwarz):
    with no more than the rest's chance to the power of n have all n of them five.
    """
    lacking = STARS - level
    least, most = _mean("duration", lacking, math.sqrt(spread / n), z)
    if lacking > 0 < spread and n * math.log1p(-(lacking**2) / (lacking**2 + spread)) > math.log(_NORMAL.cdf(-z)):
        least = 0.0
    return STARS - most, STARS - least


def _mean(shape: Shape, level: float, deviation: float, z: float) -> Interval:
    """A mean of times like a gamma variable (Wilson & Hilferty, PNAS 17, 1931)."""
    if shape == "plain" or level <= 0 or deviation <= 0:
        return level - z * deviation, level + z * deviation
    part = deviation / (3 * level)
    low, high = (level * max(1 - part * part + side * z * part, 0.0) ** 3 for side in (-1, 1))
    return min(low, level), max(high, level)
