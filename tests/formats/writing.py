"""Layouts and rows → bytes as back offices write them; shared by the scripts that make ``data/``."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
Row = dict[str, str]


def headers(name: str) -> dict[str, list[str]]:
    """The layouts that a file of headers holds, by name."""
    blocks = (HERE / name).read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return {block.split("\n")[0].strip("[]"): block.split("\n")[1:] for block in blocks}


def write_csv(  # noqa: PLR0913 (all by name)
    name: str,
    header: Sequence[str],
    rows: Sequence[Row],
    encoding: str,
    *,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    end: str = "",
) -> None:
    """A CSV file; ``end`` follows every line, as the comma of exports whose last column has no name."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=f"{end}\r\n")
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    content = "".join((*(f"{line}\r\n" for line in above), text.getvalue(), *(f"{line}\r\n" for line in below)))
    (HERE / "data" / name).write_bytes(content.encode(encoding))


def write_xlsx(name: str, sheets: dict[str, tuple[Sequence[str], Sequence[Row]]], above: Sequence[str] = ()) -> None:
    """A workbook of text cells; ``above`` are the rows of one cell over the headers."""
    book = xlsxwriter.Workbook(str(HERE / "data" / name))
    for sheet, (header, rows) in sheets.items():
        page = book.add_worksheet(sheet)
        lines = [*([line] for line in above), list(header), *([row.get(title, "") for title in header] for row in rows)]
        for at, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                if cell:
                    page.write_string(at, column, cell)
    book.close()
