"""Simulated orders whose causes of lateness are known → which causes are named, and which innocent ones.

A shop of 30 days has carriers, warehouses, regions, products, hours and weekdays. What is late is late by chance, on
days that differ more than chance would have them, except for the causes planted. Warehouses have carriers they prefer,
so that an innocent warehouse looks late with a late carrier.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.levels import WEEKEND
from evidence.tables import Table
from evidence.waiting import LATE
from shopscore.diagnosis.day_bound import day_bound
from shopscore.diagnosis.drivers import drivers, likely
from shopscore.diagnosis.overlaps import apart
from shopscore.diagnosis.shrink import shrunk
from shopscore.intervals.dispersion import dispersion
from shopscore.model import Sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Driver

DIMENSIONS = ("carrier", "warehouse", "region", "product_id", "hour", "weekday")
DAYS = 30
USUAL = 0.04
PREFERRED = 0.7

Cause = tuple[str, str]


@dataclass(frozen=True)
class Plan:
    """What is planted.

    Attributes:
        causes: segments, and how much likelier they make an order late.
        scatter: of the logarithm of a day's usual level.
        usual: what is late without a cause.
        carriers: how parcels that go to no preferred carrier are shared out.
        preferred: the part of a warehouse's parcels that goes to the carrier it prefers.
        weekends: how many times the usual level is late on the last two weekdays.
        once: whether the causes strike on one day of three only.
        drawn: a segment, another one that most of its orders take, and how many: the mix by which it looks bad.
        better: segments that are less often late than others in the same place, and by how much.
    """

    name: str
    causes: tuple[tuple[Cause, float], ...]
    orders: int = 3000
    scatter: float = 0.2
    usual: float = USUAL
    carriers: tuple[float, ...] = (4, 3, 2, 2, 1, 0.3)
    preferred: float = PREFERRED
    weekends: float = 1.0
    once: bool = False
    drawn: tuple[Cause, Cause, float] | None = None
    better: tuple[tuple[Cause, float], ...] = ()

    @property
    def decoy(self) -> Cause | None:
        """The segment that looks bad only because of its mix."""
        return self.drawn[0] if self.drawn else None


PLANS = (
    Plan("one carrier, 20 points", ((("carrier", "c1"), 0.20),)),
    Plan("one carrier, 10 points", ((("carrier", "c1"), 0.10),)),
    Plan("one product of 5 %, 30 points", ((("product_id", "p7"), 0.30),)),
    Plan("one warehouse, 15 points", ((("warehouse", "w1"), 0.15),)),
    Plan("an evening hour, 30 points", ((("hour", "20"), 0.30),)),
    Plan("a carrier, and apart from it a product", ((("carrier", "c2"), 0.15), (("product_id", "p7"), 0.30))),
    Plan("a carrier and the warehouse that prefers it", ((("carrier", "c1"), 0.15), (("warehouse", "w1"), 0.15))),
    Plan("one carrier, 10 points, on days that differ by half", ((("carrier", "c1"), 0.10),), scatter=0.5),
    Plan("one carrier, 15 points, on one day of three", ((("carrier", "c1"), 0.15),), once=True),
    Plan("one carrier, 10 points, weekends three times as late", ((("carrier", "c1"), 0.10),), weekends=3),
    Plan("a tiny region of 6 orders, 40 points", ((("region", "r16"), 0.40),)),
    Plan("one product of 5 %, 10 points", ((("product_id", "p7"), 0.10),)),
    Plan(
        "a carrier; a warehouse sends nine of ten by it and is better with each (Simpson)",
        ((("carrier", "c1"), 0.20),),
        drawn=(("warehouse", "w1"), ("carrier", "c1"), 0.9),
        better=((("warehouse", "w1"), 0.03),),
    ),
    Plan(
        "a carrier; a warehouse sends all but all by it (97 of 100)",
        ((("carrier", "c1"), 0.20),),
        drawn=(("warehouse", "w1"), ("carrier", "c1"), 0.97),
    ),
    Plan(
        "a product; a region buys five times as much of it and is better with each (Simpson)",
        ((("product_id", "p1"), 0.25),),
        drawn=(("region", "r2"), ("product_id", "p1"), 0.5),
        better=((("region", "r2"), 0.03),),
    ),
    Plan(
        "a carrier; an hour at which mostly its parcels are asked for (Simpson)",
        ((("carrier", "c2"), 0.20),),
        drawn=(("hour", "11"), ("carrier", "c2"), 0.8),
        better=((("hour", "11"), 0.03),),
    ),
    Plan("nothing", ()),
    Plan("nothing, weekends twice as late", (), weekends=2),
    Plan("nothing, on days that differ by half", (), scatter=0.5),
)

HARD = (
    "one carrier, 10 points, weekends three times as late",
    "a tiny region of 6 orders, 40 points",
    "one product of 5 %, 10 points",
)
"""Plans whose causes a month of orders shows sometimes only, or beside a rhythm that is named too."""


def orders(plan: Plan, seed: int) -> Iterator[tuple[dict[str, str], bool]]:
    """Each order's segments, and whether it is late."""
    luck = random.Random(seed)  # noqa: S311 - invented orders are no secret
    days = [luck.lognormvariate(0, plan.scatter) for _ in range(DAYS)]
    strikes = [3.0 if luck.random() < 1 / 3 else 0.0 for _ in range(DAYS)] if plan.once else [1.0] * DAYS
    for _ in range(plan.orders):
        day = luck.randrange(DAYS)
        warehouse = luck.choices(("w1", "w2", "w3", "w4"), (5, 3, 2, 0.2))[0]
        own = luck.random() < plan.preferred
        where = {
            "day": str(day),
            "weekday": str(day % 7 + 1),
            "warehouse": warehouse,
            "carrier": "c" + warehouse[1] if own else f"c{luck.choices(range(1, 7), plan.carriers)[0]}",
            "region": f"r{min(int(luck.expovariate(0.3)), 20)}",
            "product_id": f"p{min(int(luck.expovariate(0.12)), 40)}",
            "hour": str(int(luck.triangular(8, 24, 20)) % 24),
        }
        if plan.drawn is not None and where[plan.drawn[0][0]] == plan.drawn[0][1] and luck.random() < plan.drawn[2]:
            where[plan.drawn[1][0]] = plan.drawn[1][1]
        usual = plan.usual * days[day] * (plan.weekends if day % 7 in WEEKEND else 1)
        usual -= sum(less for (dimension, name), less in plan.better if where[dimension] == name)
        more = sum(more for (dimension, name), more in plan.causes if where[dimension] == name)
        yield where, luck.random() < usual + strikes[day] * more


