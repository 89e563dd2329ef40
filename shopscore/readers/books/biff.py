"""The stream of an old workbook (BIFF5, BIFF8) → whether it is locked, and a survey of its sheets."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from shopscore.readers import limits
from shopscore.readers.books.survey import ERRORS, Hole, Survey

if TYPE_CHECKING:
    from collections.abc import Iterator

STREAMS = ("Workbook", "Book")
LOOKED_AT = 2048
"""Bytes from the start of a stream among which the mark of a password stands."""
BYTEWISE = "Book"
"""The stream of a workbook whose texts are bytes of a code page."""
_EOF, _FILE_PASS, _BOUND_SHEET, _CODE_PAGE = 0x0A, 0x2F, 0x85, 0x42
_WESTERN = 1252
_PAGE = struct.Struct("<3H")
_FORMULA, _BOOL_ERR, _NUMBER, _LABEL, _RK, _LABEL_SST, _RICH = 0x06, 0x0205, 0x0203, 0x0204, 0x027E, 0xFD, 0xD6
_SINGLE = frozenset({_FORMULA, _BOOL_ERR, _NUMBER, _LABEL, _RK, _LABEL_SST, _RICH, 0x0201})
_MULTIPLE = frozenset({0xBD, 0xBE})
_PLACE = struct.Struct("<2H")
_CELL = 6
"""Bytes every cell begins with: row, column, format."""
_ERROR_RESULT = re.compile(rb"\x02.(.)...\xff\xff", re.DOTALL)
"""A formula's result that is an error; else it is a number, or another mark."""
_ERROR_VALUE = re.compile(rb"(.)\x01", re.DOTALL)
_ERRORS = {_FORMULA: _ERROR_RESULT, _BOOL_ERR: _ERROR_VALUE}


def is_locked(start: bytes) -> bool:
    """Whether a workbook's stream is encrypted, judged by its first bytes."""
    return any(kind == _FILE_PASS for kind, _, _ in _records(start, 0))


def code_page(stream: bytes) -> int:
    """The code page a workbook states for its texts; one that states none means the western one."""
    found = (stream[at : at + min(length, 2)] for kind, at, length in _records(stream, 0) if kind == _CODE_PAGE)
    return next((int.from_bytes(page, "little") for page in found), _WESTERN)


def with_western_page(content: bytes, page: int) -> bytes:
    """A workbook file that states the western code page instead, in which every byte is a character."""
    stated, western = (_PAGE.pack(_CODE_PAGE, 2, each) for each in (page, _WESTERN))
    return content.replace(stated, western, 1)


def survey(stream: bytes) -> tuple[Survey, ...]:
    """Every sheet of a workbook, in its order."""
    starts = []
    for kind, at, length in _records(stream, 0):
        if kind == _BOUND_SHEET:
            starts.append(int.from_bytes(stream[at : at + min(length, 4)], "little"))
    return tuple(_sheet(stream, start) for start in starts[: limits.MAX_SHEETS])


def _sheet(stream: bytes, start: int) -> Survey:
    rows = columns = end = 0
    holes = []
    for kind, at, length in _records(stream, start):
        end = at + length
        if kind not in _SINGLE and kind not in _MULTIPLE:
            continue
        if length < _CELL or at + length > len(stream):
            break
        row, column = _PLACE.unpack_from(stream, at)
        if kind in _MULTIPLE:
            column = int.from_bytes(stream[at + length - 2 : at + length], "little")
        rows, columns = max(rows, row + 1), max(columns, column + 1)
        shape = _ERRORS.get(kind)
        if shape and (error := shape.match(stream, at + _CELL, at + length)):
            holes.append(Hole(row + 1, column, "error_cell", ERRORS.get(error[1][0], "#N/A")))
    return Survey(rows, columns, max(0, min(end, len(stream)) - start), tuple(holes))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of one sheet, or of the workbook's head: kind, where the content begins, its length."""
    size = len(stream)
    while at + 4 <= size:
        kind, length = _PLACE.unpack_from(stream, at)
        yield kind, at + 4, length
        at += 4 + length
        if kind == _EOF:
            return
