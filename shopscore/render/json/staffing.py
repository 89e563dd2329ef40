"""Replies missed by hour of the week, as plain values of the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shopscore.model import DutyHours, Peak, QuietHours, Staffing, StaffingWindow


def of_metric(found: Staffing) -> dict[str, Any]:
    """What is said of one reply metric; grids are seven rows, Monday first, of 24 hours."""
    return {
        "metric": found.metric,
        "grid": {
            "rows": found.rows,
            "misses": found.misses,
            "questions": found.questions,
            "agents": found.agents,
            "waiting": found.peaks,
            "rates": found.rates,
        },
        "windows": [_window(each) for each in found.windows],
        "peak": _peak(found.peak) if found.peak else None,
        "moved_from": _quiet(found.moved_from) if found.moved_from else None,
        "reason_not": found.reason_not,
        "left_out": [day.isoformat() for day in found.left_out],
    }


def _shift(shift: DutyHours) -> dict[str, Any]:
    return {"days": shift.weekdays, "hours": [shift.first_hour, shift.ends]}


def _window(each: StaffingWindow) -> dict[str, Any]:
    return {
        **_shift(each.shift),
        "rows": each.rows,
        "misses": each.misses,
        "share": each.share,
        "removed": each.removed,
        "interval": each.interval,
        "agents_now": each.agents_now,
        "waiting": each.peak,
        "reason_not": each.reason_not,
    }


def _quiet(each: QuietHours) -> dict[str, Any]:
    return {
        **_shift(each.shift),
        "rows": each.rows,
        "misses": each.misses,
        "questions": each.questions,
        "agents_now": each.agents_now,
    }


def _peak(peak: Peak) -> dict[str, Any]:
    return {"day": peak.day.isoformat(), "hour": peak.hour, "waiting": peak.waiting, "agents": peak.agents}
