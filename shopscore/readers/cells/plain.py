"""Columns whose every cell is already what careful reading would make of it, told and taken over in one pass.

Most columns of most files are such. What one check does not vouch for is read with care (``cast``), to the same end.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers.cells.conventions import conventions
from shopscore.readers.cells.privacy import PSEUDONYM
from shopscore.readers.cells.style import PLAIN, Style
from shopscore.readers.cells.times import FIRST_YEAR, SERIAL
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
_WHOLE = {"integer": _NUMBERS["integer"], "number": r"^-?[0-9]{1,15}$", "money": r"^-?[0-9]{1,12}$"}
"""The same where a point does not stand before a fraction."""

_PLAIN = " plain"
Check = tuple[pl.Expr, pl.Expr | None]
"""A column's values, and whether all of them can be taken over; None where their type says so."""


def take(cells: Mapping[str, pl.Series], table: Table, style: Style = PLAIN) -> dict[str, pl.Series]:
    """Read the columns that are plain.

    Args:
        cells: canonical column → what a file has for it.
        table: the canonical table.
        style: how the file writes its cells.

    Returns:
        Canonical column → values of the dictionary's dtype, where no cell was to be cleaned, blanked or refused. Buyers
        are among them only if all are pseudonyms.
    """
    form = (*style.times, conventions().times[0])[0]
    found = ((name, _check(table.by_name[name], given.dtype, form, style.decimal)) for name, given in cells.items())
    checks = {name: check for name, check in found if check is not None}
    grid = pl.DataFrame([cells[name].alias(name) for name in checks])
    if grid.is_empty():
        return {}
    read = grid.select(
        *(value for value, _ in checks.values()),
        *(plain for _, plain in checks.values() if plain is not None),
    )
    return {
        name: read.get_column(name)
        for name, (_, plain) in checks.items()
        if plain is None or read.item(0, f"{name}{_PLAIN}")
    }


@lru_cache(maxsize=1024)
def _check(column: Column, dtype: pl.DataType, form: str, decimal: str) -> Check | None:
    cell, wanted = pl.col(column.name), DTYPES[column.kind]
    if dtype == pl.String():
        value, plain = _text(column, cell, form, decimal)
        return value, plain.alias(f"{column.name}{_PLAIN}")
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is None and column.kind == "time":
        return cell.cast(wanted).dt.truncate("1s"), None
    return (cell, None) if dtype == wanted else None


def _text(column: Column, cell: pl.Expr, form: str, decimal: str) -> tuple[pl.Expr, pl.Expr]:
    if column.kind == "id":
        return cell, cell.str.contains(PSEUDONYM if column.name == BUYER else _ID).all()
    if column.kind == "text":
        known = cell.is_in(column.words).all() if column.words else ~cell.unique().str.contains(_unclean()).any()
        return cell, known
    if column.kind == "flag":
        flags = conventions().flags
        return cell.is_in([word for word in flags if flags[word]]), cell.is_in(list(flags)).all()
    if column.kind == "time":
        values, looks = _times(cell, form)
    else:
        values = cell.cast(DTYPES[column.kind], strict=False)
        looks = cell.str.contains((_NUMBERS if decimal == "." else _WHOLE)[column.kind]).all()
    said = ~cell.is_in(conventions().empty).any()
    return values, looks & said & (values.null_count() == cell.null_count())


def _times(cell: pl.Expr, form: str) -> tuple[pl.Expr, pl.Expr]:
    """Times of one form, which says neither an offset nor a count of days; years have four digits."""
    if "%z" in form or form == SERIAL:
        return pl.lit(None, dtype=DTYPES["time"]), pl.lit(value=False)
    values = cell.str.strptime(pl.Datetime("us"), form, strict=False).dt.truncate("1s")
    return values, (values.min().dt.year() >= FIRST_YEAR).fill_null(value=True)


@cache
def _unclean() -> str:
    """What a text looks like that says nothing, is damaged, or has something around it to be stripped."""
    empty = "|".join(re.escape(text) for text in sorted(conventions().empty))
    return rf"^\s|\s$|^[='`\"]|[\t\ufeff\ufffd]|^(?:{empty})?$"
