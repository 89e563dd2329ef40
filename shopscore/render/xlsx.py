"""Sheets → a workbook: ids as text cells, times and shares as such, formulas as text, the head frozen and filtered."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

from shopscore.render.sheet import safe

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

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
    "number": {"num_format": "#,##0.##"},
    "share": {"num_format": "0%"},
    "time": {"num_format": "yyyy-mm-dd hh:mm"},
}
_LONGEST_NAME = 31
"""Excel's limit of a sheet's name."""


def render(sheets: Sequence[Sheet], made: dt.datetime) -> bytes:
    """The workbook; ``made`` is what it says of when it was made, so that the same data gives the same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": made})
        formats = {kind: book.add_format(what) for kind, what in _FORMATS.items()}
        head = book.add_format({"bold": True, "bottom": 1})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:_LONGEST_NAME])
            for at, column in enumerate(sheet.columns):
                page.set_column(at, at, column.width, formats[column.kind])
                page.write_string(0, at, safe(column.head), head)
            for down, row in enumerate(sheet.rows, 1):
                for at, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
                    _write(page, (down, at), cell, column, formats[column.kind])
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    return out.getvalue()


def _write(page: Any, at: tuple[int, int], cell: Cell, column: Column, how: Any) -> None:  # noqa: ANN401 - untyped library
    if cell is None:
        page.write_blank(*at, None, how)
    elif column.kind == "time":
        page.write_datetime(*at, cell, how)
    elif column.kind in ("number", "share"):
        page.write_number(*at, cell, how)
    else:
        page.write_string(*at, safe(cell), how)
