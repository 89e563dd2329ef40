"""One file's content → its grid, its format and its encoding, or the sentence why it cannot be used."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers import grids, sniff
from shopscore.readers.archives import oversized
from shopscore.readers.formats import find, header_words, missing_columns
from shopscore.readers.rows import id_places, wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.readers.formats import Known, Match

_EXACT_INTEGERS = 2**53
"""From here on a spreadsheet's number no longer holds every integer."""
_UNKNOWN = "No header row of a known export was found; see `shopscore formats list` and docs/reading.md."


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose format is known.

    Attributes:
        match: the header and its format.
        grid: its rows (see ``grids``).
        encoding: of a text file.
        notes: what ``save`` wrote into a Parquet file beside its rows.
    """

    match: Match
    grid: pl.DataFrame
    encoding: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


def open_file(
    content: Path | bytes, kind: sniff.Kind, stem: str, known: Sequence[Known], encoding: str | None
) -> Opened | str:
    """Find the header of a file and read the rows below it.

    Args:
        content: the file on disk, or its bytes.
        kind: what it is.
        stem: its name without its ending.
        known: the catalogue of formats.
        encoding: of a text file, if the user states it.

    Returns:
        The opened file, or a sentence: what it is and what to do.
    """
    if kind == "parquet":
        return _parquet(content, stem, known)
    if kind == "xlsx":
        return _workbook(_bytes(content), stem, known)
    return _text(_bytes(content), stem, known, encoding)


def _bytes(content: Path | bytes) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content


def _text(data: bytes, stem: str, known: Sequence[Known], encoding: str | None) -> Opened | str:
    encoding = encoding or sniff.encoding_of(data, header_words(known))
    if encoding is None:
        return "The file is no text in any known encoding; export it as CSV or XLSX, or state --encoding."
    # Under the same name, so that a large file is not held twice.
    data = sniff.to_utf8(data, encoding)
    found = [(head, match) for head in grids.text_heads(data) if (match := find(head.rows, known, stem))]
    if not found:
        return missing_columns(stem) or _UNKNOWN
    head, match = max(found, key=lambda pair: (len(pair[1].header), -grids.DELIMITERS.index(pair[0].delimiter)))
    return Opened(match, grids.text_grid(data, head, match.row, wanted(match)), encoding)


def _workbook(data: bytes, stem: str, known: Sequence[Known]) -> Opened | str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        problem = oversized(parts.infolist())
    if problem:
        return problem
    book = grids.workbook(data)
    for number, sheet in grids.sheets(book):
        match = find(grids.sheet_rows(sheet), known, stem)
        if match is not None:
            grid = grids.sheet_grid(sheet, match.row, wanted(match))
            large = _large_ids(grid, match)
            numbers = grids.number_cells(book, number, large, sheet.height) if large else []
            return Opened(match, _marked(grid, dict(zip(large, numbers, strict=True))))
    return missing_columns(stem) or _UNKNOWN


def _parquet(content: Path | bytes, stem: str, known: Sequence[Known]) -> Opened | str:
    stored = grids.parquet(content)
    names = stored.collect_schema().names()
    match = find([names], known, stem)
    if match is None:
        return missing_columns(stem) or _UNKNOWN
    return Opened(match, grids.parquet_grid(stored, names, wanted(match)), None, grids.parquet_notes(content))


def _large(place: int) -> pl.Expr:
    cell = pl.col(f"c{place}")
    return cell.str.contains(r"^\d{16,}$") & (cell.cast(pl.Float64(), strict=False) >= float(_EXACT_INTEGERS))


def _large_ids(grid: pl.DataFrame, match: Match) -> list[int]:
    """The columns of identifiers in which a number could stand that is too large to be exact."""
    places = id_places(match)
    found = grid.select(_large(place).any().alias(f"c{place}") for place in places)
    return [place for place in places if found.item(0, f"c{place}")]


def _marked(grid: pl.DataFrame, numeric: Mapping[int, pl.Series]) -> pl.DataFrame:
    """Mark identifiers that the workbook holds as numbers too large to be exact, by the float's tail."""
    rows = grid.get_column("_row") - 1
    return grid.with_columns(
        pl.when(_large(place) & pl.lit(numbers.gather(rows)))
        .then(pl.concat_str(f"c{place}", pl.lit(".0")))
        .otherwise(f"c{place}")
        .alias(f"c{place}")
        for place, numbers in numeric.items()
    )
