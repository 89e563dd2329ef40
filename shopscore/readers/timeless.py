"""Files and what they gave → whether a later clock would make the same of them.

The clock says which events cannot have happened yet, and which moments in the names of files tell something else than
an export. Where nothing lies ahead of it, no later clock changes anything.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopscore.readers.damage.future import FUTURE
from shopscore.readers.damage.swapped import SWAPPED
from shopscore.readers.folders.bundles import stem_of
from shopscore.readers.folders.stamps import exported
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from shopscore.readers.read import FileRead
    from shopscore.readers.settings import Settings
    from shopscore.tables import ShopTables

_ANY_DAY = dt.datetime(9999, 12, 31)
_CLOCK_BOUND = frozenset({FUTURE, SWAPPED})
"""Notes that a later day may not make."""


def timeless(file: FileRead, settings: Settings) -> bool:
    """Whether a file has no event, and no moment in its name, that is ahead of the clock."""
    if file.rows is None:
        return True
    if file.rows.disk is not None or any(note.reason in _CLOCK_BOUND for note in file.account.notes):
        return False
    known = settings.known_for(file.item.formats)
    patterns = next((each.format.export_time for each in known if each.format.id == file.account.format), ())
    if exported(stem_of(file.item.name), patterns, _ANY_DAY) != file.time:
        return False
    return _newest(file.rows.table, file.rows.frame) <= settings.now


def all_over(shops: Iterable[ShopTables], now: dt.datetime) -> bool:
    """Whether every day of which a daily table tells is over."""
    day = dt.timedelta(days=1)
    return all(
        _newest(name, shop.tables[name]) <= now - day for shop in shops for name in shop.tables if TABLES[name].daily
    )


def _newest(table: str, frame: pl.DataFrame) -> dt.datetime:
    """The newest event in some rows."""
    # Columns one by one: asking a frame for all of them costs more than they do, and files are many.
    found = (frame.get_column(each.name).max() for each in TABLES[table].columns if each.event and each.name in frame)
    times = (each for each in found if isinstance(each, dt.datetime))
    return max(times, default=dt.datetime.min)  # noqa: DTZ901 - canonical times are naive
