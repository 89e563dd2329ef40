"""What acting is worth, as plain values of the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shopscore.model import MetricResult, OneEvent


def of_metric(metric: MetricResult) -> dict[str, Any]:
    """What one event of a metric weighs."""
    return {"one_event": _one_event(metric.one_event)}


def _one_event(found: OneEvent | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "one_more": found.one_more,
        "one_fewer": found.one_fewer,
        "per": found.per,
        "rows": found.rows,
        "fact": found.fact,
        "crosses": found.crosses,
        "matters": found.matters,
    }
