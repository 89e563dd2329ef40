"""Columns whose every cell is already what careful reading would make of it, told and taken over in one pass.

Most columns of most files are such. What one check does not vouch for is read with care (``cast``), to the same end.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers.cells import conventions
from shopscore.readers.privacy import PSEUDONYM
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.schema import Column, Table

BUYER = "buyer_id"
_ID = r"^(?:[0-9]+|[A-Za-z][A-Za-z_-]*[0-9][0-9A-Za-z_-]*)$"
"""Identifiers that no guard, prefix, empty marker or damage can look like."""
_NUMBERS = {
    "integer": r"^-?[0-9]{1,15}$",
    "number": r"^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$",
    "money": r"^-?[0-9]{1,12}(?:\.[0-9]{1,2})?$",
}
"""Numbers that are exact in the dictionary's types and carry no mark."""

Taken = tuple[pl.Expr, pl.Expr | None]
"""A column's values, and whether all of them can be taken over; None where their type says so."""


def take(grid: pl.DataFrame, table: Table, places: Mapping[str, int]) -> dict[str, pl.Series]:
    """Read the columns that are plain.

    Args:
        grid: rows below the header (see ``grids``).
        table: the canonical table.
        places: canonical column → the grid's column that fills it as it stands.

    Returns:
        Canonical column → values of the dictionary's dtype, for columns with no cell to be cleaned, blanked or refused.
        Buyers are among them only if all are pseudonyms.
    """
    found = {name: _taken(table.by_name[name], place, grid.schema[f"c{place}"]) for name, place in places.items()}
    able = {name: taken for name, taken in found.items() if taken is not None}
    if grid.is_empty() or not able:
        return {}
    read = grid.select(
        *(value.alias(name) for name, (value, _) in able.items()),
        *(check.alias(f"{name} ") for name, (_, check) in able.items() if check is not None),
    )
    return {
        name: read.get_column(name) for name, (_, check) in able.items() if check is None or read.item(0, f"{name} ")
    }


def _taken(column: Column, place: int, dtype: pl.DataType) -> Taken | None:
    cell, wanted = pl.col(f"c{place}"), DTYPES[column.kind]
    if dtype == pl.String():
        return _text(column, cell)
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is None and column.kind == "time":
        return cell.cast(wanted).dt.truncate("1s"), None
    return (cell, None) if dtype == wanted else None


def _text(column: Column, cell: pl.Expr) -> Taken:
    if column.kind == "id":
        return cell, cell.str.contains(PSEUDONYM if column.name == BUYER else _ID).all()
    if column.kind == "text":
        words = cell.unique()
        return cell, words.is_in(column.words).all() if column.words else ~words.str.contains(_unclean()).any()
    if column.kind == "flag":
        flags = conventions().flags
        return cell.is_in([word for word in flags if flags[word]]), cell.unique().is_in(list(flags)).all()
    if column.kind == "time":
        values = cell.str.strptime(pl.Datetime("us"), conventions().times[0], strict=False).dt.truncate("1s")
        looks = pl.lit(value=True)
    else:
        values = cell.cast(DTYPES[column.kind], strict=False)
        looks = cell.str.contains(_NUMBERS[column.kind]).all()
    said = ~cell.is_in(conventions().empty).any()
    return values, looks & said & (values.null_count() == cell.null_count())


@cache
def _unclean() -> str:
    """What a text looks like that says nothing, is damaged, or has something around it to be stripped."""
    empty = "|".join(re.escape(text) for text in sorted(conventions().empty))
    return rf"^\s|\s$|^[='`\"]|[\t\ufeff\ufffd]|^(?:{empty})?$"
