"""A frame of text with a row for every row of a sheet → its first rows, and the rows below a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers import limits
from shopscore.tables import repeated

if TYPE_CHECKING:
    from shopscore.readers.kinds.sheet import Header

_SAYS = r"\S"


def first_rows(cells: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    """The rows among which the header is looked for."""
    return tuple(tuple(cell or "" for cell in row) for row in cells.head(limits.HEADER_ROWS).iter_rows())


def grid(cells: pl.DataFrame, header: Header) -> pl.DataFrame:
    """The rows below a header that say something."""
    below = cells.slice(header.row + 1)
    first = header.row + 2
    numbers = pl.int_range(first, first + below.height, dtype=pl.Int64, eager=True).alias("_row")
    sound = repeated(below.height, pl.String()).alias("_flaw")
    rows = pl.DataFrame([numbers, sound, *(below.to_series(place).alias(f"c{place}") for place in header.wanted)])
    said = _said(below)
    return rows if said.all() else rows.filter(said)


def _said(cells: pl.DataFrame) -> pl.Series:
    """Which rows say something; mostly a row's first cell that is there does."""
    says = pl.all().str.contains(_SAYS)
    said = cells.select(pl.coalesce(pl.all()).str.contains(_SAYS).fill_null(value=False)).to_series()
    return said if said.all() else cells.select(pl.any_horizontal(says).fill_null(value=False)).to_series()
