"""A shop's verdicts → how many metrics are short of target and how surely, in the words of the table below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.words import joined, say

if TYPE_CHECKING:
    from shopscore.model import MetricResult, ShopReport, Verdict

_FAILING: tuple[Verdict, ...] = ("fail", "likely_fail")
SHORT: tuple[Verdict, ...] = (*_FAILING, "undecided")
"""What a metric short of its target may be, the surest first."""


def ranked(shop: ShopReport) -> list[MetricResult]:
    """The metrics short of target, most worth fixing first: the rows of the table, undecided ones among them."""
    by_id = {metric.id: metric for metric in shop.metrics}
    return [by_id[name] for name in shop.shortfalls if name in by_id]


def failing(shop: ShopReport) -> list[MetricResult]:
    """Those of them that fail or likely fail, most worth fixing first."""
    return [metric for metric in ranked(shop) if metric.verdict in _FAILING]


def judged(shop: ShopReport) -> int:
    """How many metrics have a verdict that counts."""
    return sum(metric.verdict != "not_measured" and metric.counts for metric in shop.metrics)


def kinds(shop: ShopReport) -> dict[Verdict, int]:
    """How many of the metrics short of target have each verdict, the surest first."""
    found = [metric.verdict for metric in ranked(shop)]
    return {name: found.count(name) for name in SHORT}


def counted(shop: ShopReport, lang: str) -> str:
    """How many metrics are short of target, which is what the table holds, and how many of them surely."""
    parts = [say(lang, "answer_kind", count=n, kind=say(lang, name)) for name, n in kinds(shop).items() if n]
    return say(lang, "answer_short", short=len(shop.shortfalls), judged=judged(shop), kinds=joined(lang, parts))
