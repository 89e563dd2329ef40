"""Rows in which a value is missing and the rest has moved → told from rows with one odd cell, and refused whole.

A cell that holds what belongs into a column of another kind is a sign: a moment among amounts, an amount among moments,
an order's status among numbers. One unmistakable sign, or two that are not, make a shifted row. Where nearly all cells
of a column are of another kind, it is the wrong column, and no row is to blame.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.model import Example, Refusal
from shopscore.readers import limits
from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import conventions
from shopscore.readers.cells.privacy import shape
from shopscore.readers.refusals import RowRefusal, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shopscore.readers.damage import Grid
    from shopscore.readers.refusals import Cells

_ODD, _SURE = 1, 2
"""What a sign weighs; a row whose signs weigh as much as a sure one is shifted."""
_NEARLY_ALL = 0.9
_FEW = 3
"""Cells below which a column says nothing of itself."""

# Digits are those of ASCII: an engine takes ten times as long to prepare a pattern of every script's.
_DAY = r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
_DATE = rf"^{_DAY}$"
_MOMENT = rf"^{_DAY}[ T][0-9]{{1,2}}:[0-9][0-9](?::[0-9][0-9])?(?:\.[0-9]+)?$"
_GLUED = rf"[^0-9\s]\s*{_DAY}[ T][0-9]{{1,2}}:[0-9][0-9]"
"""A word and a moment in one cell: what stood between them is gone."""
_COUNT = r"^-?(?:[0-9]{1,4}|[0-9]{6,14}|[0-9]{1,3}(?:,[0-9]{3})+)$"
"""A whole number; five digits alone may be a spreadsheet's count of days."""
_LONG_ID = r"^[0-9]{15,}$"
_COUNTED = ("money", "number", "integer")


class Shifts(Struct, frozen=True):
    """The columns, wrong ones refused; the rows that are shifted; a note for every wrong column."""

    columns: tuple[Cells, ...]
    rows: tuple[RowRefusal, ...]
    notes: tuple[Refusal, ...]


class _Signed(Struct, frozen=True):
    """A column with signs in it: how much each cell weighs, and whether nearly all of its cells are such."""

    item: Cells
    weights: pl.Series
    all_over: bool


def shifted_rows(columns: Sequence[Cells], grid: Grid) -> Shifts:
    """Find the rows whose cells have moved, and the columns that hold something else altogether."""
    signed = [each for item in (*columns, *grid.watched) if (each := _signed(item, grid)) is not None]
    wrong = {each.item.column.name: each.weights > 0 for each in signed if each.all_over and _is_wrong(each)}
    return Shifts(
        tuple(
            refuse(item, wrong[name], "wrong_kind") if (name := item.column.name) in wrong else item for item in columns
        ),
        _rows([each for each in signed if not each.all_over], grid.numbers),
        tuple(_wrong(item, wrong[item.column.name], grid.numbers) for item in columns if item.column.name in wrong),
    )


def _is_wrong(signed: _Signed) -> bool:
    """Whether its cells cannot be what the column holds: texts may be anything, and so may numbers in identifiers."""
    column = signed.item.column
    if column.kind == "id":
        return bool((signed.weights >= _SURE).any())
    return column.kind != "text" or bool(column.words)


def _wrong(item: Cells, hit: pl.Series, numbers: pl.Series) -> Refusal:
    return Refusal("wrong_kind", int(hit.sum()), tuple(_examples([(item, hit)], hit, numbers)))


def _rows(signed: Sequence[_Signed], numbers: pl.Series) -> tuple[RowRefusal, ...]:
    if not signed:
        return ()
    total = pl.DataFrame([each.weights.alias(each.item.column.name) for each in signed]).sum_horizontal()
    hit = total >= _SURE
    if not hit.any():
        return ()
    surest_first = sorted(signed, key=lambda each: -int(each.weights.max() or 0))  # type: ignore[arg-type]
    shown = _examples([(each.item, each.weights > 0) for each in surest_first], hit, numbers)
    return (RowRefusal("shifted_row", hit, tuple(shown)),)


def _examples(signs: Iterable[tuple[Cells, pl.Series]], hit: pl.Series, numbers: pl.Series) -> Iterator[Example]:
    """The first rows, each with the shape of a cell that is a sign: what has moved there may be a person's."""
    signs = list(signs)
    for place in hit.arg_true().head(limits.MAX_EXAMPLES):
        item = next(item for item, sign in signs if sign[place])
        yield Example(numbers[place], item.column.name, shape(str(item.written[place] or "")))


# ── signs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _signed(item: Cells, grid: Grid) -> _Signed | None:
    """The signs in a column, or None where there are none."""
    column = item.column
    closed = column.kind == "text" and bool(column.words)
    if item.written.dtype != pl.String() or not item.headers:
        return None
    refuses = column.kind not in {"id", "text"} or closed
    if not item.refused.any() if refuses else column.name in grid.plain:
        return None
    texts = cast.clean(item.written)
    looked_at = texts.set(~item.refused if refuses else cast.blank(texts), None)
    weights = _weights(looked_at, "closed" if closed else column.kind)
    if closed or column.kind in _COUNTED or (column.kind == "id" and column.needed):
        words = looked_at.is_in(sorted(grid.words)).fill_null(value=False)
        weights = weights.set(words, _SURE if column.kind == "id" else _ODD)
    if not (weights > 0).any():
        return None
    said = int((~cast.blank(texts)).sum())
    return _Signed(item, weights, said >= _FEW and int((weights > 0).sum()) >= _NEARLY_ALL * said)


def _weights(texts: pl.Series, kind: str) -> pl.Series:
    cell = pl.col("cell")
    weights = [pl.when(cell.str.contains(pattern)).then(pl.lit(weighs)) for pattern, weighs in _signs()[kind]]
    return texts.to_frame("cell").select(pl.coalesce(*weights, 0).cast(pl.UInt8())).to_series()


@cache
def _signs() -> dict[str, tuple[tuple[str, int], ...]]:
    """Kind of column → what does not belong there, and what it weighs; the first that fits counts."""
    moved_time = ((_MOMENT, _SURE), (_DATE, _ODD))
    return {
        # Words say nothing here: some exports write "not shipped" where a moment is to come.
        "time": ((_amount(), _SURE), (_LONG_ID, _SURE), (_prefixed(), _SURE), (_COUNT, _ODD)),
        **dict.fromkeys(_COUNTED, moved_time),
        "flag": moved_time,
        "closed": (*moved_time, (_GLUED, _ODD), (_amount(), _ODD), (_COUNT, _ODD)),
        "id": ((_MOMENT, _SURE), (_DATE, _ODD), (_amount(), _ODD)),
        "text": ((_MOMENT, _ODD),),
    }


@cache
def _prefixed() -> str:
    """An identifier with the mark that some exports put before it."""
    return rf"(?i)^(?:{'|'.join(map(re.escape, conventions().id_prefixes))})\s*\w"


@cache
def _amount() -> str:
    """An amount as people write it: with a unit, or with two places; not a spreadsheet's count of days."""
    marks = "|".join(re.escape(mark) for mark in conventions().number_marks)
    written = r"-?[0-9]{1,9}(?:,[0-9]{3})*(?:\.[0-9]+)?"
    plain = r"-?(?:[0-9]{1,4}|[0-9]{6,9}|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9][0-9]"
    return rf"^(?:{plain}|(?:{marks})\s*{written}|{written}\s*(?:{marks}))$"
