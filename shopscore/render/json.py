"""The report as JSON: sorted keys, ids as strings, times with offset, byte-identical for the same inputs.

Keys: the outside contract; additions are free, a rename or removal is a new major ``schema_version``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from shopscore import saved
from shopscore.render import escape, integrity, json_beside, json_due, json_fleet, json_trend, json_worth, trusted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from shopscore.model import (
        AdviceResult,
        Driver,
        FileAccount,
        Measurement,
        MetricResult,
        Outlook,
        Report,
        ShopReport,
        Window,
        Words,
    )


def render(report: Report, lang: str) -> str:
    """The whole report, one trailing newline; a line for each file, metric and piece of advice, so that diffs read.

    What the contract's keys do not tell, such as the sentences in the other language, stands under ``model``.
    """
    text = "".join(_lines(whole(report, lang), _OPEN_LEVELS)) + "\n"
    # They stand inside strings only: all others are escaped already.
    return escape.INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def whole(report: Report, lang: str) -> dict[str, Any]:
    """The contract's keys, and under ``model`` what they do not tell."""
    told = as_dict(report, lang)
    return told | {saved.KEY: saved.rest(report, told, lang)}


_OPEN_LEVELS = 4
"""Report → shops → shop → metrics: what lies deeper stands on one line."""
_OPEN_LEVELS_MORE = {saved.KEY: 2, "inputs": -2}
"""Rest → shops → shop → metrics; a file is a line, of which an archive of a year has a thousand."""
_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False).encode


def _lines(value: Any, levels: int, indent: str = "") -> Iterator[str]:  # noqa: ANN401 (any JSON value)
    """A value as text, its outer levels a line an item."""
    if levels == 0 or not value or not isinstance(value, (dict, list)):
        yield _encoded(value)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    items = sorted(value.items()) if isinstance(value, dict) else [(None, item) for item in value]
    for at, (key, item) in enumerate(items):
        name = "" if key is None else _encoded(key) + ": "
        yield f"{opening if at == 0 else ','}\n{indent} {name}"
        yield from _lines(item, levels - 1 + _OPEN_LEVELS_MORE.get(key or "", 0), indent + " ")
    yield f"\n{indent}{closing}"


def as_dict(report: Report, lang: str) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "schema_version": report.schema_version,
        "tool": {"name": "shopscore", "version": report.tool_version},
        "audit_id": report.audit_id,
        "rules": [{"platform": used.platform, "version": used.version, "sha256": used.sha256} for used in report.rules],
        "inputs": [_account(account, lang) for account in report.inputs],
        "shops": [_shop(shop, lang) for shop in report.shops],
        "sources": {
            source.id: {
                "title": source.title,
                "publisher": source.publisher,
                "published": source.published.isoformat() if source.published else None,
                "status": source.status,
                "confidence": source.confidence,
            }
            for source in report.sources
        },
        "warnings": _texts(report.warnings, lang),
        "failed": list(report.failed),
        **json_fleet.as_dict(report.fleet, lang),
    }


def _texts(words: Iterable[Words], lang: str) -> list[str]:
    return [format(text, lang) for text in words]


def _account(account: FileAccount, lang: str) -> dict[str, Any]:
    return {
        "file": account.file,
        "sha256": account.sha256,
        "format": account.format,
        "table": account.table,
        "encoding": account.encoding,
        "platform": account.platform,
        "shop": account.shop,
        "rows_read": account.rows_read,
        "rows_accepted": account.rows_accepted,
        "rows_duplicate": account.rows_duplicate,
        "rows_refused": account.rows_refused,
        "refusals": [
            {
                "reason": refusal.reason,
                "count": refusal.count,
                "examples": [{"row": e.row, "column": e.column, "shape": e.shape} for e in refusal.examples],
            }
            for refusal in account.refusals
        ],
        "cells_refused": [
            {
                "column": cells.column,
                "count": cells.count,
                "examples": [{"row": e.row, "column": e.column, "shape": e.shape} for e in cells.examples],
            }
            for cells in account.cells_refused
        ],
        "notes": [
            {
                "reason": note.reason,
                "count": note.count,
                "examples": [{"row": e.row, "column": e.column, "shape": e.shape} for e in note.examples],
            }
            for note in account.notes
        ],
        "message": format(account.message, lang) if account.message else None,
    }


def _shop(shop: ShopReport, lang: str) -> dict[str, Any]:
    zone = ZoneInfo(shop.timezone)
    return {
        "platform": shop.platform,
        "platform_title": format(shop.platform_title, lang),
        "shop": shop.shop,
        "as_of": _time(shop.as_of, zone),
        "timezone": shop.timezone,
        "seen_until": {table: _time(moment, zone) for table, moment in shop.seen_until},
        "rows": dict(shop.rows),
        "trust": {
            "level": shop.trust.level,
            "files": shop.trust.files,
            "rows": shop.trust.rows,
            "refused": shop.trust.refused,
            "reasons": [
                {
                    "kind": reason.kind,
                    "reason": reason.reason,
                    "table": reason.table,
                    "files": list(reason.files),
                    "count": reason.count,
                    "rows": reason.rows,
                    "level": reason.level,
                    "text": trusted.sentence(reason, lang),
                }
                for reason in shop.trust.reasons
            ],
        },
        "score": {
            "value": shop.score.value,
            "basis": shop.score.basis,
            "band": shop.score.band,
            "next_band": shop.score.next_band,
            "coverage": shop.score.coverage,
            "text": format(shop.score.text, lang) if shop.score.text else None,
        },
        "metrics": [_metric(metric, lang) for metric in shop.metrics],
        "shortfalls": list(shop.shortfalls),
        "advice": [_advice(advice, lang) | json_worth.of_advice(advice, shop, lang) for advice in shop.advice],
        "due": [json_due.whole(due, lang, zone) for due in shop.due],
        "stages": [
            {
                "from": stage.from_state,
                "to": stage.to_state,
                "holder": stage.holder,
                "cases": stage.cases,
                "seconds": stage.seconds,
                "median_seconds": stage.median_seconds,
                "p90_seconds": stage.p90_seconds,
            }
            for stage in shop.stages
        ],
        "guide": _texts(shop.guide, lang),
        **json_beside.of_shop(shop, lang),
        "integrity": integrity.as_dicts(shop, lang),
        **json_worth.of_shop(shop, lang),
        "warnings": _texts(shop.warnings, lang),
    }


