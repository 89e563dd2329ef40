"""The tables of the Markdown report: verdicts, shortfalls, what runs out, the other metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import figures, numbers
from shopscore.render import verdicts as verdicts_of
from shopscore.render.markdown.syntax import code, inline, table
from shopscore.render.words import joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Due, MetricResult, ShopReport

SHORTFALLS = 10
DUE = 10


def verdicts(shops: Sequence[ShopReport], lang: str) -> Iterator[str]:
    """A row a shop: how many metrics are short of target and how surely, how many are not; trust in the data."""
    head = [say(lang, "md_shop"), say(lang, "md_platform"), *(say(lang, name) for name in verdicts_of.SHORT)]
    head += [say(lang, "md_at_target"), say(lang, "md_unmeasured"), say(lang, "md_trust")]
    rows = [[inline(cell) for cell in _verdicts(shop, lang)] for shop in shops]
    return table(head, rows, range(2, len(head) - 1))


def _verdicts(shop: ShopReport, lang: str) -> list[str]:
    short, judged = verdicts_of.kinds(shop), verdicts_of.judged(shop)
    counts = [*short.values(), judged - sum(short.values()), len(shop.metrics) - judged]
    trust = say(lang, f"trust_{shop.trust.level}")
    return [shop.shop, format(shop.platform_title, lang), *map(str, counts), trust]


def shortfalls(ranked: Sequence[MetricResult], lang: str, most: int = SHORTFALLS) -> Iterator[str]:
    """The first shortfalls with value, interval, target and gap."""
    head = ["#", *(say(lang, key) for key in ("metric", "now", "interval", "target", "short_by", "verdict"))]
    rows = [_shortfall(at, metric, lang) for at, metric in enumerate(ranked[:most], 1)]
    return table([inline(cell) for cell in head], rows, (0, 2, 3, 5))


def _shortfall(at: int, metric: MetricResult, lang: str) -> list[str]:
    goal = f"{figures.target(metric, lang)} {say(lang, metric.target.basis)}"
    cells = [figures.value(metric, metric.measurement.value, lang), figures.interval(metric), goal]
    cells += [figures.short_by(metric, lang), figures.stated(metric, lang)]
    return [str(at), f"{inline(format(metric.title, lang))} {code(metric.id)}", *map(inline, cells)]


def due(shop: ShopReport, lang: str, most: int = DUE) -> Iterator[str]:
    """The clocks that run out first, most worth first."""
    head = [say(lang, f"html_{key}") for key in ("what", "subject", "deadline", "hours", "chance", "loses")]
    return table(head, [_due(each, lang) for each in shop.due[:most]], (3, 4))


def _due(each: Due, lang: str) -> list[str]:
    costs = []
    for breach in each.breaches:
        title, cost = format(breach.title, lang), figures.lost(breach, lang)
        costs.append(labelled(lang, title, cost) if cost else title)
    when = f"{each.deadline:%m-%d %H:%M}"
    what = inline(labelled(lang, format(each.title, lang), format(each.todo, lang)))
    return [
        what,
        code(each.subject),
        when,
        f"{each.hours_left:.1f}",
        numbers.chance(each.chance),
        inline(joined(lang, costs)),
    ]


def others(metrics: Sequence[MetricResult], lang: str) -> Iterator[str]:
    """Every other metric with a value."""
    head = [say(lang, key) for key in ("metric", "now", "interval", "target", "verdict")]
    return table(head, [_other(metric, lang) for metric in metrics], (1, 2))


def _other(metric: MetricResult, lang: str) -> list[str]:
    goal = "-" if metric.target.value is None else f"{figures.target(metric, lang)} {say(lang, metric.target.basis)}"
    beside = figures.beside_verdict(metric, lang)
    stated = joined(lang, [figures.stated(metric, lang), *([beside] if beside else [])])
    cells = [figures.value(metric, metric.measurement.value, lang), figures.interval(metric), goal, stated]
    return [f"{inline(format(metric.title, lang))} {code(metric.id)}", *map(inline, cells)]
