"""Content → a grid of text: the rows below the header, blank ones left out, every cell as it was written.

A grid's frame has ``_row`` (the row's number in the file, as a spreadsheet counts), ``_extra`` (True where a row has
more cells than the header) and ``c0, c1, …`` for the header's columns that were asked for. Cells are strings, except
in Parquet files, which keep their types.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

import fastexcel
import polars as pl

from shopscore.readers import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DELIMITERS = (",", "\t", ";")
_SAYS = r"\S"


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a text file under one delimiter, and how many lines each of them ends."""

    delimiter: str
    rows: tuple[tuple[str, ...], ...]
    ends: tuple[int, ...]


def text_heads(data: bytes) -> tuple[Head, ...]:
    """The first rows of a UTF-8 text file, read under each delimiter."""
    lines = data[: limits.SAMPLE_BYTES].decode("utf-8", "ignore").split("\n")
    if len(data) > limits.SAMPLE_BYTES:
        lines = lines[:-1]
    return tuple(_head([f"{line}\n" for line in lines], delimiter) for delimiter in DELIMITERS)


def _head(lines: Sequence[str], delimiter: str) -> Head:
    rows: list[tuple[str, ...]] = []
    ends: list[int] = []
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in islice(reader, limits.HEADER_ROWS):
            rows.append(tuple(row[: limits.MAX_COLUMNS + 1]))
            ends.append(reader.line_num)
    except csv.Error:
        # A cell too long to be one: what stands before it is still looked at.
        pass
    return Head(delimiter, tuple(rows), tuple(ends))


def text_grid(data: bytes, head: Head, row: int, wanted: Sequence[int]) -> pl.DataFrame:
    """The rows of a UTF-8 text file below its header.

    Args:
        data: the whole file.
        head: its first rows.
        row: the header's place among them.
        wanted: the header's columns to keep.
    """
    frame = _fast_csv(data, head, row, wanted)
    if frame is None:
        frame = _careful_csv(data, head, row, wanted)
    numbers = pl.int_range(row + 2, row + 2 + frame.height, dtype=pl.Int64, eager=True).alias("_row")
    blank = frame.get_column("_blank")
    below = frame.drop("_blank").insert_column(0, numbers)
    return below.filter(~blank) if blank.any() else below


def _names(width: int) -> list[str]:
    """One column more than the header has, for rows with more cells than it."""
    return [f"c{number}" for number in range(width + 1)]


def _kept(rows: pl.LazyFrame, width: int, wanted: Sequence[int]) -> pl.LazyFrame:
    """The columns asked for, which rows have cells beyond the header, and which have none at all."""
    extra = pl.col(f"c{width}").fill_null("").str.contains(_SAYS)
    blank = ~pl.concat_str(_names(width), ignore_nulls=True).str.contains(_SAYS)
    return rows.select(extra.alias("_extra"), *(f"c{number}" for number in wanted), blank.alias("_blank"))


def _fast_csv(data: bytes, head: Head, row: int, wanted: Sequence[int]) -> pl.DataFrame | None:
    """The rows as Polars reads them, or None where stray quotes may have made it join or split them."""
    width, skipped = len(head.rows[row]), head.ends[row]
    rows = pl.scan_csv(
        data,
        has_header=False,
        skip_lines=skipped,
        separator=head.delimiter,
        schema=dict.fromkeys(_names(width), pl.String()),
        infer_schema=False,
        missing_columns="insert",
        extra_columns="ignore",
        raise_if_empty=False,
    )
    try:
        # Streamed, so that of columns nobody asked for no more is in memory than a part.
        frame = _kept(rows, width, wanted).collect(engine="streaming").rechunk()
    except pl.exceptions.PolarsError:
        return None
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    return frame if b'"' not in data or frame.height == lines - skipped else None


def _careful_csv(data: bytes, head: Head, row: int, wanted: Sequence[int]) -> pl.DataFrame:
    """The same by Python's reader: slower, at ease with stray quotes and line ends inside cells."""
    try:
        return _joined(data, head, row, wanted, csv.QUOTE_MINIMAL)
    except csv.Error:
        # A quote that is never closed swallows the rest of the file: then quotes are no more than characters.
        return _joined(data, head, row, wanted, csv.QUOTE_NONE)


