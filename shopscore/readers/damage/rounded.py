"""Identifiers of which a spreadsheet kept fifteen digits → told from those that end in zeros by chance, and refused.

A single such number proves nothing: of numbers with nineteen digits one in ten thousand ends in four zeros. A column is
rounded if it has more of them than chance explains and they are a good part of it, or if rows of different moments have
become one number.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from shopscore.model import Refusal
from shopscore.readers.cells.plain import BUYER
from shopscore.readers.refusals import examples_of, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.readers.damage import Grid
    from shopscore.readers.refusals import Cells

_DIGITS = 15
"""What a spreadsheet keeps of a number."""
_LONG = rf"^[1-9][0-9]{{{_DIGITS},}}$"
_TAIL = rf"^[1-9][0-9]{{{_DIGITS - 1}}}0+$"
_LONGER_TAIL = rf"^[1-9][0-9]{{{_DIGITS - 2}}}00+$"
"""One more zero than rounding makes: numbers that end in zeros by design mostly have it, rounded ones one in ten."""
_NATS = 14.0
"""How improbable chance must be: one in a million."""
_PROOF = 2
"""Rows below which nothing is proven."""
_SAMPLE = 10_000
_SHARE = 0.2
"""One buyer's orders may all end alike; they are no good part of a shop's."""


def without_rounded_ids(columns: Sequence[Cells], grid: Grid) -> tuple[list[Cells], tuple[Refusal, ...]]:
    """Refuse identifiers of columns that a spreadsheet has rounded.

    Returns:
        The columns, and one note with the number of such cells.
    """
    times = next((item.values for item in columns if item.column.name == grid.table.born), None)
    found, notes = [], []
    suspects = _suspects(columns)
    for item in columns:
        if item.column.name not in suspects:
            found.append(item)
            continue
        # Only a row's own number stands for one moment; a product has many orders.
        hit = _rounded(item, times if item.column.name in grid.table.key[:1] else None)
        if hit is not None:
            notes.append(Refusal("excel_rounded_ids", int(hit.sum()), examples_of(item, grid.numbers, hit)))
        found.append(item if hit is None else refuse(item, hit))
    return found, tuple(notes)


def _suspects(columns: Sequence[Cells]) -> list[str]:
    """The columns with identifiers that may have been rounded."""
    ids = pl.DataFrame(
        [
            item.values.alias(item.column.name)
            for item in columns
            if item.column.kind == "id" and item.column.name != BUYER and item.values.dtype == pl.String()
        ]
    )
    counted = ids.select(_tailed(pl.col(name)).sum() for name in ids.columns)
    return [name for name in counted.columns if counted.item(0, name) >= _PROOF]


def _seldom(ids: pl.Expr) -> pl.Expr:
    return ids.str.ends_with("0") & (ids.str.len_bytes() > _DIGITS)


def _tailed(ids: pl.Expr) -> pl.Expr:
    return ids.filter(_seldom(ids)).str.contains(_TAIL)


def _rounded(item: Cells, born: pl.Series | None) -> pl.Series | None:
    """Which cells of a suspect were rounded, or None where nothing says that any was."""
    seldom = pl.DataFrame([item.values.alias("id")]).select(_seldom(pl.col("id"))).to_series()
    ending = item.values.filter(seldom)
    tailed = ending.filter(ending.str.contains(_TAIL))
    hits = tailed.unique()
    if 2 * hits.str.contains(_LONGER_TAIL).sum() > len(hits):
        return None
    if _beyond_chance(hits, item.values) or _has_collapsed(item.values, seldom, born):
        return item.values.str.contains(_TAIL).fill_null(value=False)
    return None


def _beyond_chance(hits: pl.Series, ids: pl.Series) -> bool:
    # The first few have no more different numbers than all of them: mostly enough to see that these are a small part.
    if len(hits) < _SHARE * len(_long(ids.head(_SAMPLE))):
        return False
    long = _long(ids)
    return len(hits) >= _SHARE * len(long) and _surprise(len(hits), _expected(long)) >= _NATS


def _long(ids: pl.Series) -> pl.Series:
    """The different numbers among some identifiers that a spreadsheet would round."""
    return ids.filter(ids.str.contains(_LONG)).unique()


def _expected(long: pl.Series) -> float:
    """How many of some numbers would end in zeros past the fifteenth digit by chance."""
    past = long.str.len_bytes().cast(pl.Float64()) - _DIGITS
    return float(pl.select((pl.lit(0.1) ** pl.lit(past)).sum()).item())


def _surprise(found: int, expected: float) -> float:
    """At least how many nats against so many or more of rare things of which so many are expected (Chernoff)."""
    return found * math.log(found / expected) - found + expected if found > expected else 0.0


def _has_collapsed(ids: pl.Series, seldom: pl.Series, born: pl.Series | None) -> bool:
    """Whether rows of different moments have one such number."""
    if born is None:
        return False
    rows = pl.DataFrame({"id": ids, "born": born}).filter(seldom).filter(pl.col("id").str.contains(_TAIL))
    return bool((rows.group_by("id").agg(pl.col("born").drop_nulls().n_unique()).get_column("born") > 1).any())
