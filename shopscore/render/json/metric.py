"""A metric of a shop, as the contract's keys tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopscore.render.json import beside, trend, worth
from shopscore.render.json.texts import texts

if TYPE_CHECKING:
    from shopscore.model import Driver, Measurement, MetricResult, Outlook, Window


def as_dict(metric: MetricResult, lang: str) -> dict[str, Any]:
    """A metric: its number, its verdict and why."""
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
        "by_chance": metric.by_chance,
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
                "exports": texts(need.exports, lang),
                "days": need.days,
            }
            for need in metric.needs
        ],
        "drivers": [_driver(driver) for driver in metric.drivers],
        "overlapping": [_driver(driver) for driver in metric.overlapping],
        "consequences": texts(metric.consequences, lang),
        "source": list(metric.source),
        "switches": dict(metric.switches),
        "suppressed": metric.suppressed,
        **beside.of_metric(metric, lang),
        **worth.of_metric(metric),
        "control": trend.control(metric, lang),
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
