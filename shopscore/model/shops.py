"""Everything an audit says: of one shop, and of all of them."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from shopscore.model.advice import Ground, SideEffectResult, Worked
from shopscore.model.asked import SetAside
from shopscore.model.clocks import Aside, Due, OpenCase, in_order
from shopscore.model.fleet import Fleet, Tally
from shopscore.model.flow import RefundFlow, Stage
from shopscore.model.integrity import Suspicion
from shopscore.model.metrics import MetricResult
from shopscore.model.reading import NOTHING_READ, FileAccount, Trust
from shopscore.model.sentences import Words
from shopscore.model.staffing import Staffing
from shopscore.model.standing import GateResult, Score, StructureResult
from shopscore.model.trend import Effect
from shopscore.model.worth import Together

_A_DAY = dt.timedelta(days=1)


class AdviceResult(Struct, frozen=True):
    """A piece of advice that fits, and why.

    Attributes:
        because: every name of the condition with its value as text.
        reasons: the names that made it true, with their values.
        side_effects: what else it does, in words.
        touches: the same with the metric it is seen in.
        worked: what became of it where it was applied, the last time.
    """

    id: str
    metric: str
    text: Words
    effort: str
    compliance: str
    compliance_reason: Words | None
    source: tuple[str, ...]
    because: tuple[tuple[str, str], ...]
    side_effects: tuple[Words, ...] = ()
    reasons: tuple[Ground, ...] = ()
    touches: tuple[SideEffectResult, ...] = ()
    worked: Worked | None = None


class ShopReport(Struct, frozen=True):
    """Everything an audit says of one shop.

    ``clocks_seen`` is the moment up to which all that its clocks run on is known; None where it has no clock.
    """

    platform: str
    platform_title: Words
    shop: str
    as_of: dt.datetime
    timezone: str
    seen_until: tuple[tuple[str, dt.datetime], ...]
    rows: tuple[tuple[str, int], ...]
    score: Score
    metrics: tuple[MetricResult, ...]
    shortfalls: tuple[str, ...]
    advice: tuple[AdviceResult, ...]
    due: tuple[Due, ...]
    stages: tuple[Stage, ...] = ()
    refund_flow: RefundFlow | None = None
    guide: tuple[Words, ...] = ()
    warnings: tuple[Words, ...] = ()
    trust: Trust = NOTHING_READ
    set_aside: tuple[SetAside, ...] = ()
    fail_on: tuple[str, ...] | None = None
    structure: StructureResult | None = None
    gates: tuple[GateResult, ...] = ()
    effects: tuple[Effect, ...] = ()
    rules_as_of: dt.date | None = None
    integrity: tuple[Suspicion, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    together: Together | None = None
    applied: tuple[Worked, ...] = ()
    tallies: tuple[Tally, ...] = ()
    clocks_seen: dt.datetime | None = None
    blocked: tuple[Aside, ...] = ()
    undated: tuple[Aside, ...] = ()

    @property
    def silent_since(self) -> dt.datetime | None:
        """From when on no file speaks of the shop, where that is a day or more before the moment judged."""
        last = max((moment for _, moment in self.seen_until), default=None)
        return last if last is not None and self.as_of - last >= _A_DAY else None

    @property
    def unlisted(self) -> tuple[OpenCase, ...]:
        """Cases that are still to be decided and have no clock that runs, each once, the oldest first."""
        cases = (case for each in self.metrics for case in each.open_cases)
        return in_order({case.subject: case for case in cases if not case.runs or case.deadline is None}.values())


class RulesUsed(Struct, frozen=True):
    """A rule pack as it was when the audit ran."""

    platform: str
    version: str
    sha256: str


class SourceText(Struct, frozen=True):
    """A source as a report prints it."""

    id: str
    title: Words
    publisher: Words
    published: dt.date | None
    status: str
    confidence: str


class Report(Struct, frozen=True):
    """One audit: everything a renderer may see."""

    schema_version: str
    tool_version: str
    audit_id: str
    rules: tuple[RulesUsed, ...]
    inputs: tuple[FileAccount, ...]
    shops: tuple[ShopReport, ...]
    sources: tuple[SourceText, ...] = ()
    warnings: tuple[Words, ...] = ()
    failed: tuple[str, ...] = ()
    fleet: Fleet | None = None
