"""A file → the sheets of it that seem to hold a table, each with its header row and the first rows below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.drafting.phrases import plain
from shopscore.model import Words
from shopscore.readers.cells.conventions import fold_header
from shopscore.readers.formats import header_words
from shopscore.readers.kinds import sheets
from shopscore.readers.kinds.sheet import Header

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shopscore.drafting.candidates import Knowledge
    from shopscore.readers.kinds import Sheet
    from shopscore.readers.sniff import Kind
    from shopscore.ruleset.headers import HeaderWords

SAMPLE_ROWS = 1_000
"""Rows of a sheet that are looked at."""
_LEAST_HITS = 2


class Sample(Struct, frozen=True):
    """A sheet that seems to hold a table.

    Attributes:
        sheet: its name, or nothing.
        header: the header row as it is written.
        cells: ``c0, c1, …``, the first rows below it.
    """

    sheet: str
    header: tuple[str, ...]
    cells: pl.DataFrame


def samples(content: Path | bytes, kind: Kind, knowledge: Knowledge, encoding: str | None) -> list[Sample] | Words:
    """The sheets of a file in whose first rows headers stand that some table has.

    Args:
        content: the file on disk, or its bytes.
        kind: what it is.
        knowledge: what is known about headers.
        encoding: of a text file, if the user states it.
    """
    words = _words(knowledge.headers)
    folded = frozenset(map(fold_header, words)) | header_words(knowledge.known)
    found = sheets(content, kind, folded, encoding)
    if isinstance(found, Words):
        return found
    known = {plain(word) for word in (*words, *folded)} - {""}
    best = (_best(ways, known) for ways in found)
    return [_sample(sheet, row) for sheet, row in filter(None, best)]


def _words(headers: HeaderWords) -> list[str]:
    """Every phrase that can be a whole header."""
    specs = [spec for name in headers.tables for spec in headers.of(name).values()]
    phrases = [phrase for spec in specs for phrase in (*spec.says, *spec.weak)]
    platforms = (name for sets in headers.platforms.values() for one in sets for name in one)
    return [*phrases, *platforms, *headers.persons, *headers.texts, *headers.lines]


def _best(ways: Sequence[Sheet], known: set[str]) -> tuple[Sheet, int] | None:
    """The way of reading a sheet and the row of it in which most known headers stand; the first of equals."""
    hits = {
        (way, row): len({plain(cell) for cell in cells} & known)
        for way, sheet in enumerate(ways)
        for row, cells in enumerate(sheet.rows)
    }
    way, row = max(hits, key=lambda place: hits[place], default=(0, 0))
    return (ways[way], row) if hits.get((way, row), 0) >= _LEAST_HITS else None


def _sample(sheet: Sheet, row: int) -> Sample:
    header = sheet.rows[row]
    grids = sheet.grids(Header(row, len(header), range(len(header))))
    cells = next(grids, None)
    if cells is None:
        return Sample(
            sheet.name, header, pl.DataFrame(schema={f"c{place}": pl.String() for place in range(len(header))})
        )
    sound = cells.filter(pl.col("_flaw").is_null()).head(SAMPLE_ROWS)
    return Sample(sheet.name, header, sound.select(pl.exclude("_flaw", "_row")))
