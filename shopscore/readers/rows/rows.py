"""A grid of text and its format → typed canonical rows, and the account of all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field

from shopscore.readers.cells.plain import BUYER
from shopscore.readers.cells.privacy import pseudonym
from shopscore.readers.damage import Grid, examine, future_times
from shopscore.readers.formats import PLATFORM_HEADER, source_headers
from shopscore.readers.identity import named_by_rows, row_zones
from shopscore.readers.refusals import cell_refusals, column_notes, row_refusals
from shopscore.readers.rows import totals
from shopscore.readers.rows.canonical import canonical_columns, watched_columns
from shopscore.readers.rows.columns import vocabulary
from shopscore.readers.rows.lines import with_line_ids
from shopscore.readers.rows.melting import melted
from shopscore.readers.rows.once import marked
from shopscore.readers.rows.splitting import PART, split_orders
from shopscore.readers.rows.structure import TOP, filled_orders, without_structure
from shopscore.readers.rows.totals import Totals, counted_totals, stated_totals
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from shopscore.model import CellRefusals, Refusal
    from shopscore.readers.cells.style import Order
    from shopscore.readers.formats import Match
    from shopscore.readers.rows.canonical import InFile
    from shopscore.readers.rows.spill import Spilled
    from shopscore.readers.rows.structure import Above


Pair = tuple[str | None, str | None]
"""The platform and the shop that a row names."""


class Rows(Struct, frozen=True):
    """What one file gave.

    Attributes:
        table: the canonical table.
        frame: accepted rows: canonical columns, ``_row``, and where the file tells them ``_shop`` and ``_platform``;
            ``_made`` where line numbers were made from the lines' texts; the marks of ``splitting`` and ``once``.
        read: rows below the header that are not blank; of a row that several orders share, a row each, and of one
            with several figures (``melting``) likewise.
        refusals: rows left out, by reason.
        cells: cells that could not be read, by column.
        used: canonical column and the headers it was filled from.
        ignored: headers nothing was read from.
        notes: what is wrong with the cells of whole columns, or with the totals the file states.
        totals: what the file states of itself, and what its rows add up to.
        agreeing: how many of the totals agree, once all its parts are together.
        below: what its rows leave to the grid below.
        orders: canonical column → what its cells tell of the order of day and month.
        named: the platforms and shops that accepted rows name, None where they do not.
        disk: accepted rows that are too many to hold; ``frame`` then has their columns only.
    """

    table: str
    frame: pl.DataFrame
    read: int
    refusals: tuple[Refusal, ...]
    cells: tuple[CellRefusals, ...]
    used: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    notes: tuple[Refusal, ...] = ()
    totals: Totals = field(default_factory=Totals)
    agreeing: int = 0
    below: Above = TOP
    orders: Mapping[str, Order] = field(default_factory=dict)
    named: frozenset[Pair] = frozenset()
    disk: Spilled | None = None


def wanted(match: Match) -> tuple[int, ...]:
    """The places of the header's columns that are read at all."""
    form = match.known.format
    names = [name for spec in form.columns.values() for name in source_headers(spec)]
    names += [*form.shop, *form.line_key, *form.drop, *(name for names in form.must for name in names)]
    names += [*form.watched, *(form.melt.headers if form.melt else ())]
    names += [PLATFORM_HEADER] if match.known.canonical else []
    places = {place for name in names if (place := match.place([name])) is not None}
    footers = range(min(totals.FOOTER_CELLS, len(match.header))) if form.totals else ()
    return tuple(sorted({*places, *footers}))


def id_places(match: Match) -> tuple[int, ...]:
    """The places of the columns that hold identifiers, which a spreadsheet must not have taken for numbers."""
    form = match.known.format
    columns = TABLES[form.table].by_name
    specs = [spec for name, spec in form.columns.items() if name in columns and columns[name].kind == "id"]
    found = {match.place([name]) for spec in specs for name in source_headers(spec)}
    return tuple(sorted(place for place in found if place is not None))


def read_rows(grid: pl.DataFrame, match: Match, file: InFile, above: Above = TOP) -> Rows:
    """Read the rows of a grid.

    Args:
        grid: rows below the header (see ``kinds``).
        match: the header and its format.
        file: what holds for all rows of the file.
        above: what the grids above leave to it.
    """
    table = TABLES[match.known.format.table]
    rows, structural, aside = without_structure(grid, match, above)
    rows, uneven = split_orders(rows, match)
    rows, below = filled_orders(rows, match, above)
    ignored = tuple(_ignored(grid, match))
    rows, match = melted(rows, match)
    named = named_by_rows(rows, match)
    columns, plain = canonical_columns(rows, match, file, row_zones(named.get("_platform"), file.zone_of))
    numbers = rows.get_column("_row")
    known = _grid(rows, match, file, plain)
    examined = examine(columns, known)
    columns = examined.columns
    left = (*structural, *uneven)
    refusals, accepted = row_refusals(table, columns, numbers, examined.rows)
    parts = [rows.get_column(PART)] if PART in rows.columns else []
    frame = pl.DataFrame([numbers, *parts, *(item.values for item in columns), *named.values()])
    frame = marked(with_line_ids(frame, rows, match, table), match.known.format.once)
    frame = frame if accepted.all() else frame.filter(accepted)
    if BUYER in frame.columns and BUYER not in plain:
        frame = frame.with_columns(pseudonym(frame.get_column(BUYER), file.key))
    return Rows(
        table.name,
        frame,
        rows.height + sum(refusal.count for refusal in left),
        (*left, *refusals),
        cell_refusals(columns, numbers, accepted),
        tuple((item.column.name, " / ".join(item.headers)) for item in columns if item.headers),
        ignored,
        (*column_notes(columns, numbers), *examined.notes, *future_times(columns, known, accepted)),
        Totals(stated_totals(aside, match, file.style), counted_totals(columns, rows.height, match.known.format)),
        below=below,
        orders={item.column.name: item.order for item in columns if item.order},
        named=pairs_of(frame),
    )


def _ignored(grid: pl.DataFrame, match: Match) -> Iterator[str]:
    """The headers that nothing is read from, or only what tells shifted rows."""
    watched = {match.place([header]) for header in match.known.format.watched}
    for place, name in enumerate(match.header):
        if name.strip() and (f"c{place}" not in grid.columns or place in watched):
            yield name


def _grid(rows: pl.DataFrame, match: Match, file: InFile, plain: Collection[str]) -> Grid:
    """What damage is told by beside the columns."""
    form = match.known.format
    return Grid(
        TABLES[form.table],
        rows.get_column("_row"),
        plain,
        watched_columns(rows, match, file),
        vocabulary(form, file.words),
        file.style.exported,
        file.now,
    )


def pairs_of(frame: pl.DataFrame) -> frozenset[Pair]:
    """The platforms and shops that rows name."""
    if frame.is_empty():
        return frozenset()
    if "_platform" not in frame.columns and "_shop" not in frame.columns:
        return frozenset({(None, None)})
    there = [pl.col(name) if name in frame.columns else pl.lit(None).alias(name) for name in ("_platform", "_shop")]
    return frozenset((platform, shop) for platform, shop in frame.select(there).unique().rows())
