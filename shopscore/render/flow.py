"""How refunds went, in a few lines: where the time goes, whose turn it was; everything else is in the JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from shopscore.render import numbers
from shopscore.render.layout import Line, fold, room
from shopscore.render.words import WORDS, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import FlowHour, FlowRounds, FlowStage, RefundFlow, ShopReport

MOST_LINES = 6
"""Of the usual width."""
FEWEST = 5
"""Cases below which nothing is named."""
_HOUR = 3600
_TEN = 10


def section(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """The section's lines, the most important first; how many sentences no longer fit and are left to the JSON."""
    if shop.refund_flow is None:
        return
    told = _folded((*sentences(shop.refund_flow, lang), *_hurt(shop, lang)), width)
    most = room(MOST_LINES, width)
    shown = told
    if sum(map(len, told)) > most:
        left, shown = most - 1, []
        for lines in told:
            if len(lines) <= left:
                shown.append(lines)
                left -= len(lines)
    yield from (Line(line) for lines in shown for line in lines)
    if len(shown) < len(told):
        yield Line("    " + say(lang, "more_in_json", count=len(told) - len(shown)), "dim")
        return
    # Why they are asked for is told where there is room for all that says what to do.
    spare = _folded(_reasons(shop.refund_flow, lang), width)
    if sum(map(len, [*told, *spare])) <= most:
        yield from (Line(line) for lines in spare for line in lines)


def _folded(texts: Iterable[str], width: int) -> list[list[str]]:
    return [list(fold(text, width, "    ", "  - ")) for text in texts]


def sentences(flow: RefundFlow, lang: str) -> Iterator[str]:
    """How refunds went, the most important first."""
    first, own = flow.stages[0], flow.own()
    yield in_words(first, lang)
    if own is not None and own is not first and own.cases >= FEWEST:
        yield say(lang, "flow_own", share=_share(own, lang), what=what(own, lang), counts=_counts(own, lang))
    parts = [*flow.holders, *([("unsplit", flow.unsplit)] if flow.unsplit else [])]
    told = [say(lang, "flow_part", who=say(lang, f"flow_turn_{who}"), share=f"{share:.0%}") for who, share in parts]
    yield labelled(lang, say(lang, "flow_turns"), joined(lang, told))
    if flow.rounds is not None and flow.rounds.pays():
        yield _rounds(flow.rounds, lang)
    yield from _products(flow, lang)
    yield from _ends(flow, lang)


def _reasons(flow: RefundFlow, lang: str) -> Iterator[str]:
    """The few reasons that make most requests, where most requests give one."""
    found = flow.reasons.classes if flow.reasons is not None else ()
    vital = [each for each in found if "cases" in each.vital]
    known = sum(each.cases for each in found)
    if flow.reasons is not None and vital and len(vital) < len(found) and flow.reasons.classes_unknown < known:
        names = joined(lang, [reason_name(each.name, lang) for each in vital])
        yield say(lang, "flow_reasons", share=f"{sum(each.case_share for each in vital):.0%}", names=names)


def _hurt(shop: ShopReport, lang: str) -> Iterator[str]:
    """The first shortfall that the seller's own slowest stage counts in."""
    own = shop.refund_flow.own() if shop.refund_flow is not None else None
    by_id = {metric.id: metric for metric in shop.metrics}
    for name in [name for name in shop.shortfalls if own is not None and name in own.metrics][:1]:
        metric = by_id[name]
        value = numbers.value(metric.measurement.value, metric.unit, lang, metric.currency)
        goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang, metric.currency)
        yield say(lang, "flow_hurts", metric=format(metric.title, lang), value=value, goal=goal)


def _rounds(rounds: FlowRounds, lang: str) -> str:
    low, high = (_hours(end) for end in rounds.saved or (0.0, 0.0))
    now, then = _hours(rounds.now_seconds), _hours(rounds.then_seconds)
    return say(lang, "flow_rounds", times=" / ".join(rounds.times), now=now, then=then, low=low, high=high)


def _products(flow: RefundFlow, lang: str) -> Iterator[str]:
    """The product that comes back most beyond the others; its variant, where that one alone has more of it."""
    found = [("product_id", each) for each in flow.products[:1]] + [("sku", each) for each in flow.skus[:1]]
    for dimension, each in sorted(found, key=lambda pair: -pair[1].excess)[:1]:
        if each.stands_out:
            names = [reason_name(reason.reason, lang) for reason in each.reasons[:1]]
            reason = say(lang, "flow_product_reason", reason=names[0]) if names else ""
            since = say(lang, "flow_product_since", day=f"{flow.sold_from:%m-%d}") if flow.sold_from else ""
            told = {"dimension": say(lang, dimension), "product": each.product, "since": since, "reason": reason}
            rates = {"rate": numbers.percent(each.refunded / each.lines), "usual": numbers.percent(each.usual)}
            counts = {"refunded": f"{each.refunded:,}", "lines": f"{each.lines:,}"}
            yield say(lang, "flow_product", **told, **counts, **rates)


