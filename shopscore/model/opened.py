"""One number opened up, and plain tables for people."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from shopscore.model.flow import FlowStage
from shopscore.model.metrics import MetricResult, Need, SwitchInUse
from shopscore.model.reading import NOTHING_READ, FileAccount, Trust
from shopscore.model.sentences import Words
from shopscore.model.shops import AdviceResult
from shopscore.model.trend import Effect, SpecialDay


class Fact(Struct, frozen=True):
    """A labelled line of an explanation."""

    label: Words
    text: Words


class AdviceText(Struct, frozen=True):
    """A piece of a pack's advice: its condition, what to do, and effort, risk, expectation and sources in one line."""

    id: str
    when: str
    text: Words
    about: Words


class Definition(Struct, frozen=True):
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
    advice: tuple[AdviceText, ...]
    sources: tuple[Words, ...]
    refused: tuple[Words, ...] = ()
    clocks: tuple[Fact, ...] = ()


class Funnel(Struct, frozen=True):
    """From rows to value: labelled counts in the order in which a row meets them; ``fact`` is whose rows they are."""

    side: str
    steps: tuple[tuple[Words, int], ...]
    fact: str = ""


class Segment(Struct, frozen=True):
    """One segment of one dimension."""

    dimension: str
    segment: str
    numerator: float
    denominator: float


class RowList(Struct, frozen=True):
    """The rows of one fate; cells are text, blank where the data is blank."""

    fate: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


class Opened(Struct, frozen=True):
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


class Explanation(Struct, frozen=True):
    """What ``explain`` shows: definitions, and each opened on data where there is some."""

    definitions: tuple[Definition, ...]
    opened: tuple[Opened, ...] = ()


class Listing(Struct, frozen=True):
    """A plain table for people: rule packs, needs, formats."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    note: Words | None = None
    title: Words | None = None
