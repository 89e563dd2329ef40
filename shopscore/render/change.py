"""How a metric changed since the window before, in one sentence: how much, and what it came from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.words import joined, labelled, say, segment_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Change, MetricResult, MovedSegment, Movement

    Told = MetricResult | Change

_TOLD = 0.1
"""Of the difference: less is not worth a half-sentence."""
_NAMED = 2
"""Segments whose value is told."""
_PLAIN = ("hour", "weekday")
"""Dimensions whose segments are told without the dimension's name."""


def sentence(metric: MetricResult, change: Movement, lang: str) -> str:
    """The change and its parts."""
    days = (change.days[1] - change.days[0]).days + 1
    before, now = (numbers.value(each, metric.unit, lang, metric.currency) for each in (change.before, change.now))
    if not change.beyond_chance:
        return say(lang, "change_chance", before=before, days=days)
    key = f"change_{_turn(metric, change.difference)}"
    head = say(lang, key, amount=amount(metric, abs(change.difference), lang), days=days, before=before, now=now)
    if metric.control is not None and metric.control.unlike:
        names = joined(lang, (format(each.title, lang) for each in metric.control.unlike))
        head = joined(lang, [head, say(lang, "change_unlike", names=names)])
    if metric.kind in ("count", "quantile"):
        return head
    return labelled(lang, head, parts(metric, change, lang))


def parts(metric: Told, change: Movement, lang: str) -> str:
    """What a change came from: more by a slow carrier, a carrier that got slower, or all alike."""
    return joined(lang, _parts(metric, change, lang))


def _turn(metric: Told, difference: float) -> str:
    return "better" if (difference > 0) == (metric.better == "higher") else "worse"


def _parts(metric: Told, change: Movement, lang: str) -> Iterator[str]:
    """What is told of the difference, and what is left of it where that is worth half a sentence."""
    if change.dimension is None or change.mix is None:
        yield say(lang, "change_nowhere")
        return
    turn, sign = _turn(metric, change.difference), 1 if change.difference > 0 else -1
    if change.simpson:
        yield say(lang, f"change_simpson_{turn}", dimension=say(lang, change.dimension))
    left, least = abs(change.difference), _TOLD * abs(change.difference)
    nameless = math.fsum(each.mix for each in change.segments if not each.segment)
    mix = change.mix - nameless
    if sign * mix >= least:
        left -= sign * mix
        yield _mix(metric, change, mix, lang)
    striking = [each for each in _named(change) if each.striking and sign * each.rate >= least]
    for each in sorted(striking, key=lambda each: (-sign * each.rate, each.segment))[:_NAMED]:
        left -= sign * each.rate
        yield _rate(metric, change, each, lang)
    if abs(left) >= least:
        all_over = not striking and abs(nameless) < least
        where = (turn if all_over else "elsewhere") if left > 0 else "against"
        yield say(lang, f"change_all_{where}", amount=amount(metric, abs(left), lang))


def _mix(metric: Told, change: Movement, mix: float, lang: str) -> str:
    """Which segments took a larger (smaller) part: what they did together is not told of one of them."""
    sign = 1 if change.difference > 0 else -1
    most = max(_named(change), key=lambda each: (sign * each.mix, each.segment))
    grew, least = most.share[1] > most.share[0], _TOLD * abs(mix)
    alike = [
        each for each in _named(change) if (each.share[1] > each.share[0]) == grew and sign * each.mix >= least > 0
    ]
    alike = sorted(alike, key=lambda each: (-sign * each.mix, each.segment)) or [most]
    key, told = "change_more" if grew else "change_less", amount(metric, abs(mix), lang)
    if len(alike) == 1:
        before, now = (numbers.percent(each) for each in most.share)
        return say(lang, key, amount=told, where=place(change, most, lang), before=before, now=now)
    where = [_moved(change, each, lang) for each in alike[:_NAMED]]
    if len(alike) > _NAMED:
        where.append(say(lang, "change_others", count=len(alike) - _NAMED))
    return say(lang, f"{key}_together", amount=told, where=joined(lang, where))


def _moved(change: Movement, segment: MovedSegment, lang: str) -> str:
    before, now = (numbers.percent(each) for each in segment.share)
    return say(lang, "change_moved", where=place(change, segment, lang), before=before, now=now)


def _rate(metric: Told, change: Movement, segment: MovedSegment, lang: str) -> str:
    before, now = (numbers.value(each, metric.unit, lang, metric.currency) for each in segment.value)
    key, told = f"change_grew_{_turn(metric, change.difference)}", amount(metric, abs(segment.rate), lang)
    return say(lang, key, amount=told, where=place(change, segment, lang), before=before, now=now)


def _named(change: Movement) -> list[MovedSegment]:
    named = [each for each in change.segments if each.segment not in ("", "rest")]
    return named or list(change.segments)


def place(change: Movement, segment: MovedSegment, lang: str) -> str:
    """Where: ``carrier 丙通快递``, ``20:00-20:59``."""
    dimension = change.dimension or ""
    name = segment_name(dimension, segment.segment, lang)
    return name if dimension in _PLAIN else say(lang, "segment", dimension=say(lang, dimension), segment=name)


def amount(metric: Told, size: float, lang: str) -> str:
    """How much, without a sign; of rates in percentage points."""
    if metric.unit == "rate":
        return say(lang, "points_of_percent", number=numbers.percent(size).removesuffix("%"))
    return numbers.value(size, metric.unit, lang, metric.currency)
