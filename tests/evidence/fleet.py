"""Simulated fleets whose shared causes are known → which are called shared, and what of innocent ones is.

Each shop has carriers, warehouses, regions, hours and weekdays of a common set, a number of parcels and a usual level
of its own, and days that differ more than chance has them. Planted is a carrier that is bad in some of the shops; as
innocent lookalikes: a carrier that is very bad in one shop only, shops that are bad as a whole and use one carrier more
than others, and hours that every shop is worse at by its own amount. The plain guess pools all parcels and asks whether
a carrier is worse than the others (Fisher's test on the sums), which is what a spreadsheet of all shops would say.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.tables import Table
from shopscore.diagnosis.chance import benjamini_hochberg, fisher_tail, widened
from shopscore.fleet.causes import FALSE_DISCOVERIES, LEAST_SHARE
from shopscore.fleet.pooled import Stratum, pooled
from shopscore.intervals.dispersion import of_shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DAYS = 30
SEGMENTS = {"carrier": 6, "warehouse": 4, "region": 20, "weekday": 7, "hour": 16}
PLANTED = ("carrier", 0)

Key = tuple[str, int]


@dataclass(frozen=True)
class Plan:
    """What is planted.

    Attributes:
        more: points by which the planted carrier is later, in the shops where it is bad.
        part: of the shops in which it is; 0 for none.
        alone: points by which carrier 1 is later in the first shop only.
        skewed: whether shops that are late as a whole send most by carrier 2.
        own: scatter of each shop's own effect of each segment, in points: shops differ, nothing is shared.
    """

    name: str
    more: float = 0.0
    part: float = 0.0
    shops: int = 30
    orders: int = 600
    usual: float = 0.05
    scatter: float = 0.3
    alone: float = 0.0
    skewed: bool = False
    own: float = 0.0


PLANS = (
    Plan("a carrier, 3 points in 30 shops", 0.03, 1),
    Plan("a carrier, 5 points in 30 shops", 0.05, 1),
    Plan("a carrier, 5 points in 15 of 30 shops", 0.05, 0.5),
    Plan("a carrier, 10 points in 10 of 30 shops", 0.10, 1 / 3),
    Plan("a carrier, 10 points in 6 shops", 0.10, 1, shops=6),
    Plan("a carrier, 5 points in 30 shops that differ by 3 points of their own", 0.05, 1, own=0.03),
    Plan("a carrier, 3 points in 200 shops of 100 orders", 0.03, 1, shops=200, orders=100),
    Plan("nothing"),
    Plan("nothing, days that differ by half", scatter=0.5),
    Plan("a carrier, 40 points in one shop only", alone=0.40),
    Plan("nothing, late shops use one carrier more", skewed=True),
    Plan("nothing, shops differ by 5 points of their own", own=0.05),
)


@dataclass(frozen=True)
class Shop:
    """Counts by segment: bad and rows; and of the whole."""

    parts: Mapping[Key, tuple[int, int]]
    bad: int
    rows: int
    phi: float


def shops(plan: Plan, seed: int) -> list[Shop]:
    """The fleet."""
    luck = random.Random(seed)  # noqa: S311 - invented orders are no secret
    return [_shop(plan, number, luck) for number in range(plan.shops)]


def _shop(plan: Plan, number: int, luck: random.Random) -> Shop:
    late = plan.skewed and number % 3 == 0
    usual = (4 if late else 1) * plan.usual * luck.lognormvariate(0, 0.3)
    days = [luck.lognormvariate(0, plan.scatter) for _ in range(DAYS)]
    more: dict[Key, float] = {}
    for dimension, count in SEGMENTS.items():
        for at in range(count):
            more[dimension, at] = luck.gauss(0, plan.own) if plan.own else 0.0
    if luck.random() < plan.part:
        more[PLANTED] += plan.more
    if plan.alone and number == 0:
        more["carrier", 1] += plan.alone
    weights = {name: [1 / (at + 1) for at in range(count)] for name, count in SEGMENTS.items()}
    if late:
        weights["carrier"][2] = 4.0
    parts: dict[Key, list[int]] = {}
    by_day = [[0, 0] for _ in range(DAYS)]
    count = max(int(plan.orders * luck.lognormvariate(0, 0.5)), 40)
    drawn = [luck.choices([(name, at) for at in range(len(each))], each, k=count) for name, each in weights.items()]
    for day, *where in zip(luck.choices(range(DAYS), k=count), *drawn, strict=True):
        bad = luck.random() < usual * days[day] + sum(more[key] for key in where)
        for key in where:
            found = parts.setdefault(key, [0, 0])
            found[0] += bad
            found[1] += 1
        by_day[day][0] += bad
        by_day[day][1] += 1
    pairs = {key: (bad, rows) for key, (bad, rows) in parts.items() if rows >= 5}
    sums = [sum(column) for column in zip(*by_day, strict=True)]
    return Shop(pairs, sums[0], sums[1], of_shares([(bad, rows) for bad, rows in by_day]))


def strata(fleet: list[Shop]) -> dict[Key, list[Stratum]]:
    """Each segment's counts, shop by shop."""
    found: dict[Key, list[Stratum]] = {}
    for shop in fleet:
        for key, (bad, rows) in shop.parts.items():
            if rows < shop.rows and 0 < shop.bad < shop.rows:
                found.setdefault(key, []).append(Stratum(bad, rows, shop.bad, shop.rows, shop.phi))
    return found


