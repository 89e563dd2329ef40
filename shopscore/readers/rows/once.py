"""An order's amount that an export repeats on each of its lines → on one line, so that lines add up to the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.model import CellRefusals, Example
from shopscore.readers import limits

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = "_once_"
"""Before a column's name: which rows have its value from an export that repeats it."""


def marked(frame: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """Rows with their repeated columns marked; the values stay on every line until all files are together.

    Were they taken off the lines file by file, a line that one download has first and another one second would carry
    the amount once for each.
    """
    there = [name for name in names if name in frame.columns]
    return frame.with_columns(pl.lit(value=True).alias(MARK + name) for name in there) if there else frame


def without_contradictions(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[CellRefusals, ...]]:
    """Blank what differs from line to line of one order and so is not the order's.

    Args:
        frame: all rows of a file, so that no order is seen in part.

    Returns:
        The rows, and the cells blanked, by column.
    """
    refused = []
    for name in _names(frame):
        differs = frame.select((pl.col(name).drop_nulls().n_unique().over("order_id") > 1) & pl.col(name).is_not_null())
        mask = differs.to_series()
        if mask.any():
            first = frame.filter(mask).select("_row", name).sort("_row").head(limits.MAX_EXAMPLES)
            examples = tuple(Example(row, name, str(value)) for row, value in first.rows())
            refused.append(CellRefusals(name, int(mask.sum()), examples))
            frame = frame.with_columns(frame.get_column(name).set(mask, None))
    return frame, tuple(refused)


def on_one_line(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep repeated values on the first line of each order, by its number.

    Args:
        frame: a shop's rows of one table from all its files, merged; where a file is older it has ``_time``. Of values
            that differ the newest is the order's; among equally new ones none is.
    """
    for name in _names(frame):
        frame = frame.with_columns(_kept(frame, name)).drop(MARK + name)
    return frame


def _names(frame: pl.DataFrame) -> list[str]:
    return [name.removeprefix(MARK) for name in frame.columns if name.startswith(MARK)]


def _kept(frame: pl.DataFrame, name: str) -> pl.Series:
    repeated = pl.col(MARK + name).fill_null(value=False) & pl.col(name).is_not_null()
    time = pl.col("_time").to_physical().fill_null(-1) if "_time" in frame.columns else pl.lit(0)
    line = pl.col("line_id").fill_null("") if "line_id" in frame.columns else pl.lit("")
    seen = frame.select("order_id", value=name, repeated=repeated, time=time, line=line)
    order = pl.col("order_id")
    ranked = seen.with_columns(
        first=pl.col("line") == pl.col("line").filter("repeated").min().over(order),
        newest=pl.col("repeated") & (pl.col("time") == pl.col("time").filter("repeated").max().over(order)),
    )
    values = pl.col("value").filter("newest")
    said = pl.when(values.n_unique().over(order) == 1).then(values.first().over(order))
    return ranked.select(pl.when(~pl.col("repeated")).then("value").when("first").then(said).alias(name)).to_series()
