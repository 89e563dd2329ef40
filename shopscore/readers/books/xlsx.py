"""A sheet of a modern workbook (.xlsx), a piece at a time → a survey of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopscore.readers.books.survey import Hole, Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ORDINARY = 64
"""Columns up to BL: so many fit into memory however many rows a sheet has, and need not be counted."""
_BEYOND = re.compile(rb'<c(?=[\s>/])(?! r="(?:[A-Z]|A[A-Z]|B[A-L])[0-9])')
_PLACELESS = re.compile(rb'<c(?=[\s>/])(?! r="[A-Z]{1,3}[0-9])')
_COLUMNS = re.compile(rb'<c r="([A-Z]+)')
_LAST_ROW = re.compile(rb'<c r="[A-Z]+([0-9]+)"')
_PREFIXED = re.compile(rb"<\w+:c[\s>/]")
# No tag is looked at beyond the next one, and nothing that was taken is given back: a tag that never ends costs no more
# than its length.
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s>/])([^<>]*+)>")
_PLACE = re.compile(rb"""\sr\s*+=\s*+["']([A-Za-z]*+)([0-9]+)""")
_FORMULA = rb"<f(?=[\s>/])[^<>]*+(?:(?<=/)>|(?<!/)>[^<]*+</f>)"
_ERROR = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?=[^<>]*?\st="e")[^<>]*+>(?:' + _FORMULA + rb")?<v>([^<]*+)<")
_NO_RESULT = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?![^<>]*?\st="str")[^<>]*+>' + _FORMULA + rb"(?:<v\s*+/>|<v></v>)?</c>"
)
_LONG_NUMBER = re.compile(rb"<v>[-+]?+[0-9]*+(?:(?<=[0-9]{16})|\.[0-9]*+(?<=[0-9]{16})|(?:\.[0-9]*+)?+[eE])")
"""A number of sixteen digits or with an exponent."""
_FEW = 1 << 20
"""Bytes of a sheet so small that its columns are counted in any case."""
_DIGITS = bytes(ord("0") if each in b"0123456789." else ord("e") if each in b"eE" else ord(" ") for each in range(256))
"""Every byte as part of a number, an exponent's letter or neither."""
_KEPT = 1 << 16
"""What is carried over where no cell begins in a whole piece: more than any cell holds."""


def survey(pieces: Iterable[bytes]) -> Survey:
    """How far the cells of a sheet reach, its holes, and whether a number in it may have lost digits."""
    rows = columns = size = 0
    long = False
    place = (0, 0)
    holes: list[Hole] = []
    for piece in _whole_cells(pieces):
        size += len(piece)
        reach = _reach(piece)
        if reach is None:
            place, reach = _counted(piece, place)
        rows, columns = max(rows, reach[0]), max(columns, reach[1])
        holes += _holes(piece)
        long = long or _may_be_long(piece)
    return Survey(rows, columns, size, tuple(holes), long)


def _whole_cells(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same, cut where a cell begins."""
    rest = b""
    for added in pieces:
        piece = rest + added
        cut = piece.rfind(b"<c ")
        if cut == 0 and len(piece) <= _KEPT:
            rest = piece
        elif cut <= 0:
            yield piece
            rest = piece[-_KEPT:] if cut < 0 else b""
        else:
            yield piece[:cut]
            rest = piece[cut:]
    yield rest


def _reach(piece: bytes) -> tuple[int, int] | None:
    """The last row and the number of columns, or None where a cell does not begin with its place."""
    beyond = _BEYOND.search(piece) is not None
    if (beyond and _PLACELESS.search(piece)) or (b":c" in piece and _PREFIXED.search(piece)):
        return None
    last = _LAST_ROW.match(piece, max(0, piece.rfind(b'<c r="')))
    if last is None:
        return 0, 0
    counted = beyond or len(piece) < _FEW
    return int(last[1]), max(map(_column, set(_COLUMNS.findall(piece)))) + 1 if counted else _ORDINARY


def _may_be_long(piece: bytes) -> bool:
    """Whether a number may have sixteen digits or an exponent; that a piece holds neither anywhere is seen first."""
    seen = piece.translate(_DIGITS)
    return (b"0" * 16 in seen or b"0e" in seen) and (_LONG_NUMBER.search(piece) is not None or _unusual(piece))


def _unusual(piece: bytes) -> bool:
    """Whether a value's tag may not be the usual one; then nothing is known of its number."""
    return piece.count(b"v>") != 2 * piece.count(b"<v>") or b":v" in piece


def _counted(piece: bytes, place: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The same, cell by cell: a cell without a place follows the one before it.

    Returns:
        Where the next cell without a place stands (row, column); the last row and the number of columns.
    """
    row, column = place
    rows = columns = 0
    for tag, attributes in _TAG.findall(piece):
        stated = _PLACE.search(attributes)
        if tag == b"row":
            row, column = int(stated[2]) if stated else row + 1, 0
            continue
        if stated and stated[1]:
            row, column = int(stated[2]), _column(stated[1].upper())
        column += 1
        rows, columns = max(rows, row), max(columns, column)
    return (row, column), (rows, columns)


def _holes(piece: bytes) -> Iterator[Hole]:
    if b't="e"' in piece:
        for column, row, text in _ERROR.findall(piece):
            yield Hole(int(row), _column(column), "error_cell", text.decode("utf-8", "replace"))
    if b"<f" in piece:
        for column, row in _NO_RESULT.findall(piece):
            yield Hole(int(row), _column(column), "formula_cell", "")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number - 1
