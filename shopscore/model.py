"""The nouns of the output: what an audit found, free of engines and files.

Everything here is computed by the program: frozen, slotted, and made of plain values, so that a renderer needs nothing
else and two reports of the same inputs are equal to the byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

Status = Literal[
    "measured", "too_few", "no_table", "not_covered", "too_unknown", "no_definition", "not_applicable", "error"
]  # fmt: skip
Verdict = Literal["pass", "likely_pass", "undecided", "likely_fail", "fail", "not_measured"]
Level = Literal["good", "fair", "low"]
TargetBasis = Literal["cutoff", "published", "advisory", "own", "none"]
ScoreBasis = Literal["published", "cutoffs", "advisory", "none"]
Origin = Literal["platform_scores", "shop.yaml"]
GateState = Literal["met", "missed", "not_entered"]
EffectVerdict = Literal["better", "worse", "no_difference", "too_little_data"]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages."""

    en: str
    zh: str

    def __format__(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


# ── what was read ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Example:
    """Where a refused row or cell stands; ``shape`` is its text only for ids, times, numbers and closed words."""

    row: int
    column: str
    shape: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Rows left out for one reason."""

    reason: str
    count: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class CellRefusals:
    """Cells of one column that could not be read and count as blank."""

    column: str
    count: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class FileAccount:
    """One file, or one sheet of it: ``rows_read = rows_accepted + rows_duplicate + rows_refused``, always.

    ``notes`` is what is wrong with the file beyond single rows: the reason, how often, and where first.
    ``totals_agree`` is how many totals the file states of itself that are what its rows add up to.
    """

    file: str
    sha256: str
    format: str | None
    table: str | None
    encoding: str | None
    platform: str | None
    shop: str | None
    rows_read: int
    rows_accepted: int
    rows_duplicate: int
    rows_refused: int
    refusals: tuple[Refusal, ...] = ()
    cells_refused: tuple[CellRefusals, ...] = ()
    columns_used: tuple[tuple[str, str], ...] = ()
    columns_ignored: tuple[str, ...] = ()
    notes: tuple[Refusal, ...] = ()
    totals_agree: int = 0
    message: Words | None = None


@dataclass(frozen=True, slots=True)
class TrustReason:
    """Something that is wrong with what was read.

    Attributes:
        kind: rows left out, cells read as blank, a note on a file, or files nothing was made of.
        reason: a refusal's or a note's; the column of cells; nothing for files.
        table: the table it touches, where that is known.
        files: the files it was found in, those with most of it first.
        count: rows, cells or files, or what else a note counts.
        rows: rows of data of the table, the lost ones among them.
        level: what the trust would be with nothing else wrong.
        message: what is said of the first file nothing was made of.
    """

    kind: Literal["rows", "cells", "note", "unused"]
    reason: str
    table: str | None
    files: tuple[str, ...]
    count: int
    rows: int
    level: Level
    message: Words | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """How far one shop's reading can be trusted, and why; ``reasons`` weightiest first."""

    level: Level
    files: int
    rows: int
    refused: int
    reasons: tuple[TrustReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Every file read, the trust in each shop, by ``platform/shop``, and what a user should know."""

    files: tuple[FileAccount, ...]
    shops: tuple[tuple[str, Trust], ...] = ()
    warnings: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One file that ``init`` looked at, and what it proposes to write.

    ``path`` and ``text`` are where the proposal goes and what it says, both None where there is none; ``doubtful`` are
    the columns a person should look at.
    """

    file: str
    said: Words
    path: str | None = None
    text: str | None = None
    doubtful: tuple[str, ...] = ()


# ── what the ledger says of one metric in one window ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sums:
    """Integer sums of one metric over some days (and one segment).

    ``rows`` counts rows that are neither excluded, unknown nor pending; ``hits`` those of them that hit. Weights are
    hundredths: ``w = Σ100·weight``, ``w2 = Σ(100·weight)²``, ``wh = Σ100·weight over hits``. ``x`` are whole units of
    ``of`` (seconds, or hundredths for stars), ``wx`` is ``Σ 100·weight·x``. ``excluded`` maps a name to
    (rows, rows that would have hit, Σx of those rows). For ``ratio_of`` ``hits``/``wh`` are the numerator side's rows
    and weights, ``rows``/``w`` the denominator's.
    """

    rows: int = 0
    hits: int = 0
    pending: int = 0
    unknown: int = 0
    undated: int = 0
    w: int = 0
    w2: int = 0
    wh: int = 0
    x: int = 0
    x2: int = 0
    wx: int = 0
    excluded: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    values: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a metric: ``value = numerator / denominator`` in the metric's unit."""

    day: dt.date
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """A metric's value over its window, before anybody judges it."""

    status: Status
    window: Window | None
    value: float | None = None
    interval: tuple[float, float] | None = None
    numerator: float | None = None
    denominator: float | None = None
    rows: tuple[int, int] | None = None
    pending: int = 0
    unknown: int = 0
    undated: int = 0
    excluded: tuple[tuple[str, int], ...] = ()
    before_exclusions: tuple[float | None, float, float] | None = None
    trend: tuple[Day, ...] = ()
    own_best: float | None = None
    message: Words | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both ends in, and how many of them the data covers."""

    first: dt.date
    last: dt.date
    covered_days: int

    @property
    def days(self) -> int:
        """Days in the window."""
        return (self.last - self.first).days + 1


# ── what is made of it ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Need:
    """What to export so that a metric can be measured."""

    table: str
    columns: tuple[str, ...]
    exports: tuple[Words, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Target:
    """The rung of the ladder that applies."""

    value: float | None
    basis: TargetBasis
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How far a metric is from its target.

    Attributes:
        gap: target minus value, in the metric's unit, positive when short.
        fixes: events that would have to be otherwise, where that can be counted.
        points: bands gained in the platform's unit, where cut-offs are known.
        worth: what ranks it: times over what the target allows, weighted.
    """

    gap: float
    fixes: int | None
    points: float | None
    worth: float


@dataclass(frozen=True, slots=True)
class Budget:
    """What a window that meets its target can still bear.

    Attributes:
        left: further bad events at the window's volume; None where events cannot be counted.
        runs_out_on: the first T whose window misses the target at the present pace; None if none does.
    """

    left: int | None
    runs_out_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of a metric if the days to come are like the present ones.

    Attributes:
        running: clocks that still run; what they run for can still be done in time.
        since: the day since when the present level holds.
        pace: the metric's value at that level.
        dilute: further good events that would meet the target; None where it is met, or no number of them could.
        meets_on: the first T whose window meets the target; None where it is met, or none will at this pace.
        budget: what is left, where the target is met.
    """

    running: int
    since: dt.date
    pace: float | None
    dilute: int | None
    meets_on: dt.date | None
    budget: Budget | None


@dataclass(frozen=True, slots=True)
class Driver:
    """A segment with more bad events than the rest of the shop would have had in its place."""

    dimension: str
    segment: str
    numerator: float
    denominator: float
    excess: float
    share: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a verdict is weaker than its interval alone would have it.

    Attributes:
        verdict: what it would be, had everything been read.
        lost: rows and cells that could not be read and may belong to this metric.
        tables: where they are missing.
        band: where the value lies whatever they held; None where no bound can be given.
        level: the trust of what has no bound.
    """

    verdict: Verdict
    lost: int
    tables: tuple[str, ...]
    band: tuple[float, float] | None
    level: Level


@dataclass(frozen=True, slots=True)
class Difference:
    """What may explain why the platform shows another figure than the files give.

    Attributes:
        kind: ``other_day`` (of another day than T), ``no_day``, ``that_day`` (the files give ``value`` for the window
            of its day), ``switch`` (another documented reading gives ``value``), ``unknown`` and ``uncovered`` (so many
            rows, so many days the files do not tell of).
        value: what the files give then.
        count: rows or days.
        name: ``switch=option``.
        title: that reading in words.
    """

    kind: Literal["other_day", "no_day", "that_day", "switch", "unknown", "uncovered"]
    value: float | None = None
    count: int | None = None
    name: str = ""
    title: Words | None = None


@dataclass(frozen=True, slots=True)
class Displayed:
    """What the platform shows of a metric, beside what its files give.

    Attributes:
        value: the newest figure shown by ``as_of``, in the metric's unit.
        date: the day it was shown; None where the seller typed it in.
        peer: the peers' mean shown beside it.
        goal: the goal shown beside it.
        origin: where it was read.
        differs: whether the computed value is another one, beyond rounding and beyond what lost rows could explain.
        reasons: what may explain that.
    """

    value: float
    date: dt.date | None
    peer: float | None
    goal: float | None
    origin: Origin
    differs: bool = False
    reasons: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class StakeResult:
    """What a metric's misses cost by the platform's price list.

    Attributes:
        missed: what the window's misses cost.
        at_risk: what the events whose clocks still run would cost, were they all missed.
        currency: of both amounts.
        what: for what the money is due.
        unpriced: misses and open events of which the files do not give what the price depends on; in neither amount.
        open: how many events ``at_risk`` is made of, the unpriced ones among them.
    """

    missed: float
    at_risk: float
    currency: str
    what: Words
    unpriced: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class RulesUnder:
    """A metric under the rules of another day.

    Attributes:
        day: whose rules.
        status, value, numerator, denominator: what they make of the same rows.
        version: the days the version is in force, as the pack gives them.
        note: what the pack says of that version.
    """

    day: dt.date
    status: Status
    value: float | None
    numerator: float | None
    denominator: float | None
    version: str
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class SwitchInUse:
    """A documented reading of a definition that is in use."""

    name: str
    option: str
    title: Words
    reading: Words
    is_default: bool


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One metric of one shop, judged."""

    id: str
    title: Words
    why: Words
    dimension: str
    definition: str
    purpose: str
    kind: str
    unit: str
    better: str
    measurement: Measurement
    target: Target
    verdict: Verdict
    shortfall: Shortfall | None
    reversibility: str
    score: float | None = None
    bound_of: str | None = None
    bound: str | None = None
    drivers: tuple[Driver, ...] = ()
    needs: tuple[Need, ...] = ()
    consequences: tuple[Words, ...] = ()
    source: tuple[str, ...] = ()
    switches: tuple[tuple[str, str], ...] = ()
    suppressed: str | None = None
    doubt: Doubt | None = None
    outlook: Outlook | None = None
    overlapping: tuple[Driver, ...] = ()
    currency: str | None = None
    stake: StakeResult | None = None
    displayed: Displayed | None = None
    under: tuple[RulesUnder, ...] = ()
    chosen: tuple[SwitchInUse, ...] = ()


@dataclass(frozen=True, slots=True)
class AdviceResult:
    """A piece of advice that fits, and why."""

    id: str
    metric: str
    text: Words
    effort: str
    compliance: str
    compliance_reason: Words | None
    source: tuple[str, ...]
    because: tuple[tuple[str, str], ...]
    side_effects: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A clock still running."""

    clock: str
    subject: str
    deadline: dt.datetime
    hours_left: float


@dataclass(frozen=True, slots=True)
class Stage:
    """One hop of the after-sale state machine: how long cases spend there and who holds the clock."""

    from_state: str
    to_state: str
    holder: str | None
    cases: int
    seconds: int
    median_seconds: int
    p90_seconds: int


@dataclass(frozen=True, slots=True)
class Score:
    """The platform's composite, as far as it can be known."""

    value: float | None
    basis: ScoreBasis
    band: str | None
    next_band: str | None
    coverage: float
    text: Words | None = None


@dataclass(frozen=True, slots=True)
class EnteredScore:
    """A score or rank by its name under ``scores:``; ``origin`` is None where it was not entered."""

    name: str
    value: float | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class FactorResult:
    """One part of a platform's structure: its entered score and the metrics in it."""

    title: Words
    score: EnteredScore
    metrics: tuple[str, ...]
    weight: float | None


@dataclass(frozen=True, slots=True)
class StructureResult:
    """How the platform puts its score together on T."""

    id: str
    title: Words
    factors: tuple[FactorResult, ...]
    note: Words | None
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """What an entered score or rank opens or closes.

    Attributes:
        state: ``missed`` as soon as one of its scores is on the wrong side; ``not_entered`` while one is not known.
        limit: the score that is asked for.
        bound: on which side of the limit the scores must be.
        missed_by: how far the worst of them is on the wrong side.
        opens: what is gained where the gate is met, and lost where it is not.
    """

    id: str
    title: Words
    state: GateState
    limit: float
    bound: Literal["at_least", "at_most"]
    scores: tuple[EnteredScore, ...]
    missed_by: float | None
    opens: Words
    note: Words | None
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A metric over the days on one side of a measure."""

    first: dt.date
    last: dt.date
    value: float | None
    interval: tuple[float, float] | None
    rows: int


@dataclass(frozen=True, slots=True)
class Effect:
    """A metric before and after something the seller did; ``difference`` is after less before.

    Attributes:
        date: the day of it, which is on neither side.
        what: what was done, as the seller wrote it.
        metric: the metric's full id.
        days: how many days each side has.
        interval: where the difference lies with 95 % confidence.
    """

    date: dt.date
    what: str
    metric: str
    days: int
    before: Period | None
    after: Period | None
    difference: float | None
    interval: tuple[float, float] | None
    verdict: EffectVerdict


@dataclass(frozen=True, slots=True)
class ShopReport:
    """Everything an audit says of one shop."""

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
    guide: tuple[Words, ...] = ()
    warnings: tuple[Words, ...] = ()
    trust: Trust = Trust("good", 0, 0, 0)
    structure: StructureResult | None = None
    gates: tuple[GateResult, ...] = ()
    effects: tuple[Effect, ...] = ()
    rules_as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RulesUsed:
    """A rule pack as it was when the audit ran."""

    platform: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as a report prints it."""

    id: str
    title: str
    publisher: str
    published: dt.date | None
    status: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Report:
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


# ── one number opened up ─────────────────────────────────────────────────────────────────────────────────────────


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


@dataclass(frozen=True, slots=True)
class Funnel:
    """From rows to value: labelled counts in the order in which a row meets them."""

    side: str
    steps: tuple[tuple[Words, int], ...]


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
    """One metric of one shop, every step shown."""

    shop: str
    as_of: dt.datetime
    result: MetricResult
    funnels: tuple[Funnel, ...]
    segments: tuple[Segment, ...]
    advice: tuple[AdviceResult, ...]
    not_matched: tuple[tuple[str, str], ...]
    rows: RowList | None
    files: tuple[FileAccount, ...]
    trust: Trust = Trust("good", 0, 0, 0)
    effects: tuple[Effect, ...] = ()
    readings: tuple[SwitchInUse, ...] = ()


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
