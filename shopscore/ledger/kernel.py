"""Facts and definitions in, one shop's ledger out: every metric of a fact in one pass over its rows."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl
from msgspec.structs import replace

from shopscore.ledger import plan
from shopscore.ledger.base import FAILURES, Base, bases, sentence
from shopscore.ledger.count import Coded, blanks, count
from shopscore.ledger.fates import OUT, Fate, fate, fates, settled
from shopscore.ledger.looked import Looked
from shopscore.ledger.once import repeats, starts_of
from shopscore.ledger.parts import CLOSED, VALUES_SCHEMA, K, Ledger, LedgerSide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.parts import Part
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.resolve import Definition

Choice = dict[tuple[str, str], tuple[str, ...]]
"""(fact, dimension) → the segments kept; the others are the rest."""


def run(
    facts: Facts,
    definitions: Sequence[Definition],
    choice: Mapping[tuple[str, str], Sequence[str]] | None = None,
    unsplit: Sequence[Definition] = (),
) -> Ledger:
    """Count every row of a shop under every metric.

    Args:
        facts: the shop's facts.
        definitions: the definitions in force; composites and those not in force are passed over.
        choice: the segments to keep apart, for a shop whose rows are counted in several runs (see `choose`); by
            default the `K` largest of each dimension in these facts.
        unsplit: further definitions, counted without their segments; `split` counts these of any of them.

    Returns:
        The ledger. A metric whose fact or columns are absent is in ``missing``; one whose expression fails on the
        data is in ``errors``; all others have their sides in ``sides``, with or without rows.
    """
    work, missing, errors = _ready(facts, (*definitions, *unsplit))
    found, failed = bases(facts, work)
    work = [task for task in work if task.metric not in failed]
    wholes = {each.id for each in unsplit}
    whole = {task: replace(task, dimensions=()) for task in work if task.metric in wholes}
    counted = [whole.get(task, task) for task in work]
    kept = dict(choice) if choice is not None else _choose(found, counted)
    parts: list[Part] = []
    looked: dict[str, Looked] = {}
    values: list[pl.DataFrame] = [pl.DataFrame(schema=VALUES_SCHEMA)]
    for fact, tasks in plan.by_fact(work).items():
        if found[fact].frame.is_empty():
            continue
        coded = _coded(found[fact], tasks, facts)
        looked[fact] = _looked(found[fact], coded)
        alike = Coded(coded.frame, {whole.get(task, task): column for task, column in coded.columns.items()})
        parts += _parts(found[fact], alike, list(alike.columns), kept)
        values += [_values(found[fact], coded, task) for task in tasks if task.quantile]
    return Ledger(
        tuple(parts),
        pl.concat(values).sort("metric", "side", "day", "value"),
        _sides(counted),
        missing,
        errors | failed,
        looked,
    )


def split(ledger: Ledger, definitions: Sequence[Definition]) -> Ledger:
    """Count by segments what was counted whole, from the rows as they were looked at.

    Args:
        ledger: what `run` gave of the shop.
        definitions: some of those it has sides of.

    Returns:
        A ledger of these alone.
    """
    work = [task for each in definitions for task in plan.tasks(each)]
    parts: list[Part] = []
    for fact, tasks in plan.by_fact(work).items():
        if (rows := ledger.looked.get(fact)) is not None:
            coded = Coded(rows.frame, {task: rows.fates[task] for task in tasks})
            parts += _parts(rows.base, coded, tasks, _choose({fact: rows.base}, tasks))
    return Ledger(tuple(parts), pl.DataFrame(schema=VALUES_SCHEMA), _sides(work), looked=ledger.looked)


def choose(facts: Facts, definitions: Sequence[Definition]) -> Choice:
    """The `K` largest segments of each dimension, by rows of the fact.

    A shop whose rows are split over several runs needs one choice for all of them: what is large in a part need not
    be large in the whole.
    """
    work, _, _ = _ready(facts, definitions)
    found, failed = bases(facts, work)
    return _choose(found, [task for task in work if task.metric not in failed])


def _ready(
    facts: Facts, definitions: Sequence[Definition]
) -> tuple[list[Task], dict[str, tuple[str, ...]], dict[str, str]]:
    work: list[Task] = []
    missing: dict[str, tuple[str, ...]] = {}
    errors: dict[str, str] = {}
    for definition in definitions:
        try:
            sides = plan.tasks(definition)
            lacks = plan.lacking(facts, sides)
        except FAILURES as error:
            errors[definition.id] = sentence(error)
            continue
        if lacks:
            missing[definition.id] = lacks
        else:
            work += sides
    return work, missing, errors


def _sides(work: Iterable[Task]) -> dict[str, tuple[LedgerSide, ...]]:
    found = [
        LedgerSide(task.metric, task.side, task.rules.weight_by is not None, task.rules.of is not None, task.dimensions)
        for task in work
    ]
    return {metric: tuple(sides) for metric, sides in groupby(found, key=lambda side: side.metric)}


def _choose(found: Mapping[str, Base], work: Iterable[Task]) -> Choice:
    wanted = {(task.chosen_by, name) for task in work if task.chosen_by == task.rules.fact for name in task.dimensions}
    return {(fact, name): _largest(found[fact], name) for fact, name in sorted(wanted)}


def _largest(base: Base, dimension: str) -> tuple[str, ...]:
    ranked = sorted(base.segments[dimension], key=lambda segment: (-segment.rows, segment.text))
    return tuple(sorted(segment.text for segment in (ranked if dimension in CLOSED else ranked[:K])))


def _coded(base: Base, work: Sequence[Task], facts: Facts) -> Coded:
    """The fates of all rows, one column of codes a task, beside what was asked."""
    # The conditions are columns by now and shared; looking for more to share costs more than it finds.
    plain = pl.QueryOptFlags.none()
    columns = {task: f"fate{at}" for at, task in enumerate(work)}
    frame = base.frame.lazy().with_columns(
        fate(task.rules, base.answers, blanks(base, task)).alias(columns[task]) for task in work
    )
    return Coded(_once(base, work, columns, facts, frame.collect(optimizations=plain)), columns)


def _once(
    base: Base, work: Sequence[Task], columns: Mapping[Task, str], facts: Facts, frame: pl.DataFrame
) -> pl.DataFrame:
    """The frame with those rows out whose key was counted before in their window."""
    for task in work:
        if task.rules.once_per is not None:
            code, order = pl.col(columns[task]), base.order(task)
            oldest = frame.get_column(base.day(task.rules.at)).min()
            starts = starts_of(task.window, facts.as_of.date(), oldest if isinstance(oldest, dt.date) else None)
            again = repeats(settled(task.rules, code), order, starts)
            frame = frame.with_columns(pl.when(again).then(pl.lit(OUT, pl.UInt8)).otherwise(code).alias(columns[task]))
    return frame


def _parts(base: Base, coded: Coded, work: Sequence[Task], kept: Mapping[tuple[str, str], Sequence[str]]) -> list[Part]:
    """One part for all tasks that share their day and their choice of segments."""
    alike = sorted(work, key=_keys)
    return [count(base, coded, list(tasks), kept) for _, tasks in groupby(alike, key=_keys)]


def _keys(task: Task) -> tuple[str, str]:
    return task.rules.at, task.chosen_by


def _looked(base: Base, coded: Coded) -> Looked:
    """The rows without the conditions' answers."""
    columns = {key: name for key, name in base.columns.items() if key[0] in ("day", "by", "number", "buyer")}
    rows = coded.frame.select(*columns.values(), *coded.columns.values())
    return Looked(Base(rows, columns, base.segments), coded.columns)


def _values(base: Base, coded: Coded, task: Task) -> pl.DataFrame:
    counted = fates(task.rules).index(Fate("counted"))
    day, value = base.day(task.rules.at), base.number(task.rules.of or "", task.scale)
    return (
        coded.frame.lazy()
        .filter(pl.col(coded.columns[task]) == counted)
        .group_by(pl.col(day).alias("day"), pl.col(value).alias("value"))
        .agg(pl.len().cast(pl.Int64).alias("rows"))
        .select(pl.lit(task.metric).alias("metric"), pl.lit(task.side).alias("side"), "day", "value", "rows")
        .collect()
    )
