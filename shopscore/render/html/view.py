"""What the templates ask of a report: numbers as people read them, sentences of the text report, what goes together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from shopscore.render import account as accounts
from shopscore.render import ahead, beside, flow, integrity, numbers, rest, staffing, trend, trusted, why
from shopscore.render.escape import terminal
from shopscore.render.words import WORDS, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import (
        AdviceResult,
        Breach,
        Due,
        FileAccount,
        FlowStage,
        MetricResult,
        Report,
        ShopReport,
        Staffing,
    )
    from shopscore.render.layout import Line

_HOUR = 3600
_UNFOLDED = 1_000_000
"""A width at which no sentence is broken."""
MARKS = {
    "pass": "\u2713",
    "likely_pass": "\u2713?",
    "undecided": "?",
    "likely_fail": "\u2717?",
    "fail": "\u2717",
    "not_measured": "\u2013",
}
"""Beside a verdict's word: it is never told by colour alone."""
SHADES = 5
DUE_SHOWN = 25
DRIVERS_SHOWN = 8


def clean(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """A printed value without characters that a page may act on; `Markup` of our own stays."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return terminal(value)
    return value


@dataclass(frozen=True, slots=True)
class ShopView:
    """One shop as the page shows it; sentences in its language."""

    shop: ShopReport
    anchor: str
    versions: str
    answer: str
    score: str
    trust: tuple[str, ...]
    tables: str
    ranked: tuple[MetricResult, ...]
    others: tuple[MetricResult, ...]
    linked: frozenset[str]
    set_aside: tuple[str, ...]
    beside: tuple[tuple[str, tuple[str, ...]], ...]
    soon: tuple[str, ...]
    trend: tuple[str, ...]
    integrity: tuple[str, ...]
    missing: tuple[str, ...]
    files: tuple[FileAccount, ...]
    account: str


def of_shop(shop: ShopReport, report: Report, lang: str) -> ShopView:
    """Gather what the page says of a shop."""
    from shopscore.render import text  # noqa: PLC0415 - the answer is the text report's

    by_id = {metric.id: metric for metric in shop.metrics}
    ranked = tuple(by_id[name] for name in shop.shortfalls)
    known = [(name, count) for name, count in shop.rows if name in WORDS]
    rows = joined(lang, (say(lang, "rows", count=f"{count:,}", table=say(lang, name)) for name, count in known))
    own = tuple(each for each in report.inputs if (each.platform, each.shop) == (shop.platform, shop.shop))
    held = [metric for metric in shop.metrics if metric.measurement.value is not None and metric.bound_of is None]
    others = tuple(metric for metric in held if metric.id not in shop.shortfalls and not metric.suppressed)
    return ShopView(
        shop=shop,
        anchor=f"shop-{report.shops.index(shop) + 1}",
        versions=" ".join(f"{used.platform}@{used.version}" for used in report.rules if used.platform == shop.platform),
        answer=text.answer(shop, list(ranked), lang),
        score=text.score(shop, lang),
        trust=_told(trusted.lines(shop.trust, lang, _UNFOLDED)),
        tables=labelled(lang, say(lang, "tables"), rows),
        ranked=ranked,
        others=others,
        linked=frozenset(metric.id for metric in (*ranked, *others)),
        set_aside=_told(text.set_aside(shop, lang, _UNFOLDED)),
        beside=tuple(_blocks(beside.blocks(shop, lang, _UNFOLDED))),
        soon=_told(ahead.soon(shop, lang, _UNFOLDED)),
        trend=_told(trend.lines(shop, lang, _UNFOLDED)),
        integrity=_told(integrity.lines(shop, report.inputs, lang, _UNFOLDED)),
        missing=_told(rest.not_measured(shop, lang, _UNFOLDED)),
        files=own,
        account=accounts.total(list(own), lang) if own else "",
    )


# ── sentences of the text report ─────────────────────────────────────────────────────────────────────────────────


def _told(lines: Iterable[Line]) -> tuple[str, ...]:
    """Lines as sentences, without what marks them as a list."""
    return tuple(text for line in lines if (text := line.text.strip().removeprefix("- ").removeprefix("! ")))


def _blocks(lines: Iterable[Line]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Titled blocks: a title is bold and stands after an empty line."""
    title, body = "", list[str]()
    for line in lines:
        if line.style == "bold" and not line.text.startswith(" "):
            if body:
                yield title, tuple(body)
            title, body = line.text, []
        elif line.text.strip():
            body += _told([line])
    if body:
        yield title, tuple(body)


def explained(metric: MetricResult, lang: str) -> tuple[str, ...]:
    """What the text report says under a shortfall, its causes left out: they are drawn."""
    parts = [joined(lang, why.counts(metric, lang))]
    if not metric.drivers and metric.verdict in ("fail", "likely_fail"):
        parts.append(say(lang, "no_driver"))
    if metric.outlook and (way := ahead.back(metric, metric.outlook, lang)):
        parts.append(way)
    parts += trend.of_metric(metric, lang)
    return tuple(parts)


def causes(metric: MetricResult, lang: str) -> Iterator[tuple[str, float]]:
    """The causes as the text report says them, and the share of the misses each explains."""
    for same in why.alike(metric.drivers)[:DRIVERS_SHOWN]:
        yield why.driver(metric, same, lang), same[0].share


def staffed(shop: ShopReport) -> Staffing | None:
    """The metric whose week is shown."""
    return staffing.telling(shop)


def staffing_sentences(shop: ShopReport, found: Staffing, lang: str) -> tuple[str, ...]:
    """When replies are missed, and what one more agent would change."""
    return tuple(staffing.sentences(shop, found, lang))


def flow_sentences(shop: ShopReport, lang: str) -> tuple[str, ...]:
    """How refunds went."""
    return tuple(flow.sentences(shop.refund_flow, lang)) if shop.refund_flow else ()


def week(found: Staffing) -> Iterator[tuple[int, tuple[tuple[int, int, int], ...]]]:
    """Each weekday with, for every hour, the replies missed, those due, and how dark its cell is."""
    most = max((count for day in found.misses for count in day), default=0)
    for day, (misses, rows) in enumerate(zip(found.misses, found.rows, strict=True), 1):
        yield day, tuple((bad, all_, _shade(bad, most)) for bad, all_ in zip(misses, rows, strict=True))


def _shade(count: int, most: int) -> int:
    return math.ceil(SHADES * count / most) if most else 0


def stage(each: FlowStage, lang: str) -> str:
    """What cases do in a stage."""
    return flow.what(each, lang)


def hours(seconds: float | None, lang: str) -> str:
    """A time in hours."""
    return "-" if seconds is None else numbers.value(seconds / _HOUR, "hours", lang)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def value(metric: MetricResult, number: float | None, lang: str) -> str:
    """A number in the metric's unit."""
    return numbers.value(number, metric.unit, lang, metric.currency)


def interval(metric: MetricResult) -> str:
    """The metric's interval."""
    return numbers.span(metric.measurement.interval, metric.unit)


def target(metric: MetricResult, lang: str) -> str:
    """The metric's target with its direction."""
    sign = "\u2265" if metric.better == "higher" else "\u2264"
    return "-" if metric.target.value is None else f"{sign} {value(metric, metric.target.value, lang)}"


def short_by(metric: MetricResult, lang: str) -> str:
    """How far a metric is from its target: events where they can be counted, else the gap."""
    found = metric.shortfall
    if found is None:
        return "-"
    if found.fixes is not None:
        return say(lang, "fix_events", count=f"{found.fixes:,}")
    return value(metric, found.gap, lang)


def lost(breach: Breach, lang: str) -> str:
    """What one missed deadline costs, in money or in events the window can still bear."""
    if breach.money:
        return numbers.money(breach.money, breach.currency, lang)
    return "" if breach.left is None else say(lang, "html_left", count=f"{breach.left:,}")


def money_at_risk(shop: ShopReport, lang: str) -> str:
    """What the open clocks would cost by the platform's price list, currency by currency."""
    sums: dict[str, float] = {}
    for metric in shop.metrics:
        if metric.stake and metric.stake.at_risk:
            sums[metric.stake.currency] = sums.get(metric.stake.currency, 0.0) + metric.stake.at_risk
    return joined(lang, (numbers.money(amount, name, lang) for name, amount in sorted(sums.items())))


def soonest(shop: ShopReport) -> tuple[Due, ...]:
    """The clocks that are shown."""
    return shop.due[:DUE_SHOWN]


def within(shop: ShopReport, hours: float) -> int:
    """How many clocks run out in so many hours."""
    return sum(0 <= each.hours_left <= hours for each in shop.due)


def advice_for(shop: ShopReport) -> tuple[AdviceResult, ...]:
    """The advice to take, that of the first shortfalls first."""
    place = {name: at for at, name in enumerate(shop.shortfalls)}
    found = [each for each in shop.advice if each.compliance != "prohibited"]
    return tuple(sorted(found, key=lambda each: (place.get(each.metric, len(place)), each.id)))


def warnings_against(shop: ShopReport) -> tuple[AdviceResult, ...]:
    """What is often advised and forbidden."""
    return tuple(each for each in shop.advice if each.compliance == "prohibited")
