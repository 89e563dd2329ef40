"""Refund cases → how long they stayed where, and whose turn it was: sums and lengths by stage, over some days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from shopscore.facts.aftersale import holder, stays, timed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.ruleset.aftersale import State, StateMachine

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


def case_time(
    cases: pl.LazyFrame,
    machine: StateMachine,
    present: frozenset[str],
    days: tuple[dt.date, dt.date],
    *,
    rewound: bool = False,
) -> CaseTime:
    """Count the time of refund cases, those still open too.

    Shares are of all the time that passed within the days, whoever finishes when: a stage that has become slow shows
    at once, and two windows that lie end to end add up. Lengths are those of stays that began within the days.

    Args:
        cases: what `shopscore.facts.aftersale.cases` returns.
        machine: the after-sale guide.
        present: ``table.column`` names that have a value.
        days: the first and the last day, both in.
        rewound: whether later events are blanked.
    """
    begins, ends = _moments(days)
    inside = pl.min_horizontal("end", pl.lit(ends)) - pl.max_horizontal("begin", pl.lit(begins))
    rows = (
        stays(cases, machine, rewound=rewound)
        .filter(pl.col("begin") < ends)
        .with_columns(
            inside.dt.total_seconds().clip(0).cast(pl.Float64).alias("seconds"),
            (pl.col("end") - pl.col("begin")).dt.total_seconds().alias("length"),
            pl.concat_str("from_state", pl.col("to_state").fill_null(""), pl.col("kind").fill_null("")).alias("_hop"),
        )
        .collect()
    )
    unended = rows.filter(pl.col("end").is_null() & (pl.col("begin") >= begins)).height
    rows = rows.drop_nulls("end").filter((pl.col("seconds") > 0) | (pl.col("begin") >= begins))
    rows = rows.with_columns(pl.col("seconds").sum().over("refund_id").alias("whole"), _stage(rows, machine, present))
    lengths = [
        pl.col("length").filter(pl.col("begin") >= begins, which).sort().alias(name)
        for name, which in (("ended", ~pl.col("running")), ("left", pl.col("running")))
    ]
    seconds = pl.col("seconds")
    found = (
        rows.group_by("_stage")
        .agg(
            (seconds > 0).sum().alias("cases"),
            seconds.sum().cast(pl.Int64),
            (seconds * seconds).sum().alias("squares"),
            (seconds * pl.col("whole")).sum().alias("products"),
            *lengths,
        )
        .sort("_stage")
    )
    whole = rows.filter(pl.col("whole") > 0).unique("refund_id")
    squares = whole.select((pl.col("whole") * pl.col("whole")).sum()).item()
    return CaseTime(tuple(_told(row) for row in found.iter_rows()), whole.height, squares, unended)


def _moments(days: tuple[dt.date, dt.date]) -> tuple[dt.datetime, dt.datetime]:
    """The midnight the days begin with and the one they end with."""
    midnight = dt.time()
    return dt.datetime.combine(days[0], midnight), dt.datetime.combine(days[1] + DAY, midnight)


def _told(row: tuple[str, int, int, float, float, list[int], list[int]]) -> StageTime:
    states, holders = (tuple(text.split(NAMES)) for text in row[0].split(">"))
    return StageTime(states, tuple(filter(None, holders)), *row[1:5], tuple(row[5]), tuple(row[6]))


# ── what nobody recorded ─────────────────────────────────────────────────────────────────────────────────────────


def _stage(rows: pl.DataFrame, machine: StateMachine, present: frozenset[str]) -> pl.Expr:
    """The stage of each hop as text: a shop has thousands of stays and a few dozen hops."""
    hops = rows.select("_hop", "from_state", "to_state", "kind").unique()
    blank = {name for name, spec in timed(machine) if spec.skippable and f"refunds.{spec.entered}" not in present}
    names = {hop: _named(machine, start, end, kind, blank) for hop, start, end, kind in hops.iter_rows()}
    return pl.col("_hop").replace_strict(names, return_dtype=pl.String).alias("_stage")


def _named(machine: StateMachine, start: State, end: State | None, kind: str | None, blank: set[State]) -> str:
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
