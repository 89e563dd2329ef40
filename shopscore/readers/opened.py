"""One file's content → the sheets whose format is known, or the sentence why none can be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shopscore.model import Words
from shopscore.readers import kinds, sentences
from shopscore.readers.formats import find, header_words, missing_columns, table_of
from shopscore.readers.kinds.sheet import Header
from shopscore.readers.rows import id_places, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from shopscore.readers.formats import Known, Match
    from shopscore.readers.kinds import Sheet
    from shopscore.readers.sniff import Kind


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet whose format is known.

    Attributes:
        match: the header and its format.
        grids: its rows below the header, to be gone through once (see ``kinds``).
        sheet: its name, or nothing where the file is one table.
        encoding: of a text file.
        notes: what ``save`` wrote into a Parquet file beside its rows.
    """

    match: Match
    grids: Iterator[pl.DataFrame]
    sheet: str = ""
    encoding: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


def open_file(
    content: Path | bytes, kind: Kind, stem: str, known: Sequence[Known], encoding: str | None
) -> Iterator[Opened | Words]:
    """Find the headers of a file's sheets.

    Args:
        content: the file on disk, or its bytes.
        kind: what it is.
        stem: its name without its ending.
        known: the catalogue of formats.
        encoding: of a text file, if the user states it.

    Yields:
        Every sheet whose header is known, read when it is gone through; or, alone, a sentence: what the file is and
        what to do.
    """
    sheets = kinds.sheets(content, kind, header_words(known), encoding)
    if isinstance(sheets, Words):
        yield sheets
        return
    found = False
    for ways in sheets:
        opened = _best(ways, stem, known)
        if opened is not None:
            found = True
            yield opened
    if not found:
        yield missing_columns(stem) or sentences.UNKNOWN


def _best(ways: Sequence[Sheet], stem: str, known: Sequence[Known]) -> Opened | None:
    """The way of reading a sheet whose header is the widest known one; the first of equals."""
    found = [(sheet, match) for sheet in ways if (match := find(sheet.rows, known, _table_name(sheet, stem)))]
    if not found:
        return None
    sheet, match = max(found, key=lambda pair: len(pair[1].header))
    header = Header(match.row, len(match.header), wanted(match), id_places(match))
    return Opened(match, sheet.grids(header), sheet.name, sheet.encoding, sheet.notes)


def _table_name(sheet: Sheet, stem: str) -> str:
    """A sheet named after a table is that table; else the file's name tells."""
    return sheet.name if table_of(sheet.name) else stem
