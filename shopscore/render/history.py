"""Past audits, and a metric over them → a table for a terminal, JSON, or a sheet."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from shopscore.render import numbers
from shopscore.render.layout import WIDTH, Line, fold
from shopscore.render.sheet import Column, Sheet
from shopscore.render.table import table
from shopscore.render.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import PastAudit, PastPoint, PastSeries
    from shopscore.render.sheet import Cell

_NAMES = (
    Column("platform", "text"), Column("shop", "text", 24), Column("metric", "text", 30), Column("as_of", "time", 18),
)  # fmt: skip
_FIGURES = (
    Column("value", "number"), Column("low", "number"), Column("high", "number"), Column("numerator", "number"),
    Column("denominator", "number"), Column("target", "number"), Column("unit", "text"), Column("status", "text"),
    Column("verdict", "text"), Column("rules", "text"), Column("rules_changed", "text"),
    Column("audit_id", "id", 24),
)  # fmt: skip
_ID = 12
"""Characters of an audit's id that tell it from others."""


# ── a metric over audits ─────────────────────────────────────────────────────────────────────────────────────────


def series_lines(found: Sequence[PastSeries], lang: str, width: int = WIDTH) -> Iterator[Line]:
    """A table for each shop and metric, oldest audit first; another version of the rules is a line of its own."""
    for number, each in enumerate(found):
        if number:
            yield Line("")
        head = f"{format(each.title, lang)} ({each.metric}) | {each.platform}/{each.shop}"
        yield from (Line(text, "bold") for text in fold(head, width))
        keys = ("as_of", "now", "interval", "counted", "target", "verdict", "audit")
        rows = [[say(lang, key) for key in keys], *(_row(each, point, lang) for point in each.points)]
        lined = table(rows, (16, 12, 14, 16, 12, 12, _ID), width=width)
        yield from (Line(line, "dim") for line in next(lined))
        for lines, point in zip(lined, each.points, strict=True):
            if point.rules_changed:
                note = say(lang, "rules_from_here", rules=point.rules)
                yield from (Line(line, "yellow") for line in fold(note, width, "   ", "-- "))
            yield from (Line(line) for line in lines)


def _row(of: PastSeries, point: PastPoint, lang: str) -> list[str]:
    counted = point.numerator is not None and point.denominator is not None
    return [
        point.as_of[:16].replace("T", " "),
        numbers.value(point.value, of.unit, lang, of.currency),
        numbers.span(point.interval, of.unit),
        f"{numbers.count(point.numerator or 0)} / {numbers.count(point.denominator or 0)}" if counted else "-",
        numbers.limit(point.target, of.unit, of.better, lang, of.currency),
        say(lang, point.verdict) if point.verdict != "not_measured" else "-",
        point.audit_id[:_ID],
    ]


def series_json(found: Sequence[PastSeries], lang: str) -> str:
    """The series as JSON: sorted keys, one trailing newline."""
    told = [
        {
            "platform": each.platform,
            "shop": each.shop,
            "metric": each.metric,
            "title": format(each.title, lang),
            "unit": each.unit,
            "better": each.better,
            "points": [_point(point) for point in each.points],
        }
        for each in found
    ]
    return _json({"series": told})


def _point(point: PastPoint) -> dict[str, Any]:
    return {
        "as_of": point.as_of,
        "audit_id": point.audit_id,
        "value": point.value,
        "interval": list(point.interval) if point.interval else None,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "target": point.target,
        "status": point.status,
        "verdict": point.verdict,
        "rules": point.rules,
        "rules_changed": point.rules_changed,
    }


def series_sheet(found: Sequence[PastSeries]) -> Sheet:
    """The series as a table, a row for each audit."""
    columns = (*_NAMES, *_FIGURES)
    return Sheet("history", columns, [_cells(each, point) for each in found for point in each.points])


def _cells(of: PastSeries, point: PastPoint) -> list[Cell]:
    low, high = point.interval or (None, None)
    moment = dt.datetime.fromisoformat(point.as_of)
    figures = (point.value, low, high, point.numerator, point.denominator, point.target)
    words = (of.unit, point.status, point.verdict, point.rules, "yes" if point.rules_changed else "", point.audit_id)
    return [of.platform, of.shop, of.metric, moment, *figures, *words]


# ── audits ───────────────────────────────────────────────────────────────────────────────────────────────────────


def audit_lines(found: Sequence[PastAudit], lang: str, width: int = WIDTH) -> Iterator[Line]:
    """A line for each shop of each audit, oldest first."""
    keys = ("as_of", "shop", "rules", "trust_word", "failing", "audit")
    rows = [[say(lang, key) for key in keys], *(_audit_row(each, lang) for each in found)]
    for number, lines in enumerate(table(rows, (16, 0, 16, 10, 10, _ID), width=width)):
        yield from (Line(line, "" if number else "dim") for line in lines)


def _audit_row(each: PastAudit, lang: str) -> list[str]:
    return [
        each.as_of[:16].replace("T", " "), f"{each.platform}/{each.shop}", each.rules, say(lang, f"trust_{each.trust}"),
        str(each.failing), each.audit_id[:_ID],
    ]  # fmt: skip


def audit_json(found: Sequence[PastAudit]) -> str:
    """The audits as JSON."""
    names = ("audit_id", "as_of", "platform", "shop", "rules", "tool_version", "trust", "failing")
    return _json({"audits": [{name: getattr(each, name) for name in names} for each in found]})


def audit_sheet(found: Sequence[PastAudit]) -> Sheet:
    """The audits as a table."""
    columns = (
        Column("as_of", "time", 18), Column("platform", "text"), Column("shop", "text", 24), Column("rules", "text"),
        Column("trust", "text"), Column("failing", "number"), Column("audit_id", "id", 24),
    )  # fmt: skip
    return Sheet("audits", columns, [_audit_cells(each) for each in found])


def _audit_cells(of: PastAudit) -> list[Cell]:
    moment = dt.datetime.fromisoformat(of.as_of)
    return [moment, of.platform, of.shop, of.rules, of.trust, of.failing, of.audit_id]


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"
