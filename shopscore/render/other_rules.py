"""What another day's rules make of the same rows: a short table, and what the pack says of each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.layout import Line, fold
from shopscore.render.table import table
from shopscore.render.words import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from shopscore.model import MetricResult, ShopReport


def lines(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """A small table: what another day's rules make of the same rows, and what the pack says of the change."""
    moved = [metric for metric in shop.metrics if metric.under]
    valued = [
        metric
        for metric in moved
        if metric.measurement.value is not None or any(each.value is not None for each in metric.under)
    ]
    if valued:
        days = sorted({each.day for metric in valued for each in metric.under})
        head = [say(lang, "metric"), *map(str, [*days, shop.rules_as_of])]
        rows = [head, *(_row(metric, days, lang) for metric in valued)]
        found = table(rows, (0, *(20 for _ in head[1:])), width=width - 2)
        yield from (Line(f"  {line}", "dim") for line in next(found))
        for texts, metric in zip(found, valued, strict=True):
            yield from (Line(f"  {line}") for line in texts)
            for note in dict.fromkeys(format(each.note, lang) for each in metric.under if each.note):
                yield from (Line(text, "dim") for text in fold(note, width, "      "))
    if len(moved) > len(valued):
        more = say(lang, "under_without", count=len(moved) - len(valued))
        yield from (Line(text, "dim") for text in fold(more, width, "  "))


def _row(metric: MetricResult, days: Iterable[dt.date], lang: str) -> list[str]:
    there = {each.day: each for each in metric.under}
    found = [(there[day].value, there[day].status) if day in there else (None, None) for day in days]
    found.append((metric.measurement.value, metric.measurement.status))
    return [format(metric.title, lang), *(_outcome(metric, value, status, lang) for value, status in found)]


def _outcome(metric: MetricResult, value: float | None, status: str | None, lang: str) -> str:
    if value is not None:
        return numbers.value(value, metric.unit, lang, metric.currency)
    return say(lang, f"status_{status}") if status else "-"
