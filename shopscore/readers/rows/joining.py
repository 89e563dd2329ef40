"""The rows of single grids → the rows of a sheet, as if it had one; on disk where they are too many to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec.structs import replace

from shopscore.readers import limits
from shopscore.readers.cells.times import joined_order
from shopscore.readers.refusals import cells_together, together
from shopscore.readers.rows import totals
from shopscore.readers.rows.lines import numbered
from shopscore.readers.rows.once import without_contradictions
from shopscore.readers.rows.rows import Rows, read_rows
from shopscore.readers.rows.spill import spilled
from shopscore.readers.rows.structure import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shopscore.model import CellRefusals
    from shopscore.readers.cells.style import Order
    from shopscore.readers.formats import Match
    from shopscore.readers.rows.canonical import InFile
    from shopscore.readers.rows.spill import Spilled
    from shopscore.ruleset.format import Format


def read_grids(grids: Callable[[], Iterable[pl.DataFrame]], match: Match, file: InFile) -> Rows:
    """Read the rows of all grids of a sheet (see :func:`read_rows`), as if they were one.

    Where single grids do not tell the order of day and month as all of them do together, they are read once more.
    """
    parts, disk = _read_each(grids(), match, file)
    told: dict[str, Order] = {}
    for column, order in (item for part in parts for item in part.orders.items()):
        told[column] = joined_order(told.get(column), order) or order
    if any(told[column] != order for part in parts for column, order in part.orders.items()):
        parts, disk = _read_each(grids(), match, replace(file, style=replace(file.style, orders=told)))
    return replace(joined(parts, match.known.format), disk=disk)


def _read_each(grids: Iterable[pl.DataFrame], match: Match, file: InFile) -> tuple[list[Rows], Spilled | None]:
    """The rows of each grid, and those that are too many to hold."""
    parts: list[Rows] = []
    disk: Spilled | None = None
    for grid in grids:
        parts.append(read_rows(grid, match, file, parts[-1].below if parts else TOP))
        held = sum(part.frame.estimated_size() for part in parts)
        if held > (limits.HELD_BYTES if disk is None else limits.RANGE_BYTES):
            parts, disk = _put_aside(parts, disk)
    return _put_aside(parts, disk) if disk is not None else (parts, disk)


def _put_aside(parts: Sequence[Rows], disk: Spilled | None) -> tuple[list[Rows], Spilled | None]:
    disk = spilled([part.frame for part in parts], parts[0].table, disk)
    return [replace(part, frame=part.frame.clear()) for part in parts], disk


def put_aside(rows: Rows) -> Rows:
    """The same rows, on disk."""
    return replace(rows, frame=rows.frame.clear(), disk=spilled([rows.frame], rows.table, rows.disk))


def joined(parts: Sequence[Rows], form: Format) -> Rows:
    """What the grids of one sheet gave, as one, and what only the whole can tell."""
    whole = parts[0] if len(parts) == 1 else _added(parts, form)
    frame, contradicted = settled(whole.frame)
    agreeing, notes = totals.checked(whole.totals)
    cells = cells_together((*whole.cells, *contradicted))
    return replace(whole, frame=frame, cells=cells, notes=(*whole.notes, *notes), agreeing=agreeing)


def settled(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[CellRefusals, ...]]:
    """What all rows of an order tell together: the numbers of its lines, and cells that contradict each other."""
    return without_contradictions(numbered(frame))


def _added(parts: Sequence[Rows], form: Format) -> Rows:
    return replace(
        parts[0],
        frame=pl.concat([part.frame for part in parts], how="diagonal"),
        read=sum(part.read for part in parts),
        refusals=together(refusal for part in parts for refusal in part.refusals),
        cells=cells_together(cells for part in parts for cells in part.cells),
        notes=together(note for part in parts for note in part.notes),
        named=frozenset().union(*(part.named for part in parts)),
        totals=totals.together([part.totals for part in parts], form.once),
    )