def _joined(data: bytes, head: Head, row: int, wanted: Sequence[int], quoting: Literal[0, 3]) -> pl.DataFrame:
    width = len(head.rows[row])
    text = io.TextIOWrapper(io.BytesIO(data), "utf-8", "replace", newline="\n")
    below = islice(csv.reader(text, delimiter=head.delimiter, quoting=quoting), row + 1, None)
    schema = dict.fromkeys(_names(width), pl.String())
    parts = [_kept(pl.LazyFrame(schema=schema), width, wanted).collect()]
    while chunk := list(islice(below, 50_000)):
        # Rows of equal length make columns; what a row lacks is blank.
        padded = [(*cells[: width + 1], *[""] * (width + 1 - len(cells))) for cells in chunk]
        rows = pl.LazyFrame(padded, schema=schema, orient="row")
        parts.append(_kept(rows, width, wanted).collect())
    return pl.concat(parts, rechunk=True)


def workbook(data: bytes) -> fastexcel.ExcelReader:
    """A workbook of which no sheet was read yet."""
    return fastexcel.read_excel(data)


def sheets(book: fastexcel.ExcelReader) -> Iterator[tuple[int, pl.DataFrame]]:
    """The sheets of a workbook as text, hidden ones too, each cell as the workbook shows it."""
    for number in range(min(len(book.sheet_names), limits.MAX_SHEETS)):
        sheet = book.load_sheet(number, header_row=None, skip_rows=0, dtypes="string")
        yield number, sheet.to_polars()


def sheet_rows(sheet: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    """The first rows of a sheet."""
    if sheet.width > limits.MAX_COLUMNS:
        return ()
    return tuple(tuple(cell or "" for cell in cells) for cells in sheet.head(limits.HEADER_ROWS).iter_rows())


def sheet_grid(sheet: pl.DataFrame, row: int, wanted: Sequence[int]) -> pl.DataFrame:
    """The rows of a sheet below its header."""
    names = sheet.columns
    said = pl.concat_str(names, ignore_nulls=True).str.contains(_SAYS)
    below = sheet.lazy().with_row_index("_row", offset=1).slice(row + 1).filter(said)
    return below.select(
        pl.col("_row").cast(pl.Int64),
        pl.lit(False).alias("_extra"),
        *(pl.col(names[number]).alias(f"c{number}") for number in wanted),
    ).collect()


def number_cells(book: fastexcel.ExcelReader, sheet: int, columns: Sequence[int], height: int) -> list[pl.Series]:
    """Which cells of a sheet's columns are numbers rather than text.

    A number turns into a boolean and a text does not, which is the one way the workbook reader tells them apart.

    Args:
        book: the workbook.
        sheet: the sheet's number.
        columns: the columns' places, in ascending order.
        height: the sheet's rows.
    """
    loaded = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="boolean", use_columns=list(columns))
    cells = (column.is_not_null() for column in loaded.to_polars().iter_columns())
    return [column.extend_constant(value=False, n=max(0, height - len(column))) for column in cells]


def parquet(content: Path | bytes) -> pl.LazyFrame:
    """A Parquet file of which nothing but its columns is known so far."""
    return pl.scan_parquet(_opened(content), glob=False)


def parquet_grid(stored: pl.LazyFrame, header: Sequence[str], wanted: Sequence[int]) -> pl.DataFrame:
    """The rows of a Parquet file, typed as they are stored."""
    frame = stored.select(header[number] for number in wanted).collect()
    extra = pl.Series("_extra", [False]).new_from_index(0, frame.height)
    numbers = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias("_row")
    cells = (frame.get_column(header[number]).alias(f"c{number}") for number in wanted)
    return pl.DataFrame([numbers, extra, *cells])


def parquet_notes(content: Path | bytes) -> dict[str, str]:
    """What ``save`` wrote beside the rows: the shop and how far the table can be trusted."""
    return pl.read_parquet_metadata(_opened(content))


def _opened(content: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content