def _ends(flow: RefundFlow, lang: str) -> Iterator[str]:
    """Time-outs and cases that went round again, where there are enough to be named; what costs more cases first."""
    found: list[tuple[int, str]] = []
    late, again = flow.timeouts, flow.loops
    if late is not None and late.share is not None and late.seller >= FEWEST:
        known = f"{late.ended - late.blank - late.untold:,}"
        text = say(lang, "flow_timeouts", count=f"{late.seller:,}", known=known, share=f"{late.share:.0%}")
        found.append((late.seller, text))
    if again is not None and again.share is not None and again.cases >= FEWEST:
        ways = [
            say(lang, "flow_way", way=say(lang, f"flow_{way.way}"), count=f"{way.cases:,}")
            for way in again.ways
            if way.cases
        ]
        counts = {"count": f"{again.cases:,}", "ended": f"{again.ended:,}", "share": f"{again.share:.0%}"}
        hours = _hours(again.seconds / again.cases)
        found.append((again.cases, say(lang, "flow_loops", hours=hours, ways=joined(lang, ways), **counts)))
    yield from (text for _, text in sorted(found, key=lambda each: -each[0]))


def reason_name(name: str, lang: str) -> str:
    """A reason's class in words; a wording as the platform has it."""
    return say(lang, f"flow_class_{name}") if f"flow_class_{name}" in WORDS else name


def in_words(stage: FlowStage, lang: str) -> str:
    """A stage in a sentence: its part of all refund time, what cases do there, how long it takes."""
    return say(lang, "flow_stage", share=_share(stage, lang), what=what(stage, lang), counts=_counts(stage, lang))


def what(stage: FlowStage, lang: str) -> str:
    """What cases do in a stage, in words."""
    names = [f"flow_{state}_{who}" for state in stage.states for who in stage.holders]
    text = say(lang, "flow_or").join(say(lang, name) for name in names if name in WORDS)
    return text if len(stage.holders) == 1 else say(lang, "flow_untold", what=text)


def _share(stage: FlowStage, lang: str) -> str:
    share = f"{stage.share:.0%}"
    if stage.interval is None or stage.share == 1:
        return share
    low, high = (f"{100 * end:.0f}" for end in stage.interval)
    return say(lang, "flow_between", share=share, low=low, high=high)


def _counts(stage: FlowStage, lang: str) -> str:
    parts = [say(lang, "flow_cases", count=f"{stage.cases:,}")]
    if stage.median_seconds is not None:
        parts.append(say(lang, "flow_median", hours=_hours(stage.median_seconds)))
    if stage.p90_seconds is not None:
        parts.append(say(lang, "flow_p90", hours=_hours(stage.p90_seconds)))
    return joined(lang, parts)


def _hours(seconds: float) -> str:
    hours = seconds / _HOUR
    return f"{hours:.1f}" if hours < _TEN else f"{hours:.0f}"


# ── for the JSON ─────────────────────────────────────────────────────────────────────────────────────────────────


def as_json(flow: RefundFlow | None) -> dict[str, Any] | None:
    """Everything there is, as plain values."""
    if flow is None:
        return None
    return {
        "from": flow.first.isoformat(),
        "to": flow.last.isoformat(),
        "cases": flow.cases,
        "seconds": flow.seconds,
        "unended": flow.unended,
        "stages": [to_builtins(stage) for stage in flow.stages],
        "holders": dict(flow.holders),
        "unsplit": flow.unsplit,
        "timeouts": to_builtins(flow.timeouts) if flow.timeouts else None,
        "loops": to_builtins(flow.loops) if flow.loops else None,
        "reasons": to_builtins(flow.reasons) if flow.reasons else None,
        "sold_from": flow.sold_from.isoformat() if flow.sold_from else None,
        "products": [to_builtins(product) for product in flow.products],
        "skus": [to_builtins(sku) for sku in flow.skus],
        "hours": [_hour(hour, "hour") for hour in flow.hours],
        "weekdays": [_hour(day, "weekday") for day in flow.weekdays],
        "night_share": flow.night_share,
        "rounds": to_builtins(flow.rounds) if flow.rounds else None,
    }


def _hour(found: FlowHour, name: str) -> dict[str, Any]:
    return {name: found.at, "came": found.came, "decided": found.decided, "waiting": found.waiting}