def ours(fleet: list[Shop]) -> dict[Key, tuple[float, tuple[float, float]]]:
    """What the report would call shared: excess and interval."""
    found = {key: (each, told) for key, each in strata(fleet).items() if (told := pooled(each)) is not None}
    return {
        key: (told.excess, told.interval)
        for key, (each, told) in believed({key: told.chance for key, (_, told) in found.items()}, found).items()
        if told.interval[0] > 0 and told.excess >= LEAST_SHARE * math.fsum(one.all_bad for one in each)
    }


def believed(chances, found):
    """The segments believed, dimension by dimension, among three further metrics in which there is nothing."""
    kept = {}
    for dimension in SEGMENTS:
        keys = [key for key in chances if key[0] == dimension]
        family = benjamini_hochberg([*(chances[key] for key in keys), *(3 * len(keys) * [1.0])], FALSE_DISCOVERIES)
        kept |= {key: found[key] for key, keep in zip(keys, family, strict=False) if keep}
    return kept


def plain(fleet: list[Shop]) -> set[Key]:
    """What one table of all parcels would blame."""
    bad, rows = sum(shop.bad for shop in fleet), sum(shop.rows for shop in fleet)
    sums: dict[Key, tuple[int, int]] = {}
    for key, each in strata(fleet).items():
        sums[key] = (sum(one.bad for one in each), sum(one.rows for one in each))
    chances = [fisher_tail(here, of, bad, rows) for here, of in sums.values()]
    kept = benjamini_hochberg(chances, FALSE_DISCOVERIES)
    least = LEAST_SHARE * bad
    return {
        key
        for (key, (here, of)), keep in zip(sums.items(), kept, strict=True)
        if keep and here - of * bad / rows >= least
    }


def alone(shop: Shop) -> bool:
    """Whether the shop's own counts name the planted carrier."""
    keys = list(shop.parts)
    chances = [widened(fisher_tail(*shop.parts[key], shop.bad, shop.rows), shop.phi) for key in keys]
    kept = benjamini_hochberg(chances, FALSE_DISCOVERIES)
    return any(keep and key == PLANTED for key, keep in zip(keys, kept, strict=True))


@dataclass(frozen=True)
class Found:
    """Of some fleets of one plan.

    Attributes:
        recall: how often the planted cause is called shared.
        false: innocent segments called shared, a fleet.
        plain_recall, plain_false: the same of one table of all parcels.
        shown: the part of the shops with the cause that show it alone.
    """

    plan: str
    recall: float
    false: float
    plain_recall: float
    plain_false: float
    shown: float


def found_of(plan: Plan, seeds: int) -> Found:
    """Some fleets of one plan."""
    wanted = {PLANTED} if plan.part else set()
    totals = [0.0] * 5
    for seed in range(seeds):
        fleet = shops(plan, seed)
        mine, naive = set(ours(fleet)), plain(fleet)
        seen = sum(alone(shop) for shop in fleet) / len(fleet) if wanted else 0.0
        counts = (_all_of(wanted, mine), len(mine - wanted), _all_of(wanted, naive), len(naive - wanted), seen)
        totals = [total + value for total, value in zip(totals, counts, strict=True)]
    return Found(plan.name, *(total / seeds for total in totals))


def _all_of(wanted: set[Key], named: set[Key]) -> bool:
    return bool(wanted) and wanted <= named


def tables(seeds: int) -> Iterator[Table]:
    """For the page; one fleet in ten, since a fleet here is ten thousand orders."""
    found = [found_of(plan, max(seeds // 10, 1)) for plan in PLANS]
    yield Table(
        "fleet",
        (
            "planted",
            "called shared",
            "innocent ones a fleet",
            "one table of all: called",
            "one table of all: innocent ones",
            "shops that show it alone",
        ),
        tuple(
            (
                each.plan,
                f"{each.recall:.0%}" if plan.part else "-",
                f"{each.false:.2f}",
                f"{each.plain_recall:.0%}" if plan.part else "-",
                f"{each.plain_false:.2f}",
                f"{each.shown:.0%}" if plan.part else "-",
            )
            for plan, each in zip(PLANS, found, strict=True)
        ),
    )
