"""Rows that belong to one order → what an export writes on each of them, and what on the first only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.drafting.phrases import plain
from shopscore.readers.cells import cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.schema import Table

_MOST_KEYS = 3


class OrderRows(Struct, frozen=True):
    """How an export writes orders of several rows.

    Attributes:
        several: orders of several rows in the sample.
        fill_down: canonical columns given on an order's first row only.
        same: money that every row of an order repeats.
    """

    several: int
    fill_down: tuple[str, ...]
    same: tuple[str, ...]


def order_rows(places: Mapping[str, int], cells: pl.DataFrame, table: Table) -> OrderRows:
    """What the rows of one order have in common.

    Args:
        places: canonical column → place of its header.
        cells: the sample.
        table: the canonical table.
    """
    owner = places.get("order_id")
    if owner is None or "line_id" not in table.by_name or cells.is_empty():
        return OrderRows(0, (), ())
    said = cells.select(pl.Series(name, _said(cells.get_column(f"c{place}"))) for name, place in sorted(places.items()))
    orders = said.with_columns(_order=pl.col("order_id").forward_fill()).filter(pl.col("_order").is_not_null())
    groups = orders.with_columns(_at=pl.int_range(pl.len()).over("_order"), _of=pl.len().over("_order"))
    groups = groups.filter(pl.col("_of") > 1)
    if groups.is_empty():
        return OrderRows(0, (), ())
    first, further = groups.filter(pl.col("_at") == 0), groups.filter(pl.col("_at") > 0)
    amounts = {column.name for column in table.columns if column.kind in {"money", "integer"}}
    down = (
        column.name
        for column in table.columns
        if column.name in places and column.name not in amounts
        if further.get_column(column.name).is_null().all() and first.get_column(column.name).is_not_null().any()
    )
    money = sorted(column.name for column in table.columns if column.kind == "money" and column.name in places)
    return OrderRows(first.height, tuple(down), _same(groups, money))


def _same(groups: pl.DataFrame, names: Sequence[str]) -> tuple[str, ...]:
    """The columns that hold one value on all rows of every order of several rows."""
    found = groups.group_by("_order").agg(pl.col(name).n_unique() for name in names)
    return tuple(
        name for name in names if (found.get_column(name) == 1).all() and groups.get_column(name).is_not_null().any()
    )


def _said(cells: pl.Series) -> pl.Series:
    texts = cast.clean(cells)
    return texts.set(cast.blank(texts), None)


def line_key(header: Mapping[int, str], cells: pl.DataFrame, phrases: Iterable[str]) -> tuple[str, ...]:
    """The headers that tell the rows of one order apart, the best first.

    Args:
        header: place → header.
        cells: the sample; a column without any text tells nothing apart.
        phrases: of such headers, the best first.
    """
    by_words = {plain(name): (place, name) for place, name in reversed(list(header.items()))}
    found = (by_words[plain(phrase)] for phrase in phrases if plain(phrase) in by_words)
    filled = [name for place, name in dict.fromkeys(found) if _said(cells.get_column(f"c{place}")).is_not_null().any()]
    return tuple(filled[:_MOST_KEYS])
