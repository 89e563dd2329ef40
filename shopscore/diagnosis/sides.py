"""Some days of a series together → their value, and how sure it is with days that differ more than chance has it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from shopscore.diagnosis.events import STARS
from shopscore.diagnosis.limits import kind_of
from shopscore.diagnosis.weekdays import variance
from shopscore.intervals import Z, student

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.diagnosis.change_points import Count
    from shopscore.diagnosis.limits import Shape
    from shopscore.intervals import Interval


class Scatter(NamedTuple):
    """How a series varies around its level.

    Attributes:
        excess: the variance between days over that of one row.
        freedom: days it was learnt from, less what was fitted to them.
        spread: variance of one row of a mean.
    """

    excess: float
    freedom: int
    spread: float


class Side(NamedTuple):
    """A value, its 95 % interval, and the variance that one day like these would have."""

    value: float
    ends: Interval
    a_day: float


def side(counts: Sequence[Count], shape: Shape, scatter: Scatter) -> Side:
    """Some days together, at least one with rows.

    A share has Wilson's interval, a rate the score interval of a Poisson count, a mean Student's, each with its rows
    divided by φ: the days of n rows vary 1 + n·excess as much as chance alone, their sum by the mean of that weighted
    with n. A scatter learnt from few days is known no better than Student's t says.
    """
    amount, n = math.fsum(each.amount for each in counts), math.fsum(each.n for each in counts)
    phi = 1 + scatter.excess * math.fsum(each.n**2 for each in counts) / n
    value, z = amount / n, student(max(scatter.freedom, 1)) if scatter.excess else Z
    kind = kind_of(shape)
    # Half an event more than seen: what never happened has a scatter too.
    row = variance((amount + 0.5) / (n + 1), scatter.spread, kind) if kind == "share" else None
    row = variance((amount + 0.5) / n, scatter.spread, kind) if row is None else row
    a_day = phi * row * len(counts) / n
    if kind == "share":
        return Side(value, _wilson(value, n / phi, z), a_day)
    if kind == "rate":
        events = amount / phi
        centre, reach = events + z * z / 2, z * math.sqrt(events + z * z / 4)
        return Side(value, ((centre - reach) * phi / n, (centre + reach) * phi / n), a_day)
    half = (z if scatter.excess else student(max(n - 1, 1))) * math.sqrt(phi * scatter.spread / n)
    low, high = value - half, value + half
    return Side(
        value, (max(low, 0.0) if shape != "plain" else low, min(high, STARS) if shape == "stars" else high), a_day
    )


def _wilson(share: float, n: float, z: float) -> Interval:
    centre, half = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
    low, high = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
    return max(min(low, share), 0.0), min(max(high, share), 1.0)
