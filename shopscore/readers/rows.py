"""A grid of text and its format → typed canonical rows, and the account of all others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers import cast
from shopscore.readers.columns import Filled, as_it_stands, direct, fill
from shopscore.readers.formats import PLATFORM_HEADER, source_headers
from shopscore.readers.identity import named_by_rows, row_zones
from shopscore.readers.lines import with_line_ids
from shopscore.readers.plain import BUYER, take
from shopscore.readers.privacy import pseudonym
from shopscore.readers.refusals import Cells, cell_refusals, cells_together, column_notes, row_refusals, together
from shopscore.readers.structure import filled_orders, without_structure
from shopscore.readers.style import PLAIN, Style
from shopscore.ruleset.format import FormatColumn
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shopscore.model import CellRefusals, Refusal
    from shopscore.readers.formats import Match
    from shopscore.readers.style import Zones
    from shopscore.ruleset.format import WordList
    from shopscore.schema import Column


@dataclass(frozen=True, slots=True)
class Rows:
    """What one file gave.

    Attributes:
        table: the canonical table.
        frame: accepted rows: canonical columns, ``_row``, and where the file tells them ``_shop`` and ``_platform``;
            ``_made`` where line numbers were made from the lines' texts.
        read: rows below the header that are not blank.
        refusals: rows left out, by reason.
        cells: cells that could not be read, by column.
        used: canonical column and the headers it was filled from.
        ignored: headers nothing was read from.
        notes: what is wrong with the cells of whole columns.
    """

    table: str
    frame: pl.DataFrame
    read: int
    refusals: tuple[Refusal, ...]
    cells: tuple[CellRefusals, ...]
    used: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    notes: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class InFile:
    """What holds for all rows of a file.

    Attributes:
        words: word lists by id.
        zone_of: a row's platform (None: the file's) → its time zone.
        key: the secret buyers are pseudonymised with.
        style: how its cells are written.
    """

    words: Mapping[str, WordList]
    zone_of: Callable[[str | None], str | None]
    key: bytes
    style: Style = PLAIN


def wanted(match: Match) -> tuple[int, ...]:
    """The places of the header's columns that are read at all."""
    form = match.known.format
    names = [name for spec in form.columns.values() for name in source_headers(spec)]
    names += [*form.shop, *form.line_key, *form.drop, *(name for names in form.must for name in names)]
    names += [PLATFORM_HEADER] if match.known.canonical else []
    return tuple(sorted({place for name in names if (place := match.place([name])) is not None}))


def id_places(match: Match) -> tuple[int, ...]:
    """The places of the columns that hold identifiers, which a spreadsheet must not have taken for numbers."""
    form = match.known.format
    columns = TABLES[form.table].by_name
    specs = [spec for name, spec in form.columns.items() if name in columns and columns[name].kind == "id"]
    found = {match.place([name]) for spec in specs for name in source_headers(spec)}
    return tuple(sorted(place for place in found if place is not None))


def read_rows(
    grid: pl.DataFrame,
    match: Match,
    file: InFile,
) -> Rows:
    """Read the rows of a grid.

    Args:
        grid: rows below the header (see ``kinds``).
        match: the header and its format.
        file: what holds for all rows of the file.
    """
    table = TABLES[match.known.format.table]
    rows, structural = without_structure(grid, match)
    rows = filled_orders(rows, match)
    named = named_by_rows(rows, match)
    columns, plain = _columns(rows, match, file, row_zones(named.get("_platform"), file.zone_of))
    numbers = rows.get_column("_row")
    refusals, accepted = row_refusals(table, columns, numbers)
    frame = pl.DataFrame([numbers, *(item.values for item in columns), *named.values()])
    frame = with_line_ids(frame, rows, match, table)
    frame = frame if accepted.all() else frame.filter(accepted)
    if BUYER in frame.columns and BUYER not in plain:
        frame = frame.with_columns(pseudonym(frame.get_column(BUYER), file.key))
    return Rows(
        table.name,
        frame,
        grid.height,
        (*structural, *refusals),
        cell_refusals(columns, numbers, accepted),
        tuple((item.column.name, " / ".join(item.headers)) for item in columns if item.headers),
        tuple(name for place, name in enumerate(match.header) if f"c{place}" not in grid.columns and name.strip()),
        column_notes(columns, numbers),
    )


def joined(parts: Sequence[Rows]) -> Rows:
    """What the grids of one sheet gave, as one."""
    first = parts[0]
    if len(parts) == 1:
        return first
    return replace(
        first,
        frame=pl.concat([part.frame for part in parts], how="diagonal"),
        read=sum(part.read for part in parts),
        refusals=together(refusal for part in parts for refusal in part.refusals),
        cells=cells_together(cells for part in parts for cells in part.cells),
        notes=together(note for part in parts for note in part.notes),
    )


def _columns(rows: pl.DataFrame, match: Match, file: InFile, zones: Zones) -> tuple[tuple[Cells, ...], frozenset[str]]:
    """The canonical columns a file gives, and which were plain; the others are filled by their rule and read."""
    table, specs = TABLES[match.known.format.table], match.known.format.columns
    stated = {
        column.name: as_it_stands(rows, match, place)
        for column in table.columns
        if (place := direct(specs.get(column.name), match)) is not None
    }
    plain = take({name: given.cells for name, given in stated.items()}, table, file.style)
    read = {name: given for name, given in stated.items() if name in plain or not table.by_name[name].words}
    filled = {
        column.name: given
        for column in table.columns
        if column.name not in read and (given := _filled(column, rows, match, file.words)) is not None
    }
    plain |= take({name: given.cells for name, given in filled.items()}, table, file.style)
    read |= filled
    cells = (
        _cells(column, read[column.name], plain.get(column.name), specs.get(column.name), (zones, file.style))
        for column in table.columns
        if column.name in read
    )
    return tuple(cells), frozenset(plain)


def _filled(column: Column, rows: pl.DataFrame, match: Match, words: Mapping[str, WordList]) -> Filled | None:
    form = match.known.format
    spec = form.columns.get(column.name)
    given = fill(column, spec, rows, match, words) if spec is not None else None
    if given is None and column.name in form.constants:
        text = pl.repeat(form.constants[column.name], rows.height, dtype=pl.String(), eager=True)
        return Filled(text, text, None, ())
    if given is not None and isinstance(spec, FormatColumn) and spec.split:
        return replace(given, cells=given.cells.str.replace_all(spec.split, ",", literal=True))
    return given


def _cells(
    column: Column,
    given: Filled,
    taken: pl.Series | None,
    spec: str | list[str] | FormatColumn | None,
    manner: tuple[Zones, Style],
) -> Cells:
    order = None
    if taken is None:
        done = cast.typed(given.cells, column, *manner)
        values, refused, order = done.values, done.refused, done.order
    else:
        values, refused = taken, pl.Series([False]).new_from_index(0, len(taken))
    if isinstance(spec, FormatColumn) and spec.unit == "fen":
        values = cast.from_fen(values)
    refused = refused if given.unknown is None else refused | given.unknown
    return Cells(column, given.written, values.alias(column.name), refused, given.headers, order)
