"""One metric's figures as the cells of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.words import joined, say

if TYPE_CHECKING:
    from shopscore.model import Breach, MetricResult


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
        return events(found.fixes, lang)
    return value(metric, found.gap, lang)


def events(count: int, lang: str) -> str:
    """So many events."""
    return say(lang, "fix_events", count=f"{count:,}")


def lost(breach: Breach, lang: str) -> str:
    """What one missed deadline costs, in money or in events the window can still bear."""
    if breach.money:
        return numbers.money(breach.money, breach.currency, lang)
    return "" if breach.left is None else say(lang, "html_left", count=f"{breach.left:,}")


def stated(metric: MetricResult, lang: str) -> str:
    """The verdict in a word; of what is not judged, why."""
    if metric.suppressed:
        return say(lang, "suppressed")
    if metric.verdict != "not_measured":
        return say(lang, metric.verdict)
    return say(lang, f"status_{metric.measurement.status}")


def beside_verdict(metric: MetricResult, lang: str) -> str:
    """What stands beside a verdict: why it is in no count, else how much worse it may still get."""
    return apart(metric, lang) or room(metric, lang)


def room(metric: MetricResult, lang: str) -> str:
    """How many bad events a metric can still bear, and when they are used up at the present pace; else nothing."""
    budget = metric.outlook.budget if metric.outlook else None
    # The shop's own best is no limit anybody holds it to.
    if budget is None or metric.target.basis == "own" or metric.suppressed:
        return ""
    parts = [] if budget.left is None else [say(lang, "soon_left", count=f"{budget.left:,}")]
    parts += [say(lang, "room_until", day=budget.runs_out_on.isoformat())] if budget.runs_out_on else []
    return joined(lang, parts)


def apart(metric: MetricResult, lang: str) -> str:
    """Why a verdict is in no count of a page; nothing where it is, or where there is none."""
    if metric.definition == "assumed":
        return say(lang, "assumed")
    judged = metric.verdict != "not_measured" and metric.suppressed is None
    return say(lang, "only_shown") if judged and not metric.counts else ""
