"""What the templates ask of a report: numbers as people read them, sentences of the text report, what goes together."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from msgspec.structs import replace

from shopscore.render import ahead, because, beside, change, flow, numbers, own_best, staffing, trend, trusted, why
from shopscore.render import due as clocks
from shopscore.render.escape import terminal
from shopscore.render.words import clauses, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import AdviceResult, Due, FlowStage, MetricResult, ShopReport, Staffing

_HOUR = 3600
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


def coded(sentence: str) -> Markup:
    """A sentence of the rules, escaped; what stands in it between backticks is drawn as what to type."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(terminal(sentence)))))  # noqa: S704 - escaped first


def explained(metric: MetricResult, lang: str) -> tuple[str, ...]:
    """What the text report says under a shortfall, its causes left out: they are drawn."""
    parts = [joined(lang, why.counts(metric, lang)), *why.caution(metric, lang)]
    if lucky := own_best.doubted(metric, lang):
        parts.append(lucky)
    if metric.change:
        parts.append(changed(metric, lang))
    if not why.told_causes(metric) and metric.verdict in ("fail", "likely_fail"):
        parts.append(say(lang, "no_driver"))
    if way := ahead.back(metric, lang):
        parts.append(way)
    parts += trend.of_metric(metric, lang)
    return tuple(parts)


def causes(metric: MetricResult, lang: str) -> Iterator[tuple[str, float]]:
    """The causes as the text report says them, and the share of the misses each explains."""
    for same in why.told_causes(metric)[:DRIVERS_SHOWN]:
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


def changed(metric: MetricResult, lang: str) -> str:
    """How a metric changed since the window before, and what that came from."""
    return change.sentence(metric, metric.change, lang) if metric.change else ""


def grounds(advice: AdviceResult, shop: ShopReport, lang: str) -> str:
    """Why a piece of advice is given."""
    about = next((metric for metric in shop.metrics if metric.id == advice.metric), None)
    return because.sentence(advice, about, lang) if about else ""


def side_effects(advice: AdviceResult, lang: str) -> tuple[str, ...]:
    """What else it does, and how much room this shop has there."""
    touched = tuple(because.side_effect(effect, lang) for effect in advice.touches)
    return touched or tuple(format(effect, lang) for effect in advice.side_effects)


def worked(advice: AdviceResult, shop: ShopReport, lang: str) -> str:
    """What became of it where it was applied before."""
    about = next((metric for metric in shop.metrics if metric.id == advice.metric), None)
    return beside.worked(replace(advice.worked, effect=None), about, lang) if advice.worked else ""


def title(shop: ShopReport, name: str, lang: str) -> str:
    """What a metric is called."""
    return next((format(metric.title, lang) for metric in shop.metrics if metric.id == name), name)


def week(found: Staffing) -> Iterator[tuple[int, tuple[tuple[int, int, int], ...]]]:
    """Each weekday with, for every hour, the replies missed, those due, and how dark its cell is."""
    most = max((count for day in found.misses for count in day), default=0)
    for day, (misses, rows) in enumerate(zip(found.misses, found.rows, strict=True), 1):
        yield day, tuple((bad, all_, shade(bad, most)) for bad, all_ in zip(misses, rows, strict=True))


def shade(count: float, most: float) -> int:
    """How dark the cell of a count is, of `SHADES`."""
    return math.ceil(SHADES * count / most) if most else 0


def asked(found: Staffing) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """Each weekday with, for every hour, the questions asked and how dark its cell is."""
    most = max((count for day in found.questions for count in day), default=0)
    for day, counts in enumerate(found.questions, 1):
        yield day, tuple((count, shade(count, most)) for count in counts)


def stage(each: FlowStage, lang: str) -> str:
    """What cases do in a stage."""
    return flow.what(each, lang)


def hours(seconds: float | None, lang: str) -> str:
    """A time in hours."""
    return "-" if seconds is None else numbers.value(seconds / _HOUR, "hours", lang)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────


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


def todos(shop: ShopReport, lang: str) -> tuple[tuple[str, str], ...]:
    """What each kind of clock that is shown asks for, and how that is done: once a kind, not once a clock."""
    return tuple(dict.fromkeys((format(due.title, lang), format(due.todo, lang)) for due in soonest(shop)))


def unread(shop: ShopReport, lang: str) -> str:
    """What may run out unseen: files that could not be read in full; nothing where all were."""
    if not trusted.unread(shop.trust):
        return ""
    return say(lang, "to_do_unread", caveat=trusted.caveat(shop.trust, lang))


def unlisted(shop: ShopReport, lang: str) -> tuple[str, ...]:
    """What may run out unseen: cases, and whatever waits, of which the files hold no deadline."""
    cases = ahead.unlisted(shop.unlisted, lang)
    return (*([cases] if cases else []), *clocks.asides(shop.undated, lang, key="to_do_undated"))


def chance(due: Due) -> str:
    """How likely a clock is missed, as the text report says it."""
    return numbers.chance(due.chance)


def soon(shop: ShopReport, lang: str) -> str:
    """How many clocks run out on the next day, and by when that is over; nothing where none does."""
    soon = clocks.within_a_night(shop)
    if not soon:
        return ""
    said = say(lang, "html_due_soon", count=len(soon), until=clocks.until(shop))
    return clauses(lang, [said, *clocks.perhaps_late(soon, lang)])
