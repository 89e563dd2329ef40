"""A metric's change since the window before → the steps from the old value to the new one, as places in a picture.

The scale begins where the values do, so the two ends are points and not bars: a bar whose foot is cut off would lie.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from shopscore.render import change as told
from shopscore.render import numbers
from shopscore.render.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import MetricResult, MovedSegment, Movement

WIDTH = 100
_ROOM = 0.08
"""Free on either side, of what is shown."""
_NAMED = 5
"""Segments that have a step of their own."""

Turn = Literal["end", "better", "worse"]


class Step(Struct, frozen=True):
    """One line of the picture.

    Attributes:
        label: what it is.
        detail: the figures behind it.
        text: the value, or by how much with its sign.
        turn: an end of the way, or which way the step goes.
        left, right: where it begins and ends, 0 to `WIDTH`; the same for an end.
    """

    label: str
    detail: str
    text: str
    turn: Turn
    left: float
    right: float


def explained(metrics: Sequence[MetricResult]) -> tuple[MetricResult, ...]:
    """Those whose change is beyond chance and comes from somewhere."""
    return tuple(
        metric
        for metric in metrics
        if metric.change and metric.change.beyond_chance and metric.change.dimension is not None
    )


def steps(metric: MetricResult, lang: str) -> tuple[Step, ...]:
    """The way from the value before to the value now; nothing where no dimension explains it."""
    change = metric.change
    if change is None or not change.beyond_chance or change.dimension is None or change.mix is None:
        return ()
    parts = list(_parts(metric, change, change.mix, lang))
    places, at = [], change.before
    for _, _, amount in parts:
        places.append((at, at + amount))
        at += amount
    ends = [end for pair in places for end in pair] + [change.before, change.now]
    low, high = min(ends), max(ends)
    room = (high - low) * _ROOM or 1.0

    def x(number: float) -> float:
        return float(round((number - low + room) / (high - low + 2 * room) * WIDTH, 1))

    before, now = (numbers.value(each, metric.unit, lang, metric.currency) for each in (change.before, change.now))
    days = f"{change.days[0]:%m-%d}..{change.days[1]:%m-%d}"
    return (
        Step(say(lang, "html_before"), days, before, "end", x(change.before), x(change.before)),
        *(
            Step(label, detail, _signed(metric, amount, lang), _turn(metric, amount), *sorted(map(x, place)))
            for (label, detail, amount), place in zip(parts, places, strict=True)
        ),
        Step(say(lang, "html_now"), "", now, "end", x(change.now), x(change.now)),
    )


def _parts(metric: MetricResult, change: Movement, mix: float, lang: str) -> Iterator[tuple[str, str, float]]:
    """What shares did, what each larger segment's own value did, and what is left of the whole."""
    named = [each for each in change.segments if each.segment not in ("", "rest")] or list(change.segments)
    dimension = say(lang, change.dimension or "")
    moved = max(named, key=lambda each: (abs(each.share[1] - each.share[0]), each.segment))
    shares = " \u2192 ".join(numbers.percent(each) for each in moved.share)
    yield say(lang, "html_mix", dimension=dimension), f"{told.place(change, moved, lang)} {shares}", mix
    largest = sorted(named, key=lambda each: (-abs(each.rate), each.segment))[:_NAMED]
    for each in largest:
        yield told.place(change, each, lang), _values(metric, each, lang), each.rate
    left = change.difference - mix - math.fsum(each.rate for each in largest)
    if abs(left) > abs(change.difference) / 1000:
        yield say(lang, "html_elsewhere"), "", left


def _values(metric: MetricResult, each: MovedSegment, lang: str) -> str:
    return " \u2192 ".join(numbers.value(number, metric.unit, lang, metric.currency) for number in each.value)


def _turn(metric: MetricResult, amount: float) -> Turn:
    return "better" if (amount > 0) == (metric.better == "higher") else "worse"


def _signed(metric: MetricResult, amount: float, lang: str) -> str:
    sign = "+" if amount > 0 else "\u2212"
    return f"{sign}{told.amount(metric, abs(amount), lang)}"
