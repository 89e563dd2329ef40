"""One metric of one shop, judged, with everything that stands beside its value."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from shopscore.model.cells import Cells
from shopscore.model.change import Movement
from shopscore.model.clocks import OpenCase
from shopscore.model.counts import Measurement, Status
from shopscore.model.reading import Level
from shopscore.model.sentences import Words
from shopscore.model.trend import Control
from shopscore.model.worth import OneEvent, Worth

Verdict = Literal["pass", "likely_pass", "undecided", "likely_fail", "fail", "not_measured"]
TargetBasis = Literal["cutoff", "published", "advisory", "own", "none"]
Origin = Literal["platform_scores", "shop.yaml"]


class Need(Struct, frozen=True):
    """What to export so that a metric can be measured."""

    table: str
    columns: tuple[str, ...]
    exports: tuple[Words, ...]
    days: int


class Target(Struct, frozen=True):
    """The rung of the ladder that applies.

    Attributes:
        value: in the metric's unit; None without one.
        basis: whose it is.
        source: where it stands.
        interval: where it lies, if chance has a part in it: the shop's own best was a lucky window too.
    """

    value: float | None
    basis: TargetBasis
    source: tuple[str, ...] = ()
    interval: tuple[float, float] | None = None


class Shortfall(Struct, frozen=True):
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


class Budget(Struct, frozen=True):
    """What a window that meets its target can still bear.

    Attributes:
        left: further bad events at the window's volume; None where events cannot be counted.
        runs_out_on: the first T whose window misses the target at the present pace; None if none does.
    """

    left: int | None
    runs_out_on: dt.date | None


class Outlook(Struct, frozen=True):
    """What becomes of a metric if the days to come are like the present ones.

    Attributes:
        running: clocks that still run; what they run for can still be done in time.
        since: the day since when the present level holds.
        pace: the metric's value at that level.
        dilute: further good events that would meet the target; None where it is met, or no number of them could.
        meets_on: the first T whose window meets the target; None where it is met, or none will at this pace.
        soonest: the same if everything from now on went well: no fix of what is final can be faster.
        budget: what is left, where the target is met.
        first: of what the running clocks are about, those that run out first; a few only.
    """

    running: int
    since: dt.date
    pace: float | None
    dilute: int | None
    meets_on: dt.date | None
    budget: Budget | None
    soonest: dt.date | None = None
    first: tuple[OpenCase, ...] = ()


class Driver(Struct, frozen=True):
    """A segment with more bad events than the rest of the shop would have had in its place.

    Attributes:
        dimension, segment: where.
        numerator, denominator: the metric's counts there.
        excess: bad events beyond that; for means and quantiles in the metric's unit. Where several segments are named,
            it is told against the rows that stand in none of them.
        share: its part of all bad events.
        interval: where the excess lies, 95 %; None where it cannot be told.
        least: the least excess for which it would have been named; None where it would be named for any. Excess, share
            and interval of a report are those given that it was named (`shopscore.diagnosis.shrink`).
        even: whether it is held against an even part of all that was counted, since nothing is known of what they are a
            part of: then it tells where they lie, and not that more of them should not.
    """

    dimension: str
    segment: str
    numerator: float
    denominator: float
    excess: float
    share: float
    interval: tuple[float, float] | None = None
    least: float | None = None
    even: bool = False


class Doubt(Struct, frozen=True):
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


class Difference(Struct, frozen=True):
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


class Displayed(Struct, frozen=True):
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


class StakeResult(Struct, frozen=True):
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


class RulesUnder(Struct, frozen=True):
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


class SwitchInUse(Struct, frozen=True):
    """A documented reading of a definition that is in use."""

    name: str
    option: str
    title: Words
    reading: Words
    is_default: bool


class MetricResult(Struct, frozen=True):
    """One metric of one shop, judged.

    ``cells`` are told by no page: they are counted where a report is kept, for a later audit to compare with.
    ``open_cases`` are those whose end decides whether the metric counts them, whatever its window holds now: those with
    a deadline by deadline, then the others by age. ``by_chance`` is how often a shop exactly at the target would show
    as many bad events, where that makes the verdict weaker.
    """

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
    one_event: OneEvent | None = None
    control: Control | None = None
    change: Movement | None = None
    worth: Worth | None = None
    cells: Cells | None = None
    open_cases: tuple[OpenCase, ...] = ()
    by_chance: float | None = None

    @property
    def counts(self) -> bool:
        """Whether its verdict is one on the shop: not what is set aside, only displayed, assumed, or bounds another."""
        return (
            self.suppressed is None
            and self.purpose != "display"
            and self.definition != "assumed"
            and self.bound is None
            and self.bound_of is None
        )
