"""The elements of Excel's XML Spreadsheet 2003, one after the other → its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from shopscore.readers.books.survey import Hole
from shopscore.readers.kinds.drawing import Drawing, TooLargeError, new_drawing, number_text, times

if TYPE_CHECKING:
    from collections.abc import Mapping

_SS = "urn:schemas-microsoft-com:office:spreadsheet "
_SHEET, _ROW, _CELL, _DATA, _COMMENT = (_SS + name for name in ("Worksheet", "Row", "Cell", "Data", "Comment"))
_INDEX, _NAME, _TYPE, _ACROSS, _FORMULA = (_SS + name for name in ("Index", "Name", "Type", "MergeAcross", "Formula"))
_FLAGS = {"1": "true", "0": "false"}
_FURTHEST = 1 << 20
"""Rows of a sheet; no place lies beyond."""


class SpreadsheetML(Struct):
    """What was read so far.

    Attributes:
        drawings: the tables.
        row: the row that is open, from 0.
        column: where the next cell goes.
        cell: attributes of the open cell.
        data: its text, or None outside of it.
        kind: of its value.
        in_comment: whether text belongs to a remark beside the cell.
    """

    drawings: list[Drawing] = field(default_factory=list)
    row: int = -1
    column: int = 0
    cell: Mapping[str, str] = field(default_factory=dict)
    data: list[str] | None = None
    kind: str = ""
    in_comment: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == _SHEET:
            self.drawings.append(new_drawing(attributes.get(_NAME, ""), self.drawings))
            self.row = -1
        elif name == _ROW:
            self.row, self.column = _place(attributes, self.row + 1), 0
        elif name == _CELL:
            self.column = _place(attributes, self.column)
            self.cell, self.data, self.kind = attributes, None, ""
        elif name == _COMMENT:
            self.in_comment = True
        elif name == _DATA and not self.in_comment:
            self.data, self.kind = [], attributes.get(_TYPE, "String")

    def text(self, text: str) -> None:
        """Text inside the element begun last."""
        if self.data is not None and not self.in_comment and self.kind:
            self.data.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == _COMMENT:
            self.in_comment = False
        elif name == _DATA and not self.in_comment:
            self._cell("".join(self.data or ()))
            self.kind = ""
        elif name == _CELL:
            if self.data is None and _FORMULA in self.cell and self.drawings:
                self.drawings[-1].holes.append(Hole(self.row + 1, self.column, "formula_cell", ""))
            self.column += 1 + (times(self.cell[_ACROSS]) if self.cell.get(_ACROSS, "0") != "0" else 0)

    def _cell(self, text: str) -> None:
        if not self.drawings or not text:
            return
        if self.kind == "Error":
            self.drawings[-1].holes.append(Hole(self.row + 1, self.column, "error_cell", text))
            return
        if self.kind == "Number":
            text = number_text(text)
        elif self.kind == "Boolean":
            text = _FLAGS.get(text, text)
        self.drawings[-1].put(max(self.row, 0), self.column, text)


def _place(attributes: Mapping[str, str], following: int) -> int:
    """Where a row or cell stands: as it states, or after the one before it."""
    stated = attributes.get(_INDEX)
    place = following if stated is None else times(stated) - 1
    if place > _FURTHEST:
        raise TooLargeError
    return place
