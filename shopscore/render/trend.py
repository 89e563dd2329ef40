"""What stands out in the days of metrics: days outside what is usual, changes of level, special days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.layout import Line, fold
from shopscore.render.words import clauses, joined, labelled, say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from shopscore.model import Control, ControlDay, MetricResult, Shift, ShopReport

_SHOWN = 5
_DAYS_SHOWN = 2


def lines(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """At most five lines: what got worse, the ranked metrics first; what got better; special days."""
    place = {name: at for at, name in enumerate(shop.shortfalls)}
    judged = [metric for metric in shop.metrics if metric.control and _is_judged(metric)]
    judged.sort(key=lambda metric: (place.get(metric.id, len(place)), metric.id))
    found = [text for metric in judged if metric.control and (text := _worse(metric, metric.control, lang))]
    found += [text for metric in judged if metric.control and (text := _better(metric, metric.control, lang))]
    special = _special((metric.control for metric in judged if metric.control), lang)
    room = _SHOWN - len(special)
    shown = found[: room if len(found) <= room else room - 1]
    if len(found) > len(shown):
        shown.append(say(lang, "more_in_json", count=len(found) - len(shown)))
    for text in (*shown, *special):
        yield from (Line(line) for line in fold(text, width, "    ", "  - "))


def _is_judged(metric: MetricResult) -> bool:
    """What is only displayed or assumed has nobody who would mind its days; lost rows may be what made them odd."""
    return metric.purpose != "display" and metric.definition not in ("assumed", "not_found") and metric.doubt is None


def of_metric(metric: MetricResult, lang: str) -> Iterator[str]:
    """All of one metric, as sentences."""
    control = metric.control
    if control is None:
        return
    yield say(lang, "trend_usual", centre=_value(metric, control.centre, lang), days=control.baseline_days)
    if control.weekday_pattern:
        days = (f"{say(lang, f'weekday_{name}')} {_value(metric, at, lang)}" for name, at in control.weekday_pattern)
        yield say(lang, "trend_weekdays", days=joined(lang, days))
    if control.shift:
        span = numbers.difference(control.shift.interval, metric.unit)
        yield joined(lang, [_shift(metric, control.shift, lang), say(lang, "trend_difference", span=span)])
    yield from (_day(metric, day, lang) for day in control.signals)
    if not control.signals:
        yield say(lang, "trend_quiet", days=len(control.days))
    yield from _special([control], lang)


def is_worse(metric: MetricResult, day: ControlDay) -> bool:
    """Whether a day outside lies on the wrong side."""
    return day.signal is not None and (day.signal == "above") == (metric.better == "lower")


def _is_worse_since(metric: MetricResult, shift: Shift) -> bool:
    return (shift.after > shift.before) == (metric.better == "lower")


def _worse(metric: MetricResult, control: Control, lang: str) -> str:
    """The last change of level if it is one for the worse, and the worst days before it."""
    shift = control.shift if control.shift and _is_worse_since(metric, control.shift) else None
    parts = [_shift(metric, shift, lang)] if shift else []
    bad = [day for day in control.days if is_worse(metric, day) and (shift is None or day.day < shift.day)]
    worst = sorted(bad, key=_beyond, reverse=True)[:_DAYS_SHOWN]
    parts += [_day(metric, day, lang) for day in sorted(worst, key=lambda day: day.day)]
    if len(bad) > len(worst):
        parts.append(say(lang, "trend_more_days", count=len(bad) - len(worst)))
    return labelled(lang, format(metric.title, lang), _listed(parts, lang)) if parts else ""


def _better(metric: MetricResult, control: Control, lang: str) -> str:
    if control.shift is None or _is_worse_since(metric, control.shift):
        return ""
    return labelled(lang, format(metric.title, lang), _shift(metric, control.shift, lang))


def _listed(parts: Iterable[str], lang: str) -> str:
    return clauses(lang, parts)


def _beyond(day: ControlDay) -> float:
    """How far outside its limits a day is, by the width between them."""
    if day.low is None or day.high is None or day.value is None:
        return 0.0
    return max(day.value - day.high, day.low - day.value) / max(day.high - day.low, 1e-12)


def _day(metric: MetricResult, day: ControlDay, lang: str) -> str:
    usual = numbers.span((day.low, day.high), metric.unit) if day.low is not None and day.high is not None else "-"
    return say(
        lang,
        f"trend_{'day' if day.compared_with == 'usual' else day.compared_with}",
        day=f"{day.day:%m-%d}",
        value=_value(metric, day.value, lang),
        counts=_counts(metric, day, lang),
        usual=usual + ("%" if metric.unit == "rate" else ""),
        event=format(day.special.title, lang) if day.special else "",
    )


def _counts(metric: MetricResult, day: ControlDay, lang: str) -> str:
    if metric.kind in ("ratio", "ratio_of"):
        pair = {"numerator": numbers.count(day.numerator), "denominator": numbers.count(day.denominator)}
        return say(lang, "trend_of", **pair)
    return say(lang, "trend_rows", rows=numbers.count(day.numerator if metric.kind == "count" else day.denominator))


def _shift(metric: MetricResult, shift: Shift, lang: str) -> str:
    key = "trend_worse" if _is_worse_since(metric, shift) else "trend_better"
    values = {name: _value(metric, getattr(shift, name), lang) for name in ("before", "after")}
    return say(lang, key, day=f"{shift.day:%m-%d}", **values)


def _value(metric: MetricResult, number: float | None, lang: str) -> str:
    if metric.kind == "count" and number is not None:
        return say(lang, "trend_a_day", count=numbers.daily(number))
    return numbers.value(number, metric.unit, lang, metric.currency)


def _special(controls: Iterable[Control], lang: str) -> list[str]:
    """The special days that are compared with nothing, each event once, and which windows they make unlike."""
    found: dict[str, list[dt.date]] = {}
    unlike: dict[str, None] = {}
    for control in controls:
        unlike |= dict.fromkeys(format(each.title, lang) for each in control.unlike)
        for day in control.days:
            if day.special and day.compared_with == "none":
                found.setdefault(format(day.special.title, lang), []).append(day.day)
    in_order = sorted(found.items(), key=lambda pair: (min(pair[1]), pair[0]))
    days = joined(lang, (f"{name} ({_span(days)})" for name, days in in_order))
    parts = [say(lang, "trend_special", days=days)] if days else []
    parts += [say(lang, "trend_unlike", names=joined(lang, sorted(unlike)))] if unlike else []
    return [_listed(parts, lang)] if parts else []


def _span(days: list[dt.date]) -> str:
    first, last = min(days), max(days)
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d}..{last:%m-%d}"
