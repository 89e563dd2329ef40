"""Tables as they stood at an earlier moment, and the newest moment they know of."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from shopscore.schema import TABLES
from shopscore.tables import newest_until

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.tables import ShopTables


def rewind(table: str, frame: pl.DataFrame, as_of: dt.datetime) -> pl.DataFrame:
    """Leave out rows born after ``as_of`` and blank what happened to the others, or was seen of them, later.

    Promised and due times stay: they were known before. A row without a birth time stays too.
    """
    spec = TABLES[table]
    if _newest(frame, spec.born) > as_of:
        frame = frame.filter((pl.col(str(spec.born)) <= as_of).fill_null(value=True))  # blank: born no one knows when
    seen = (column.name for column in spec.columns if column.bound and column.name in frame.columns)
    names = (name for name in (*event_columns(table, frame), *seen) if name != spec.born)
    later = [name for name in names if _newest(frame, name) > as_of]
    return frame.with_columns(pl.when(pl.col(name) <= as_of).then(pl.col(name)).alias(name) for name in later)


def event_columns(table: str, frame: pl.DataFrame) -> tuple[str, ...]:
    """Names of the columns a frame has that say when something happened."""
    return tuple(c.name for c in TABLES[table].columns if c.event and c.name in frame.columns)


def newest_event(shop: ShopTables, now: dt.datetime) -> dt.datetime:
    """Return the newest event over all tables that is not after ``now``; ``now`` where there is none.

    A time after ``now`` is a mistake in a file or in a clock, not an event. When a listing went on sale says nothing
    of when anybody looked. A day that was over when its file was made is an event at its end.
    """
    newest = [
        _ended(shop, table, newest_until(frame.get_column(name), now), now)
        for table, frame in shop.tables.items()
        if not TABLES[table].snapshot
        for name in event_columns(table, frame)
    ]
    return max((at for at in newest if at is not None), default=now)


def _ended(shop: ShopTables, table: str, newest: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    """The end of a daily table's newest day where its file is from later, else its beginning."""
    if newest is None or not TABLES[table].daily:
        return newest
    end = newest + dt.timedelta(days=1)
    return end if end <= min(now, shop.seen_until.get(table, newest)) else newest


def judged(
    shop: ShopTables, tables: Mapping[str, pl.DataFrame], used: tuple[str, ...], as_of: dt.datetime
) -> dt.datetime:
    """Return the moment up to which a fact can be trusted: ``as_of``, or the least ``seen_until`` of its tables.

    A table that gives no event is not asked: it cannot say how far it reaches.
    """
    asked = [name for name in used if name in tables and event_columns(name, tables[name])]
    return min([as_of, *(shop.seen_until[name] for name in asked if name in shop.seen_until)])


def _newest(frame: pl.DataFrame, name: str | None) -> dt.datetime:
    newest = frame[name].max() if name in frame.columns else None
    return newest if isinstance(newest, dt.datetime) else dt.datetime.min  # noqa: DTZ901 - canonical times are naive
