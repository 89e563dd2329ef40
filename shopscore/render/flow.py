"""How refunds went, in a few lines: where the time goes, whose turn it was; everything else is in the JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopscore.render.layout import Line, fold
from shopscore.render.words import WORDS, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import FlowStage, RefundFlow, ShopReport

MOST_LINES = 6
_HOUR = 3600
_TEN = 10


def section(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """The section's lines, the most important first; a sentence that no longer fits is left to the JSON."""
    if shop.refund_flow is None:
        return
    room = MOST_LINES
    for text in _sentences(shop.refund_flow, lang):
        lines = list(fold(text, width, "    ", "  - "))
        if len(lines) <= room:
            yield from (Line(line) for line in lines)
            room -= len(lines)


def _sentences(flow: RefundFlow, lang: str) -> Iterator[str]:
    first, own = flow.stages[0], flow.own()
    yield say(lang, "flow_stage", share=_share(first, lang), what=what(first, lang), counts=_counts(first, lang))
    if own is not None and own is not first:
        yield say(lang, "flow_own", share=_share(own, lang), what=what(own, lang), counts=_counts(own, lang))
    parts = [*flow.holders, *([("unsplit", flow.unsplit)] if flow.unsplit else [])]
    told = [say(lang, "flow_part", who=say(lang, f"flow_turn_{who}"), share=f"{share:.0%}") for who, share in parts]
    yield labelled(lang, say(lang, "flow_turns"), joined(lang, told))


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
        "stages": [_stage(stage) for stage in flow.stages],
        "holders": dict(flow.holders),
        "unsplit": flow.unsplit,
    }


def _stage(stage: FlowStage) -> dict[str, Any]:
    return {
        "states": list(stage.states),
        "holders": list(stage.holders),
        "cases": stage.cases,
        "running": stage.running,
        "seconds": stage.seconds,
        "share": stage.share,
        "interval": list(stage.interval) if stage.interval else None,
        "median_seconds": stage.median_seconds,
        "median_interval": list(stage.median_interval) if stage.median_interval else None,
        "p90_seconds": stage.p90_seconds,
    }
