"""Typed rows too many to hold → temporary Parquet files, and ranges of keys back from them.

Rows that a merge must see together are equal in one column, so a range of its values can be merged without the others.
The files lie in a folder of the system's for temporary files that only this user can open, and go with the value that
names them. Buyers in them are pseudonyms already.
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from weakref import finalize

import polars as pl
from msgspec import Struct

from shopscore.readers import limits
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Cuts = Mapping[str, pl.Series]
    """Column → the values at which its ranges begin, but for the first."""

_SAMPLES = 64
"""Values kept of each file, evenly spread, to cut ranges of about equal size."""
_GROUP = 1 << 14
"""Rows whose least and greatest value stand in a file, so that a range is found without reading the rest."""


class Home:
    """A folder for rows, which only this user can open; it goes when nothing names it any more, or in the end."""

    def __init__(self) -> None:
        """Make the folder."""
        self.path = Path(mkdtemp(prefix="shopscore-"))
        finalize(self, rmtree, self.path, ignore_errors=True)


class Spilled(Struct, frozen=True):
    """Rows of one table on disk.

    Attributes:
        home: the folder; it goes when nothing names it any more.
        column: the column whose ranges hold what belongs together.
        files: each sorted by it.
        size: bytes that the rows take in memory.
        samples: values of the column.
    """

    home: Home
    column: str
    files: tuple[Path, ...]
    size: int
    samples: pl.Series

    def frames(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """All rows, one part after the other, of some columns as far as they are there."""
        for file in self.files:
            stored = pl.scan_parquet(file, glob=False)
            yield stored.select(name for name in stored.collect_schema().names() if name in columns).collect()


def spilled(frames: Iterable[pl.DataFrame], table: str, before: Spilled | None = None) -> Spilled | None:
    """Write rows to disk beside others of their file.

    Args:
        frames: the rows.
        table: the canonical table.
        before: what was written of the same file.
    """
    together: list[pl.DataFrame] = []
    for frame in frames:
        together.append(frame)
        if sum(each.estimated_size() for each in together) > limits.RANGE_BYTES:
            before, together = _written(together, table, before), []
    return _written(together, table, before) if together else before


def _written(frames: Sequence[pl.DataFrame], table: str, before: Spilled | None) -> Spilled | None:
    rows = pl.concat(frames, how="diagonal")
    if rows.is_empty():
        return before
    folder = before.home if before else Home()
    column = before.column if before else column_of(rows, table)
    files = before.files if before else ()
    file = folder.path / f"{len(files)}.parquet"
    ordered = rows.sort(column, nulls_last=True) if column in rows.columns else rows
    ordered.write_parquet(file, compression="lz4", row_group_size=_GROUP)
    samples = [before.samples] if before else []
    if column in ordered.columns:
        values = ordered.get_column(column)
        samples.append(values.gather_every(max(1, len(values) // _SAMPLES)).drop_nulls())
    size = (before.size if before else 0) + int(rows.estimated_size())
    return Spilled(folder, column, (*files, file), size, pl.concat(samples))


def column_of(rows: pl.DataFrame, table: str) -> str:
    """The column whose ranges rows of a table are merged by: its key's first; without a key the first that tells."""
    key = [name for name in TABLES[table].key if name in rows.columns]
    if key:
        return key[0]
    names = [column.name for column in TABLES[table].columns if column.name in rows.columns]
    return next((name for name in names if rows.get_column(name).n_unique() > 1), names[0])


def cuts_of(found: Iterable[Spilled]) -> dict[str, pl.Series]:
    """Where to cut the columns that tables are merged by, so that a range takes about ``limits.RANGE_BYTES``."""
    by_column: dict[str, list[Spilled]] = {}
    for each in found:
        by_column.setdefault(each.column, []).append(each)
    cuts = {}
    for column, of_column in by_column.items():
        values = pl.concat([each.samples for each in of_column]).sort()
        ranges = max(1, min(len(values), -(-sum(each.size for each in of_column) // limits.RANGE_BYTES)))
        places = [len(values) * number // ranges for number in range(1, ranges)]
        cuts[column] = values.gather(places).unique().sort()
    return cuts


def between(rows: Spilled | pl.DataFrame, column: str, cuts: pl.Series, number: int) -> pl.DataFrame:
    """The rows of one range; rows without a value stand in the last.

    Args:
        rows: on disk or at hand.
        column: the column that is cut.
        cuts: where its ranges begin, but for the first.
        number: the range, from 0 to the number of cuts.
    """
    if isinstance(rows, pl.DataFrame):
        return _between(rows.lazy(), column, cuts, number).collect()
    parts = (pl.scan_parquet(file, glob=False) for file in rows.files)
    return pl.concat([_between(part, column, cuts, number).collect() for part in parts], how="diagonal")


def _between(rows: pl.LazyFrame, column: str, cuts: pl.Series, number: int) -> pl.LazyFrame:
    last = number == len(cuts)
    if column not in rows.collect_schema():
        return rows if last else rows.clear()
    value, inside = pl.col(column), pl.lit(value=True)
    if number:
        inside = value >= cuts[number - 1]
    if not last:
        inside &= value < cuts[number]
    return rows.filter(inside | value.is_null() if last else inside)
