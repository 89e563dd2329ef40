"""What is known of a sheet before it is loaded: how far its cells reach, and which of them hold no value.

A workbook reader sets aside room for every cell up to the last one and hands out errors as blanks; so both are looked
up first, in the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from shopscore.readers import limits, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import Words

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class Hole(Struct, frozen=True):
    """A cell that shows something and yet holds no value.

    Attributes:
        row: its row, as a spreadsheet counts.
        place: its column, from 0.
        reason: a formula's error, or a formula whose result was not stored.
        text: what the cell shows.
    """

    row: int
    place: int
    reason: Literal["error_cell", "formula_cell"]
    text: str


class Survey(Struct, frozen=True):
    """How far the cells of a sheet reach, how many bytes hold them, its holes, and whether it may hold long numbers."""

    rows: int = 0
    columns: int = 0
    size: int = 0
    holes: tuple[Hole, ...] = ()
    long_numbers: bool = True


def problem(surveys: Iterable[Survey]) -> Words | None:
    """Why no sheet is loaded: one is too wide, does not fit into memory, or reaches far beyond what it holds."""
    for sheet in surveys:
        if sheet.rows * sheet.columns > _room(sheet.size):
            return sentences.SHEET_TOO_LARGE
        if sheet.columns > limits.MAX_COLUMNS:
            return sentences.TOO_WIDE
    return None


def _room(size: int) -> int:
    return min(limits.MAX_CELLS, max(limits.CELLS_FLOOR, size * limits.MAX_CELLS_PER_BYTE))