def named(plan: Plan, seed: int, *, drawn_back: bool = True) -> tuple[Driver, ...]:
    """What the report would name; excesses as they were counted where they are not drawn back."""
    rows = list(orders(plan, seed))
    split = {
        dimension: {segment: _sums(pairs) for segment, pairs in _by(rows, dimension).items()}
        for dimension in DIMENSIONS
    }
    whole = _sums(late for _, late in rows)
    phi = dispersion(LATE, whole, [_sums(pairs) for pairs in _by(rows, "day").values()])
    bound = {pick: _bound(rows, pick) for pick in likely(LATE, whole, split)}
    found = drivers(LATE, whole, split, USUAL, phi, bound)[:12]
    cells: dict[tuple[bool, ...], list[bool]] = defaultdict(list)
    for where, late in rows:
        cells[tuple(where[each.dimension] == each.segment for each in found)].append(late)
    kept = apart(LATE, found, {flags: _sums(lates) for flags, lates in cells.items()}, USUAL, phi, bound)
    return tuple(map(shrunk, kept)) if drawn_back else kept


def _bound(rows: Sequence[tuple[dict[str, str], bool]], pick: Cause) -> float:
    """How much a segment is bound to days."""
    days = [str(day) for day in range(DAYS)]
    whole, own = Counter(where["day"] for where, _ in rows), Counter(w["day"] for w, _ in rows if w[pick[0]] == pick[1])
    return day_bound([own[day] for day in days], [whole[day] for day in days])


def _by(rows: Sequence[tuple[dict[str, str], bool]], dimension: str) -> dict[str, list[bool]]:
    found = defaultdict(list)
    for where, late in rows:
        found[where[dimension]].append(late)
    return found


def _sums(lates) -> Sums:
    counted = Counter(lates)
    late, rows = counted[True], counted.total()
    return Sums(rows=rows, hits=late, w=100 * rows, w2=10_000 * rows, wh=100 * late)


