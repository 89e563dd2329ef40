"""Text → typed: cells as people and spreadsheets write them, read whole or refused, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.readers.cells.conventions import conventions, fold
from shopscore.readers.cells.numbers import PARSERS as NUMBERS
from shopscore.readers.cells.plain import BUYER
from shopscore.readers.cells.style import PLAIN, Style
from shopscore.readers.cells.times import Times, local, read_times
from shopscore.tables import DTYPES, repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopscore.readers.cells.style import Order, Zones
    from shopscore.schema import Column

_WRAPPED = r"^[\s='`\"]|\s$|[\t\ufeff]"
_DAMAGED = {"id": r"^[-+]?\d(\.\d+)?[eE]\+?\d+$|^\d+\.0+$|\ufffd", "text": "\ufffd"}
"""What a spreadsheet made of a number, or another encoding of a letter."""
_WIDE = Decimal("0.01")


class Typed(Struct, frozen=True):
    """One column read.

    Attributes:
        values: of the dictionary's dtype, blank where a cell was refused or said nothing.
        refused: which cells had a text that could not be read.
        order: of times whose day and month may change places: what the column tells of their order.
    """

    values: pl.Series
    refused: pl.Series
    order: Order | None = None


def clean(cells: pl.Series) -> pl.Series:
    """Cells without the guards spreadsheets and back offices put around text (``="…"``, ``'``, back-quote, tabs)."""
    texts = cells.cast(pl.String())
    if not texts.str.contains(_WRAPPED).any():
        return texts
    return (
        texts.str.strip_chars()
        .str.replace_all(r"[\t\ufeff]", "")
        .str.replace(r'^=?"(.*)"$', "$1")
        .str.replace(r"^['`]+", "")
        .str.strip_chars()
    )


def blank(texts: pl.Series) -> pl.Series:
    """Which cleaned cells say nothing."""
    return pl.DataFrame([texts.alias("cell")]).select(_says_nothing()).to_series()


@cache
def _says_nothing() -> pl.Expr:
    cell = pl.col("cell")
    return cell.is_null() | cell.is_in(pl.Series(["", *conventions().empty]).implode())


def typed(texts: pl.Series, column: Column, zones: Zones, style: Style = PLAIN) -> Typed:
    """Cleaned texts → the column's kind.

    Args:
        texts: strings, or values that already have a type (Parquet).
        column: the dictionary's column.
        zones: where times with an offset are converted to.
        style: how the file writes its cells.
    """
    done = _already_typed(texts, column, zones)
    if done is not None:
        return Typed(done.alias(column.name), repeated(len(texts), pl.Boolean(), value=False))
    texts = clean(texts)
    if column.kind in _DAMAGED:
        return _whole(texts, column)
    nothing = blank(texts)
    order = None
    if column.kind == "time":
        times = Times(style, zones, style.orders.get(column.name), past=column.event)
        texts = texts.set(nothing | (texts.str.len_chars() <= conventions().empty_time_length), None)
        values, order = read_times(texts, times)
    else:
        texts = texts.set(nothing, None)
        values = NUMBERS[column.kind](texts, style.decimal) if column.kind in NUMBERS else _flags(texts)
    refused = values.is_null() & texts.is_not_null()
    return Typed(values.alias(column.name), refused, order)


def _whole(texts: pl.Series, column: Column) -> Typed:
    """Identifiers and texts, which are taken whole or not at all; buyers made unrecognisable are nobody."""
    cell, said = pl.col("cell"), ~_says_nothing()
    if column.name == BUYER:
        said &= ~cell.str.contains(conventions().masked_persons)
    damaged = cell.str.contains(_DAMAGED[column.kind])
    cells = pl.DataFrame([(_without_prefix(texts) if column.kind == "id" else texts).alias("cell")])
    read = cells.select(pl.when(said & ~damaged).then(cell).alias(column.name), (said & damaged).alias("refused"))
    return Typed(read.to_series(0), read.to_series(1))


def _already_typed(cells: pl.Series, column: Column, zones: Zones) -> pl.Series | None:
    """Values of a typed file as they are, or None where they have to be read as text."""
    wanted = DTYPES[column.kind]
    if isinstance(cells.dtype, pl.Datetime) and column.kind == "time":
        if cells.dtype.time_zone is not None:
            cells = local(cells, zones)
        return cells.cast(wanted).dt.truncate("1s")
    takes = cells.dtype in {wanted, pl.Null()}
    takes |= cells.dtype == pl.Date() and column.kind == "time"
    takes |= cells.dtype.is_integer() and column.kind in {"integer", "number", "money"}
    takes |= cells.dtype.is_decimal() and column.kind in {"number", "money"}
    return cells.cast(wanted) if takes and cells.dtype != pl.String() else None


def _without_prefix(texts: pl.Series) -> pl.Series:
    marks = "|".join(re.escape(mark) for mark in conventions().id_prefixes)
    return texts.str.replace(rf"(?i)^(?:{marks})\s*", "")


def _flags(texts: pl.Series) -> pl.Series:
    flags = conventions().flags
    folded = texts.str.normalize("NFKC").str.to_lowercase()
    return folded.replace_strict(list(flags), list(flags.values()), default=None, return_dtype=pl.Boolean())


def amounts(written: pl.Series, *, fen: bool, unsigned: bool) -> pl.Series:
    """Amounts as they are meant: written in hundredths, or with a sign that only says which way the money went."""
    values = written.abs() if unsigned else written
    if not fen:
        return values
    return pl.select(pl.lit(values) * _WIDE).to_series().cast(DTYPES["money"], strict=False).alias(written.name)


def one_name(values: pl.Series, column: str) -> pl.Series:
    """Values with each name that is spelled in several ways under the one it counts as; others as they are."""
    names = conventions().names.get(column)
    if names is None:
        return values
    return mapped(values, lambda text: names.get(fold(text), text))


def mapped(texts: pl.Series, value_of: Callable[[str], str | None]) -> pl.Series:
    """Texts replaced by what a function makes of each distinct one."""
    distinct: Sequence[str] = [text for text in texts.unique().to_list() if text is not None]
    values = [value_of(text) for text in distinct]
    return texts.replace_strict(distinct, values, default=None, return_dtype=pl.String())
