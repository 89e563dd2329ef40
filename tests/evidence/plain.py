"""Definitions without conditions: all that judging sums needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shopscore.ruleset.metric import Metric

TEXT = {"en": "text", "zh": "文字"}


@dataclass(frozen=True)
class Side:
    of: str | None = None
    weight_by: str | None = None
    fact: str = "orders"
    at: str = "clock_at"


@dataclass(frozen=True)
class Plain:
    """What a metric's arithmetic asks of its definition."""

    metric: Metric
    sides: dict[str, Side] = field(default_factory=dict)
    minimum: int = 1
    cap: None = None
    damp: None = None
    window: str = "30 days"
    in_force: bool = True
    days_add_up: bool = True
    id: str = "demo.it"
    version: str = ""
    switches: tuple = ()


def definition(
    kind: str, better: str = "lower", *, of: str | None = None, weight_by: str | None = None, **changes: Any
) -> Plain:
    """A metric of a kind; what it measures and weighs is in the sums already."""
    given: dict[str, Any] = {
        "id": "it",
        "title": TEXT,
        "why": TEXT,
        "definition": "published",
        "definition_text": TEXT,
        "source": ["s"],
        "dimension": "logistics",
        "kind": kind,
        "better": better,
    }
    side = Side(of, weight_by)
    return Plain(Metric.model_validate(given | changes), {"n": side, "d": side} if kind == "ratio_of" else {"": side})
