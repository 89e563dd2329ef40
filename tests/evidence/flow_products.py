"""Simulated sales with one defective product → whether it is named, for the right reason, and its rate."""

from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import fmean

from shopscore.diagnosis.reasons import products
from shopscore.ledger.case_reasons import ProductCount


@dataclass(frozen=True)
class Goods:
    """40 products of uneven sales, 6 % come back; one of them more often, for a reason of its own."""

    name: str
    lines: int
    more: float
    place: int = 4


GOODS = (
    Goods("a product of 3 %, 15 points more", 3000, 0.15),
    Goods("a product of 3 %, 8 points more", 3000, 0.08),
    Goods("a product of 1 %, 20 points more", 3000, 0.20, 19),
    Goods("nothing", 3000, 0.0),
    Goods("nothing, 400 lines", 400, 0.0),
)
USUAL, KINDS = 0.06, ("no_reason", "quality", "description", "damage")
PRODUCTS = 40


@dataclass(frozen=True)
class Named:
    """Of some shops: the planted product named first, by the report and by the highest rate; innocent ones named;
    its reason named; and how far off the rates are, shrunk and as they are."""

    goods: str
    more: float
    first: float
    guess: float
    innocent: float
    reason: float
    off: float
    raw_off: float


def goods(seeds: int) -> list[Named]:
    """One line a plan."""
    return [_named(plan, seeds) for plan in GOODS]


def _named(plan: Goods, seeds: int) -> Named:
    first = guess = innocent = reason = 0
    off, raw_off = [], []
    planted = f"p{plan.place:02d}" if plan.more else ""
    for seed in range(seeds):
        counts, rates = sold(plan, random.Random(f"{plan.name} {seed}"))  # noqa: S311 - invented products
        found = products(counts)
        named = [each.product for each in found if each.stands_out]
        first += bool(named) and named[0] == planted
        innocent += len(set(named) - {planted})
        raw = max(found, key=lambda each: each.refunded / each.lines)
        guess += raw.product == planted
        reason += any(r.reason == "quality" for each in found if each.product == planted for r in each.reasons)
        off += [abs(each.rate - rates[each.product]) for each in found]
        raw_off += [abs(each.refunded / each.lines - rates[each.product]) for each in found]
    return Named(
        plan.name, plan.more, first / seeds, guess / seeds, innocent / seeds, reason / seeds, fmean(off), fmean(raw_off)
    )


def sold(plan: Goods, luck: random.Random) -> tuple[list[ProductCount], dict[str, float]]:
    """What was sold and came back, and the true rates."""
    weights = [1 / (1 + at) ** 0.8 for at in range(PRODUCTS)]
    lines = [0] * PRODUCTS
    for at in luck.choices(range(PRODUCTS), weights, k=plan.lines):
        lines[at] += 1
    counts, rates = [], {}
    for at in range(PRODUCTS):
        name, more = f"p{at:02d}", plan.more if at == plan.place else 0.0
        rates[name] = USUAL + more
        why = [luck.choices(KINDS, (5, 2, 1, 1))[0] for _ in range(lines[at]) if luck.random() < USUAL]
        why += ["quality" for _ in range(lines[at]) if luck.random() < more]
        reasons = tuple(sorted((kind, why.count(kind)) for kind in set(why)))
        if lines[at]:
            counts.append(ProductCount(name, lines[at], lines[at], lines[at], len(why), reasons))
    return counts, rates
