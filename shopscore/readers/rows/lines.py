"""Numbers for the lines of an order where the export gives none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers.cells import cast
from shopscore.readers.cells.plain import BUYER
from shopscore.readers.rows.splitting import PART

if TYPE_CHECKING:
    from shopscore.readers.formats import Match
    from shopscore.schema import Table


def with_line_ids(frame: pl.DataFrame, grid: pl.DataFrame, match: Match, table: Table) -> pl.DataFrame:
    """Give every row a line number made of the texts that tell lines apart, and mark them ``_made``.

    ``numbered`` tells lines apart whose texts are equal, once all rows of a file are together;
    ``without_single_lines`` takes the numbers back from orders of one row once all files are.
    """
    form = match.known.format
    if not form.line_key or "line_id" not in table.by_name or "line_id" in frame.columns:
        return frame
    cells = [
        cast.clean(grid.get_column(f"c{place}")) for name in form.line_key if (place := match.place([name])) is not None
    ]
    if not cells:
        return frame
    parts = pl.DataFrame([cell.set(cast.blank(cell), None).alias(f"k{number}") for number, cell in enumerate(cells)])
    text = parts.select(pl.concat_str(pl.all(), separator="/", ignore_nulls=True).fill_null("")).to_series()
    return frame.with_columns(text.alias("line_id"), _made=pl.lit(value=True))


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Lines whose texts are equal get ``#2``, ``#3`` … in the order of their contents: that of the rows is no matter.

    Args:
        frame: all rows of a file, or all of them that belong to some orders.
    """
    if "_made" not in frame.columns:
        return frame
    # Pseudonyms differ from key to key, and an order has one buyer.
    contents = [name for name in frame.columns if not name.startswith("_") and name != BUYER]
    ranked = (
        frame.with_row_index("_place")
        .sort([*contents, "_row"], nulls_last=True)
        .with_columns(_n=pl.int_range(1, pl.len() + 1).over("order_id", "line_id"))
        .sort("_place")
    )
    number = pl.when((pl.col("_n") > 1) | (pl.col("line_id") == "")).then(pl.format("#{}", pl.col("_n")))
    line = pl.col("line_id") + number.otherwise(pl.lit(""))
    return ranked.with_columns(line.alias("line_id")).drop("_place", "_n")


def without_single_lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Take made line numbers back from orders that have one row."""
    if "_made" not in frame.columns:
        return frame
    alone = (pl.len().over("order_id") == 1) & pl.col("_made").fill_null(value=False)
    return frame.with_columns(pl.when(alone).then(None).otherwise(pl.col("line_id")).alias("line_id")).drop("_made")


def row_names(rows: pl.DataFrame) -> list[str]:
    """The columns that tell every row of every file from the others."""
    return ["_file", "_row", *([PART] if PART in rows.columns else [])]


def spread_over_lines(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Let a row about a whole order (no line number) speak for each line that other rows give the order.

    Money and counts of a whole order are no line's, so they are left blank. Copies are marked ``_copy``; the rows they
    come from are gone where the order has lines.
    """
    if table.key != ("order_id", "line_id") or "line_id" not in rows.columns:
        return rows
    whole = pl.col("line_id").is_null()
    lines = rows.filter(~whole).select("order_id", "line_id").unique(maintain_order=True)
    about = rows.filter(whole).join(lines.select("order_id").unique(), on="order_id", how="semi")
    if about.is_empty():
        return rows
    name = row_names(rows)
    others = rows.join(about.select(name), on=name, how="anti", nulls_equal=True).with_columns(
        _copy=pl.lit(value=False)
    )
    totals = [
        column.name for column in table.columns if column.kind in {"money", "integer"} and column.name in rows.columns
    ]
    copies = (
        about.drop("line_id")
        .join(lines, on="order_id", how="inner", maintain_order="left_right")
        .with_columns(*(pl.lit(None, dtype=rows.schema[name]).alias(name) for name in totals), _copy=pl.lit(value=True))
    )
    return pl.concat([others, copies.select(others.columns)])
