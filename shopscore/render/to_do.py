"""A shop → what to do first: what could not be read, clocks that run out, advice for the first shortfalls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.render import ahead, because, beside, due, trusted
from shopscore.render.layout import Line, fold
from shopscore.render.words import clauses, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import AdviceResult, MetricResult, ShopReport

_SHOWN_ACTIONS = 3


def heading(shop: ShopReport, lang: str) -> str:
    """What to do, as of when: a report is read on other days, too."""
    return say(lang, "to_do", as_of=f"{shop.as_of:%Y-%m-%d %H:%M}")


def lines(shop: ShopReport, ranked: list[MetricResult], lang: str, width: int) -> Iterator[Line]:
    """What to do first: clocks that run out, one piece of advice for each of the first shortfalls."""
    soon = due.of_the_night(shop, lang)
    if broken := trusted.unread(shop.trust):
        text = say(lang, "to_do_unread", caveat=trusted.caveat(shop.trust, lang))
        yield from (Line(line, "bold") for line in fold(text, width, "    ", "  - "))
    if soon:
        yield from (Line(line, "bold") for line in fold(soon, width, "    ", "  - "))
    undated = ahead.unlisted(shop.unlisted, lang)
    if undated:
        yield from (Line(line, "bold") for line in fold(undated, width, "    ", "  - "))
    # The list of what runs out names it, too; where nothing runs out, nobody would look there.
    waiting = [] if soon else list(due.asides(shop.undated, lang, key="to_do_undated"))
    for text in waiting:
        yield from (Line(line, "bold") for line in fold(text, width, "    ", "  - "))
    actions = _actions(shop, ranked)
    for metric, advice in actions:
        reasons = because.sentence(advice, metric, lang, brief=True)
        about = labelled(lang, format(metric.title, lang), format(advice.text, lang))
        text = joined(lang, [f"{about} [{advice.id}, {say(lang, advice.effort)}]", *([reasons] if reasons else [])])
        yield from (Line(line, "bold") for line in fold(text, width, "    ", "  - "))
        if advice.worked:
            told = fold(beside.worked(replace(advice.worked, effect=None), metric, lang), width, "      ", "    ! ")
            yield from (Line(line, "yellow") for line in told)
        for effect in advice.touches[:1]:
            hidden = len(advice.touches) - 1
            also = say(lang, "more_explained", count=hidden, name=advice.id) if hidden else ""
            lines = fold(because.side_effect(effect, lang) + also, width, "      ", "    ! ")
            yield from (Line(line, "yellow") for line in lines)
    if not (broken or soon or undated or waiting or actions):
        key = "to_do_nothing" if shop.trust.level == "good" else "to_do_doubtful"
        text = say(lang, key, caveat=trusted.caveat(shop.trust, lang))
        yield from (Line(line) for line in fold(text, width, "    ", "  - "))
    said = [advice for _, advice in actions]
    others = [advice for advice in shop.advice if advice not in said and advice.compliance != "prohibited"]
    ids = ", ".join(item.id for item in others)
    more = [labelled(lang, say(lang, "more_advice", count=len(others)), ids)] if others else []
    measured = (each for each in shop.metrics if each.measurement.status == "measured")
    name = next((each.id for each in (*ranked[:1], *measured, *shop.metrics[:1])), "METRIC")
    closing = clauses(lang, [*more, labelled(lang, say(lang, "open_up"), f"shopscore explain {name} PATH")])
    yield from (Line(line, "dim") for line in fold(closing, width, "    ", "  "))


def _actions(shop: ShopReport, ranked: list[MetricResult]) -> list[tuple[MetricResult, AdviceResult]]:
    """One piece of advice for each of the first shortfalls: the one that answers a cause found, else the first."""
    chosen: list[tuple[MetricResult, AdviceResult]] = []
    for metric in ranked:
        fitting = [item for item in shop.advice if item.metric == metric.id and item.compliance == "ok"]
        if fitting:
            chosen.append((metric, max(fitting, key=_names_a_cause)))
        if len(chosen) == _SHOWN_ACTIONS:
            break
    return chosen


def _names_a_cause(advice: AdviceResult) -> bool:
    return any(name.startswith("top_") for name, _ in advice.because)
