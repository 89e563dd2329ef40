"""A shop's verdicts → how many metrics are short of target and how surely, in the words of the table below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.words import joined, say

if TYPE_CHECKING:
    from collections.abc import Callable

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


def first(shop: ShopReport, lang: str, named: Callable[[MetricResult], str]) -> str:
    """Which to begin with: row 1 of the table, and where that one is undecided the first that fails as well.

    Nothing where none fails: what may all be chance is not begun with.

    Args:
        shop: the shop.
        lang: the language.
        named: a metric as the page names it.
    """
    rows, sure = ranked(shop), failing(shop)
    if not sure:
        return ""
    if rows[0] is sure[0]:
        return named(sure[0])
    verdict, kind = say(lang, rows[0].verdict), say(lang, sure[0].verdict)
    return say(lang, "first_doubtful", first=named(rows[0]), verdict=verdict, kind=kind, sure=named(sure[0]))


def most_to_do(shop: ShopReport) -> tuple[int, int, str, str]:
    """The order of shops: most metrics short of target first, then most of them that fail."""
    return (-len(shop.shortfalls), -len(failing(shop)), shop.platform, shop.shop)


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
