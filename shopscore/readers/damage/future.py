"""Events later than their file was exported → a note: they have not happened, or their clock is wrong."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from shopscore.model import Refusal
from shopscore.readers.refusals import examples_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from shopscore.readers.damage import Grid
    from shopscore.readers.refusals import Cells

FUTURE = "future_times"

_SLACK = dt.timedelta(days=1)
"""A day in a file's name is its beginning, and clocks and zones differ by less than a day."""
_MOST = 0.5
"""If more times than this lie after the moment in a file's name, it is not the moment of its export."""


def future_times(columns: Sequence[Cells], grid: Grid, accepted: pl.Series) -> tuple[Refusal, ...]:
    """Note the rows with events that cannot have happened yet; they are kept, since nothing says what is right.

    Args:
        columns: the columns.
        grid: what is known beside them.
        accepted: the rows that are used.
    """
    late = [(item, hit) for item in columns if (hit := _late(item, grid, accepted)) is not None]
    if not late:
        return ()
    rows = reduce(or_, (hit for _, hit in late))
    first, hit = late[0]
    return (Refusal(FUTURE, int(rows.sum()), examples_of(first, grid.numbers, hit, row_read=True)),)


def _late(item: Cells, grid: Grid, accepted: pl.Series) -> pl.Series | None:
    """The used rows in which an event is too late, or None where it is in none."""
    limit = latest(item, grid) if item.column.event and item.column.kind == "time" else None
    newest = item.values.max()
    if limit is None or not isinstance(newest, dt.datetime) or newest <= limit:
        return None
    hit = (item.values > limit).fill_null(value=False) & accepted
    return hit if hit.any() else None


def latest(item: Cells, grid: Grid) -> dt.datetime | None:
    """The latest moment that an event of a column can have; None where nobody knows."""
    if grid.exported is not None:
        limit = grid.exported + _SLACK
        newest = item.values.max()
        if not isinstance(newest, dt.datetime) or newest <= limit:
            return limit
        if int((item.values > limit).sum()) <= _MOST * (len(item.values) - item.values.null_count()):
            return limit
    return grid.now + _SLACK if grid.now is not None else None
