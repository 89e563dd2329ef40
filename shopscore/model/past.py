"""What a history tells: audits of before, and a metric over them."""

from __future__ import annotations

from msgspec import Struct

from shopscore.model.sentences import Words


class PastAudit(Struct, frozen=True):
    """One shop of one audit that was kept; ``as_of`` is shop-local, as ISO text."""

    audit_id: str
    as_of: str
    platform: str
    shop: str
    rules: str
    tool_version: str
    trust: str
    failing: int


class PastPoint(Struct, frozen=True):
    """A metric in one audit; ``rules_changed``: the version of the rules is another than at the point before."""

    as_of: str
    audit_id: str
    value: float | None
    interval: tuple[float, float] | None
    numerator: float | None
    denominator: float | None
    target: float | None
    status: str
    verdict: str
    rules: str
    rules_changed: bool


class PastSeries(Struct, frozen=True):
    """A metric of a shop over its audits, oldest first; title and unit as in the newest."""

    platform: str
    shop: str
    metric: str
    title: Words
    unit: str
    currency: str | None
    better: str
    points: tuple[PastPoint, ...]
