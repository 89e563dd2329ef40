"""How sure a number is: 95 % intervals for shares, ratios of counts, means and quantiles.

Every interval contains its value, shrinks as rows grow and is widened where days differ more than chance would have
them (`shopscore.intervals.scatter`): φ divides the effective n, and Student's t takes the place of z.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING

from shopscore.intervals.scatter import EVEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.intervals.scatter import Scatter

Interval = tuple[float, float]

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
LEAST_STARS, MOST_STARS = 1, 5
DAYS_OF_SUMS = 10
"""Days below which a sum by a sum has no interval: its days are all there is to tell its scatter by."""


def kish(w: float, w2: float) -> float:
    """Effective number of rows of a weighted sum: (Σw)² / Σw² (Kish, Survey Sampling, 1965, §11.7)."""
    return w * w / w2 if w2 else 0.0


def wilson(share: float, n: float, scatter: Scatter = EVEN) -> Interval:
    """Score interval of a share (Wilson, JASA 22, 1927).

    ``(p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)`` with n divided by φ, z by Student's t where φ is estimated.

    Args:
        share: hits over rows, weighted or not, 0 to 1.
        n: rows; for weighted rows Kish's effective number.
        scatter: how much days differ.
    """
    n, z = n / scatter.phi, student(scatter.freedom)
    if n <= 0:
        return 0.0, 1.0
    centre = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
    low, high = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
    return max(min(low, share), 0.0), min(max(high, share), 1.0)


def rows_of(share: float, interval: Interval) -> float:
    """As many independent rows as have such an interval of their share: `wilson` undone.

    With a = z²/n and h half the width: ``a²(h² - ¼) + a(2h² - p(1-p)) + h² = 0``.
    """
    square = ((interval[1] - interval[0]) / 2) ** 2
    middle, less = share * (1 - share) - 2 * square, 0.25 - square
    if less <= 0:
        return 0.0
    return Z * Z * 2 * less / (math.sqrt(middle**2 + 4 * less * square) - middle)


def as_sure(*sides: tuple[float, float, Interval]) -> list[Interval]:
    """Intervals of shares, given with their rows and intervals, a row of each telling as much as one of the surest."""
    most = max(rows_of(share, ends) / rows for share, rows, ends in sides)
    return [wilson(share, most * rows) for share, rows, _ in sides]


def ratio_of_counts(
    numerator: float, denominator: float, counts: tuple[float, float] | None = None, scatter: Scatter = EVEN
) -> Interval:
    """Interval of a ratio of two counts neither of which is a part of the other.

    Two Poisson counts a and b, given their sum, are a draw of a from a + b with share π = ρ/(1+ρ) (Przyborowski &
    Wilenski, Biometrika 31, 1940). Wilson's interval of π, mapped back by ρ = π/(1-π), is finite and right for a = 0.

    Args:
        numerator: the numerator, a count or a sum.
        denominator: the denominator, a count or a sum, above 0.
        counts: how many events stand behind the two where they are sums: (Σw)²/Σw² above the line, rows below.
        scatter: how much days differ.
    """
    above, below = counts or (numerator, denominator)
    low, high = wilson(above / (above + below), above + below, scatter)
    scale = (numerator / above if above else 1.0) * below / denominator
    value = numerator / denominator
    upper = scale * high / (1 - high) if high < 1 else math.inf
    return min(scale * low / (1 - low), value), max(upper, value)


def ratio_of_sums(days: Sequence[tuple[float, float]]) -> Interval | None:
    """Interval of one sum by another over the same days; None below `DAYS_OF_SUMS` days with anything in them.

    The ratio estimator over days as they come (Cochran, Sampling Techniques, 1977, §6.4):
    ``R ± t(k-1)·√(k·s²)/Σxᵢ`` with ``s² = Σ(yᵢ - Rxᵢ)²/(k-1)``. What a day adds above the line comes with what it adds
    below, so their scatter is taken together.

    Args:
        days: what each day adds above and below the line.
    """
    days = [day for day in days if any(day)]
    above, below = math.fsum(day[0] for day in days), math.fsum(day[1] for day in days)
    if len(days) < DAYS_OF_SUMS or not below:
        return None
    ratio = above / below
    spread = math.fsum((top - ratio * bottom) ** 2 for top, bottom in days) / (len(days) - 1)
    half = student(len(days) - 1) * math.sqrt(len(days) * spread) / abs(below)
    least = 0.0 if min(day[0] for day in days) >= 0 and below > 0 else -math.inf
    return max(ratio - half, least), ratio + half


def count_again(count: float, scatter: Scatter = EVEN) -> Interval:
    """Where the count of another window as long lies, 95 %, if nothing but chance sets the two apart.

    The counts x that ``(x - y)² ≤ q·(x + y)`` leaves, q = z²φ: ``y + q/2 ± √(2qy + q²/4)`` (Krishnamoorthy & Peng,
    J. Stat. Plan. Inference 141, 2011, 1709-1718).

    Args:
        count: y, events of the one window.
        scatter: how much days differ.
    """
    wide = student(scatter.freedom) ** 2 * scatter.phi
    half = math.sqrt(2 * wide * count + wide * wide / 4)
    return max(count + wide / 2 - half, 0.0), count + wide / 2 + half


def difference_of_counts(difference: float, together: float, scatter: Scatter = EVEN) -> Interval:
    """Interval of the difference of two counts of as many days: ``d ± √(q·(a + b) + q²/4)``, q = z²φ, as `count_again`.

    Args:
        difference: the second count less the first.
        together: events of both.
        scatter: how much days differ.
    """
    wide = student(scatter.freedom) ** 2 * scatter.phi
    half = math.sqrt(wide * together + wide * wide / 4)
    return difference - half, difference + half


def mean(
    value: float, variance: float, n: float, scatter: Scatter = EVEN, *, positive: bool = False
) -> Interval | None:
    """Student's interval of a mean: ``value ± t·√(φ·s²/n)``; None below two rows.

    What is never negative is skewed to the right (`_skewed`).

    Args:
        value: the mean.
        variance: the rows' variance s², with divisor n-1.
        n: rows; for weighted rows Kish's effective number.
        scatter: how much days differ.
        positive: whether no row can be below 0.
    """
    if n < 2:  # noqa: PLR2004 - a spread takes two rows
        return None
    freedom, error = min(n - 1, scatter.freedom), math.sqrt(scatter.phi * max(variance, 0.0) / n)
    if positive and value > 0:
        return _skewed(value, error / value, freedom)
    return value - student(freedom) * error, value + student(freedom) * error


def _skewed(value: float, error: float, freedom: float) -> Interval:
    """Interval of a mean of what is never negative, on the scale of its logarithm (delta method).

    ``value·exp(c ± t·e)`` with e the error in parts of the value, above along the tangent from exponent 1 on. Few rows
    seldom hold the tail. So the centre is moved up by ``c = e²·(z²+1)/2``, what a skewness of three times the
    coefficient of variation adds to the quantiles of Student's t by Edgeworth's series beyond what the logarithm does
    (Johnson, JASA 73, 1978; Hall, J. R. Stat. Soc. B 54, 1992). And the spread is known less well than by the normal:
    a gamma's excess kurtosis, six times its squared coefficient, leaves ``f/(1 + 3·e²·(f+1))`` degrees of freedom.
    """
    half = student(max(freedom / (1 + 3 * error**2 * (freedom + 1)), 2)) * error
    centre = min(error**2 * (Z * Z + 1) / 2, half)
    above = half + centre
    return value * math.exp(centre - half), value * (math.exp(above) if above < 1 else math.e * above)


def stars(value: float, variance: float, n: float, scatter: Scatter = EVEN) -> Interval:
    """Interval of a mean of stars, which lie from 1 to 5: a share of the way, by Wilson's formula.

    A share m of the way has at most the variance m(1-m); n grows by as much as the rows' is less. Ratings that are all
    the same say nothing of how others would be, and are taken as so many hits.
    """
    share, unit = (value - LEAST_STARS) / (MOST_STARS - LEAST_STARS), variance / (MOST_STARS - LEAST_STARS) ** 2
    most = share * (1 - share)
    low, high = wilson(share, n * most / unit if unit > 0 and most > 0 else n, scatter)
    return LEAST_STARS + low * (MOST_STARS - LEAST_STARS), LEAST_STARS + high * (MOST_STARS - LEAST_STARS)


@lru_cache(maxsize=1024)
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


def quantile_ranks(q: float, n: int, scatter: Scatter = EVEN) -> tuple[float, int, float]:
    """Ranks (from 1) of the lower end, the value and the upper end of a quantile of n rows.

    The value is the nearest rank, the smallest with at least q·n rows up to it. The ends lie between order statistics,
    at ``c ± z·√(φ·n·q(1-q))``: the r-th is no larger than the quantile when r rows or more are, a binomial count whose
    tail the normal tells at r - ½. Whole ranks would hold the quantile too often (Hettmansperger & Sheather, Stat.
    Probab. Lett. 4, 1986). The count is skewed where q is not a half, which moves both ends alike (Cornish & Fisher,
    Rev. Int. Stat. Inst. 5, 1938): ``c = q·n + ½ + (1-2q)·(z²-1)/6``.
    """
    half = student(scatter.freedom) * math.sqrt(scatter.phi * n * q * (1 - q))
    centre = q * n + 0.5 + (1 - 2 * q) * (Z * Z - 1) / 6
    # 0.9 * 10 is a hair above 9 in binary; the rank is 9.
    rank = min(max(math.ceil(q * n - 1e-9), 1), n)
    return max(min(centre - half, rank), 1), rank, min(max(centre + half, rank), n)
