"""A metric's control chart as plain values of the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopscore.render.trend import is_worse

if TYPE_CHECKING:
    from shopscore.model import ControlDay, MetricResult, Shift


def control(metric: MetricResult, lang: str) -> dict[str, Any] | None:
    """What is usual of a metric's days and what is not."""
    found = metric.control
    if found is None:
        return None
    return {
        "centre": found.centre,
        "baseline_days": found.baseline_days,
        "days": [_day(day, lang) for day in found.days],
        "weekday_pattern": {str(name): level for name, level in found.weekday_pattern},
        "signals": [{**_day(day, lang), "worse": is_worse(metric, day)} for day in found.signals],
        "shift": _shift(found.shift) if found.shift else None,
        "unlike": [{"id": each.id, "title": format(each.title, lang)} for each in found.unlike],
    }


def _day(day: ControlDay, lang: str) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "value": day.value,
        "numerator": day.numerator,
        "denominator": day.denominator,
        "low": day.low,
        "high": day.high,
        "signal": day.signal,
        "compared_with": day.compared_with,
        "special": {"id": day.special.id, "title": format(day.special.title, lang)} if day.special else None,
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "day": shift.day.isoformat(),
        "before": shift.before,
        "after": shift.after,
        "interval": list(shift.interval),
    }
