"""Cells of a document, put down one by one → the sheets they make."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field

from shopscore.readers import limits
from shopscore.readers.kinds.sheet import Header, Sheet
from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.readers.books.survey import Hole

_COUNT = re.compile(r"[1-9][0-9]{0,7}")
_EXACT_INTEGERS = 2**53
_SHORTEST, _LONGEST = Decimal("1e-9"), Decimal(_EXACT_INTEGERS)


class TooLargeError(ValueError):
    """The tables of a document do not fit into memory."""


class Drawing(Struct):
    """One table while it is read.

    Attributes:
        name: of its sheet.
        rows: column → text of every row.
        holes: cells that show something and hold no value.
        frames: whether it does no more than place other tables on a page.
        room: how many cells may still be put down in all tables of the document.
    """

    name: str
    room: list[int] = field(default_factory=lambda: [limits.MAX_MARKUP_CELLS])
    rows: list[dict[int, str]] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    frames: bool = False

    def spend(self, cells: int) -> None:
        """Take room for some cells.

        Raises:
            TooLargeError: there is none.
        """
        self.room[0] -= cells
        if self.room[0] < 0:
            raise TooLargeError

    def fill(self, rows: int) -> None:
        """Add blank rows up to a number of rows in all."""
        missing = rows - len(self.rows)
        if missing > 0:
            self.spend(missing)
            self.rows.extend({} for _ in range(missing))

    def put(self, row: int, column: int, text: str, across: int = 1) -> None:
        """Write a cell, and the same beside it; rows and columns count from 0."""
        self.fill(row + 1)
        last = min(column + across, limits.MAX_COLUMNS + 1)
        self.spend(max(1, last - column))
        self.rows[row].update(dict.fromkeys(range(column, last), text))


def new_drawing(name: str, others: Sequence[Drawing]) -> Drawing:
    """A further table of a document, which shares the room of the others."""
    return Drawing(name, others[0].room) if others else Drawing(name)


def sheet_of(drawing: Drawing, encoding: str | None = None) -> Sheet:
    """A table that was read."""
    first = drawing.rows[: limits.HEADER_ROWS]
    width = max((column for row in drawing.rows for column in row), default=-1) + 1
    shown = (tuple(row.get(at, "") for at in range(width)) for row in first)
    grids = partial(_grids, drawing)
    height = 0 if drawing.frames else len(drawing.rows)
    return Sheet(drawing.name, tuple(shown), grids, encoding, height=height, holes=tuple(drawing.holes))


def _grids(drawing: Drawing, header: Header) -> Iterator[pl.DataFrame]:
    said = [
        (number, row)
        for number, row in enumerate(drawing.rows[header.row + 1 :], header.row + 2)
        if any(text.strip() for text in row.values())
    ]
    yield pl.DataFrame(
        [
            pl.Series("_row", [number for number, _ in said], dtype=pl.Int64()),
            repeated(len(said), pl.String()).alias("_flaw"),
            *(
                pl.Series(f"c{place}", [row.get(place) for _, row in said], dtype=pl.String())
                for place in header.wanted
            ),
        ]
    )


def times(written: str | None) -> int:
    """A number of rows or columns as a document states it; 1 where it states none."""
    return int(written) if written and _COUNT.fullmatch(written) else 1


def number_text(written: str) -> str:
    """A number as a document stores it, written out; too large to be exact, it keeps the mark of that.

    Whole numbers a spreadsheet cannot tell apart (from 2^53 on) end in ``.0``, by which damaged identifiers are known.
    """
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written
    size = number.copy_abs()
    if not number.is_finite() or 0 < size < _SHORTEST:
        return written
    if size >= _LONGEST:
        return written if "e" in written.lower() else f"{number:f}".partition(".")[0] + ".0"
    return f"{number:f}" if number != number.to_integral_value() else f"{number.to_integral_value():f}"
