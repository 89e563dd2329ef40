"""How sure a number is: 95 % intervals for shares, ratios of counts, means and quantiles.

Every interval contains its value, shrinks as rows grow and is widened by φ where days differ more than chance would
have them (quasi-likelihood: McCullagh & Nelder, Generalized Linear Models, 1989, §4.5): φ divides the effective n.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Interval = tuple[float, float]

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
DAYS_FOR_DISPERSION = 10
"""Days with rows below which the scatter between days says too little to be used."""


def kish(w: float, w2: float) -> float:
    """Effective number of rows of a weighted sum: (Σw)² / Σw² (Kish, Survey Sampling, 1965, §11.7)."""
    return w * w / w2 if w2 else 0.0


def wilson(share: float, n: float, phi: float = 1.0) -> Interval:
    """Score interval of a share (Wilson, JASA 22, 1927).

    ``(p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)`` with n divided by φ.

    Args:
        share: hits over rows, weighted or not, 0 to 1.
        n: rows; for weighted rows Kish's effective number.
        phi: dispersion between days, at least 1.
    """
    n /= phi
    if n <= 0:
        return 0.0, 1.0
    centre = share + Z * Z / (2 * n)
    half = Z * math.sqrt(share * (1 - share) / n + (Z / (2 * n)) ** 2)
    low, high = (centre - half) / (1 + Z * Z / n), (centre + half) / (1 + Z * Z / n)
    return max(min(low, share), 0.0), min(max(high, share), 1.0)


def ratio_of_counts(
    numerator: float, denominator: float, counts: tuple[float, float] | None = None, phi: float = 1.0
) -> Interval:
    """Interval of a ratio of two counts neither of which is a part of the other.

    Two Poisson counts a and b, given their sum, are a draw of a from a + b with share π = ρ/(1+ρ) (Przyborowski &
    Wilenski, Biometrika 31, 1940). Wilson's interval of π, mapped back by ρ = π/(1-π), is finite and right for a = 0.

    Args:
        numerator: the numerator, a count or a sum.
        denominator: the denominator, a count or a sum, above 0.
        counts: how many events stand behind the two where they are sums: (Σw)²/Σw² above the line, rows below.
        phi: dispersion between days, at least 1.
    """
    above, below = counts or (numerator, denominator)
    low, high = wilson(above / (above + below), above + below, phi)
    scale = (numerator / above if above else 1.0) * below / denominator
    value = numerator / denominator
    upper = scale * high / (1 - high) if high < 1 else math.inf
    return min(scale * low / (1 - low), value), max(upper, value)


def ratio_of_sums(days: Sequence[tuple[float, float]]) -> Interval | None:
    """Interval of one sum by another over the same days; None below `DAYS_FOR_DISPERSION` days with anything in them.

    The ratio estimator over days as they come (Cochran, Sampling Techniques, 1977, §6.4):
    ``R ± t(k-1)·√(k·s²)/Σxᵢ`` with ``s² = Σ(yᵢ - Rxᵢ)²/(k-1)``. What a day adds above the line comes with what it adds
    below, so their scatter is taken together.

    Args:
        days: what each day adds above and below the line.
    """
    days = [day for day in days if any(day)]
    above, below = sum(day[0] for day in days), sum(day[1] for day in days)
    if len(days) < DAYS_FOR_DISPERSION or not below:
        return None
    ratio = above / below
    spread = sum((top - ratio * bottom) ** 2 for top, bottom in days) / (len(days) - 1)
    half = student(len(days) - 1) * math.sqrt(len(days) * spread) / abs(below)
    least = 0.0 if min(day[0] for day in days) >= 0 and below > 0 else -math.inf
    return max(ratio - half, least), ratio + half


def mean(value: float, variance: float, n: float, phi: float = 1.0) -> Interval | None:
    """Student's interval of a mean: ``value ± t(n-1)·√(φ·s²/n)``; None below two rows.

    Args:
        value: the mean.
        variance: the rows' variance s², with divisor n-1.
        n: rows; for weighted rows Kish's effective number.
        phi: dispersion between days, at least 1.
    """
    if n < 2:  # noqa: PLR2004 - a spread takes two rows
        return None
    half = student(n - 1) * math.sqrt(phi * max(variance, 0.0) / n)
    return value - half, value + half


def student(freedom: float) -> float:
    """Two-sided 95 % quantile of Student's t: exact below 3 degrees of freedom, then Abramowitz & Stegun 26.7.5."""
    if freedom < 2:  # noqa: PLR2004 - Cauchy's closed form, which errs to the wide side between 1 and 2
        return math.tan(math.pi * LEVEL / 2)
    if freedom < 3:  # noqa: PLR2004
        return LEVEL * math.sqrt(2 / (1 - LEVEL * LEVEL))
    z, v = Z, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )


