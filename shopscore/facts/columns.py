"""Small expressions every fact is made of: blanks filled as the contract reads them, durations, hours, pack columns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from shopscore.schema import FACTS, TABLES
from shopscore.tables import DTYPES, table_schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from shopscore.ruleset.pack import ServiceHours
    from shopscore.schema import Kind

TIME = DTYPES["time"]
BLANK_MEANS: Mapping[tuple[str, str], str | bool] = {("orders", "kind"): "spot", ("messages", "agent_online"): True}
"""What a blank cell says where it does not say "not known"; a blank flag says false."""
UNSAID = frozenset({("reviews", "is_first")})
"""Flags that stay blank in a file without the column: false would call every review of such a file an addition."""
BY_PACK = {"clock_at": "paid_at", "ship_deadline_at": "promise_at", "buyer_weight": "1"}
"""Columns the pack computes, and what they are where it says nothing."""


def empty(table: str) -> pl.DataFrame:
    """Return a canonical table without rows."""
    return pl.DataFrame(schema=table_schema(table))


def complete(frame: pl.DataFrame, table: str, names: tuple[str, ...] = ()) -> pl.DataFrame:
    """Give a frame every canonical column of its table, with blanks read as the contract reads them.

    Args:
        frame: rows with any of the table's columns; further columns stay.
        table: the canonical table.
        names: the columns wanted; none named: all of the table's.
    """
    wanted = [column for column in TABLES[table].columns if not names or column.name in names]
    exprs: list[pl.Expr] = []
    for column in wanted:
        present = column.name in frame.columns
        meaning = BLANK_MEANS.get((table, column.name), False if column.kind == "flag" else None)
        if not present and (table, column.name) in UNSAID:
            meaning = None
        if not present:
            exprs.append(_absent(column.name, column.kind, meaning=meaning))
        elif meaning is not None and frame[column.name].null_count():
            exprs.append(pl.col(column.name).fill_null(meaning))
    return frame.with_columns(exprs)


def finish(frame: pl.LazyFrame, fact: str, judged: dt.datetime) -> pl.LazyFrame:
    """Keep exactly the dictionary's columns of a fact, in its order and types."""
    frame = frame.with_columns(pl.lit(judged, dtype=TIME).alias("judged_at"))
    return frame.select(_typed(fact))


@cache
def _typed(fact: str) -> tuple[pl.Expr, ...]:
    """A fact's columns in their types."""
    return tuple(pl.col(column.name).cast(DTYPES[column.kind]) for column in FACTS[fact].columns)


@cache
def _absent(name: str, kind: Kind, *, meaning: str | bool | None) -> pl.Expr:
    """A column that no file gave."""
    return pl.lit(meaning, dtype=DTYPES[kind]).alias(name)


def seconds(start: str, end: str) -> pl.Expr:
    """Whole seconds from one time to another; blank while one is."""
    return (pl.col(end) - pl.col(start)).dt.total_seconds()


def spent(start: str, end: str) -> pl.Expr:
    """Whole seconds spent between two times; blank also where they run backwards: one of them must be wrong."""
    length = seconds(start, end)
    return pl.when(length >= 0).then(length)


def found(
    keys: tuple[str, ...], rows: Callable[[], pl.DataFrame], kind: pl.DataType, *, otherwise: bool | None = None
) -> pl.Expr:
    """What another frame says of a row's keys: looked up only where somebody asks for the column.

    Args:
        keys: the columns that name the row there; where one is blank they name none.
        rows: makes the other frame: the keys, each pair once, and the value.
        kind: what the value is.
        otherwise: the value of keys that are not there.
    """
    named = pl.all_horizontal(pl.col(key).is_not_null() for key in keys)
    once = cache(rows)  # a fact is read for several purposes

    def look_up(wanted: pl.Series) -> pl.Series:
        frame = once()
        frame = frame.rename(dict(zip(frame.columns, (*keys, "_value"), strict=True))).with_columns(_there=True)
        both = wanted.struct.unnest().join(frame, on=keys, how="left", maintain_order="left")
        missing = pl.col("_there").is_null() & named
        value = pl.when(missing).then(pl.lit(otherwise, dtype=kind)).otherwise("_value")
        return both.select(value.cast(kind)).to_series()

    return pl.struct(keys).map_batches(look_up, return_dtype=kind)


def changes(*keys: str | pl.Expr) -> pl.Expr:
    """Whether a row differs from the one before it in any key; true for the first row."""
    columns = [pl.col(key) if isinstance(key, str) else key for key in keys]
    first = pl.int_range(pl.len()) == 0
    return first | pl.any_horizontal(column.ne_missing(column.shift()) for column in columns)


def hour_and_weekday(at: str) -> tuple[pl.Expr, pl.Expr]:
    """Hour 0 to 23 and weekday 1 (Monday) to 7 of a time, as ``hour`` and ``weekday``."""
    return pl.col(at).dt.hour().alias("hour"), pl.col(at).dt.weekday().alias("weekday")


def by_pack(name: str, columns: Mapping[str, str]) -> pl.Expr:
    """Compile one column of the pack's ``facts.columns`` block over the orders columns before it."""
    text = columns.get(name) or columns.get(f"orders.{name}") or BY_PACK[name]
    kind = FACTS["orders"].by_name[name].kind
    return pl.sql_expr(text).cast(DTYPES[kind]).alias(name)


def with_clock(frame: pl.LazyFrame, columns: Mapping[str, str]) -> pl.LazyFrame:
    """Add ``clock_at``, ``promise_at``, ``ship_deadline_at`` and ``buyer_weight`` to rows with the orders columns."""
    hours = (pl.col("promised_ship_hours") * 3600).round().cast(pl.Int64)
    promise = pl.coalesce("promised_ship_at", pl.col("clock_at") + pl.duration(seconds=hours)).cast(TIME)
    return (
        frame.with_columns(by_pack("clock_at", columns))
        .with_columns(promise.alias("promise_at"))
        .with_columns(by_pack("ship_deadline_at", columns), by_pack("buyer_weight", columns))
    )


def in_hours(at: str, hours: ServiceHours | None) -> pl.Expr:
    """Whether a time lies inside the service hours: the opening second in, the closing one out.

    Hours that close before they open run over midnight. Blank without hours and for a blank time.
    """
    if hours is None:
        return pl.lit(None, dtype=pl.Boolean)
    opens, closes = (int(text[:2]) * 3600 + int(text[3:]) * 60 for text in (hours.opens, hours.closes))
    of_day = (pl.col(at) - pl.col(at).dt.truncate("1d")).dt.total_seconds()
    after, before = of_day >= opens, of_day < closes
    return after & before if opens < closes else after | before
