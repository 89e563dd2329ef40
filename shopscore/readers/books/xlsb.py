"""A sheet of a binary workbook (.xlsb) → a survey of it, and whether a reader can read its cells at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.readers.books.survey import ERRORS, Hole, Survey

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROW, _SHEET = 0, 156
_CELLS = range(1, 12)
_ERRORS = (3, 11)
_SHORT = range(12, 19)
"""Cells without a column of their own, which some programs write and few read."""


_VALUE = 8
"""Bytes before a cell's value: its column and format."""
_LONGEST = 28
"""Bits of a record's length."""


class ShortCellsError(ValueError):
    """The sheet has cells without a column of their own."""


def survey(part: bytes) -> Survey:
    """The cells of a sheet.

    Raises:
        ShortCellsError: they would be lost.
    """
    row = rows = columns = 0
    holes = []
    for kind, at, length in _records(part):
        if kind == _ROW:
            row = int.from_bytes(part[at : at + 4], "little")
        elif kind in _CELLS:
            column = int.from_bytes(part[at : at + 4], "little")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind in _ERRORS and _VALUE < length <= len(part) - at:
                holes.append(Hole(row + 1, column, "error_cell", ERRORS.get(part[at + _VALUE], "#N/A")))
        elif kind in _SHORT:
            raise ShortCellsError
    return Survey(rows, columns, len(part), tuple(holes))


def listed(book: bytes) -> tuple[str, ...]:
    """The relations a workbook's sheets are found by, in the order of the sheets."""
    found = []
    for kind, at, _ in _records(book):
        if kind == _SHEET:
            length = int.from_bytes(book[at + 8 : at + 12], "little")
            found.append(book[at + 12 : at + 12 + 2 * min(length, 255)].decode("utf-16-le", "replace"))
    return tuple(found)


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """The records of a part: kind, where the content begins, its length."""
    at, size = 0, len(part)
    while at < size:
        kind = part[at]
        at += 1
        if kind & 0x80 and at < size:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < size and shift < _LONGEST:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, at, length
        at += length
