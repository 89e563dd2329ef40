"""Columns as they were read → the same without what damage has made of them, the rows and files it was found in.

One module per kind of damage. Each looks at whole columns of one grid (see ``kinds``): a grid is a whole file, or at
least 32 MiB of a larger one, so that what a column says as a whole is well founded and is said of that grid alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.readers.damage.future import future_times
from shopscore.readers.damage.rounded import without_rounded_ids
from shopscore.readers.damage.shifted import shifted_rows
from shopscore.readers.damage.swapped import without_swapped_dates
from shopscore.readers.refusals import together

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    import polars as pl

    from shopscore.model import Refusal
    from shopscore.readers.refusals import Cells, RowRefusal
    from shopscore.schema import Table


__all__ = ["Examined", "Grid", "examine", "future_times"]


class Grid(Struct, frozen=True):
    """What is known of a grid beside its columns.

    Attributes:
        table: the canonical table.
        numbers: the rows' numbers in the file.
        plain: columns in which every cell is what its kind looks like.
        watched: columns that no table takes, by which shifted rows are told.
        words: words of the platform's closed vocabularies, as they are written.
        exported: the export time in the file's name.
        now: no event is later; None where nobody knows.
    """

    table: Table
    numbers: pl.Series
    plain: Collection[str] = ()
    watched: Sequence[Cells] = ()
    words: Collection[str] = ()
    exported: dt.datetime | None = None
    now: dt.datetime | None = None


class Examined(Struct, frozen=True):
    """What is left of a grid's columns.

    Attributes:
        columns: the columns, in which damaged cells are blank and refused.
        rows: rows that are damaged as a whole.
        notes: what a person should know of the file.
    """

    columns: tuple[Cells, ...]
    rows: tuple[RowRefusal, ...]
    notes: tuple[Refusal, ...]


def examine(columns: Sequence[Cells], grid: Grid) -> Examined:
    """Look for every kind of damage in the columns of a grid."""
    shifts = shifted_rows(columns, grid)
    ids, rounded = without_rounded_ids(shifts.columns, grid)
    times, swapped = without_swapped_dates(ids, grid)
    return Examined(tuple(times), shifts.rows, together((*shifts.notes, *rounded, *swapped)))
