"""What was tried → a line each: measures and applied advice, whether they worked, and where the two sides lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.render import beside, figures, numbers
from shopscore.render.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Effect, MetricResult, Period, ShopReport, Worked

WIDTH = 220
_ROOM = 0.12
_GOOD = frozenset({"kept", "worked"})
_BAD = frozenset({"worse", "harmed"})
MARKS = {"good": "\u2713", "bad": "\u2717", "open": "?"}


class Side(Struct, frozen=True):
    """A value and its interval, as places from 0 to `WIDTH`."""

    value: float
    low: float | None
    high: float | None


class Sides(Struct, frozen=True):
    """The days before and after, and the target, on one scale."""

    before: Side
    after: Side
    target: float | None


class Trial(Struct, frozen=True):
    """Something that was tried.

    Attributes:
        answer: whether it worked, in words.
        kind: ``good``, ``bad``, or ``open`` where nothing can be said.
        sides: the picture; None where there is nothing to compare.
        sentence: all that is known of it.
    """

    what: str
    on: str
    metric: MetricResult | None
    answer: str
    kind: str
    before: str
    after: str
    difference: str
    sides: Sides | None
    sentence: str


def trials(shop: ShopReport, lang: str) -> Iterator[Trial]:
    """Applied advice first, then measures, each oldest first."""
    by_id = {metric.id: metric for metric in shop.metrics}
    for each in shop.applied:
        yield _applied(each, by_id.get(each.metric), lang)
    for effect in shop.effects:
        metric = by_id[effect.metric]
        answer, told = say(lang, f"effect_{effect.lacking or effect.answer}"), beside.effect_told(effect, metric, lang)
        yield _trial(effect.what, effect.date.isoformat(), metric, (answer, _kind(effect.answer)), effect, told, lang)


def _applied(each: Worked, metric: MetricResult | None, lang: str) -> Trial:
    answer = say(lang, f"worked_{each.verdict}", day=each.by.isoformat() if each.by else "-")
    told = beside.worked(each, metric, lang)
    return _trial(each.advice, each.on.isoformat(), metric, (answer, _kind(each.verdict)), each.effect, told, lang)


def _trial(  # noqa: PLR0913, PLR0917 - each is a fact of its own
    what: str,
    on: str,
    metric: MetricResult | None,
    answer: tuple[str, str],
    effect: Effect | None,
    told: str,
    lang: str,
) -> Trial:
    said, kind = answer
    if metric is None or effect is None or not effect.days:
        return Trial(what, on, metric, said, kind, "-", "-", "-", None, told)
    before, after = (_side(metric, each, lang) for each in (effect.before, effect.after))
    difference = numbers.difference(effect.interval, metric.unit) if effect.interval else "-"
    if effect.interval and metric.unit == "rate":
        difference = say(lang, "points_of_percent", number=difference)
    return Trial(what, on, metric, said, kind, before, after, difference, _sides(metric, effect), told)


def _kind(answer: str) -> str:
    return "good" if answer in _GOOD else "bad" if answer in _BAD else "open"


def _side(metric: MetricResult, side: Period | None, lang: str) -> str:
    return figures.value(metric, side.value if side else None, lang)


def _sides(metric: MetricResult, effect: Effect) -> Sides | None:
    before, after, target = effect.before, effect.after, metric.target.value
    if before is None or after is None or before.value is None or after.value is None:
        return None
    shown = [before.value, after.value, *(before.interval or ()), *(after.interval or ())]
    shown += [] if target is None else [target]
    low, high = min(shown), max(shown)
    room = (high - low) * _ROOM or 1.0

    def x(number: float) -> float:
        return float(round((number - low + room) / (high - low + 2 * room) * WIDTH, 1))

    def side(value: float, interval: tuple[float, float] | None) -> Side:
        return Side(x(value), x(interval[0]) if interval else None, x(interval[1]) if interval else None)

    ends = side(before.value, before.interval), side(after.value, after.interval)
    return Sides(*ends, None if target is None else x(target))
