"""How a metric changed since the window before, as plain values of the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shopscore.model import Movement


def of_change(change: Movement | None) -> dict[str, Any] | None:
    """A change; null where the window before cannot be compared."""
    if change is None:
        return None
    return {
        "window": {"from": change.days[0].isoformat(), "to": change.days[1].isoformat()},
        "from": change.before,
        "to": change.now,
        "difference": change.difference,
        "interval": list(change.interval) if change.interval else None,
        "beyond_chance": change.beyond_chance,
        "dimension": change.dimension,
        "mix": change.mix,
        "rate": change.rate,
        "segments": [
            {
                "segment": each.segment,
                "share": {"from": each.share[0], "to": each.share[1]},
                "value": {"from": each.value[0], "to": each.value[1]},
                "mix": each.mix,
                "rate": each.rate,
                "striking": each.striking,
            }
            for each in change.segments
        ],
        "simpson": change.simpson,
    }
