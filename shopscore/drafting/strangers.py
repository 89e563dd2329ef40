"""Rows that are no rows → how their cells begin, by known beginnings of explanations, totals and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

_LEADING = 4
"""Such texts stand in the first columns."""


def strangers(header: Mapping[int, str], cells: pl.DataFrame, beginnings: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Place of a column → the known beginnings that some of its cells have."""
    found: dict[int, tuple[str, ...]] = {}
    known = {text: fold(text) for text in beginnings}
    for place in list(header)[:_LEADING]:
        texts = {fold(text) for text in cast.clean(cells.get_column(f"c{place}")).drop_nulls().unique()}
        here = tuple(text for text, start in known.items() if any(cell.startswith(start) for cell in texts))
        if here:
            found[place] = here
    return found


def without(cells: pl.DataFrame, found: Mapping[int, Sequence[str]]) -> pl.DataFrame:
    """The rows none of whose cells begins so."""
    for place, texts in found.items():
        starts = tuple(map(fold, texts))
        column = cast.clean(cells.get_column(f"c{place}"))
        begins = [text for text in column.drop_nulls().unique() if fold(text).startswith(starts)]
        cells = cells.filter(~column.is_in(begins).fill_null(value=False))
    return cells
