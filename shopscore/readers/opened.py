"""One file's content → the sheets whose format is known, or the sentence why none can be used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from shopscore.model import Words
from shopscore.readers import kinds, limits, notes, sentences
from shopscore.readers.cells.tells import told
from shopscore.readers.folders.stamps import day_of
from shopscore.readers.formats import find, header_words, missing_columns, table_of
from shopscore.readers.kinds import transcript
from shopscore.readers.kinds.sheet import Bundle, Header
from shopscore.readers.kinds.speakers import House
from shopscore.readers.rows.rows import id_places, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from shopscore.model import Refusal
    from shopscore.readers.formats import Known, Match
    from shopscore.readers.kinds import Sheet
    from shopscore.readers.sniff import Kind


class Opened(Struct, frozen=True):
    """A sheet whose format is known.

    Attributes:
        match: the header and its format.
        grids: its rows below the header (see ``kinds``), read anew whenever they are asked for.
        sheet: its name, or nothing where the file is one table.
        encoding: of a text file.
        notes: what ``save`` wrote into a Parquet file beside its rows.
        faults: what is wrong with it beyond single rows, to be asked once the rows were gone through.
    """

    match: Match
    grids: Callable[[], Iterator[pl.DataFrame]]
    sheet: str = ""
    encoding: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    faults: Callable[[], tuple[Refusal, ...]] = tuple


class Unread(Struct, frozen=True):
    """A sheet that holds something, but no known table.

    Attributes:
        sheet: its name.
        rows: how many it has.
        first: the first row that says something.
    """

    sheet: str
    rows: int
    first: int


class Hints(Struct, frozen=True):
    """What is known of a file beside its content.

    Attributes:
        stem: its name without its ending.
        encoding: of a text file, if the user states it.
        house: who writes for the shop in chats.
    """

    stem: str
    encoding: str | None = None
    house: House = field(default_factory=House)


def open_file(
    content: Path | bytes | Bundle, kind: Kind, known: Sequence[Known], hints: Hints
) -> Iterator[Opened | Unread | Words]:
    """Find the headers of a file's sheets.

    Args:
        content: the file on disk, or its bytes.
        kind: what it is.
        known: the catalogue of formats.
        hints: what is known of it beside its content.

    Yields:
        Every sheet whose header is known, read when it is gone through, and every other one that holds something; at
        the end, if no sheet was known, a sentence: what the file is and what to do.
    """
    sheets = kinds.sheets(content, kind, header_words(known), hints.encoding)
    if isinstance(sheets, Words):
        yield sheets
        return
    found = wide = False
    tables = [item for item in known if item.format.transcript is None]
    for ways in sheets:
        wide |= any(len(row) > limits.MAX_COLUMNS for sheet in ways for row in sheet.rows)
        opened = _best(ways, hints.stem, tables)
        if opened is not None:
            found = True
            yield opened
        elif ways[0].height:
            yield _unread(ways[0])
    if not found:
        talk = None if kind != "text" or isinstance(content, Bundle) else _talk(content, known, hints)
        yield talk or missing_columns(hints.stem) or (sentences.TOO_WIDE if wide else sentences.UNKNOWN)


def _talk(content: Path | bytes, known: Sequence[Known], hints: Hints) -> Opened | Words | None:
    """The messages of a text that is a transcript of chats."""
    talks = [item for item in known if item.format.transcript is not None]
    lines = transcript.opened(content, header_words(known), hints.encoding)
    if lines is None:
        return None
    item = next((item for item in talks if transcript.begins(lines, item.format)), None)
    if item is None:
        return None
    sheet = transcript.sheet(lines, item, hints.house)
    return sheet if isinstance(sheet, Words) else _best((sheet,), hints.stem, [item])


def _best(ways: Sequence[Sheet], stem: str, known: Sequence[Known]) -> Opened | None:
    """The way of reading a sheet whose header is the widest known one; the first of equals."""
    found = [(sheet, match) for sheet in ways if (match := find(_narrow(sheet), known, _table_name(sheet, stem)))]
    if not found:
        return None
    sheet, match = max(found, key=lambda pair: len(pair[1].header))
    header = Header(match.row, len(match.header), wanted(match), id_places(match))
    grids = partial(_without_texts, partial(sheet.grids, header), match)
    faults = partial(_faults, sheet, header, match.header)
    return Opened(_named(match, stem), grids, sheet.name, sheet.encoding, sheet.notes, faults)


def _faults(sheet: Sheet, header: Header, titles: Sequence[str]) -> tuple[Refusal, ...]:
    asked = frozenset(header.wanted)
    holes = [hole for hole in sheet.holes if hole.place in asked and hole.row > header.row + 1]
    return (*sheet.faults(), *notes.of_cells(holes, titles))


def _without_texts(grids: Callable[[], Iterator[pl.DataFrame]], match: Match) -> Iterator[pl.DataFrame]:
    """Grids in which of texts that tell something no more is left than what they tell."""
    tells = {match.place([header]): words for header, words in match.known.format.tells.items()}
    there = {f"c{place}": words for place, words in tells.items() if place is not None}
    for grid in grids():
        told_of = [told(grid.get_column(name), words).alias(name) for name, words in there.items()]
        yield grid.with_columns(told_of) if told_of else grid


def _named(match: Match, stem: str) -> Match:
    """A match whose format has the days that the file's name tells as constants."""
    form = match.known.format
    days = {name: day for name, patterns in form.from_name.items() if (day := day_of(stem, patterns)) is not None}
    if not days:
        return match
    return replace(
        match, known=replace(match.known, format=form.model_copy(update={"constants": form.constants | days}))
    )


def _narrow(sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    """A sheet's first rows; one too wide to be a header is none."""
    return tuple(row if len(row) <= limits.MAX_COLUMNS else () for row in sheet.rows)


def _unread(sheet: Sheet) -> Unread:
    first = next((number for number, row in enumerate(sheet.rows, 1) if any(map(str.strip, row))), 1)
    return Unread(sheet.name, sheet.height, first)


def _table_name(sheet: Sheet, stem: str) -> str:
    """A sheet named after a table is that table; else the file's name tells."""
    return sheet.name if table_of(sheet.name) else stem
