"""How far orders had come in each export → between which exports every step was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec.structs import replace

from shopscore.model import Words
from shopscore.schema import TABLES
from shopscore.schema.steps import BRACKETS, GONE_ON, REACHED, STEPS, WAITING
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.readers.shops.merge import Part
    from shopscore.schema import Table

_KEY = "order_id"
_CLAIMS = {
    **{step: tuple(word for word, (taken, _) in REACHED.items() if step in taken) for step in STEPS},
    "waiting": GONE_ON,
}
"""Bracket → the positions that say it is over."""
_DENIALS = {
    **{step: tuple(word for word, (_, left) in REACHED.items() if step in left) for step in STEPS},
    "waiting": (WAITING,),
}
"""Bracket → the positions that say it is not over yet."""


def set_apart(
    parts: Mapping[tuple[str, str, str], Sequence[Part]], number: int
) -> dict[tuple[str, str, str], list[Part]]:
    """Take ``reached`` out of every shop's orders and make it a part of the shop's sightings.

    What a status says holds for the moment of its export only; of several exports the newest row stays, and no longer
    tells which export it came from. So this is done before rows are merged.

    Args:
        parts: platform, shop and table → rows by file.
        number: the file number of what is made here; no file's.
    """
    found = {place: list(of_table) for place, of_table in parts.items()}
    for (platform, shop, table), of_table in parts.items():
        if table == "orders" and any("reached" in part.frame.columns for part in of_table):
            seen = sightings(of_table)
            found[platform, shop, table] = [
                replace(part, frame=part.frame.drop("reached", strict=False)) for part in of_table
            ]
            if not seen.is_empty():
                part = replace(of_table[0], file=number, frame=seen, time=None, until=None, kept=False)
                found.setdefault((platform, shop, "sightings"), []).append(part)
    return found


def sightings(parts: Sequence[Part]) -> pl.DataFrame:
    """What files of orders say of the steps of every order, by the moments of their export.

    A step that had not been taken was taken after the earliest moment the export can have been made; one that had, by
    the latest. All rows of an order must say so, and one is enough to deny it. Where a name is over before the file's
    newest event, one of the two must be wrong and nothing follows.

    Returns:
        ``order_id``, ``_row`` and the bounds that some file gives; an order of which none is known has no row.
    """
    frames = [_of_file(part) for part in parts if "reached" in part.frame.columns and not _doubtful(part)]
    if not frames:
        return pl.DataFrame()
    rows = tightest(pl.concat(frames, how="vertical"), TABLES["sightings"], [_KEY])
    told = [name for name in rows.columns if name != _KEY and rows.get_column(name).null_count() < rows.height]
    some = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_not_null() for name in told))
    return rows.filter(some).select(_KEY, *told).with_row_index("_row", 1).with_columns(pl.col("_row").cast(pl.Int64))


def _doubtful(part: Part) -> bool:
    return part.time is not None and part.until is not None and part.until < part.time


def _of_file(part: Part) -> pl.DataFrame:
    time, reached = DTYPES["time"], pl.col("reached")
    after, by = pl.lit(part.time, dtype=time), pl.lit(part.until, dtype=time)
    said = part.frame.select(
        _KEY,
        *(reached.is_in(words).fill_null(value=False).alias(f"{name}_after") for name, words in _DENIALS.items()),
        *(reached.is_in(words).fill_null(value=False).alias(f"{name}_by") for name, words in _CLAIMS.items()),
    )
    if said.get_column(_KEY).n_unique() < said.height:
        denied, claimed = ([f"{name}_after" for name in _DENIALS], [f"{name}_by" for name in _CLAIMS])
        said = said.group_by(_KEY).agg(pl.col(denied).any(), pl.col(claimed).all())
    return said.select(
        _KEY,
        *(pl.when(f"{name}_after").then(after).alias(f"{name}_after") for name in _DENIALS),
        *(pl.when(f"{name}_by").then(by).alias(f"{name}_by") for name in _CLAIMS),
    )


def tightest(rows: pl.DataFrame, table: Table, key: Sequence[str]) -> pl.DataFrame:
    """Rows of one key made one: of each bound the one that says most, of everything else the first."""
    bounds = {column.name: column.bound for column in table.columns if column.bound}
    others = [name for name in rows.columns if name not in key and name not in bounds]
    return rows.group_by(key, maintain_order=True).agg(
        *(
            pl.col(name).max() if bounds[name] == "after" else pl.col(name).min()
            for name in rows.columns
            if name in bounds
        ),
        *(pl.col(name).first() for name in others),
    )


def contradicting(frame: pl.DataFrame) -> pl.Series:
    """The orders of which an older export says what a newer one denies; their bounds are not used."""
    there = [name for name in BRACKETS if {f"{name}_after", f"{name}_by"} <= set(frame.columns)]
    against = (pl.col(f"{name}_by") <= pl.col(f"{name}_after") for name in there)
    found = frame.filter(pl.any_horizontal(pl.lit(value=False), *against))
    return found.get_column(_KEY).sort()


def contradiction(shop: str, count: int, first: str) -> Words:
    """A word on such orders."""
    return Words(
        f"{shop}: for {count:,} of the orders, such as {first}, an older export is ahead of a newer one. No bounds "
        "follow for them; check the dates in the file names.",
        f"{shop}：{count:,} 笔订单的进度在不同日期的导出中前后矛盾，例如 {first}：较早的导出反而走得更远。"
        "不据此推断时间；请检查文件名中的日期。",
    )
