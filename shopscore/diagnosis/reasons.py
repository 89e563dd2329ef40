"""Refund reasons and products → the few reasons that make most, and the products that come back more than others.

A rate of few sold says little: it is drawn towards the shop's own as far as the products differ from each other no
more than chance has it (empirical Bayes: Kleinman, JASA 68, 1973). A product is named by an exact test against the
rest of the shop, false discoveries controlled (Benjamini & Hochberg, JRSS B 57, 1995).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shopscore.diagnosis.chance import benjamini_hochberg, fisher_tail
from shopscore.diagnosis.flow import FEWEST
from shopscore.intervals import wilson
from shopscore.model import FlowProduct, FlowReason, ProductReason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.ledger.case_reasons import ProductCount, ReasonCount

VITAL = 0.8
"""The part of what is seen that the vital few make up: a way to describe, no limit of anybody's."""
REST = "rest"
FALSE_DISCOVERIES = 0.05
FEWEST_EVENTS = 2.0


def reasons(counts: Sequence[ReasonCount]) -> tuple[tuple[FlowReason, ...], int]:
    """Reasons with their shares, most cases first, and how many requests give none.

    Reasons of fewer cases than are named stand together as ``rest``. A reason is vital for cases, for amount or for
    time if it belongs to the smallest set that makes `VITAL` of what is seen; the rest is never vital.
    """
    known = [(each.name, each) for each in counts if each.name]
    named = [(name, each) for name, each in known if each.cases >= FEWEST]
    named.sort(key=lambda pair: (-pair[1].cases, pair[0]))
    few = [each for _, each in known if each.cases < FEWEST]
    rows = [(name, (each.cases, each.amount, each.seconds)) for name, each in named]
    if few:
        spare = (
            sum(each.cases for each in few),
            math.fsum(each.amount for each in few),
            sum(each.seconds for each in few),
        )
        rows.append((REST, spare))
    totals = [math.fsum(row[1][at] for row in rows) for at in range(3)]
    vital = [_vital([(name, row[at]) for name, row in rows], totals[at]) for at in range(3)]
    found = []
    for name, (cases, amount, seconds) in rows:
        parts = [count / total if total else 0.0 for count, total in zip((cases, amount, seconds), totals, strict=True)]
        of = tuple(what for what, most in zip(("cases", "amount", "seconds"), vital, strict=True) if name in most)
        found.append(FlowReason(name, cases, amount, seconds, parts[0], parts[1], parts[2], of))
    return tuple(found), sum(each.cases for each in counts if not each.name)


def _vital(parts: Sequence[tuple[str, float]], total: float) -> frozenset[str]:
    """The smallest set of names that makes `VITAL` of the total, the larger first and equal ones by name."""
    chosen, made = set(), 0.0
    for name, part in sorted((each for each in parts if each[0] != REST), key=lambda each: (-each[1], each[0])):
        if not total or made >= VITAL * total:
            break
        chosen.add(name)
        made += part
    return frozenset(chosen)


# ── products ─────────────────────────────────────────────────────────────────────────────────────────────────────


def products(counts: Sequence[ProductCount]) -> tuple[FlowProduct, ...]:
    """Products that were sold in `FEWEST` orders at least: those that come back more than the rest first, by excess.

    Args:
        counts: sold and refunded lines of every product.
    """
    lines, refunded = sum(each.lines for each in counts), sum(each.refunded for each in counts)
    told = [each for each in counts if each.orders >= FEWEST]
    prior = beta_prior([(each.refunded, each.lines) for each in told])
    chances = [fisher_tail(each.refunded, each.lines, refunded, lines) for each in told]
    kept = benjamini_hochberg(chances, FALSE_DISCOVERIES) if chances else []
    profiles = profile({each.product: dict(each.reasons) for each in told})
    found = []
    for each, believed in zip(told, kept, strict=True):
        others = lines - each.lines
        usual = (refunded - each.refunded) / others if others else 0.0
        excess = each.refunded - each.lines * usual
        low, high = wilson(each.refunded / each.lines, each.lines)
        found.append(
            FlowProduct(
                each.product,
                each.orders,
                each.lines,
                each.pieces,
                each.refunded,
                shrunk(each.refunded, each.lines, prior),
                (low, high),
                usual,
                excess,
                believed and others > 0 and excess >= FEWEST_EVENTS,
                profiles.get(each.product, ()),
            )
        )
    return tuple(sorted(found, key=lambda each: (not each.stands_out, -each.excess, each.product)))


def beta_prior(counts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Mean of the products' shares and how many sold lines it weighs, by moments; infinite where they do not differ.

    With ``p = Σx/Σn`` and ``S = Σ n(x/n - p)²``, S is expected to be ``p(1-p)·((k-1)(1-r) + r·(N - Σn²/N))`` for a
    correlation r of the lines of one product; the mean weighs ``1/r - 1`` lines.
    """
    total = sum(lines for _, lines in counts)
    if not total:
        return 0.0, math.inf
    mean = sum(hits for hits, _ in counts) / total
    spread = math.fsum(lines * (hits / lines - mean) ** 2 for hits, lines in counts if lines)
    even = mean * (1 - mean)
    k, spare = len(counts), total - sum(lines * lines for _, lines in counts) / total
    if even <= 0 or spare <= k - 1:
        return mean, math.inf
    alike = (spread / even - (k - 1)) / (spare - (k - 1))
    return mean, (1 / min(alike, 1.0) - 1 if alike > 0 else math.inf)


def shrunk(hits: int, lines: int, prior: tuple[float, float]) -> float:
    """A product's share drawn towards the mean of all products by as many lines as that weighs."""
    mean, weight = prior
    return mean if math.isinf(weight) else (hits + mean * weight) / (lines + weight)


def profile(counts: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[ProductReason, ...]]:
    """Reasons that a product's requests give more often than those of the other products do.

    The product with the largest excess is told first and then left out: what it does to the rest's reasons is nothing
    of theirs.

    Args:
        counts: product → reason → requests.

    Returns:
        Product → its reasons, largest excess first, where chance seldom makes it and two requests at least are behind
        it. Products with fewer requests than are named are not asked.
    """
    left, found = dict(counts), {}
    while more := _unlike(left):
        product = max(sorted(more), key=lambda name: more[name][0].excess)
        found[product] = more[product]
        del left[product]
    return found


def _unlike(counts: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[ProductReason, ...]]:
    """Every product with reasons unlike those of all others together."""
    totals: dict[str, int] = {}
    for given in counts.values():
        for reason, count in given.items():
            totals[reason] = totals.get(reason, 0) + count
    whole = sum(totals.values())
    asked = [
        (product, reason, count, sum(given.values()))
        for product, given in sorted(counts.items())
        for reason, count in sorted(given.items())
        if FEWEST <= sum(given.values()) < whole
    ]
    if not asked:
        return {}
    kept = benjamini_hochberg([fisher_tail(n, of, totals[r], whole) for _, r, n, of in asked], FALSE_DISCOVERIES)
    found: dict[str, list[ProductReason]] = {}
    for (product, reason, count, of), keep in zip(asked, kept, strict=True):
        excess = count - of * (totals[reason] - count) / (whole - of)
        if keep and excess >= FEWEST_EVENTS:
            found.setdefault(product, []).append(ProductReason(reason, count, of, excess))
    return {name: tuple(sorted(given, key=lambda each: (-each.excess, each.reason))) for name, given in found.items()}
