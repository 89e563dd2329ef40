"""One shop's rows of one table from all its files → each row once, whatever the order of files and rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field

from shopscore.readers.rows.lines import row_names, spread_over_lines, without_single_lines
from shopscore.readers.rows.once import MARK, on_one_line
from shopscore.readers.shops.sightings import tightest
from shopscore.tables import DTYPES, newest_until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.schema import Table

_STAGES = 64
"""More than any life cycle has stages."""
_LEAST = dt.timedelta(microseconds=1)
_UNKNOWN = dt.datetime(1970, 1, 1) - _LEAST
"""Where a file of which no time is known stands among the others: before all of them."""


class Part(Struct, frozen=True):
    """The rows one file gives to one shop's table.

    Attributes:
        file: the file's number.
        frame: canonical columns and ``_row``.
        time: when the file was exported at the earliest: by its name, or by its newest past event where that is later;
            None where neither is known.
        until: when it was exported at the latest, where its name tells; where that is before ``time``, the name tells
            something else.
        kept: an earlier run saved it: older than any file of the same time, and never refused with them.
    """

    file: int
    frame: pl.DataFrame
    time: dt.datetime | None
    until: dt.datetime | None = None
    kept: bool = False


class Merged(Struct, frozen=True):
    """A table with every row once.

    Attributes:
        frame: canonical columns only, in the dictionary's order.
        accepted: file → rows that stand for their key.
        duplicate: file → rows that repeat or were overtaken.
        conflicts: ``_file`` and ``_row`` of rows that contradict each other with nothing to say which is newer.
        alone: file → the columns that it alone tells something in: they fill its duplicates' keys.
    """

    frame: pl.DataFrame
    accepted: dict[int, int]
    duplicate: dict[int, int]
    conflicts: pl.DataFrame
    alone: dict[int, frozenset[str]] = field(default_factory=dict)


def merge(table: Table, parts: Sequence[Part]) -> Merged:
    """Merge the files' rows.

    A later export wins column by column with what it does not leave blank; among rows of one time the later stage of
    life wins; what then still differs is a conflict, and every row of that key is refused. Of bounds the one that says
    most is kept. Rows of tables without a key stay as often as the file that has most of them holds them.
    """
    if len(parts) == 1 and _settled(table, parts[0].frame):
        return _alone(table, parts[0])
    rows = _tagged(sorted(parts, key=lambda part: part.file))
    total = _counts(rows)
    key = [name for name in table.key if name in rows.columns]
    rows = spread_over_lines(rows, table)
    if not table.key:
        kept, conflicts = (_as_often_as_any(rows) if len(parts) > 1 else rows), rows.clear()
    elif _unique(rows, key):
        kept, conflicts = rows, rows.clear()
    elif any(column.bound for column in table.columns):
        kept, conflicts = tightest(rows, table, key), rows.clear()
    else:
        kept, conflicts = _newest(rows, table, key)
        kept, conflicts = _spared(kept, conflicts, parts)
    conflicts = conflicts.unique(row_names(conflicts)).select("_file", "_row")
    accepted, refused = _counts(kept), _counts(conflicts)
    duplicate = {file: count - accepted.get(file, 0) - refused.get(file, 0) for file, count in total.items()}
    return Merged(_canonical(table, kept), accepted, duplicate, conflicts, _told_alone(table, parts) if key else {})


def _settled(table: Table, frame: pl.DataFrame) -> bool:
    """Whether a file's rows are the table's rows as they stand: no key twice, no row that speaks for other rows."""
    key = [name for name in table.key if name in frame.columns]
    lines = frame.get_column("line_id").null_count() if "line_id" in key else 0
    return lines in {0, frame.height} and (not table.key or _unique(frame, key))


def _alone(table: Table, part: Part) -> Merged:
    nothing = pl.DataFrame(schema={"_file": pl.Int32(), "_row": pl.Int64()})
    counts = {part.file: part.frame.height} if part.frame.height else {}
    return Merged(_canonical(table, part.frame), counts, dict.fromkeys(counts, 0), nothing)


def _told_alone(table: Table, parts: Sequence[Part]) -> dict[int, frozenset[str]]:
    """File → the columns beside the key in which no other file tells anything."""
    tellers: dict[str, set[int]] = {}
    for part in parts:
        for name in _values(part.frame):
            if name not in table.key and part.frame.get_column(name).null_count() < part.frame.height:
                tellers.setdefault(name, set()).add(part.file)
    files = {part.file for part in parts}
    return {file: frozenset(name for name, told in tellers.items() if told == {file}) for file in files}


def _canonical(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    rows = without_single_lines(on_one_line(rows))
    there = set(rows.columns)
    return rows.select(column.name for column in table.columns if column.name in there)


def newest_event(table: Table, frame: pl.DataFrame, now: dt.datetime) -> dt.datetime | None:
    """The newest thing that has happened by now in some rows."""
    names = [column.name for column in table.columns if column.event and column.name in frame.columns]
    newest = (newest_until(frame.get_column(name), now) for name in names)
    return max((moment for moment in newest if moment is not None), default=None)


def _spared(kept: pl.DataFrame, conflicts: pl.DataFrame, parts: Sequence[Part]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave what an earlier run saved where newer files contradict each other: their quarrel is not with it."""
    saved = [part.file for part in parts if part.kept]
    if not saved or conflicts.is_empty():
        return kept, conflicts
    own = ~pl.col("_copy") if "_copy" in conflicts.columns else pl.lit(value=True)
    spared = pl.col("_file").is_in(saved) & own
    return pl.concat([kept, conflicts.filter(spared)], how="vertical"), conflicts.filter(~spared)


