"""Simulated days of one metric whose true level is known, kind by kind, and what a plain interval says of them.

A shop's days differ in volume by weekday and by chance, and, where said so, in their level too: orders of one day share
their weather, carrier and staff. The truth is the level behind the days, evenly on the scale of odds in its range.
"""

from __future__ import annotations

import math
import operator
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import NormalDist
from typing import TYPE_CHECKING

from shopscore import intervals
from shopscore.model import Sums

if TYPE_CHECKING:
    import random

    from shopscore.intervals import Interval

WEEK = (1.1, 1.0, 1.0, 1.0, 1.1, 0.8, 0.7)
"""How much of a usual day's volume a weekday has."""
WEEKEND = (5, 6)
WEIGHTS = (1, 1, 1, 1, 2, 2, 3, 5)
"""What a buyer weighs, by level."""
Range = tuple[float, float]


@dataclass(frozen=True)
class Shop:
    """One simulated shop: what is true of it, what its window's days hold, and the plain interval; the days before."""

    truth: float
    days: list[Sums]
    naive: Interval
    before: list[Sums] = field(default_factory=list)


@dataclass(frozen=True)
class Level:
    """How a level differs from day to day.

    Attributes:
        alike: correlation of the fates of two orders of a day.
        tail: spread of the logarithm of a day's level, instead of it.
        lasting: correlation of that with the day before.
        weekends: how many times as bad the two days are.
        was: how many times as bad all days were until ten days before the window.
    """

    alike: Range = (0, 0)
    tail: float = 0.0
    lasting: float = 0.0
    weekends: float = 1.0
    was: float = 1.0


STEADY = Level()

# ── shares ───────────────────────────────────────────────────────────────────────────────────────────────────────


def shares(  # noqa: PLR0913 - what a shop is made of, by name
    luck: random.Random,
    *,
    days: int = 30,
    volume: Range = (3, 100),
    level: Range = (0.005, 0.995),
    differ: Level = STEADY,
    weights: tuple[int, ...] = (1,),
    before: int = 0,
) -> Shop:
    """Orders by day, each with a fate; so many days are known before the window."""
    truth, a_day = rate(luck, *level), between(luck, *volume)
    levels = day_levels(luck, truth, before + days, differ)
    levels = [min(each * differ.was, 1) if at < before - 10 else each for at, each in enumerate(levels)]
    found = [fates(luck, poisson(luck, a_day * WEEK[at % 7]), each, weights) for at, each in enumerate(levels)]
    whole = added(found[before:])
    plain_one = intervals.wilson(whole.wh / (whole.w or 1), whole.rows)
    return Shop(truth, found[before:], plain_one, found[:before])


def day_levels(luck: random.Random, truth: float, days: int, differ: Level) -> list[float]:
    """Each day's level; on average the truth."""
    if not differ.tail:
        rhythm = [differ.weekends if at % 7 in WEEKEND else 1.0 for at in range(days)]
        usual = sum(map(operator.mul, rhythm, cycle(WEEK))) / sum(islice(cycle(WEEK), days))
        alike = between(luck, *differ.alike)
        return [like(luck, min(truth * each / usual, 1.0), alike) for each in rhythm]
    state, found = luck.gauss(0, 1), []
    for _ in range(days):
        found.append(min(truth * math.exp(differ.tail * state - differ.tail**2 / 2), 1.0))
        state = differ.lasting * state + math.sqrt(1 - differ.lasting**2) * luck.gauss(0, 1)
    return found


def like(luck: random.Random, truth: float, alike: float) -> float:
    """A day's level where two of its orders are correlated (beta-binomial)."""
    if not alike:
        return truth
    whole = (1 - alike) / alike
    return luck.betavariate(truth * whole, (1 - truth) * whole)


def fates(luck: random.Random, rows: int, share: float, weights: tuple[int, ...]) -> Sums:
    """A day's orders, with what their buyers weigh."""
    if len(weights) == 1:
        return plain(binomial(luck, rows, share), rows)
    drawn = [(100 * luck.choice(weights), luck.random() < share) for _ in range(rows)]
    return Sums(
        rows=rows,
        hits=sum(hit for _, hit in drawn),
        w=sum(weight for weight, _ in drawn),
        w2=sum(weight**2 for weight, _ in drawn),
        wh=sum(weight for weight, hit in drawn if hit),
    )


def plain(hits: int, rows: int) -> Sums:
    return Sums(rows=rows, hits=hits, w=100 * rows, w2=10_000 * rows, wh=100 * hits)


def buyers(luck: random.Random) -> Shop:
    """Buyers of several orders each, who count once and have one fate; the plain interval counts their orders."""
    truth, a_day = rate(luck, 0.05, 0.95), between(luck, 3, 40)
    found, orders, good = [], 0, 0
    for _ in range(30):
        rows = poisson(luck, a_day)
        hits = binomial(luck, rows, truth)
        found.append(plain(hits, rows))
        again = [1 + int(luck.expovariate(0.7)) for _ in range(rows)]
        orders, good = orders + sum(again), good + sum(again[:hits])
    return Shop(truth, found, intervals.wilson(good / max(orders, 1), orders))


