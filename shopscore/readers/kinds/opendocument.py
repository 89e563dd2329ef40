"""The elements of an OpenDocument spreadsheet, one after the other → its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from shopscore.readers.books.survey import Hole
from shopscore.readers.kinds.drawing import Drawing, new_drawing, number_text, times

if TYPE_CHECKING:
    from collections.abc import Mapping

_NS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0 {}"
_TABLE, _ROW, _CELL, _COVERED = (
    _NS.format("table", name) for name in ("table", "table-row", "table-cell", "covered-table-cell")
)
_NAME, _ROWS, _COLUMNS, _FORMULA = (
    _NS.format("table", name) for name in ("name", "number-rows-repeated", "number-columns-repeated", "formula")
)
_TYPE, _NUMBER, _DATE, _FLAG, _STRING, _REMARK = (
    _NS.format("office", name)
    for name in ("value-type", "value", "date-value", "boolean-value", "string-value", "annotation")
)
_PARAGRAPH, _SPACE, _TAB, _BREAK, _COUNT = (_NS.format("text", name) for name in ("p", "s", "tab", "line-break", "c"))
_SHAPE = _NS.format("drawing", "frame")
_SHOWN = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_STORED = {"float": _NUMBER, "percentage": _NUMBER, "currency": _NUMBER, "date": _DATE, "boolean": _FLAG}
_MOST_SPACES = 1000


class OpenDocument(Struct):
    """What was read so far.

    Attributes:
        drawings: the tables.
        row: the row that is open, from 0.
        rows: how many equal ones it stands for.
        column: where the next cell goes.
        cell: attributes of the open cell.
        lines: its paragraphs, or None outside of a cell.
        in_paragraph: whether text belongs to one of them.
        beside: how many remarks and shapes are open, whose text is not the cell's.
    """

    drawings: list[Drawing] = field(default_factory=list)
    row: int = 0
    rows: int = 1
    column: int = 0
    cell: Mapping[str, str] = field(default_factory=dict)
    lines: list[str] | None = None
    in_paragraph: bool = False
    beside: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name in {_REMARK, _SHAPE}:
            self.beside += 1
        elif self.beside:
            return
        elif name == _TABLE:
            self.drawings.append(new_drawing(attributes.get(_NAME, ""), self.drawings))
            self.row = 0
        elif name == _ROW:
            self.rows, self.column = times(attributes.get(_ROWS)), 0
        elif name in {_CELL, _COVERED}:
            self.cell, self.lines = attributes, []
        elif self.lines is not None:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _PARAGRAPH and self.lines is not None:
            self.lines.append("")
            self.in_paragraph = True
        elif name == _SPACE:
            self.text(" " * min(times(attributes.get(_COUNT)), _MOST_SPACES))
        elif name == _TAB:
            self.text("\t")
        elif name == _BREAK:
            self.text("\n")

    def text(self, text: str) -> None:
        """Text inside the element begun last."""
        if self.lines and self.in_paragraph and not self.beside:
            self.lines[-1] += text

    def end(self, name: str) -> None:
        """An element ends."""
        if name in {_REMARK, _SHAPE}:
            self.beside -= 1
        elif self.beside:
            return
        elif name == _PARAGRAPH:
            self.in_paragraph = False
        elif name in {_CELL, _COVERED}:
            self._cell(times(self.cell.get(_COLUMNS)))
            self.lines = None
        elif name == _ROW:
            self._repeat()
            self.row += self.rows

    def _cell(self, across: int) -> None:
        if self.drawings:
            drawing, shown = self.drawings[-1], "\n".join(self.lines or ())
            if self.cell.get(_SHOWN) == "error":
                drawing.holes.append(Hole(self.row + 1, self.column, "error_cell", shown))
            elif text := self._value(shown):
                drawing.put(self.row, self.column, text, across)
            elif _FORMULA in self.cell and _TYPE not in self.cell:
                drawing.holes.append(Hole(self.row + 1, self.column, "formula_cell", ""))
        self.column += across

    def _value(self, shown: str) -> str:
        """What the cell holds; of a length of time what it shows."""
        kind = self.cell.get(_TYPE, "")
        if kind == "string":
            return self.cell.get(_STRING, shown)
        stored = self.cell.get(_STORED.get(kind, ""), shown)
        return number_text(stored) if _STORED.get(kind) == _NUMBER else stored

    def _repeat(self) -> None:
        """A row that stands for several is written as often; blank ones count once something follows."""
        drawing = self.drawings[-1] if self.drawings else None
        if drawing is not None and self.rows > 1 and len(drawing.rows) == self.row + 1:
            again = drawing.rows[self.row]
            drawing.spend(self.rows * max(1, len(again)))
            drawing.rows.extend([again] * (self.rows - 1))
