"""Files with rows on disk → the same files range by range, so that no more is merged at a time than can be held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl
from msgspec.structs import replace

from shopscore.readers.rows.joining import settled
from shopscore.readers.rows.spill import between, cuts_of
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shopscore.readers.read import FileRead
    from shopscore.readers.rows.spill import Home


def slices(files: Sequence[FileRead]) -> Iterator[tuple[FileRead, ...]]:
    """The files with some of their rows at a time, none on disk; all rows of a key come together.

    The ``cells`` of sliced rows are those that only all rows of an order could tell, as far as the file's account does
    not have them yet.
    """
    disks = {file.rows.table: file.rows.disk for file in reversed(files) if file.rows and file.rows.disk}
    if not disks:
        yield tuple(files)
        return
    cuts = cuts_of(file.rows.disk for file in files if file.rows and file.rows.disk)
    columns = {table: disk.column for table, disk in disks.items()}
    for number in range(max(map(len, cuts.values())) + 1):
        yield tuple(_sliced(file, columns, cuts, number) for file in files)


def _sliced(file: FileRead, columns: Mapping[str, str], cuts: Mapping[str, pl.Series], number: int) -> FileRead:
    rows = file.rows
    if rows is None:
        return file
    column = columns.get(rows.table) or next(iter(TABLES[rows.table].key), "")
    places = cuts.get(column, pl.Series(dtype=pl.String()))
    if number > len(places):
        return replace(file, rows=replace(rows, frame=rows.frame.clear(), cells=(), disk=None))
    frame = between(rows.disk or rows.frame, column, places, number)
    frame, cells = settled(frame) if rows.disk else (frame, ())
    return replace(file, rows=replace(rows, frame=frame, cells=cells, disk=None))


class Stored(Mapping[str, pl.DataFrame]):
    """Merged tables on disk, each read whenever it is asked for."""

    __slots__ = ("files", "home")

    def __init__(self, home: Home, files: Mapping[str, Sequence[Path]]) -> None:
        """Name the tables.

        Args:
            home: the folder; it goes when nothing names it any more.
            files: table → the files of its rows, range by range in their order.
        """
        self.home, self.files = home, files

    def scan(self, table: str) -> pl.LazyFrame:
        """A table's rows in order, without reading them."""
        rows = pl.concat((pl.scan_parquet(file, glob=False) for file in self.files[table]), how="diagonal")
        # A range may lack columns that only some files gave.
        there = rows.collect_schema()
        return rows.select(column.name for column in TABLES[table].columns if column.name in there)

    def __getitem__(self, table: str) -> pl.DataFrame:
        """A table's rows."""
        return self.scan(table).collect()

    def __iter__(self) -> Iterator[str]:
        """The tables' names."""
        return iter(self.files)

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self.files)


def stored(frame: pl.DataFrame, home: Home) -> Path:
    """Write some rows of a table, already in order."""
    path = home.path / f"{sum(1 for _ in home.path.iterdir())}.parquet"
    frame.write_parquet(path, compression="lz4")
    return path