@dataclass(frozen=True)
class Found:
    """Of some shops of one plan.

    Attributes:
        first: how often a planted cause is named first.
        all_of: how often all of them are named.
        innocent: innocent segments named a shop.
        held: how often the interval of a named cause's excess holds what was planted.
        told: the printed excess by the planted one, on average.
        counted: the same of the excess as it was counted.
        decoy: how often the segment that looks bad by its mix is named.
    """

    plan: str
    first: float
    all_of: float
    innocent: float
    held: float | None
    told: float | None
    counted: float | None
    decoy: float | None


def measured(seeds: int) -> list[Found]:
    """One line a plan."""
    return [found_of(plan, seeds) for plan in PLANS]


def found_of(plan: Plan, seeds: int) -> Found:
    wanted = dict(plan.causes)
    first = complete = innocent = decoy = 0
    held, told, counted = [], [], []
    for seed in range(seeds):
        raw = named(plan, seed, drawn_back=False)
        found = tuple(map(shrunk, raw))
        names = [(each.dimension, each.segment) for each in found]
        first += bool(names) and names[0] in wanted
        complete += set(wanted) <= set(names)
        innocent += len(set(names) - set(wanted))
        decoy += plan.decoy in names
        for each, before in zip(found, raw, strict=True):
            if (each.dimension, each.segment) in wanted and each.interval is not None:
                true = each.denominator * wanted[each.dimension, each.segment]
                held.append(each.interval[0] <= true <= each.interval[1])
                told.append(each.excess / true)
                counted.append(before.excess / true)
    shares = [sum(each) / len(each) if each else None for each in (held, told, counted)]
    of_decoy = decoy / seeds if plan.decoy else None
    return Found(plan.name, first / seeds, complete / seeds, innocent / seeds, *shares, of_decoy)


# ── what a month can show ────────────────────────────────────────────────────────────────────────────────────────

POSSIBLE = ("a tiny region of 6 orders, 40 points", "one product of 5 %, 10 points")
FALSE_LEADS = 0.05
"""In how many shops without a cause the oracle may name one."""


def possible(plan: Plan, seeds: int) -> float:
    """How often the planted cause is named first by who knows all but which segment it is: no method can do better.

    It knows every day's level and how much likelier the cause makes an order late, and names the segment with the
    largest likelihood ratio if that is larger than in all but `FALSE_LEADS` of the same shops without a cause.
    """
    ((cause, more),) = plan.causes
    innocent = replace(plan, causes=())
    limit = sorted(max(_ratios(innocent, seed, more).values()) for seed in range(seeds))[-int(FALSE_LEADS * seeds) - 1]
    found = [_ratios(plan, seed, more) for seed in range(seeds)]
    return sum(max(each, key=each.__getitem__) == cause and each[cause] > limit for each in found) / seeds


def _ratios(plan: Plan, seed: int, more: float) -> dict[Cause, float]:
    """The log likelihood ratio of each segment: so much more is late in it, or as much as elsewhere."""
    luck = random.Random(seed)  # noqa: S311 - the same days as those of the orders
    levels = [plan.usual * luck.lognormvariate(0, plan.scatter) for _ in range(DAYS)]
    found: dict[Cause, float] = defaultdict(float)
    for where, late in orders(plan, seed):
        usual = levels[int(where["day"])]
        gain = math.log((usual + more) / usual if late else (1 - usual - more) / (1 - usual))
        for dimension in DIMENSIONS:
            found[dimension, where[dimension]] += gain
    return found


def tables(seeds: int) -> Iterator[Table]:
    """For the page; one shop in twenty, since a shop here is thousands of orders."""
    yield Table(
        "causes",
        (
            "planted",
            "named first",
            "all named",
            "innocent ones a shop",
            "the one of the mix named",
            "interval holds it",
            "excess by planted",
            "as counted",
        ),
        tuple(
            (
                each.plan,
                "-" if each.plan.startswith("nothing") else f"{each.first:.0%}",
                f"{each.all_of:.0%}",
                f"{each.innocent:.2f}",
                *("-" if share is None else f"{share:.0%}" for share in (each.decoy, each.held)),
                *("-" if share is None else f"{share:.2f}" for share in (each.told, each.counted)),
            )
            for each in measured(max(seeds // 10, 1))
        ),
    )
    yield Table(
        "causes.possible",
        ("planted", "named first by `drivers`", "by who knows all but which segment it is"),
        tuple(
            (plan.name, f"{found_of(plan, seeds // 10 or 1).first:.0%}", f"{possible(plan, seeds // 10 or 1):.0%}")
            for plan in PLANS
            if plan.name in POSSIBLE
        ),
    )
