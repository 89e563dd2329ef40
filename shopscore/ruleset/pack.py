"""The shape of a rule pack, ``rules/<platform>.yaml``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shopscore.model import Words
from shopscore.ruleset.clocks import Clock
from shopscore.ruleset.guidebook import EnteredName, Gate, Guide, Structure
from shopscore.ruleset.integrity import PlatformCheck
from shopscore.ruleset.metric import Condition, Expression, Input, Metric, Slug
from shopscore.ruleset.strict import Strict, Text, TimeZone

Confidence = Literal["high", "medium", "low"]


class Source(Strict):
    """Where a definition or a number comes from.

    ``title`` and ``publisher`` are a description in both languages, or a name as it is published, which has no other.
    """

    title: Text | str
    publisher: Text | str
    published: dt.date | None = None
    retrieved: dt.date
    status: Literal["current", "dated", "superseded", "undated"]
    confidence: Confidence
    url: str | None = None
    note: str | None = None

    @property
    def called(self) -> Words:
        """The title as a report carries it."""
        return _words(self.title)

    @property
    def held_by(self) -> Words:
        """The publisher as a report carries it."""
        return _words(self.publisher)


def _words(said: Text | str) -> Words:
    return Words(said, said) if isinstance(said, str) else said.words


class ServiceHours(Strict):
    """Opening second in, closing second out; ``24:00`` is the end of the day."""

    opens: Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")]
    closes: Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")]


class ChatRules(Strict):
    """How this platform reads a conversation."""

    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: list[str] = Field(min_length=1)
    service_hours: ServiceHours
    answers: list[Literal["human", "assist_bot"]]
    ignored: list[Literal["is_blocked", "is_recalled", "no_reply_needed"]] = []
    round_closes: Literal["midnight"] = "midnight"
    rejoin_minutes: int = 0
    session_gap_minutes: int = 0


class StoppedClock(Strict):
    """Days on which the carrier's clock does not run, for the orders that meet ``when``.

    ``weekdays`` are 1 (Monday) to 7; ``holidays`` are names of ``rules/calendar.yaml``; where ``local`` is true the
    ``closed_days`` of ``shop.yaml`` are added.
    """

    when: Condition
    weekdays: list[int] = []
    holidays: list[Slug] = []
    local: bool = False
    source: list[str] = Field(min_length=1)


class FactRules(Strict):
    """What differs by platform in building a fact; of ``stopped`` the first whose ``when`` is true holds."""

    columns: dict[str, Expression]
    chat: list[ChatRules] = []
    stopped: list[StoppedClock] = []


class Parameter(Strict):
    """A number the platform keeps to itself; set in ``shop.yaml``, else its default."""

    default: float
    meaning: Text
    source: list[str] = Field(min_length=1)


class Expectation(Strict):
    """What should be seen if the advice works."""

    metric: Slug
    direction: Literal["up", "down"]
    by_days: int


class SideEffect(Strict):
    """What advice does besides, and the metric in which that is seen."""

    text: Text
    metric: Slug | None = None
    direction: Literal["up", "down"] | None = None


class Advice(Strict):
    """One piece of advice and when it fits."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+-\d+$")]
    metric: Slug
    when: Condition
    do: Text
    effort: Literal["minutes", "hours", "days", "weeks"]
    compliance: Literal["ok", "risky", "prohibited"] = "ok"
    compliance_reason: Text | None = None
    source: list[str] = Field(min_length=1)
    expects: Expectation | None = None
    side_effects: list[SideEffect] = []


class Bands(Strict):
    """The platform's steps for item scores and the composite, as the seller types them in."""

    unit: Literal["stars", "points", "rank"]
    steps: list[float] = []
    weak_below: float | None = None
    standard: float | None = None
    texts: dict[str, Text] = {}
    source: list[str] = Field(min_length=1)


class Pack(Strict):
    """Everything shopscore knows about one platform."""

    platform: Slug
    title: Text
    version: str
    timezone: TimeZone
    guide: Guide | None = None
    bands: Bands | None = None
    scores: dict[Slug, EnteredName] = {}
    structures: list[Structure] = []
    gates: list[Gate] = []
    parameters: dict[Slug, Parameter] = {}
    facts: FactRules
    metrics: list[Metric]
    clocks: list[Clock] = []
    advice: list[Advice] = []
    integrity: list[PlatformCheck] = []
    sources: dict[str, Source]

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The items of all its composites."""
        return tuple(part for metric in self.metrics for part in metric.inputs)
