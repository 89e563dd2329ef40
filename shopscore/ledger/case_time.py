"""Refund cases → how long they stayed where, and whose turn it was: sums and lengths by stage, over some days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from shopscore.facts.aftersale import holder, timed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.ruleset.aftersale import StateMachine
    from shopscore.ruleset.states import State

DAY = dt.timedelta(days=1)
NAMES = "+"
"""Joins names of states, and of holders, where the files cannot tell them apart."""


class StageTime(NamedTuple):
    """The time of one stage: a state and those after it that the files do not record.

    Attributes:
        states: the states in the order of the after-sale guide; several where nobody recorded the step between them.
        holders: whose turn it was; several where the files do not tell.
        cases: cases with time in it in the window.
        seconds: their time in it, in the window.
        squares: Σ of that time's squares.
        products: Σ of that time by the case's whole time in the window.
        ended: how long stays took that began in the window and are over, in seconds.
        running: how long those have taken that are not.
    """

    states: tuple[str, ...]
    holders: tuple[str, ...]
    cases: int
    seconds: int
    squares: float
    products: float
    ended: tuple[int, ...]
    running: tuple[int, ...]


class CaseTime(NamedTuple):
    """The time of all cases in a window.

    Attributes:
        stages: by stage.
        cases: cases with time in the window.
        squares: Σ of their whole times' squares.
        unended: stays that ended no one knows when; they are in nothing.
    """

    stages: tuple[StageTime, ...]
    cases: int
    squares: float
    unended: int


def staged(stays: pl.LazyFrame, machine: StateMachine) -> pl.DataFrame:
    """Add ``stage`` to the stays of cases: the states they may have been in, and whose turn it may have been.

    Args:
        stays: what `shopscore.facts.aftersale.stays` returns.
        machine: the after-sale guide.
    """
    blanks = (pl.col(name).fill_null("") for name in ("to_state", "kind"))
    hop = pl.concat_str("from_state", *blanks, pl.col("called").cast(pl.String), separator=" ")
    rows = stays.with_columns(hop.alias("_hop")).collect()
    # A shop has thousands of stays and a few dozen hops.
    hops = rows.select("_hop", "from_state", "to_state", "kind", "called").unique("_hop")
    blank, platforms = unrecorded(machine, rows), {n for n, spec in machine.states.items() if spec.holder == "platform"}
    names = {
        hop: stage_of(machine, start, end, kind, blank | platforms if called else blank)
        for hop, start, end, kind, called in hops.iter_rows()
    }
    return rows.select(
        pl.all().exclude("_hop"), pl.col("_hop").replace_strict(names, return_dtype=pl.String).alias("stage")
    )


def case_time(stays: pl.DataFrame, days: tuple[dt.date, dt.date]) -> CaseTime:
    """Count the time of refund cases, those still open too.

    Shares are of all the time that passed within the days, whoever finishes when: a stage that has become slow shows
    at once, and two windows that lie end to end add up. Lengths are those of stays that began within the days.

    Args:
        stays: what `staged` returns.
        days: the first and the last day, both in.
    """
    begins, ends = _moments(days)
    inside = pl.min_horizontal("end", pl.lit(ends)) - pl.max_horizontal("begin", pl.lit(begins))
    fresh = pl.col("begin") >= begins
    rows = stays.filter(pl.col("begin") < ends).with_columns(
        inside.dt.total_seconds().clip(0).cast(pl.Float64).alias("seconds"),
        (pl.col("end") - pl.col("begin")).dt.total_seconds().alias("length"),
    )
    unended = rows.filter(pl.col("end").is_null() & fresh).height
    rows = rows.filter(pl.col("end").is_not_null() & ((pl.col("seconds") > 0) | fresh))
    rows = rows.with_columns(pl.col("seconds").sum().over("refund_id").alias("whole"))
    seconds, length = pl.col("seconds"), pl.col("length")
    found = (
        rows.group_by("stage")
        .agg(
            (seconds > 0).sum(),
            seconds.sum().cast(pl.Int64).alias("sum"),
            (seconds * seconds).sum().alias("squares"),
            (seconds * pl.col("whole")).sum().alias("products"),
            length.filter(fresh & ~pl.col("running")).sort().alias("ended"),
            length.filter(fresh & pl.col("running")).sort().alias("left"),
        )
        .sort("stage")
    )
    # Σx² = Σ y·x over the stages of each case.
    squares = float(found["products"].sum())
    cases = rows.filter(seconds > 0)["refund_id"].n_unique()
    return CaseTime(tuple(_told(row) for row in found.iter_rows()), cases, squares, unended)


def _moments(days: tuple[dt.date, dt.date]) -> tuple[dt.datetime, dt.datetime]:
    """The midnight the days begin with and the one they end with."""
    midnight = dt.time()
    return dt.datetime.combine(days[0], midnight), dt.datetime.combine(days[1] + DAY, midnight)


def _told(row: tuple[str, int, int, float, float, list[int], list[int]]) -> StageTime:
    states, holders = (tuple(text.split(NAMES)) for text in row[0].split(">"))
    return StageTime(states, tuple(filter(None, holders)), *row[1:5], tuple(row[5]), tuple(row[6]))


# ── what nobody recorded ─────────────────────────────────────────────────────────────────────────────────────────


def unrecorded(machine: StateMachine, stays: pl.DataFrame) -> set[State]:
    """The states a case may have been in though the shop's files record them of none."""
    seen = set(stays["from_state"].unique())
    return {name for name, spec in timed(machine) if spec.skippable and spec.only is None and name not in seen}


def stage_of(machine: StateMachine, start: State, end: State | None, kind: str | None, blank: set[State]) -> str:
    """A stay's states and holders as one text, ``applied+agreed>buyer+seller``."""
    states = [start, *between(machine, start, end, kind, blank)]
    holders = {holder(machine, name, kind) for name in states} - {None}
    # Whose turn it was is known where it was the same one's all along.
    states = [name for name in machine.states if name in states] if len(holders) > 1 else [start]
    return f"{NAMES.join(states)}>{NAMES.join(sorted(map(str, holders)))}"


def between(
    machine: StateMachine, start: State, end: State | None, kind: str | None, blank: set[State]
) -> Iterator[State]:
    """States a case may have been in between two recorded ones, among those that no file of the shop records.

    Args:
        machine: the after-sale guide.
        start: where the stay begins.
        end: where it leads; None while it runs on.
        kind: the kind of case; blank for any.
        blank: the states nobody records.
    """
    steps = [(t.from_, t.to) for t in machine.transitions if not (kind and t.kinds) or kind in t.kinds]
    leads = {here: {to for begin, to in steps if begin == here and to in blank} for here, _ in steps}
    for name in sorted(_reached(leads, start) - {start}):
        ways = _reached(leads, name)
        if end is None or any(here in ways and to == end for here, to in steps):
            yield name


def _reached(leads: Mapping[State, set[State]], start: State) -> set[State]:
    reached = {start}
    while more := {to for here in reached for to in leads.get(here, ())} - reached:
        reached |= more
    return reached
