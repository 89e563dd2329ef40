"""Definitions and results made of plain values, so that the judgement is tested without packs and engines."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from shopscore.model import Measurement, MetricResult, Sums, Target, Words
from shopscore.ruleset.metric import Metric
from shopscore.ruleset.pack import Pack
from shopscore.ruleset.shopfile import ShopFile

TEXT = {"en": "text", "zh": "文字"}
NO_TARGET = Target(None, "none")
WORDS = Words("text", "文字")


class Side(Struct, frozen=True):
    fact: str = "orders"
    at: str = "clock_at"
    of: str | None = None
    weight_by: str | None = None
    once_per: str | None = None
    exclude: tuple = ()
    columns_required: frozenset = frozenset()
    columns_optional: frozenset = frozenset()


class Definition(Struct, frozen=True):
    metric: Metric
    sides: dict = field(default_factory=lambda: {"": Side()})
    minimum: int = 1
    cap: float | None = None
    damp: float | None = None
    window: str = "30 days"
    in_force: bool = True
    id: str = "demo.it"
    version: str = ""
    switches: tuple = ()
    days_add_up: bool = True


def metric(kind="ratio", better="higher", **changes) -> Metric:
    needed: dict[str, Any] = {
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
    return Metric.model_validate(needed | changes)


def definition(kind="ratio", better="higher", *, sides=None, in_force=True, **changes):
    if sides is None:
        sides = {"n": Side(), "d": Side()} if kind == "ratio_of" else {"": Side()}
    given = metric(kind, better, **changes)
    return Definition(given, sides, given.minimum, given.cap, given.damp, in_force=in_force)


def counts(hits, rows, **others) -> Sums:
    """Unweighted sums of a ratio."""
    return Sums(rows=rows, hits=hits, w=100 * rows, w2=10_000 * rows, wh=100 * hits, **others)


def numbers(values, **others) -> Sums:
    """Unweighted sums of a mean."""
    values = list(values)
    return Sums(rows=len(values), w=100 * len(values), w2=10_000 * len(values), x=sum(values),
                x2=sum(x * x for x in values), wx=100 * sum(values), **others)  # fmt: skip


def result(name="demo.it", value=None, *, status="measured", target=NO_TARGET, **changes) -> MetricResult:
    given: dict[str, Any] = {
        "id": name,
        "title": WORDS,
        "why": WORDS,
        "dimension": "logistics",
        "definition": "published",
        "purpose": "score",
        "kind": "ratio",
        "unit": "rate",
        "better": "higher",
        "measurement": Measurement(status, None, value=value),
        "target": target,
        "verdict": "not_measured",
        "shortfall": None,
        "reversibility": "final",
    }
    return MetricResult(**(given | changes))


def pack(metrics=(), advice=(), **changes) -> Pack:
    given: dict[str, Any] = {
        "platform": "demo",
        "title": TEXT,
        "version": "1",
        "timezone": "Asia/Shanghai",
        "facts": {"columns": {}},
        "metrics": list(metrics),
        "advice": list(advice),
        "sources": {},
    }
    return Pack.model_validate(given | changes)


def shop(**changes) -> ShopFile:
    return ShopFile.model_validate(changes)
