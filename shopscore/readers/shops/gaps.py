"""A shop's merged tables → the days of which a table's rows must be missing, and the file where they should stand.

It looks at a table over all its files: a hole between two exports is the usual cause.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from shopscore.model import Example, Refusal
from shopscore.readers import limits
from shopscore.readers.shops.rhythm import silences
from shopscore.ruleset.calendar import closed_days
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.readers.shops.merge import Part
    from shopscore.readers.shops.rhythm import Days
    from shopscore.schema import Table

_ALSO: Mapping[str, tuple[str, ...]] = {"orders": ("order_lines",)}
"""Tables that speak of the same things: an order is known from its lines too."""


def gaps_of(tables: Mapping[str, pl.DataFrame], now: dt.datetime) -> dict[str, tuple[Days, ...]]:
    """The days in a table's middle of which rows must be missing.

    Args:
        tables: a shop's merged tables.
        now: later days have not come yet.

    Returns:
        Table → first and last days, both in; tables without such days are absent.
    """
    steady = (name for name in tables if TABLES[name].steady)
    found = {name: silences(_by_day(name, tables, now), closed_days()) for name in steady}
    return {name: days for name, days in found.items() if days}


def _by_day(name: str, tables: Mapping[str, pl.DataFrame], now: dt.datetime) -> dict[dt.date, int]:
    counts: dict[dt.date, int] = {}
    for each in (name, *_ALSO.get(name, ())):
        for day, rows in _born(TABLES[each], tables.get(each)):
            if day <= now.date():
                counts[day] = counts.get(day, 0) + rows
    return counts


def _born(table: Table, frame: pl.DataFrame | None) -> Iterator[tuple[dt.date, int]]:
    if frame is None or table.born not in frame.columns:
        return iter(())
    days = frame.get_column(table.born).drop_nulls().dt.date().value_counts(name="rows")
    return days.iter_rows()


def noted(table: Table, parts: Iterable[Part], days: Sequence[Days]) -> dict[int, Refusal]:
    """The files whose last row before a gap is the newest: there, or in the next file, the missing rows should stand.

    Args:
        table: the table.
        parts: what each file gave to it.
        days: its gaps.

    Returns:
        File → how many days are missing, and after which rows.
    """
    found: dict[int, list[tuple[Days, Example]]] = {}
    parts = list(parts)
    for span in days:
        file, row = _last_before(table, parts, span[0])
        shown = f"{span[0]}..{span[1]}" if span[0] != span[1] else f"{span[0]}"
        found.setdefault(file, []).append((span, Example(row, str(table.born), shown)))
    return {
        file: Refusal(
            "gap",
            sum((last - first).days + 1 for (first, last), _ in of_file),
            tuple(example for _, example in of_file[: limits.MAX_EXAMPLES]),
        )
        for file, of_file in found.items()
    }


def _last_before(table: Table, parts: Sequence[Part], day: dt.date) -> tuple[int, int]:
    """The file and row of the newest row before a day; of equals the first."""
    start = dt.datetime.combine(day, dt.time())
    born = pl.col(str(table.born))
    newest = [
        (times, part.file, rows)
        for part in parts
        if table.born in part.frame.columns
        for times, rows in part.frame.filter(born < start).select(born.max(), pl.col("_row").get(born.arg_max())).rows()
        if times is not None
    ]
    if not newest:
        # Only the table that speaks of the same things has rows before.
        return parts[0].file, parts[0].frame.item(0, "_row") if parts[0].frame.height else 0
    _, file, row = max(newest, key=lambda each: (each[0], -each[1]))
    return file, row