def counts(luck: random.Random, *, spread: float = 0.0) -> Shop:
    """Orders of a day and disputes opened that day, most of them of earlier orders."""
    truth, a_day = rate(luck, 0.005, 0.3), between(luck, 10, 100)
    found = []
    for at in range(30):
        busy, worse = luck.lognormvariate(-0.02, 0.2), luck.lognormvariate(-spread * spread / 2, spread)
        events = poisson(luck, truth * a_day * sum(WEEK) / 7 * worse)
        found.append(plain(events, poisson(luck, a_day * WEEK[at % 7] * busy)))
    whole = added(found)
    below = whole.rows or 1
    half = 1.96 * math.sqrt(whole.hits) / below
    return Shop(truth, found, (whole.hits / below - half, whole.hits / below + half))


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────


def durations(
    luck: random.Random,
    *,
    days: int = 30,
    volume: Range = (2, 40),
    spread: Range = (0, 0),
    long: Range = (0.3, 1.0),
) -> Shop:
    """Hours of each order, lognormal about a day's own level; the truth is their mean."""
    median, of_days, of_rows, found = hours(luck, days, volume, spread, long)
    return Shop(median * math.exp((of_days**2 + of_rows**2) / 2), found, normal(found, 3600))


def ninety(luck: random.Random, *, volume: Range = (2, 40), spread: Range = (0, 0)) -> Shop:
    """The same hours; the truth is what nine of ten orders take at most."""
    median, of_days, of_rows, found = hours(luck, 30, volume, spread, (0.3, 1.0))
    truth = median * math.exp(math.hypot(of_days, of_rows) * NormalDist().inv_cdf(0.9))
    return Shop(truth, found, ranked(found, 0.9))


def hours(
    luck: random.Random, days: int, volume: Range, spread: Range, long: Range
) -> tuple[float, float, float, list[Sums]]:
    """The median, how days and rows scatter about it on the logarithmic scale, and the days."""
    median, a_day = between(luck, 2, 30), between(luck, *volume)
    of_days, of_rows = luck.uniform(*spread), luck.uniform(*long)
    found = []
    for at in range(days):
        of_day = 3600 * median * math.exp(luck.gauss(0, of_days))
        found.append(
            numbers(
                [round(of_day * math.exp(luck.gauss(0, of_rows))) for _ in range(poisson(luck, a_day * WEEK[at % 7]))]
            )
        )
    return median, of_days, of_rows, found


def stars(luck: random.Random) -> Shop:
    """Some reviews a day, most of them of five stars."""
    best, a_day = rate(luck, 0.5, 0.97), between(luck, 1, 20)
    chances = [*((1 - best) * part for part in (0.35, 0.1, 0.15, 0.4)), best]
    each = (100, 200, 300, 400, 500)
    found = [numbers(luck.choices(each, chances, k=poisson(luck, a_day))) for _ in range(30)]
    return Shop(sum(map(operator.mul, chances, each)) / 100, found, normal(found, 100))


def numbers(values: list[int]) -> Sums:
    """A day's rows with a number each."""
    n, x = len(values), sum(values)
    x2 = sum(value * value for value in values)
    return Sums(n, n, w=100 * n, w2=10_000 * n, x=x, x2=x2, wx=100 * x, values=tuple(sorted(Counter(values).items())))


def normal(days: list[Sums], unit: int) -> Interval:
    """A mean and 1.96 standard errors on both sides."""
    n, x, x2 = (sum(getattr(day, name) for day in days) for name in ("rows", "x", "x2"))
    half = 1.96 * math.sqrt((x2 - x * x / n) / (n - 1) / n) if n > 1 else math.inf
    return (x / max(n, 1) - half) / unit, (x / max(n, 1) + half) / unit


def ranked(days: list[Sums], q: float) -> Interval:
    """The order statistics that hold a quantile of independent rows."""
    values = sorted(value for day in days for value, count in day.values for _ in range(count))
    n = len(values)
    half = 1.96 * math.sqrt(n * q * (1 - q))
    return values[max(math.floor(q * n - half), 1) - 1] / 3600, values[min(math.ceil(q * n + half), n) - 1] / 3600


# ── chance ───────────────────────────────────────────────────────────────────────────────────────────────────────


def between(luck: random.Random, low: float, high: float) -> float:
    """Evenly on a logarithmic scale."""
    return low if low == high else math.exp(luck.uniform(math.log(low), math.log(high)))


def rate(luck: random.Random, low: float, high: float) -> float:
    """A share between two, evenly on the scale of odds."""
    return 1 / (1 + math.exp(-luck.uniform(math.log(low / (1 - low)), math.log(high / (1 - high)))))


def binomial(luck: random.Random, n: int, share: float) -> int:
    """Hits of n draws, by the waiting times between the rarer outcome."""
    if share > 0.5:
        return n - binomial(luck, n, 1 - share)
    at, found = 0, -1
    while at <= n and share > 0:
        at, found = at + 1 + math.floor(math.log(1 - luck.random()) / math.log1p(-share)), found + 1
    return max(found, 0)


def poisson(luck: random.Random, expected: float) -> int:
    """Events until their waiting times are used up."""
    at, found = luck.expovariate(1), 0
    while at < expected:
        at, found = at + luck.expovariate(1), found + 1
    return found


def added(days: list[Sums]) -> Sums:
    """The days together."""
    values: Counter[int] = Counter()
    for day in days:
        values.update(dict(day.values))
    names = ("rows", "hits", "w", "w2", "wh", "x", "x2", "wx")
    return Sums(
        **{name: sum(getattr(day, name) for day in days) for name in names}, values=tuple(sorted(values.items()))
    )
