"""Sheets → a workbook: ids as text cells, times and shares as such, formulas as text, the head frozen and filtered."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import xlsxwriter
from msgspec.structs import replace

from shopscore.render.sheet import Figure, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.render.sheet import Cell, Column, Sheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMATS = {
    "id": {"num_format": "@"},
    "text": {"text_wrap": False},
    "whole": {"num_format": "#,##0"},
    "broken": {"num_format": "#,##0.00##"},
    "share": {"num_format": "0%"},
    "rate": {"num_format": "0.0##%"},
    "money": {"num_format": "#,##0.00"},
    "time": {"num_format": "yyyy-mm-dd hh:mm"},
    "day": {"num_format": "yyyy-mm-dd"},
}
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_MOST_ROWS = 1_048_575
"""Excel's limits: letters of a sheet's name and of a cell, rows below the head."""


def render(sheets: Sequence[Sheet], made: dt.datetime) -> bytes:
    """The workbook; ``made`` is what it says of when it was made, so that the same data gives the same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": made, "author": "shopscore"})
        formats = {kind: book.add_format(what) for kind, what in _FORMATS.items()}
        head = book.add_format({"bold": True, "bottom": 1})
        for sheet in (part for each in sheets for part in _parts(each)):
            page = book.add_worksheet(sheet.name[:_LONGEST_NAME])
            for at, column in enumerate(sheet.columns):
                page.set_column(at, at, column.width, formats.get(column.kind))
                page.write_string(0, at, safe(column.head), head)
            for down, row in enumerate(sheet.rows, 1):
                for at, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
                    _write(page, (down, at), cell, column, formats)
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    return out.getvalue()


def _parts(sheet: Sheet) -> Iterator[Sheet]:
    """A sheet, or several where it has more rows than one may have."""
    yield replace(sheet, rows=sheet.rows[:_MOST_ROWS])
    for number, start in enumerate(range(_MOST_ROWS, len(sheet.rows), _MOST_ROWS), 2):
        yield replace(sheet, name=f"{sheet.name} {number}", rows=sheet.rows[start : start + _MOST_ROWS])


def _write(page: Any, at: tuple[int, int], cell: Cell, column: Column, formats: dict[str, Any]) -> None:  # noqa: ANN401 - untyped library
    how = formats[_shape(cell, column)]
    if cell is None:
        page.write_blank(*at, None, how)
    elif isinstance(cell, dt.date):
        page.write_datetime(*at, cell, how)
    elif isinstance(cell, Figure):
        page.write_number(*at, cell.number, how)
    elif column.kind in ("number", "share"):
        page.write_number(*at, cell, how)
    else:
        page.write_string(*at, safe(cell)[:_LONGEST_TEXT], how)


def _shape(cell: Cell, column: Column) -> str:
    """How a cell is shown: a number by what it is, everything else by its column."""
    if isinstance(cell, Figure) and cell.unit in ("rate", "money"):
        return cell.unit
    if column.kind in ("number", "figure"):
        number = cell.number if isinstance(cell, Figure) else cell
        return "broken" if isinstance(number, float) and not number.is_integer() else "whole"
    return column.kind