def _tagged(parts: Sequence[Part]) -> pl.DataFrame:
    """The rows of all files, each with its file and the time of it."""
    times = [(part.time or _UNKNOWN) - _LEAST if part.kept else part.time for part in parts]
    tags = pl.DataFrame(
        {"_file": [part.file for part in parts], "_time": times, "rows": [part.frame.height for part in parts]},
        schema={"_file": pl.Int32(), "_time": DTYPES["time"], "rows": pl.UInt32()},
    ).filter(pl.col("rows") > 0)
    each = tags.select(pl.col("_file", "_time").repeat_by("rows").explode())
    return pl.concat([part.frame for part in parts], how="diagonal", rechunk=False).hstack(each)


def _counts(rows: pl.DataFrame) -> dict[int, int]:
    if rows.is_empty():
        return {}
    if rows.get_column("_file").n_unique() == 1:
        return {rows.item(0, "_file"): rows.height}
    return dict(rows.group_by("_file").len().rows())


def _values(rows: pl.DataFrame) -> list[str]:
    return [name for name in rows.columns if not name.startswith("_")]


def _as_often_as_any(rows: pl.DataFrame) -> pl.DataFrame:
    """Equal rows as often as the file with most of them has them."""
    values = _values(rows)
    several = rows.select(values).hash_rows().is_duplicated()
    if not several.any():
        return rows
    copies = rows.with_row_index("_at").filter(several)
    numbered = copies.with_columns(_n=pl.int_range(pl.len()).over([*values, "_file"]))
    kept = numbered.unique([*values, "_n"], keep="first", maintain_order=True).get_column("_at")
    return rows.filter(~several | pl.int_range(rows.height, dtype=pl.UInt32, eager=True).is_in(kept.implode()))


def _unique(rows: pl.DataFrame, key: Sequence[str]) -> bool:
    # Rows whose hashes differ differ; should two hashes meet by chance, the slow way finds nothing to merge.
    return rows.select(key).hash_rows().n_unique() == rows.height


def _newest(rows: pl.DataFrame, table: Table, key: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The merged rows, and the rows in conflict."""
    repeated = rows.group_by(key).len().filter(pl.col("len") > 1).drop("len")
    alone = rows.join(repeated, on=key, how="anti", nulls_equal=True)
    copies = rows.join(repeated, on=key, how="semi", nulls_equal=True)
    # A value is an order's for all copies of its row if it is so for one, however that one ranks.
    marks = (pl.col(name).any().over(key) for name in copies.columns if name.startswith(MARK))
    ranked = copies.with_columns(_rank(table, copies), *marks).sort(
        ["_rank", "_file", "_row"], descending=[True, False, False], nulls_last=True
    )
    equal = [*_values(ranked), *(["_copy"] if "_copy" in ranked.columns else [])]
    distinct = ranked.unique(equal, keep="first", maintain_order=True)
    clashing = _clashing(distinct, key)
    sound = distinct.join(clashing, on=key, how="anti", nulls_equal=True, maintain_order="left")
    kept = sound.group_by(key, maintain_order=True).agg(_aggregates(sound, key)).select(alone.columns)
    conflicts = rows.join(clashing, on=key, how="semi", nulls_equal=True)
    return pl.concat([alone, kept], how="vertical"), conflicts


def _rank(table: Table, rows: pl.DataFrame) -> pl.Expr:
    """Later exports above earlier ones, then later stages of life above earlier ones."""
    time = pl.col("_time").fill_null(_UNKNOWN).to_physical()
    if table.stages is None or table.stages[0] not in rows.columns:
        return (time * _STAGES).alias("_rank")
    name, stages = table.stages
    stage = pl.col(name).replace_strict(
        list(stages), list(range(1, len(stages) + 1)), default=0, return_dtype=pl.Int64()
    )  # fmt: skip
    return (time * _STAGES + stage.fill_null(0)).alias("_rank")


def _aggregates(rows: pl.DataFrame, key: Sequence[str]) -> list[pl.Expr]:
    """Per key: each column's newest value, and which row the merged one is counted as."""
    others = [name for name in _values(rows) if name not in key]
    hidden = [name for name in rows.columns if name.startswith("_") and name != "_rank"]
    newest = [pl.col(name).drop_nulls().first() for name in others]
    # What is said of the whole order counts as a repetition of its lines, never as a line.
    own = ~pl.col("_copy") if "_copy" in rows.columns else pl.lit(value=True)
    return [*newest, *(pl.col(name).filter(own).first() for name in hidden)]


def _clashing(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The keys of which some column's newest value is in doubt, told among those that have two rows of one rank."""
    tied = rows.filter(pl.struct(*key, "_rank").is_duplicated()).select(key).unique()
    others = [name for name in _values(rows) if name not in key]
    clash = pl.any_horizontal(pl.lit(value=False), *(_clash(name) for name in others))
    doubtful = rows.join(tied, on=key, how="semi", nulls_equal=True)
    return doubtful.group_by(key).agg(clash.alias("_clash")).filter("_clash").select(key)


def _clash(name: str) -> pl.Expr:
    there = pl.col(name).is_not_null()
    top = pl.col("_rank").filter(there).max()
    return pl.col(name).filter(there & (pl.col("_rank") == top)).n_unique() > 1
