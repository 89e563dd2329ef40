"""What every kind of file is reduced to: sheets of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from shopscore.model import Refusal
    from shopscore.readers.books.survey import Hole

    Grids = Callable[["Header"], Iterator[pl.DataFrame]]


class Bundle(Struct, frozen=True):
    """Files of one kind that are read as one."""

    members: tuple[Path | bytes, ...]


class Header(Struct, frozen=True):
    """Where a sheet's header stands and what of the rows below it is asked for.

    Attributes:
        row: the header's place among the sheet's first rows.
        width: how many columns it has.
        wanted: the places of the columns to keep.
        ids: those of them that hold identifiers, which a spreadsheet must not have taken for numbers.
    """

    row: int
    width: int
    wanted: Sequence[int]
    ids: Sequence[int] = ()


class Sheet(Struct, frozen=True):
    """One part of a file that can hold a table, before its format is known.

    Attributes:
        name: the sheet's name, or nothing where the file is one table.
        rows: its first rows, as text.
        grids: the rows below a header, one grid after the other.
        encoding: of a text file.
        notes: what ``save`` wrote into a Parquet file beside its rows.
        faults: what is wrong beyond single rows, to be asked once the rows were gone through.
        height: how many rows it has, where that is known before they are read.
        holes: its cells that show something and hold no value.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    grids: Grids
    encoding: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    faults: Callable[[], tuple[Refusal, ...]] = tuple
    height: int = 0
    holes: Sequence[Hole] = ()
