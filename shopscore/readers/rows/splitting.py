"""Rows in which several orders stand side by side (``M1;M2``) → a row an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.model import Example, Refusal
from shopscore.readers import limits
from shopscore.readers.cells import cast
from shopscore.readers.cells.privacy import shape
from shopscore.readers.formats import source_headers
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from shopscore.readers.formats import Match

PART = "_part"
"""Which of the orders of one row a row is, in files that have such rows."""
_WIDTH = 0xFEE0
"""From a sign to its full-width twin."""


def split_orders(grid: pl.DataFrame, match: Match) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """Deal the cells of shared rows out to their orders.

    A cell with as many parts as the row has orders gives each its own; a single value is every order's, but money and
    counts are no one's in particular: they stay with the first, so that they are summed once. Where the numbers of
    parts differ nothing says whose they are, and the row is refused. Every row is dealt out on its own, so a file may
    come in any number of grids; each resulting row counts as a row read.
    """
    form = match.known.format
    sep, owner = form.split_orders, match.place(source_headers(form.columns.get("order_id", [])))
    if sep is None or owner is None or grid.schema[f"c{owner}"] != pl.String():
        return grid, ()
    shared = _folded(grid.get_column(f"c{owner}"), sep).str.contains(sep, literal=True).fill_null(value=False)
    if not shared.any():
        return grid, ()
    names = [name for name, dtype in grid.schema.items() if name[0] == "c" and dtype == pl.String()]
    lists = grid.filter(shared).with_columns(
        _folded(cast.clean(grid.get_column(name).filter(shared)), sep).str.strip_chars(f"{sep} ").str.split(sep)
        for name in names
    )
    count = pl.col(f"c{owner}").list.len()
    few = count <= limits.MAX_ORDERS_IN_ROW
    lists = lists.with_columns(_fits=pl.all_horizontal(few, *(_fits(name, count) for name in names)))
    uneven = lists.filter(~pl.col("_fits"))
    once = _summed(match)
    dealt = lists.filter("_fits").with_columns(
        *(_dealt(name, count, once=name in once) for name in names), pl.int_ranges(0, count).alias(PART)
    )
    rows = dealt.drop("_fits").explode(*names, PART)
    alone = grid.filter(~shared).with_columns(pl.lit(0, dtype=pl.Int64()).alias(PART))
    together = pl.concat([alone, rows.select(alone.columns)]).sort("_row", PART)
    return together, _refusals(uneven, f"c{owner}", match.header[owner])


def _folded(cells: pl.Series, sep: str) -> pl.Series:
    """Cells in which the separator's full-width twin is the separator."""
    twin = "".join(chr(ord(char) + _WIDTH) if "!" <= char <= "~" else char for char in sep)
    return cells.str.replace_all(twin, sep, literal=True)


def _fits(name: str, count: pl.Expr) -> pl.Expr:
    parts = pl.col(name).list.len()
    return parts.is_null() | (parts == 1) | (parts == count)


def _dealt(name: str, count: pl.Expr, *, once: bool) -> pl.Expr:
    parts = pl.col(name)
    single = parts.list.first()
    rest = pl.lit(None, dtype=pl.String()) if once else single
    return pl.when(parts.list.len() == count).then(parts).otherwise(pl.concat_list(single, rest.repeat_by(count - 1)))


def _summed(match: Match) -> frozenset[str]:
    """The columns of money and counts."""
    form = match.known.format
    columns = TABLES[form.table].by_name
    headers = (
        header
        for name, spec in form.columns.items()
        if name in columns and columns[name].kind in {"money", "integer"}
        for header in source_headers(spec)
    )
    return frozenset(f"c{place}" for header in headers if (place := match.place([header])) is not None)


def _refusals(uneven: pl.DataFrame, owner: str, header: str) -> tuple[Refusal, ...]:
    if uneven.is_empty():
        return ()
    first = uneven.head(limits.MAX_EXAMPLES).select("_row", pl.col(owner).list.head(limits.MAX_EXAMPLES).list.join(";"))
    examples = tuple(Example(row, header, shape(cell)) for row, cell in first.rows())
    return (Refusal("uneven_orders", uneven.height, examples),)
