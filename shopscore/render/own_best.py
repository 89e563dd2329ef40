"""A value that looks clearly past its target → why its verdict is no sure one: luck of the target, or of the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.words import say

if TYPE_CHECKING:
    from shopscore.model import MetricResult

_SURE = ("pass", "fail", "not_measured")


def doubted(metric: MetricResult, lang: str) -> str:
    """Why the verdict is weaker than the interval beside the target looks; nothing where it is not.

    The own best is the luckiest of several windows and has an interval of its own, which no table shows; and a few bad
    events may be chance.
    """
    if metric.by_chance is not None:
        times = f"{max(round(100 * metric.by_chance), 1)}"
        return say(lang, "few_by_chance", times=times, verdict=say(lang, metric.verdict))
    ends, goal = metric.measurement.interval, metric.target
    verdict = metric.doubt.verdict if metric.doubt else metric.verdict
    if goal.value is None or goal.interval is None or verdict in _SURE:
        return ""
    if ends is not None and ends[0] <= goal.value <= ends[1]:
        return ""
    low, high = (numbers.value(end, metric.unit, lang, metric.currency) for end in goal.interval)
    name = "own_best_count" if ends is None else "own_best_lucky"
    return say(lang, name, low=low, high=high, verdict=say(lang, verdict))
