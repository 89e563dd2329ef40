"""One number opened up, and plain tables for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopscore.model.reading import NOTHING_READ

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.model.flow import FlowStage
    from shopscore.model.metrics import MetricResult, Need, SwitchInUse
    from shopscore.model.reading import FileAccount, Trust
    from shopscore.model.sentences import Words
    from shopscore.model.shops import AdviceResult
    from shopscore.model.trend import Effect, SpecialDay


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line of an explanation."""

    label: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric in words and in the rule language: what ``explain`` says without data."""

    id: str
    title: Words
    why: Words
    text: Words
    status: str
    facts: tuple[Fact, ...]
    conditions: tuple[tuple[Words, str], ...]
    versions: tuple[Fact, ...]
    switches: tuple[Fact, ...]
    consequences: tuple[Words, ...]
    needs: tuple[Need, ...]
    advice: tuple[tuple[str, str, Words], ...]
    sources: tuple[Words, ...]
    refused: tuple[Words, ...] = ()
    clocks: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Funnel:
    """From rows to value: labelled counts in the order in which a row meets them; ``fact`` is whose rows they are."""

    side: str
    steps: tuple[tuple[Words, int], ...]
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of one dimension."""

    dimension: str
    segment: str
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class RowList:
    """The rows of one fate; cells are text, blank where the data is blank."""

    fate: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One metric of one shop, every step shown.

    ``kept_apart_by``: the special days for which it is not said whether it is worse than in the window before.
    """

    shop: str
    as_of: dt.datetime
    result: MetricResult
    funnels: tuple[Funnel, ...]
    segments: tuple[Segment, ...]
    advice: tuple[AdviceResult, ...]
    not_matched: tuple[tuple[str, str], ...]
    rows: RowList | None
    files: tuple[FileAccount, ...]
    trust: Trust = NOTHING_READ
    effects: tuple[Effect, ...] = ()
    readings: tuple[SwitchInUse, ...] = ()
    stages: tuple[FlowStage, ...] = ()
    kept_apart_by: tuple[SpecialDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What ``explain`` shows: definitions, and each opened on data where there is some."""

    definitions: tuple[Definition, ...]
    opened: tuple[Opened, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain table for people: rule packs, needs, formats."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    note: Words | None = None
    title: Words | None = None
