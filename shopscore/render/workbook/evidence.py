"""What stands behind the metrics, a line each: days, causes, the parts of a change, what looks wrong in the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from shopscore.render.sheet import Field, filled
from shopscore.render.words import WORDS, joined, say, segment_name
from shopscore.render.workbook.metrics import Held, figure, held, where

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from shopscore.model import (
        ControlDay,
        Day,
        Driver,
        MetricResult,
        MovedSegment,
        Report,
        ShopReport,
        Suspicion,
        Words,
    )
    from shopscore.render.sheet import Cell, Sheet

_SUMS = ("ratio", "ratio_of", "mean")
"""Kinds whose value is numerator by denominator, day by day and segment by segment."""


class _Line(Struct, frozen=True):
    """One line of evidence."""

    shop: ShopReport
    metric: MetricResult
    kind: str
    numerator: float
    denominator: float
    on: dt.date | None = None
    day: ControlDay | None = None
    cause: Driver | None = None


class _Moved(NamedTuple):
    """A segment's part in a change."""

    shop: ShopReport
    metric: MetricResult
    dimension: str
    part: MovedSegment


class _Suspect(NamedTuple):
    """A check that found something."""

    shop: ShopReport
    found: Suspicion


def _of_line(line: _Line) -> Held:
    return Held(line.shop, line.metric)


def _of_part(line: _Moved) -> Held:
    return Held(line.shop, line.metric)


def _outside(line: _Line, lang: str) -> Cell:
    return say(lang, f"wb_{line.day.signal}") if line.day and line.day.signal else None


_EVIDENCE: tuple[Field[_Line], ...] = (
    *where(_of_line),
    Field("wb_kind", "text", 10, lambda line, lang: say(lang, f"wb_kind_{line.kind}")),
    Field("wb_day", "day", 11, lambda line, _: line.on),
    Field("wb_by", "text", 12, lambda line, lang: _dimension(line.cause, lang)),
    Field("wb_name", "id", 24, lambda line, lang: _name(line.cause, lang)),
    Field("wb_numerator", "number", 12, lambda line, _: line.numerator),
    Field("wb_denominator", "number", 12, lambda line, _: line.denominator),
    Field("wb_value", "figure", 10, lambda line, _: figure(line.metric, _value(line))),
    Field("wb_usual_low", "figure", 10, lambda line, _: figure(line.metric, line.day.low) if line.day else None),
    Field("wb_usual_high", "figure", 10, lambda line, _: figure(line.metric, line.day.high) if line.day else None),
    Field("wb_outside", "text", 9, _outside),
    Field("wb_excess", "number", 10, lambda line, _: line.cause.excess if line.cause else None),
    Field("wb_excess_low", "number", 10, lambda line, _: _end(line.cause, 0)),
    Field("wb_excess_high", "number", 10, lambda line, _: _end(line.cause, 1)),
    Field("wb_share", "share", 10, lambda line, _: line.cause.share if line.cause else None),
)

_CHANGES: tuple[Field[_Moved], ...] = (
    *where(_of_part),
    Field(
        "wb_by", "text", 12, lambda line, lang: say(lang, line.dimension) if line.dimension in WORDS else line.dimension
    ),
    Field("wb_name", "id", 24, lambda line, lang: segment_name(line.dimension, line.part.segment, lang)),
    Field("wb_part_before", "share", 10, lambda line, _: line.part.share[0]),
    Field("wb_part_now", "share", 10, lambda line, _: line.part.share[1]),
    Field("wb_value_before", "figure", 12, lambda line, _: figure(line.metric, line.part.value[0])),
    Field("wb_value_now", "figure", 12, lambda line, _: figure(line.metric, line.part.value[1])),
    Field("wb_mix", "figure", 14, lambda line, _: figure(line.metric, line.part.mix)),
    Field("wb_rate", "figure", 14, lambda line, _: figure(line.metric, line.part.rate)),
    Field("wb_striking", "text", 10, lambda line, lang: say(lang, "due_yes" if line.part.striking else "due_no")),
)

_FINDINGS: tuple[Field[_Suspect], ...] = (
    Field("column_platform", "text", 10, lambda each, lang: format(each.shop.platform_title, lang)),
    Field("column_shop", "text", 20, lambda each, _: each.shop.shop),
    Field("wb_check", "text", 28, lambda each, _: each.found.id),
    Field("wb_found", "text", 40, lambda each, lang: format(each.found.title, lang)),
    Field("wb_rows", "number", 9, lambda each, _: each.found.rows),
    Field("wb_suspicious", "number", 10, lambda each, _: each.found.suspicious),
    Field("wb_unknown", "number", 9, lambda each, _: each.found.unknown),
    Field("wb_examples", "id", 24, lambda each, _: ", ".join(each.found.examples)),
    Field("wb_honest", "text", 40, lambda each, lang: format(each.found.honest, lang)),
    Field("wb_risk", "text", 40, lambda each, lang: format(each.found.risk, lang)),
    Field("wb_todo", "text", 40, lambda each, lang: format(each.found.todo, lang)),
    Field("wb_penalty", "text", 40, lambda each, lang: _said(each.found.penalty, lang)),
    Field("wb_source", "text", 24, lambda each, _: ", ".join(each.found.source)),
)


def sheets(report: Report, lang: str) -> Iterator[Sheet]:
    """Days and causes; parts of changes; findings in the data."""
    yield filled("evidence", _EVIDENCE, (line for each in held(report) for line in _lines(each)), lang)
    moved = [
        _Moved(shop, metric, metric.change.dimension or "", part)
        for shop, metric in held(report)
        if metric.change
        for part in metric.change.segments
    ]
    yield filled("changes", _CHANGES, moved, lang)
    found = [_Suspect(shop, each) for shop in report.shops for each in shop.integrity]
    yield filled("findings", _FINDINGS, found, lang)


def _lines(each: Held) -> Iterator[_Line]:
    """A metric's days, those of its control chart among them, and its causes."""
    metric = each.metric
    charted = {day.day: day for day in metric.control.days} if metric.control else {}
    counted: dict[dt.date, Day | ControlDay] = dict(charted)
    counted |= {day.day: day for day in metric.measurement.trend}
    for on, day in sorted(counted.items()):
        yield _Line(*each, "day", day.numerator, day.denominator, on=on, day=charted.get(on))
    for kind, causes in (("cause", metric.drivers), ("overlap", metric.overlapping)):
        yield from _causes(each, kind, causes)


def _causes(each: Held, kind: str, causes: Iterable[Driver]) -> Iterator[_Line]:
    for cause in causes:
        yield _Line(*each, kind, cause.numerator, cause.denominator, cause=cause)


def _value(line: _Line) -> float | None:
    if line.metric.kind in _SUMS and line.denominator:
        return line.numerator / line.denominator
    return line.day.value if line.day else None


def _dimension(cause: Driver | None, lang: str) -> Cell:
    if cause is None:
        return None
    key = "wb_day" if cause.dimension == "day" else cause.dimension
    return say(lang, key) if key in WORDS else cause.dimension


def _name(cause: Driver | None, lang: str) -> Cell:
    if cause is None:
        return None
    return cause.segment if cause.dimension == "day" else segment_name(cause.dimension, cause.segment, lang)


def _end(cause: Driver | None, at: int) -> Cell:
    return cause.interval[at] if cause and cause.interval else None


def _said(words: Words | None, lang: str) -> Cell:
    return None if words is None else joined(lang, [format(words, lang)])
