"""A grid of text and its format → the canonical columns it gives, each read into its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from shopscore.readers.cells import cast
from shopscore.readers.cells.plain import take
from shopscore.readers.cells.style import PLAIN, Style, Zones
from shopscore.readers.cells.times import spans
from shopscore.readers.refusals import Cells
from shopscore.readers.rows.columns import Filled, as_it_stands, direct, fill
from shopscore.ruleset.format import FormatColumn
from shopscore.schema import TABLES, Column
from shopscore.tables import repeated

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from shopscore.readers.formats import Match
    from shopscore.ruleset.format import WordList


class InFile(Struct, frozen=True):
    """What holds for all rows of a file.

    Attributes:
        words: word lists by id.
        zone_of: a row's platform (None: the file's) → its time zone.
        key: the secret buyers are pseudonymised with.
        style: how its cells are written.
        now: no event is later; None where nobody knows.
    """

    words: Mapping[str, WordList]
    zone_of: Callable[[str | None], str | None]
    key: bytes
    style: Style = PLAIN
    now: dt.datetime | None = None


def canonical_columns(
    rows: pl.DataFrame, match: Match, file: InFile, zones: Zones
) -> tuple[tuple[Cells, ...], frozenset[str]]:
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


def watched_columns(rows: pl.DataFrame, match: Match, file: InFile) -> tuple[Cells, ...]:
    """The columns that no table takes and by which shifted rows are told."""
    return tuple(
        _cells(Column(header, kind, ""), as_it_stands(rows, match, place), None, None, (Zones(), file.style))
        for header, kind in match.known.format.watched.items()
        if (place := match.place([header])) is not None
    )


def _filled(column: Column, rows: pl.DataFrame, match: Match, words: Mapping[str, WordList]) -> Filled | None:
    form = match.known.format
    spec = form.columns.get(column.name)
    given = fill(column, spec, rows, match, words) if spec is not None else None
    if given is None and column.name in form.constants:
        text = repeated(rows.height, pl.String(), value=form.constants[column.name])
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
        values, refused = taken, repeated(len(taken), pl.Boolean(), value=False)
    if isinstance(spec, FormatColumn):
        if spec.unit == "fen":
            # There is no part of a fen: such a file counts in yuan, and a hundredth of what it says would be wrong.
            parts = (values % 1 != 0).fill_null(value=False)
            values, refused = values.set(parts, None), refused | parts
        values = cast.amounts(values, fen=spec.unit == "fen", unsigned=spec.unsigned)
    values = cast.one_name(values, column.name)
    refused = refused if given.unknown is None else refused | given.unknown
    causes = _of_several_days(column, given.cells, refused)
    return Cells(column, given.written, values.alias(column.name), refused, given.headers, order, causes)


def _of_several_days(column: Column, cells: pl.Series, refused: pl.Series) -> dict[str, pl.Series]:
    """Which rows are of a period, where the table wants a moment."""
    if not column.needed or column.kind != "time" or not refused.any():
        return {}
    hit = spans(cast.clean(cells.set(~refused, None)))
    return {"several_days": hit} if hit.any() else {}
