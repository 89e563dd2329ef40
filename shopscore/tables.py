"""Canonical tables as frames: how the dictionary's kinds are stored, and one shop's set of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import polars as pl
from msgspec import Struct, field

from shopscore.schema import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from shopscore.schema import Kind

DTYPES: Mapping[Kind, pl.DataType] = {
    "id": pl.String(),
    "text": pl.String(),
    "time": pl.Datetime("us"),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "money": pl.Decimal(18, 2),
    "flag": pl.Boolean(),
}


BETWEEN = r"[,，、;；\s]+"
"""What stands between several tracking numbers in one cell."""


def numbers() -> pl.Expr:
    """List the different tracking numbers of a cell."""
    one_mark = pl.col("tracking_no").str.replace_all(BETWEEN, ",").str.strip_chars(",")
    return one_mark.str.split(",").list.unique(maintain_order=True)


def table_schema(table: str) -> dict[str, pl.DataType]:
    """Column name → dtype of a canonical table, in the documented order."""
    return {column.name: DTYPES[column.kind] for column in TABLES[table].columns}


class ShopTables(Struct, frozen=True):
    """One shop's canonical rows, deduplicated over its files.

    Attributes:
        platform: the platform's id.
        shop: the shop's name.
        tables: table name → frame that holds only the columns its files gave, with the dictionary's dtypes. A table
            no file gave is absent; a column that is there but all blank was given and is blank.
        seen_until: table name → how far it can be trusted in time (shop-local).
        keys: fingerprints of the keys its buyers' pseudonyms were made with.
        timeless: table name → files with rows for it that say no time, so that none could be used.
        gaps: table name → the days in its middle of which rows must be missing, as first and last days, both in.
    """

    platform: str
    shop: str
    tables: Mapping[str, pl.DataFrame]
    seen_until: Mapping[str, dt.datetime]
    keys: frozenset[str] = frozenset()
    gaps: Mapping[str, tuple[tuple[dt.date, dt.date], ...]] = field(default_factory=dict)

    timeless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def present(self) -> frozenset[str]:
        """``table.column`` names the files gave."""
        return frozenset(f"{table}.{column}" for table, frame in self.tables.items() for column in frame.columns)


def repeated(length: int, dtype: pl.DataType, *, value: object = None) -> pl.Series:
    """One value in so many cells, made without a query: a seventh of what it costs to ask for them."""
    return _once(value, dtype).new_from_index(0, length)


@lru_cache(maxsize=256)
def _once(value: object, dtype: pl.DataType) -> pl.Series:
    return pl.Series([value], dtype=dtype)


def newest_until(times: pl.Series, moment: dt.datetime) -> dt.datetime | None:
    """The newest of some times that is not after a moment; most have none that is."""
    newest = cast("dt.datetime | None", times.max())
    if newest is None or newest <= moment:
        return newest
    return cast("dt.datetime | None", times.filter(times <= moment).max())
