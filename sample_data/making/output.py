"""Writing files the same way on every run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | int | float | None


def _headers() -> dict[str, list[str]]:
    blocks = (Path(__file__).parent / "headers.md").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return {name.strip("[]"): columns for name, *columns in (block.split("\n") for block in blocks)}


HEADERS = _headers()
"""Layout → its header cells, as the back offices write them, trailing spaces included."""


def stamp(time: dt.datetime | None, blank: str = "") -> str:
    """A time as back offices and canonical files write it."""
    return blank if time is None else f"{time:%Y-%m-%d %H:%M:%S}"


def money(fen: int) -> str:
    """Fen as yuan with two places."""
    return f"{fen // 100}.{fen % 100:02d}"


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], encoding: str = "utf-8") -> None:
    """A CSV file with CRLF line ends, as back offices write them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def write_xlsx(path: Path, sheet: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A workbook of one sheet; blank cells are left out, the creation date is fixed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": dt.datetime(2026, 11, 22, tzinfo=dt.UTC)})
    page = book.add_worksheet(sheet)
    for at, row in enumerate([header, *rows]):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell:
                page.write_string(at, column, cell)
            elif isinstance(cell, int | float):
                page.write_number(at, column, cell)
    book.close()
