"""Rows of text, one at a time → grids of a bounded number of rows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Row = tuple[int, str | None, Sequence[str] | None]
    """A row's number, its flaw, and its cells; None where it has none because it is flawed."""

_ROWS = 50_000


def grids_of(rows: Iterable[Row], places: Sequence[int]) -> Iterator[pl.DataFrame]:
    """The rows as grids (see ``kinds``), at least one.

    Args:
        rows: the rows, blank ones left out.
        places: the header's places of their cells.
    """
    left = iter(rows)
    names = [f"c{place}" for place in places]
    schema = {"_row": pl.Int64(), "_flaw": pl.String(), **dict.fromkeys(names, pl.String())}
    nothing = [None] * len(places)
    first = True
    while (chunk := list(islice(left, _ROWS))) or first:
        first = False
        # Columns, which Polars takes over faster than rows.
        numbers, flaws, cells = zip(*chunk, strict=True) if chunk else ((), (), ())
        columns = zip(*(nothing if row is None else row for row in cells), strict=True) if chunk else ()
        data = dict(zip(names, columns, strict=False))
        yield pl.DataFrame({"_row": numbers, "_flaw": flaws, **{name: data.get(name, ()) for name in names}}, schema)
