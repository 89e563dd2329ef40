"""What becomes of metrics: the ways back to a target, and which targets are about to be missed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.layout import Line, fold
from shopscore.render.words import clauses, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import MetricResult, OpenCase, Outlook, ShopReport

_SOON = dt.timedelta(days=14)
_SHOWN = 5
_CASES = 3
"""Cases a sentence names; all of them are in the JSON."""
_IN_REACH = 0.5
"""Of a window's volume: what takes longer than half a window of perfect days is no advice."""


def back(metric: MetricResult, lang: str) -> str:
    """The ways back to the target: what can still be fixed, when the bad days have left, what would dilute them."""
    ways = [*_fixes(metric, lang), *(_ways(metric, metric.outlook, lang) if metric.outlook else [])]
    return labelled(lang, say(lang, "ahead"), joined(lang, ways)) if ways else ""


def _fixes(metric: MetricResult, lang: str) -> Iterator[str]:
    """What can still be done in time, and the cases still to be decided, by name."""
    if metric.outlook and metric.outlook.running:
        first = named(metric.outlook.first, lang, metric.outlook.running)
        count = f"{metric.outlook.running:,}"
        yield say(lang, "ahead_running_named" if first else "ahead_running", count=count, list=first)
    if metric.open_cases:
        without = sum(case.deadline is None for case in metric.open_cases)
        told = [named(metric.open_cases, lang), *([say(lang, "ahead_no_deadline", count=without)] if without else [])]
        yield say(lang, "ahead_open", count=len(metric.open_cases), list=clauses(lang, told))


def unlisted(cases: Sequence[OpenCase], lang: str) -> str:
    """Cases that no clock covers, in one sentence; nothing where there are none."""
    if not cases:
        return ""
    seen = min(case.seen for case in cases)
    return say(lang, "due_no_deadline", count=len(cases), list=named(cases, lang), seen=f"{seen:%m-%d %H:%M}")


def named(cases: Sequence[OpenCase], lang: str, count: int | None = None) -> str:
    """Cases by their numbers, those that have a deadline with it; how many more there are of ``count``, or of these."""
    hidden = (len(cases) if count is None else count) - _CASES
    first = [
        say(lang, "due_one", subject=case.subject, deadline=f"{case.deadline:%m-%d %H:%M}")
        if case.deadline
        else case.subject
        for case in cases[:_CASES]
    ]
    more = [say(lang, "ahead_more", count=hidden)] if hidden > 0 and first else []
    return joined(lang, [*first, *more])


def _ways(metric: MetricResult, outlook: Outlook, lang: str) -> list[str]:
    parts = []
    if outlook.meets_on:
        parts.append(say(lang, "ahead_wait", day=outlook.meets_on.isoformat(), **_level(metric, outlook, lang)))
    elif outlook.soonest and metric.reversibility != "open" and metric.kind != "mean":
        parts.append(say(lang, "ahead_soonest", day=outlook.soonest.isoformat()))
    if outlook.dilute and outlook.dilute <= _IN_REACH * (metric.measurement.denominator or 0):
        parts.append(say(lang, "ahead_dilute", count=f"{outlook.dilute:,}"))
    return parts


def soon(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """Metrics that meet their target and will not within two weeks, the first to turn first."""
    turning = [
        (metric.outlook.budget.runs_out_on, metric.id, metric, metric.outlook)
        for metric in shop.metrics
        # The shop's own best is no limit anybody holds it to.
        if metric.target.basis != "own"
        and metric.outlook
        and metric.outlook.budget
        and metric.outlook.budget.runs_out_on
    ]
    near = sorted(each[:3] for each in turning if each[0] <= shop.as_of.date() + _SOON)
    for day, _, metric in near[:_SHOWN]:
        text = _turning(metric, day, lang)
        yield from (Line(line, "yellow") for line in fold(text, width, "    ", "  - "))
    if len(near) > _SHOWN:
        yield Line("    " + say(lang, "more_in_json", count=len(near) - _SHOWN), "dim")


def _turning(metric: MetricResult, day: dt.date, lang: str) -> str:
    outlook = metric.outlook
    if outlook is None or outlook.budget is None:
        return ""
    left = "" if outlook.budget.left is None else say(lang, "soon_left", count=f"{outlook.budget.left:,}")
    text = say(
        lang,
        "soon_one",
        metric=format(metric.title, lang),
        value=numbers.value(metric.measurement.value, metric.unit, lang, metric.currency),
        target=numbers.limit(metric.target.value, metric.unit, metric.better, lang, metric.currency),
        day=day.isoformat(),
        **_level(metric, outlook, lang),
    )
    return joined(lang, [text, left] if left else [text])


def _level(metric: MetricResult, outlook: Outlook, lang: str) -> dict[str, str]:
    pace = numbers.value(outlook.pace, metric.unit, lang, metric.currency)
    return {"since": f"{outlook.since:%m-%d}", "pace": pace}
