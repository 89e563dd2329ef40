"""A sheet → CSV that Excel opens by a double click: UTF-8 with BOM, RFC 4180, ids kept, formulas shown and not run.

A spreadsheet reads 19 digits as a number and keeps 15 of them. The platforms' own exports keep them in two ways: as a
formula (``="2738…"``) or by a tab in the cell. Cells that begin with ``=`` are what programs refuse for good reasons,
so an id that looks like a number ends in a tab, which every reader of ids here takes off again.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from shopscore.render.sheet import Figure, looks_like_a_number, safe

if TYPE_CHECKING:
    from shopscore.render.sheet import Cell, Column, Sheet

BOM = "\ufeff"


def render(sheet: Sheet) -> str:
    """The sheet as text; written as UTF-8, its BOM tells Excel so."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(column.head) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_cell(cell, column) for cell, column in zip(row, sheet.columns, strict=True)])
    return BOM + out.getvalue()


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if column.kind == "id":
        text = safe(cell)
        return text + "\t" if looks_like_a_number(text) else text
    if column.kind == "text":
        return safe(cell)
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    number = cell.number if isinstance(cell, Figure) else cell
    return f"{number:.15g}" if isinstance(number, float) else str(number)
