"""Counting coded rows by day and segment.

Measured on 25,000 rows, 20 metrics and 6 dimensions: one group_by a dimension over the counts of all metrics, packed
several to a word, takes 0.16 of the time of one wide group_by of ``(fate == code).sum()`` a dimension; on one dimension
0.2 of that, 0.18 of unpivoting the fates and 0.15 of one group_by a metric.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.ledger.fates import OUT, fates, meaning
from shopscore.ledger.parts import ALL, KEYS, REST, Slot, part
from shopscore.schema.units import HUNDREDTHS
from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from shopscore.ledger.base import Base
    from shopscore.ledger.fates import Fate
    from shopscore.ledger.parts import Part
    from shopscore.ledger.plan import Task

WORD = 63
"""Bits of a signed word that may hold counts."""
CHUNK = 1 << 18
"""Rows whose words are held at once, so that a giant shop's do not fill the memory."""


class Coded(Struct, frozen=True):
    """A base's frame with one column of fate codes a task."""

    frame: pl.DataFrame
    columns: Mapping[Task, str]


class Column(Struct, frozen=True):
    """One column of sums: what to add up per row, where it stands, in which dimensions it is wanted."""

    name: str
    expr: pl.Expr
    slots: tuple[Slot, ...]
    dimensions: tuple[str, ...]


class Split(Struct, frozen=True):
    """A dimension: the number of each row's segment, and the segments' texts by number; none if all are blank."""

    expr: pl.Expr
    texts: tuple[str, ...]


class Place(Struct, frozen=True):
    """The bits of a word that count one fate of one task."""

    task: Task
    code: int
    shift: int
    bits: int


def blanks(base: Base, task: Task) -> Callable[[str], pl.Expr | None]:
    """Where a number or the key of a task is blank; None if nowhere."""

    def blank(text: str) -> pl.Expr | None:
        if text == task.rules.once_per:
            return pl.col(base.order(task).key).is_null()
        column = base.number(text, HUNDREDTHS if text == task.rules.weight_by else task.scale)
        return pl.col(column).is_null() if base.frame.get_column(column).null_count() else None

    return blank


def count(base: Base, coded: Coded, work: Sequence[Task], kept: Mapping[tuple[str, str], Sequence[str]]) -> Part:
    """Sum everything tasks with one day and one choice of segments want, by day and by each dimension's segment."""
    present = {task: _present(coded, task) for task in work}
    columns = [*_words(coded, present), *_sums(base, coded, present)]
    day = pl.col(base.day(work[0].rules.at)).alias("day")
    dimensions = {name: task.chosen_by for task in work for name in task.dimensions}
    splits = {name: _split(base, name, kept.get((fact, name), ())) for name, fact in dimensions.items()}
    wanted = [day, *(split.expr.alias(f"by {name}") for name, split in splits.items() if split.texts)]
    wanted += [column.expr.alias(column.name) for column in columns]
    chunks = [_sum(rows.select(wanted), splits, columns) for rows in coded.frame.iter_slices(CHUNK)]
    return part(_together(chunks, columns), tuple(slot for column in columns for slot in column.slots))


def _present(coded: Coded, task: Task) -> dict[int, int]:
    """The fates that occur and how often."""
    name = coded.columns[task]
    counted = coded.frame.get_column(name).value_counts(name="rows").rows()
    return {code: rows for code, rows in sorted(counted) if code != OUT}


def _split(base: Base, dimension: str, kept: Sequence[str]) -> Split:
    """Number a dimension's segments anew: blank, those kept apart, the rest."""
    segments = base.segments[dimension]
    if not segments:
        return Split(pl.lit(0, pl.UInt8), ())
    kept = [text for text in kept if text not in ("", REST)]
    texts = ("", *kept, REST)
    place = {text: at for at, text in enumerate(kept, 1)} | {"": 0}
    found = {code: place.get(text, len(texts) - 1) for text, code, _ in segments}
    numbers = pl.lit(pl.Series([found.get(code, 0) for code in range(max(found) + 1)], dtype=pl.UInt8))
    return Split(numbers.gather(pl.col(base.segment(dimension)).to_physical()).fill_null(0), texts)


