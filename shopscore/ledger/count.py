"""Counting coded rows by day and segment.

Measured on 25,000 rows, 20 metrics and 6 dimensions: one group_by a dimension over the counts of all metrics, packed
several to a word, takes 0.1 of the time of one wide group_by of ``(fate == code).sum()`` a dimension, 0.1 of
unpivoting the fates and 0.1 of one group_by a metric.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger import plan
from shopscore.ledger.fates import fates, meaning, possible
from shopscore.ledger.parts import ALL, KEYS, REST, Part, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from shopscore.ledger.base import Base
    from shopscore.ledger.fates import Fate
    from shopscore.ledger.plan import Task

WORD = 63
"""Bits of a signed word that may hold counts."""
CHUNK = 1 << 18
"""Rows whose words are held at once, so that a giant shop's do not fill the memory."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A base's frame with one column of fate codes a task."""

    frame: pl.DataFrame
    columns: Mapping[Task, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of sums: what to add up per row, where it stands, in which dimensions it is wanted."""

    name: str
    expr: pl.Expr
    slots: tuple[Slot, ...]
    dimensions: tuple[str, ...]


def blanks(base: Base, task: Task) -> Callable[[str], pl.Expr | None]:
    """Where a number of a task is blank; None if nowhere."""

    def blank(text: str) -> pl.Expr | None:
        column = base.number(text, plan.HUNDREDTHS if text == task.rules.weight_by else task.scale)
        return pl.col(column).is_null() if base.frame.get_column(column).null_count() else None

    return blank


def count(base: Base, coded: Coded, work: Sequence[Task], kept: Mapping[tuple[str, str], Sequence[str]]) -> Part:
    """Sum everything tasks with one day and one choice of segments want, by day and by each dimension's segment."""
    columns = [*_words(base, coded, work), *_sums(base, coded, work)]
    segments = {
        name: _segment(base.segment(name), kept.get((task.chosen_by, name), ()))
        for task in work
        for name in task.dimensions
    }
    day = pl.col(base.day(work[0].rules.at)).alias("day")
    wanted = [day, *(expr.alias(f"by {name}") for name, expr in segments.items())]
    wanted += [column.expr.alias(column.name) for column in columns]
    frames = [
        frame for rows in coded.frame.iter_slices(CHUNK) for frame in _sum(rows.select(wanted), segments, columns)
    ]
    return Part(_together(frames, columns), tuple(slot for column in columns for slot in column.slots))


def _segment(column: str, kept: Sequence[str]) -> pl.Expr:
    text = pl.col(column)
    known = pl.when(text.is_in(list(kept))).then(text).otherwise(pl.lit(REST))
    return pl.when(text.is_null()).then(pl.lit("")).otherwise(known)


def _sum(rows: pl.DataFrame, dimensions: Iterable[str], columns: Sequence[Column]) -> list[pl.DataFrame]:
    total = rows.lazy().group_by("day").agg(pl.col(column.name).sum() for column in columns)
    plans = [total.with_columns(dimension=pl.lit(ALL), segment=pl.lit(ALL))]
    for name in dimensions:
        split = rows.lazy().group_by("day", pl.col(f"by {name}").alias("segment"))
        sums = split.agg(pl.col(column.name).sum() for column in columns if name in column.dimensions)
        plans.append(sums.with_columns(dimension=pl.lit(name)))
    return pl.collect_all(plans)


def _together(frames: Sequence[pl.DataFrame], columns: Sequence[Column]) -> pl.DataFrame:
    """The sums of all chunks added up; a column is blank in dimensions where it is not wanted."""
    empty = pl.DataFrame(schema={"day": pl.Date, "dimension": pl.String, "segment": pl.String})
    joined = pl.concat([empty, *frames], how="diagonal")
    if joined.height == joined.select(KEYS).n_unique():
        return joined.select(*KEYS, pl.exclude(KEYS))
    return joined.group_by(KEYS).agg(pl.col(column.name).sum() for column in columns)


# ── counts, packed ───────────────────────────────────────────────────────────────────────────────────────────────


def _words(base: Base, coded: Coded, work: Sequence[Task]) -> Iterator[Column]:
    """Columns of packed counts; tasks with the same dimensions share words."""
    bits = max(coded.frame.height.bit_length(), 1)
    alike = sorted(work, key=lambda task: task.dimensions)
    for dimensions, tasks in groupby(alike, key=lambda task: task.dimensions):
        wanted = [(task, code) for task in tasks for code in possible(task.rules, base.answers, blanks(base, task))]
        room = WORD // bits
        for at in range(0, len(wanted), room):
            name = f"word {'+'.join(dimensions)} {at}"
            yield _word(name, wanted[at : at + room], bits, coded, dimensions)


def _word(
    name: str, wanted: Sequence[tuple[Task, int]], bits: int, coded: Coded, dimensions: tuple[str, ...]
) -> Column:
    shifts = {each: at * bits for at, each in enumerate(wanted)}
    words = []
    for task in dict.fromkeys(task for task, _ in wanted):
        codes = range(len(fates(task.rules)))
        table = [1 << shifts[task, code] if (task, code) in shifts else 0 for code in codes]
        words.append(pl.lit(pl.Series(table, dtype=pl.Int64)).gather(pl.col(coded.columns[task])))
    slots = []
    for (task, code), shift in shifts.items():
        each = meaning(task.rules, code)
        slots.append(Slot(task.metric, task.side, each.name, each.hit, "rows", name, shift, bits))
    return Column(name, pl.sum_horizontal(words), tuple(slots), dimensions)


# ── weights and numbers ──────────────────────────────────────────────────────────────────────────────────────────


def _sums(base: Base, coded: Coded, work: Sequence[Task]) -> Iterator[Column]:
    """Columns of sums: weights and numbers of settled rows, and the numbers of excluded ones."""
    for task in work:
        terms = _terms(base, task)
        for code in possible(task.rules, base.answers, blanks(base, task)) if terms else ():
            each = meaning(task.rules, code)
            for field in _fields(each, terms):
                name = f"{field} {coded.columns[task]} {code}"
                counted = pl.when(pl.col(coded.columns[task]) == code).then(terms[field])
                slot = Slot(task.metric, task.side, each.name, each.hit, field, name)
                yield Column(name, counted, (slot,), task.dimensions)


def _terms(base: Base, task: Task) -> dict[str, pl.Expr]:
    terms: dict[str, pl.Expr] = {}
    if task.rules.weight_by is not None:
        weight = pl.col(base.number(task.rules.weight_by, plan.HUNDREDTHS))
        terms |= {"w": weight, "w2": weight * weight}
    if task.rules.of is not None:
        number = pl.col(base.number(task.rules.of, task.scale))
        terms |= {"x": number, "x2": number.cast(pl.Int128) * number}
        if "w" in terms:
            terms["wx"] = terms["w"] * number
    return terms


def _fields(each: Fate, terms: Mapping[str, pl.Expr]) -> tuple[str, ...]:
    if each.name in ("pending", "unknown"):
        return ()
    if each.name.startswith("excluded."):
        return ("x",) if "x" in terms else ()
    return tuple(terms)