def _time(moment: dt.datetime, zone: ZoneInfo) -> str:
    return moment.replace(tzinfo=zone).isoformat(timespec="seconds")


def _metric(metric: MetricResult, lang: str) -> dict[str, Any]:
    return {
        "id": metric.id,
        "title": format(metric.title, lang),
        "dimension": metric.dimension,
        "definition": metric.definition,
        "purpose": metric.purpose,
        "kind": metric.kind,
        "unit": metric.unit,
        "currency": metric.currency,
        "better": metric.better,
        **_measurement(metric.measurement, lang),
        "target": metric.target.value,
        "target_basis": metric.target.basis,
        "verdict": metric.verdict,
        "doubt": {
            "verdict": metric.doubt.verdict,
            "lost": metric.doubt.lost,
            "tables": list(metric.doubt.tables),
            "band": list(metric.doubt.band) if metric.doubt.band else None,
            "level": metric.doubt.level,
        }
        if metric.doubt
        else None,
        "score": metric.score,
        "bound_of": metric.bound_of,
        "bound": metric.bound,
        "reversibility": metric.reversibility,
        "shortfall": {
            "gap": metric.shortfall.gap,
            "fixes": metric.shortfall.fixes,
            "points": metric.shortfall.points,
            "worth": metric.shortfall.worth,
        }
        if metric.shortfall
        else None,
        "needs": [
            {
                "table": need.table,
                "columns": list(need.columns),
                "exports": _texts(need.exports, lang),
                "days": need.days,
            }
            for need in metric.needs
        ],
        "drivers": [_driver(driver) for driver in metric.drivers],
        "overlapping": [_driver(driver) for driver in metric.overlapping],
        "consequences": _texts(metric.consequences, lang),
        "source": list(metric.source),
        "switches": dict(metric.switches),
        "suppressed": metric.suppressed,
        **json_beside.of_metric(metric, lang),
        **json_worth.of_metric(metric),
        "control": json_trend.control(metric, lang),
        "outlook": _outlook(metric.outlook) if metric.outlook else None,
    }


def _driver(driver: Driver) -> dict[str, Any]:
    return {
        "dimension": driver.dimension,
        "segment": driver.segment,
        "numerator": driver.numerator,
        "denominator": driver.denominator,
        "excess": driver.excess,
        "share": driver.share,
        "interval": list(driver.interval) if driver.interval else None,
    }


def _outlook(outlook: Outlook) -> dict[str, Any]:
    return {
        "running": outlook.running,
        "since": outlook.since.isoformat(),
        "pace": outlook.pace,
        "dilute": outlook.dilute,
        "meets_on": outlook.meets_on.isoformat() if outlook.meets_on else None,
        "soonest": outlook.soonest.isoformat() if outlook.soonest else None,
        "budget": {
            "left": outlook.budget.left,
            "runs_out_on": outlook.budget.runs_out_on.isoformat() if outlook.budget.runs_out_on else None,
        }
        if outlook.budget
        else None,
    }


def _measurement(measurement: Measurement, lang: str) -> dict[str, Any]:
    before = measurement.before_exclusions
    return {
        "status": measurement.status,
        "window": _window(measurement.window),
        "value": measurement.value,
        "interval": list(measurement.interval) if measurement.interval else None,
        "numerator": measurement.numerator,
        "denominator": measurement.denominator,
        "rows": {"numerator": measurement.rows[0], "denominator": measurement.rows[1]} if measurement.rows else None,
        "pending": measurement.pending,
        "unknown": measurement.unknown,
        "undated": measurement.undated,
        "excluded": dict(measurement.excluded),
        "before_exclusions": {"value": before[0], "numerator": before[1], "denominator": before[2]} if before else None,
        "trend": [
            {"day": day.day.isoformat(), "numerator": day.numerator, "denominator": day.denominator}
            for day in measurement.trend
        ],
        "message": format(measurement.message, lang) if measurement.message else None,
    }


def _window(window: Window | None) -> dict[str, Any] | None:
    if window is None:
        return None
    return {"from": window.first.isoformat(), "to": window.last.isoformat(), "covered_days": window.covered_days}


def _advice(advice: AdviceResult, lang: str) -> dict[str, Any]:
    return {
        "id": advice.id,
        "metric": advice.metric,
        "text": format(advice.text, lang),
        "effort": advice.effort,
        "compliance": advice.compliance,
        "compliance_reason": format(advice.compliance_reason, lang) if advice.compliance_reason else None,
        "source": list(advice.source),
        "because": dict(advice.because),
        "side_effects": _texts(advice.side_effects, lang),
    }
