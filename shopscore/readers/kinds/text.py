"""Delimited text in any encoding → one sheet per delimiter under which it can be read."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from shopscore.readers import limits, sentences, sniff
from shopscore.readers.kinds.sheet import Header, Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from shopscore.model import Words

DELIMITERS = (",", "\t", ";")
_SAYS = r"\S"


def sheets(content: Path | bytes, words: Collection[str], encoding: str | None) -> Iterator[tuple[Sheet, ...]] | Words:
    """A text file under each delimiter.

    Args:
        content: the file on disk, or its bytes.
        words: folded header words of all formats, by which encodings are told.
        encoding: if the user states it.
    """
    data = content.read_bytes() if isinstance(content, Path) else content
    encoding = encoding or sniff.encoding_of(data, words)
    if encoding is None:
        return sentences.NO_TEXT
    # Under the same name, so that a large file is not held twice.
    data = sniff.to_utf8(data, encoding)
    heads = text_heads(data)
    return iter([tuple(Sheet("", head.rows, partial(_grids, data, head), encoding) for head in heads)])


def _grids(data: bytes, head: Head, header: Header) -> Iterator[pl.DataFrame]:
    yield text_grid(data, head, header.row, header.wanted)


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
    ragged = pl.when(pl.col(f"c{width}").str.contains(_SAYS)).then(pl.lit("ragged_row"))
    blank = ~pl.concat_str(_names(width), ignore_nulls=True).str.contains(_SAYS)
    return rows.select(ragged.alias("_flaw"), *(f"c{number}" for number in wanted), blank.alias("_blank"))


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