def _sum(rows: pl.DataFrame, splits: Mapping[str, Split], columns: Sequence[Column]) -> list[pl.DataFrame]:
    wanted = {name: [column.name for column in columns if name in column.dimensions] for name in splits}
    split = {name: each.texts for name, each in splits.items() if each.texts}
    plans = [rows.lazy().group_by("day").agg(pl.col(column.name).sum() for column in columns)]
    plans += [rows.lazy().group_by("day", f"by {name}").agg(pl.col(wanted[name]).sum()) for name in split]
    total, *found = pl.collect_all(plans)
    numbers = [each.drop_in_place(f"by {name}") for name, each in zip(split, found, strict=True)]
    sums = [
        _named(each, name, pl.Series(texts)[at])
        for (name, texts), at, each in zip(split.items(), numbers, found, strict=True)
    ]
    # No row has a value of the others: all of them are one blank segment.
    nothing = repeated(total.height, pl.String(), value="")
    blank = [_named(total.select("day", *wanted[name]), name, nothing) for name in splits if name not in split]
    return [_named(total, ALL, repeated(total.height, pl.String(), value=ALL)), *sums, *blank]


def _named(sums: pl.DataFrame, dimension: str, segments: pl.Series) -> pl.DataFrame:
    """Sums with what they are sums of."""
    dimensions = repeated(sums.height, pl.String(), value=dimension)
    return sums.hstack([dimensions.alias("dimension"), segments.alias("segment")])


def _together(chunks: Sequence[Sequence[pl.DataFrame]], columns: Sequence[Column]) -> pl.DataFrame:
    """The sums of all chunks added up; a column is blank in dimensions where it is not wanted."""
    joined = pl.concat([frame for chunk in chunks for frame in chunk], how="diagonal")
    names = [column.name for column in columns]
    return joined.select(*KEYS, *names) if len(chunks) == 1 else joined.group_by(KEYS).agg(pl.col(names).sum())


# ── counts, packed ───────────────────────────────────────────────────────────────────────────────────────────────


def _words(coded: Coded, present: Mapping[Task, Mapping[int, int]]) -> Iterator[Column]:
    """Columns of packed counts; tasks with the same dimensions share words.

    A count gets the bits its total over all rows needs, so that no sum of it over days can outgrow them.
    """
    alike = sorted(present, key=_dimensions)
    for dimensions, tasks in groupby(alike, key=_dimensions):
        places: list[Place] = []
        counted = [(task, *pair) for task in tasks for pair in present[task].items()]
        for task, code, rows in counted:
            shift = places[-1].shift + places[-1].bits if places else 0
            if shift + rows.bit_length() > WORD:
                yield _word(places, coded, dimensions)
                places, shift = [], 0
            places.append(Place(task, code, shift, rows.bit_length()))
        if places:
            yield _word(places, coded, dimensions)


def _dimensions(task: Task) -> tuple[str, ...]:
    return task.dimensions


def _word(places: Sequence[Place], coded: Coded, dimensions: tuple[str, ...]) -> Column:
    first = places[0]
    name = f"word {coded.columns[first.task]} {first.code}"
    words = []
    for task in dict.fromkeys(place.task for place in places):
        table = [0] * len(fates(task.rules))
        for place in places:
            if place.task == task:
                table[place.code] = 1 << place.shift
        words.append(pl.lit(pl.Series(table, dtype=pl.Int64)).gather(pl.col(coded.columns[task])))
    slots = tuple(_slot(place.task, place.code, "rows", name, place) for place in places)
    return Column(name, pl.sum_horizontal(words), slots, dimensions)


def _slot(task: Task, code: int, field: str, column: str, place: Place | None = None) -> Slot:
    each = meaning(task.rules, code)
    shift, bits = (place.shift, place.bits) if place else (0, None)
    return Slot(task.metric, task.side, each.name, each.hit, field, column, shift, bits)


# ── weights and numbers ──────────────────────────────────────────────────────────────────────────────────────────


def _sums(base: Base, coded: Coded, present: Mapping[Task, Mapping[int, int]]) -> Iterator[Column]:
    """Columns of sums: weights and numbers of settled rows, and the numbers of excluded ones."""
    for task, codes in present.items():
        terms = _terms(base, task)
        for code in codes:
            for field in _fields(meaning(task.rules, code), terms):
                name = f"{field} {coded.columns[task]} {code}"
                counted = pl.when(pl.col(coded.columns[task]) == code).then(terms[field])
                yield Column(name, counted, (_slot(task, code, field, name),), task.dimensions)


def _terms(base: Base, task: Task) -> dict[str, pl.Expr]:
    terms: dict[str, pl.Expr] = {}
    if task.rules.weight_by is not None:
        weight = pl.col(base.number(task.rules.weight_by, HUNDREDTHS))
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
