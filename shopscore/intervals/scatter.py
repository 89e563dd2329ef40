"""Sums of days → how much less a window's rows say than as many independent rows would.

Orders of one day share their carrier, their staff and their weather, so that days differ more than chance alone would
have it. What that does to a window's value is read off the days themselves and told as φ, the design effect by which
the effective number of rows is divided (Rao & Scott, Biometrics 48, 1992, 577-585), with the freedom it is known by.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shopscore.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_DAYS = 5
"""Days with rows below which their scatter says too little to be used."""


@dataclass(frozen=True, slots=True)
class Scatter:
    """How much days differ.

    Attributes:
        phi: variance of the value over what independent rows would give it, at least 1.
        freedom: degrees of freedom φ is known by; without end where rows count as independent.
    """

    phi: float = 1.0
    freedom: float = math.inf


EVEN = Scatter()
"""Of days that differ no more than chance has it, or that cannot tell."""


def scatter(days: Sequence[tuple[float, float, float]], variance: float) -> Scatter:
    """How much the days of a ratio or a mean differ.

    With yᵢ above and xᵢ below the line on day i, R = Σy/Σx and k days: ``φ = k/(k-1)·Σ(yᵢ - R·xᵢ)² / (Σw²·s²)``, the
    variance of a ratio estimator over days (Cochran, Sampling Techniques, 1977, §6.4) over that of independent rows.
    Rows of a day cannot be more alike than equal, so φ is at most Σxᵢ²/Σw². The freedom is that of as many equal days,
    (Σx)²/Σx² - 1.

    Args:
        days: what each day adds above and below the line, and the squares of its rows' weights (its rows, where they
            weigh the same).
        variance: of one row: p(1-p) for a share, s² for a mean.
    """
    above, below, squares = (math.fsum(day[at] for day in days) for at in range(3))
    filled = sum(day[1] > 0 for day in days)
    if filled < FEWEST_DAYS or variance <= 0:
        return EVEN
    ratio, sizes = above / below, math.fsum(day[1] ** 2 for day in days)
    between = math.fsum((top - ratio * bottom) ** 2 for top, bottom, _ in days) * filled / (filled - 1)
    return _known(min(between / (squares * variance), sizes / squares), below * below / sizes)


def scatter_of_shares(days: Sequence[tuple[float, float, float]]) -> Scatter:
    """How much the days of a share differ: hits, rows and squares of weights of each.

    Of a share's variance the part 1/φ is chance's and known; only the rest is read off the days, so that the freedom
    is that of the days over 1 - 1/φ.
    """
    hits, rows = (math.fsum(day[at] for day in days) for at in range(2))
    share = hits / rows if rows else 0.0
    found = scatter(days, share * (1 - share))
    return found if found is EVEN else Scatter(found.phi, found.freedom / (1 - 1 / found.phi))


def scatter_of_counts(days: Sequence[tuple[float, float]]) -> Scatter:
    """How much daily (numerator, denominator) counts on two clocks differ.

    Days of a ratio of counts are no pairs (a refund falls later than its order), so two estimates are made: against
    the same day's denominator and against an even flow. Busy days inflate both; the lesser is nearer to the truth.
    """
    total = math.fsum(count for count, _ in days)
    paired = scatter_of_shares([(count, count + below, count + below) for count, below in days])
    if len(days) < FEWEST_DAYS or not total:
        return EVEN
    even = total / len(days)
    flow = math.fsum((count - even) ** 2 for count, _ in days) / even / (len(days) - 1)
    return _known(min(paired.phi, flow), len(days))


def _known(phi: float, days: float) -> Scatter:
    return Scatter(phi, max(days - 1, 1.0)) if phi > 1 else EVEN