def quantile_ranks(q: float, n: int, phi: float = 1.0) -> tuple[int, int, int]:
    """Ranks (from 1) of the lower end, the value and the upper end of a quantile of n rows.

    The value is the nearest rank, the smallest with at least q·n rows up to it. The ends are the order statistics at
    ``q·n ± z·√(φ·n·q(1-q))`` (Conover, Practical Nonparametric Statistics, 1999, §3.2).
    """
    half = Z * math.sqrt(phi * n * q * (1 - q))
    # 0.9 * 10 is a hair above 9 in binary; the rank is 9.
    rank = min(max(math.ceil(q * n - 1e-9), 1), n)
    return max(min(math.floor(q * n - half), rank), 1), rank, min(max(math.ceil(q * n + half), rank), n)


def dispersion_of_shares(days: Sequence[tuple[float, float]]) -> float:
    """φ of daily (hits, rows): Pearson's χ² over its degrees of freedom, at least 1, and 1 where days are few.

    ``φ = Σ (hᵢ - nᵢp)² / (nᵢ p(1-p)) / (k-1)`` over the k days that have rows.
    """
    days = [(hits, rows) for hits, rows in days if rows > 0]
    hits, rows = sum(day[0] for day in days), sum(day[1] for day in days)
    if len(days) < DAYS_FOR_DISPERSION or min(hits, rows - hits) < len(days) / 2:
        return 1.0
    share = hits / rows
    chi2 = sum((hit - row * share) ** 2 / (row * share * (1 - share)) for hit, row in days)
    return max(chi2 / (len(days) - 1), 1.0)


def dispersion_of_counts(days: Sequence[tuple[float, float]]) -> float:
    """φ of daily (numerator, denominator) counts on two clocks.

    Days of a ratio of counts are no pairs (a refund falls later than its order), so two estimates are made: against
    the same day's denominator and against an even flow. Busy days inflate both; the lesser is nearer to the truth.
    """
    paired = dispersion_of_shares([(count, count + below) for count, below in days])
    counts = [count for count, _ in days]
    total = sum(counts)
    if len(days) < DAYS_FOR_DISPERSION or total < len(days) / 2:
        return 1.0
    even = total / len(days)
    return max(min(paired, sum((count - even) ** 2 / even for count in counts) / (len(days) - 1)), 1.0)


def dispersion_of_means(days: Sequence[tuple[float, float]], variance: float) -> float:
    """φ of daily (Σx, rows): variance between days over the variance between rows, at least 1, 1 where days are few.

    ``φ = Σ nᵢ(mᵢ - m)² / (k-1) / s²``.
    """
    days = [(x, rows) for x, rows in days if rows > 0]
    if len(days) < DAYS_FOR_DISPERSION or variance <= 0:
        return 1.0
    whole = sum(x for x, _ in days) / sum(rows for _, rows in days)
    between = sum(rows * (x / rows - whole) ** 2 for x, rows in days) / (len(days) - 1)
    return max(between / variance, 1.0)
