"""What acting is worth, in words: how much hangs on one event, and what several fixes gain together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.words import labelled, say

if TYPE_CHECKING:
    from shopscore.model import MetricResult


def one_event(metric: MetricResult, lang: str) -> str:
    """``n = 12 orders: one more bad one moves it 8.3 points``; nothing where one event is no matter."""
    found = metric.one_event
    if found is None or not found.matters:
        return ""
    change = found.one_more if found.one_more is not None else found.one_fewer
    step = points(change or 0.0, metric.unit, lang, metric.currency)
    key = "one_event" if found.crosses is None else f"one_event_{found.crosses}"
    text = say(lang, key, rows=f"{found.rows:,}", fact=say(lang, f"fact_{found.fact}"), step=step)
    return labelled(lang, say(lang, "undecided"), text) if metric.verdict == "undecided" else text


def points(change: float, unit: str, lang: str, currency: str | None = None) -> str:
    """A change of a value: of a rate in points, of others in their unit."""
    if unit != "rate":
        return numbers.value(abs(change), unit, lang, currency)
    number = 100 * abs(change)
    return say(lang, "points_of_percent", number=f"{number:.2g}" if number < 1 else f"{number:.1f}")
