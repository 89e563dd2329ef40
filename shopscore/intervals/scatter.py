"""Sums of days → how much less a window's rows say than as many independent rows would.

Orders of one day share their carrier, their staff and their weather, so that days differ more than chance alone would
have it. What that does to a window's value is read off the days themselves and told as φ, the design effect by which
the effective number of rows is divided (Rao & Scott, Biometrics 48, 1992, 577-585), with the freedom it is known by.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from shopscore.intervals.spells import design_effect

FEWEST_DAYS = 5
"""Days with rows below which their scatter says too little to be used."""
WEEK = 7
WHOLE_WEEKS = 3
"""Days with rows of each weekday that has any, from which a weekday's own level is told from scatter."""
BEYOND_CHANCE = 0.5
"""Standard errors by which days must differ more than chance has it; half of those that do not differ seem to."""
FEWEST_LASTING = 4 * WEEK
"""Days with rows from which it is asked how bad days come together."""

Days = Sequence[tuple[float, float, float]]
"""What each day adds above and below the line, and the squares of its rows' weights (its rows, where they weigh the
same); days follow each other without a gap."""


class Scatter(Struct, frozen=True):
    """How much days differ.

    Attributes:
        phi: variance of the value over what independent rows would give it, at least 1.
        freedom: degrees of freedom φ is known by; without end where rows count as independent.
    """

    phi: float = 1.0
    freedom: float = math.inf


EVEN = Scatter()
"""Of days that differ no more than chance has it, or that cannot tell."""


def scatter(days: Days, variance: float, events: float = math.inf) -> Scatter:
    """How much the days of a ratio or a mean differ from their weekday's level, or from all days' if weekdays are few.

    With yᵢ above and xᵢ below the line on day i, R and X the ratio and Σx of its weekday: ``φ = Σ(yᵢ - R·xᵢ)²/(1 -
    xᵢ/X) / (Σw²·s²)``, the variance of a ratio estimator over days (Cochran, Sampling Techniques, 1977, §6.4; by
    strata §6.10) over that of independent rows. A day pulls its own weekday's level, hence 1 - xᵢ/X, which is 1 - 1/k
    for k days alike. A rhythm that repeats is no scatter. Rows of a day cannot be more alike than equal, so φ is at
    most Σxᵢ²/Σw². The freedom is that of as many equal days.

    Args:
        days: those the scatter is read off, in order.
        variance: of one row: p(1-p) for a share, s² for a mean.
        events: hits or misses of a share, whichever are fewer: the fewer, the more days differ by chance.
    """
    filled = sum(day[1] > 0 for day in days)
    if filled < FEWEST_DAYS or variance <= 0:
        return EVEN
    below, squares, sizes = (math.fsum(each) for each in zip(*((x, w2, x * x) for _, x, w2 in days), strict=True))
    parts = _weekdays(days)
    between = math.fsum(
        off**2 / (1 - day[1] / whole)
        for part in parts
        for whole in [math.fsum(day[1] for day in part)]
        for off, day in zip(_off(part), part, strict=True)
    )
    freedom = below * below / sizes * (filled - len(parts) + 1) / filled - 1
    return _known(min(between / (squares * variance), sizes / squares), freedom, filled / events if events else 0.0)


def scatter_of_shares(days: Days, known: Days = ()) -> Scatter:
    """How much the days of a share differ, from hits, rows and squares of weights of each.

    From `FEWEST_LASTING` days on bad ones may come together (`shopscore.intervals.spells`), unless one of a promotion
    outweighs the others: beside it no pattern of theirs is seen. Where more days of the same
    level are known they say it better than the window alone. What one row of a day tells of others is carried over to
    the window by the sizes of its days.

    Args:
        days: the window's.
        known: all days of this level, those of the window among them; none where only they are known.
    """
    told = known or days
    here = days if any(day[1] for day in days) else told
    if sum(day[1] > 0 for day in told) >= FEWEST_LASTING and _alike(told):
        return Scatter(design_effect(told, here, WEEK if len(_weekdays(told)) > 1 else 1))
    found = _of_each(told)
    return found if here is told else Scatter(1 + (found.phi - 1) * _size(here) / _size(told), found.freedom)


def scatter_of_counts(days: Sequence[tuple[float, float]]) -> Scatter:
    """How much daily (numerator, denominator) counts on two clocks differ.

    Days of a ratio of counts are no pairs (a refund falls later than its order), so two estimates are made: against
    the same day's denominator and against an even flow. Busy days inflate both; the lesser is nearer to the truth.
    """
    total = math.fsum(count for count, _ in days)
    paired = _of_each([(count, count + below, count + below) for count, below in days])
    if len(days) < FEWEST_DAYS or not total:
        return EVEN
    return _known(min(paired.phi, _flow([count for count, _ in days])), len(days) - 1)


def scatter_of_events(days: Sequence[float]) -> Scatter:
    """How much more daily counts of events differ than an even flow would."""
    return _known(_flow(days), len(days) - 1) if len(days) >= FEWEST_DAYS and math.fsum(days) else EVEN


def _flow(days: Sequence[float]) -> float:
    """The variance of daily counts over their mean, which is 1 where events fall evenly."""
    even = math.fsum(days) / len(days)
    return math.fsum((count - even) ** 2 for count in days) / even / (len(days) - 1)


# ── days, weekdays, waves ────────────────────────────────────────────────────────────────────────────────────────────


def _of_share(days: Days) -> tuple[float, float]:
    """Variance of one row of a share, and its hits or misses, whichever are fewer."""
    hits, rows, squares = (math.fsum(day[at] for day in days) for at in range(3))
    share = hits / rows if rows else 0.0
    return share * (1 - share), min(share, 1 - share) * rows * rows / squares if squares else 0.0


def _of_each(days: Days) -> Scatter:
    """How much single days of a share differ."""
    return scatter(days, *_of_share(days))


def _alike(days: Days) -> bool:
    """Whether as many rows as these days have could stand on at least half as many days of one size."""
    rows = [day[1] for day in days if day[1] > 0]
    return 2 * math.fsum(rows) ** 2 >= len(rows) * math.fsum(each * each for each in rows)


def _weekdays(days: Days) -> list[Days]:
    """The days with rows, by weekday; all in one where some weekday has too few."""
    parts: list[Days] = [[day for day in days[first::WEEK] if day[1] > 0] for first in range(WEEK)]
    parts = [part for part in parts if part]
    if min(map(len, parts)) < WHOLE_WEEKS:
        parts = [[day for day in days if day[1] > 0]]
    return parts


def _off(days: Days) -> list[float]:
    """By how much each day is off the ratio of all."""
    above, below = math.fsum(day[0] for day in days), math.fsum(day[1] for day in days)
    ratio = above / below if below else 0.0
    return [top - ratio * bottom for top, bottom, _ in days]


def _size(days: Days) -> float:
    """How many rows one shares its day with, itself among them."""
    return math.fsum(day[1] ** 2 for day in days) / math.fsum(day[2] for day in days)


def _known(phi: float, freedom: float, rare: float = 0.0) -> Scatter:
    """φ with its freedom where it is beyond what chance makes of it: its variance is then (2 + rare)/freedom."""
    freedom = max(freedom, 1.0)
    return Scatter(phi, freedom) if phi > 1 + BEYOND_CHANCE * math.sqrt((2 + rare) / freedom) else EVEN
