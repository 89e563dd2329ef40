"""UTF-8 lines of delimited text → its rows as grids, and what is wrong with the text beyond single rows."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.model import Example, Refusal
from shopscore.readers.kinds import marks, quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SAYS = r"\S"
_FEW = 3
"""Cells looked at before all others to see that a row says something."""


class Shape(Struct, frozen=True):
    """What the rows of a text look like.

    Attributes:
        delimiter: between cells.
        width: how many columns the header has.
        wanted: the places of the columns to keep.
        full: whether its first rows have all the header's cells, so that a last row with fewer is cut off.
    """

    delimiter: str
    width: int
    wanted: Sequence[int]
    full: bool

    @property
    def names(self) -> list[str]:
        """One column more than the header has, for rows with more cells than it."""
        return [f"c{place}" for place in range(self.width + 1)]

    @property
    def kept(self) -> list[str]:
        """The columns to keep."""
        return [f"c{place}" for place in self.wanted]


class Faults(Struct):
    """What was found wrong with a text beyond single rows, as its rows are gone through.

    Attributes:
        foreign: how many rows hold text in another encoding.
        first: the first of them.
        cut: the row within which the file ends.
    """

    foreign: int = 0
    first: int = 0
    cut: int = 0

    def notes(self) -> tuple[Refusal, ...]:
        """As notes of the account."""
        mixed = Refusal("mixed_encoding", self.foreign, (Example(self.first, "", ""),))
        cut = Refusal("truncated", 1, (Example(self.cut, "", ""),))
        return (*((mixed,) if self.foreign else ()), *((cut,) if self.cut else ()))


def grids(blocks: Iterable[bytes], shape: Shape, number: int, faults: Faults) -> Iterator[pl.DataFrame]:
    """The rows of a text below its header (see ``kinds``), at least one grid.

    Args:
        blocks: whole lines; only the last block may lack its line end.
        shape: of the rows.
        number: the first row's.
        faults: where to write what is found wrong.
    """
    faults.foreign = faults.first = faults.cut = 0
    rest = b""
    for block in blocks:
        data = rest + block
        rows, rest = _rows(data, shape, ends=not data.endswith(b"\n"))
        yield _numbered(rows, number, faults)
        number += rows.height
    if rest:
        rows, _ = _rows(rest, shape, ends=True)
        yield _numbered(rows, number, faults)


def _rows(data: bytes, shape: Shape, *, ends: bool) -> tuple[pl.DataFrame, bytes]:
    """The rows of whole lines, and the lines of a row that goes on beyond them."""
    try:
        return _split(data, shape, ends=ends)
    except pl.exceptions.PolarsError:
        # Not UTF-8 everywhere.
        return _split(marks.mended(data), shape, ends=ends)


def _split(data: bytes, shape: Shape, *, ends: bool) -> tuple[pl.DataFrame, bytes]:
    text, rest, written_anew = data, b"", False
    if b'"' in data:
        lines = quotes.lines_of(data)
        wrong = quotes.malformed(lines, shape.delimiter)
        if wrong.any():
            (text, rest), written_anew = quotes.row_a_line(lines, wrong, shape.delimiter, ends=ends), True
    rows = _read(text, shape)
    if written_anew:
        rows = rows.with_columns(quotes.with_line_ends(pl.col(shape.kept)))
    if ends and shape.full and not data.endswith(b"\n") and _is_short(text, shape):
        last = pl.int_range(pl.len()) == pl.len() - 1
        rows = rows.with_columns(
            _flaw=pl.when(last & ~pl.col("_blank") & pl.col("_flaw").is_null())
            .then(pl.lit("cut_row"))
            .otherwise("_flaw")
        )
    return rows, rest


def _read(text: bytes, shape: Shape) -> pl.DataFrame:
    """Lines that are a row each: the columns to keep, which rows are flawed, blank, or hold another encoding."""
    cells = pl.scan_csv(
        text,
        has_header=False,
        separator=shape.delimiter,
        schema=dict.fromkeys(shape.names, pl.String()),
        infer_schema=False,
        missing_columns="insert",
        extra_columns="ignore",
        raise_if_empty=False,
    )
    every = pl.concat_str(shape.names, ignore_nulls=True)
    marked = b"\0" in text
    said = pl.coalesce(shape.kept[:_FEW]).str.contains(_SAYS).fill_null(value=False)
    foreign = every.str.contains(marks.FOREIGN.decode(), literal=True) if marked else pl.lit(value=False)
    columns = [_flaw(shape, marked=marked), *map(pl.col, shape.kept), foreign.alias("_foreign")]
    # Streamed, so that of columns nobody asked for no more is in memory than a part.
    rows = cells.select(*columns, (~said).alias("_blank")).collect(engine="streaming").rechunk()
    if rows.get_column("_blank").any():
        blank = cells.select((~every.str.contains(_SAYS)).alias("_blank")).collect(engine="streaming")
        rows = rows.with_columns(blank.get_column("_blank"))
    return rows


def _flaw(shape: Shape, *, marked: bool) -> pl.Expr:
    """Why a row as the file holds it is no row of the table."""
    ragged = pl.when(pl.col(f"c{shape.width}").str.contains(_SAYS)).then(pl.lit("ragged_row"))
    if not marked:
        return ragged.alias("_flaw")
    read = pl.concat_str(shape.kept, ignore_nulls=True)
    return (
        pl.when(pl.col("c0") == marks.LONG.decode())
        .then(pl.lit("long_row"))
        .when(read.str.contains(marks.CUT.decode(), literal=True))
        .then(pl.lit("cut_row"))
        .when(read.str.contains("\0", literal=True))
        .then(pl.lit("undecodable_row"))
        .otherwise(ragged)
        .alias("_flaw")
    )


def _is_short(text: bytes, shape: Shape) -> bool:
    """Whether the last line has fewer cells than the header."""
    last = text.removesuffix(b"\n").rpartition(b"\n")[2].decode("utf-8", "replace")
    return len(next(csv.reader([last], delimiter=shape.delimiter), [])) < shape.width


def _numbered(rows: pl.DataFrame, number: int, faults: Faults) -> pl.DataFrame:
    """The rows with their numbers, blank ones left out."""
    numbers = pl.int_range(number, number + rows.height, dtype=pl.Int64, eager=True).alias("_row")
    foreign, flaws = rows.get_column("_foreign"), rows.get_column("_flaw")
    if foreign.any():
        faults.first = faults.first or numbers.filter(foreign)[0]
        faults.foreign += int(foreign.sum())
    if rows.height and flaws[-1] == "cut_row":
        faults.cut = numbers[-1]
    blank = rows.get_column("_blank")
    grid = rows.drop("_blank", "_foreign").insert_column(0, numbers)
    return grid.filter(~blank) if blank.any() else grid
