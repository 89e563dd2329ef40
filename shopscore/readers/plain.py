"""Columns whose every cell is already what careful reading would make of it, told and taken over in one pass.

Most columns of most files are such. What one check does not vouch for is read with care (``cast``), to the same end.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers.cells import conventions
from shopscore.readers.columns import direct
from shopscore.readers.privacy import PSEUDONYM
from shopscore.readers.refusals import Cells
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    from shopscore.readers.formats import Match
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

_PLAIN = " plain"
Check = tuple[pl.Expr, pl.Expr | None]
"""A column's values, and whether all of them can be taken over; None where their type says so."""


def take(grid: pl.DataFrame, match: Match, table: Table) -> dict[str, Cells]:
    """Read the columns that are plain.

    Args:
        grid: rows below the header (see ``grids``).
        match: the header and its format.
        table: the canonical table.

    Returns:
        Canonical column → its cells, where none was to be cleaned, blanked or refused. Buyers are among them only if
        all are pseudonyms.
    """
    specs, schema = match.known.format.columns, grid.schema
    found = ((column.name, direct(specs.get(column.name), match)) for column in table.columns)
    places = {name: place for name, place in found if place is not None}
    checks = {
        name: check
        for name, place in places.items()
        if (check := _check(table.by_name[name], f"c{place}", schema[f"c{place}"])) is not None
    }
    if grid.is_empty() or not checks:
        return {}
    read = grid.select(
        *(value for value, _ in checks.values()),
        *(plain for _, plain in checks.values() if plain is not None),
    )
    refused = pl.Series([False]).new_from_index(0, grid.height)
    return {
        name: Cells(
            table.by_name[name],
            grid.get_column(f"c{places[name]}"),
            read.get_column(name),
            refused,
            (match.header[places[name]],),
        )
        for name, (_, plain) in checks.items()
        if plain is None or read.item(0, f"{name}{_PLAIN}")
    }


@lru_cache(maxsize=1024)
def _check(column: Column, place: str, dtype: pl.DataType) -> Check | None:
    cell, wanted = pl.col(place), DTYPES[column.kind]
    if dtype == pl.String():
        value, plain = _text(column, cell)
        return value.alias(column.name), plain.alias(f"{column.name}{_PLAIN}")
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is None and column.kind == "time":
        return cell.cast(wanted).dt.truncate("1s").alias(column.name), None
    return (cell.alias(column.name), None) if dtype == wanted else None


def _text(column: Column, cell: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    if column.kind == "id":
        return cell, cell.str.contains(PSEUDONYM if column.name == BUYER else _ID).all()
    if column.kind == "text":
        known = cell.is_in(column.words).all() if column.words else ~cell.unique().str.contains(_unclean()).any()
        return cell, known
    if column.kind == "flag":
        flags = conventions().flags
        return cell.is_in([word for word in flags if flags[word]]), cell.is_in(list(flags)).all()
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
