"""Columns whose every cell is already what careful reading would make of it, told and taken over in one pass.

Most columns of most files are such. What one check does not vouch for is read with care (``cast``), to the same end.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

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

_READ = " read"
"""What follows a column's name in that of the values read from it."""


class Check(NamedTuple):
    """How a column is read: its values (None: the cells), and whether all can be taken over (None: their type says)."""

    values: pl.Expr | None
    plain: pl.Expr | None


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
    # Checks look at values too: read once, as columns, they cost half of what they do inside each check.
    grid = grid.with_columns(check.values for check in checks.values() if check.values is not None)
    plain = grid.select(check.plain for check in checks.values() if check.plain is not None)
    return {
        name: grid.get_column(name if check.values is None else f"{name}{_READ}").alias(name)
        for name, check in checks.items()
        if check.plain is None or plain.item(0, name)
    }


@lru_cache(maxsize=1024)
def _check(column: Column, dtype: pl.DataType, form: str, decimal: str) -> Check | None:
    cell, wanted = pl.col(column.name), DTYPES[column.kind]
    if dtype == pl.String():
        values, plain = _text(column, cell, form, decimal)
        read = None if values is None else values.alias(f"{column.name}{_READ}")
        return Check(read, plain.alias(column.name))
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is None and column.kind == "time":
        return Check(cell.cast(wanted).dt.truncate("1s").alias(f"{column.name}{_READ}"), None)
    return Check(None, None) if dtype == wanted else None


def _text(column: Column, cell: pl.Expr, form: str, decimal: str) -> tuple[pl.Expr | None, pl.Expr]:
    if column.kind == "id":
        return None, cell.str.contains(PSEUDONYM if column.name == BUYER else _ID).all()
    if column.kind == "text":
        known = cell.is_in(column.words).all() if column.words else ~cell.unique().str.contains(_unclean()).any()
        return None, known
    if column.kind == "flag":
        flags = conventions().flags
        return cell.is_in([word for word in flags if flags[word]]), cell.is_in(list(flags)).all()
    read = pl.col(f"{column.name}{_READ}")
    if column.kind == "time":
        # An offset, or a count of days, is no plain time.
        if "%z" in form or form == SERIAL:
            return None, pl.lit(value=False)
        values = cell.str.strptime(pl.Datetime("us"), form, strict=False).dt.truncate("1s")
        looks = (read.min().dt.year() >= FIRST_YEAR).fill_null(value=True)
    else:
        values = cell.cast(DTYPES[column.kind], strict=False)
        looks = cell.str.contains((_NUMBERS if decimal == "." else _WHOLE)[column.kind]).all()
    said = ~cell.is_in(conventions().empty).any()
    return values, looks & said & (read.null_count() == cell.null_count())


@cache
def _unclean() -> str:
    """What a text looks like that says nothing, is damaged, or has something around it to be stripped."""
    empty = "|".join(re.escape(text) for text in sorted(conventions().empty))
    return rf"^\s|\s$|^[='`\"]|[\t\ufeff\ufffd]|^(?:{empty})?$"
