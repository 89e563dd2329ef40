"""Files that were read before → what they gave then, as if they had been read again.

What a file gives hangs on its content, its name, what people wrote beside it, and the rules; all of that makes the name
under which it is kept. It hangs on the clock too, which says which events cannot have happened yet: a file that has
such events, or may have, is read every time. Buyers are kept as the pseudonyms they are in every other place, chat
texts not at all.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - what is kept is read by its fields' types
import hashlib
import json
from collections.abc import Mapping  # noqa: TC003 - as above
from typing import TYPE_CHECKING

import polars as pl
from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, encode
from msgspec.structs import replace

from shopscore import cache
from shopscore.model import CellRefusals, FileAccount, Refusal  # noqa: TC001 - as above
from shopscore.readers.cells.style import Order  # noqa: TC001 - as above
from shopscore.readers.entries import DamagedError, packed, unpacked
from shopscore.readers.folders.stamps import Stamp  # noqa: TC001 - as above
from shopscore.readers.identity import Owner  # noqa: TC001 - as above
from shopscore.readers.read import FileRead, digest, read_item
from shopscore.readers.rows.rows import Rows
from shopscore.readers.timeless import timeless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.cache import Cache
    from shopscore.readers.folders.items import Item
    from shopscore.readers.settings import Settings

_STORED = ".parquet"
"""What is read as fast as it could be remembered."""


class _Told(Struct, frozen=True):
    """What is kept of a part of a file beside its rows and its account (see `FileRead` and `Rows`), and when."""

    now: dt.datetime
    account: FileAccount
    owner: Owner
    time: Stamp
    keys: tuple[str, ...]
    cells: tuple[CellRefusals, ...]
    notes: tuple[Refusal, ...]
    agreeing: int
    orders: Mapping[str, Order]
    named: tuple[tuple[str | None, str | None], ...]


_TOLD = Decoder(_Told)


def read(
    item: Item, settings: Settings, neighbour: str | None = None, *, wait: bool = False
) -> tuple[FileRead, ...] | None:
    """Read one file (see `read_item`), or remember what it gave."""
    kept = settings.kept
    if kept is None or not (sha256 := digest(item)):
        return read_item(item, settings, neighbour, wait=wait)
    item = replace(item, sha256=sha256)
    name = f"readings/{_name(item, settings, neighbour)}.rows"
    found = _remembered(kept, name, item, settings.now)
    if found is None:
        found = read_item(item, settings, neighbour, wait=wait)
        if found and all(_keeps(file, settings) for file in found):
            _keep(kept, name, found, settings.now)
    return found


def _name(item: Item, settings: Settings, neighbour: str | None) -> str:
    """A digest of all that decides what a file gives."""
    stated = settings.shop_files.get(item.shop_file) if item.shop_file else None
    told = {
        "rules": settings.digest,
        "content": item.sha256,
        "name": item.name,
        "folders": item.folders,
        "in_use": item.in_use,
        "shop": stated.model_dump_json() if stated else None,
        "formats": [settings.formats[path].model_dump_json() for path in item.formats],
        "neighbour": neighbour,
        "encoding": settings.encoding,
        "key": hashlib.sha256(settings.key).hexdigest(),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


# ── keeping ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _keep(kept: Cache, name: str, files: Sequence[FileRead], now: dt.datetime) -> None:
    """Keep the parts of a file."""
    parts = [(encode(_told(file, file.rows, now)), file.rows.frame) for file in files if file.rows is not None]
    cache.keep(kept, name, lambda path: path.write_bytes(packed(parts)))


def _keeps(file: FileRead, settings: Settings) -> bool:
    """Whether a part is worth keeping, and a later day would make the same of it."""
    stored = file.item.name.lower().endswith(_STORED)
    return file.rows is not None and not stored and timeless(file, settings)


def _told(file: FileRead, rows: Rows, now: dt.datetime) -> _Told:
    return _Told(
        now=now,
        account=file.account,
        owner=file.owner,
        time=file.time,
        keys=tuple(sorted(file.keys)),
        cells=rows.cells,
        notes=rows.notes,
        agreeing=rows.agreeing,
        orders=rows.orders,
        named=tuple(sorted(rows.named, key=str)),
    )


# ── remembering ──────────────────────────────────────────────────────────────────────────────────────────────────


def _remembered(kept: Cache, name: str, item: Item, now: dt.datetime) -> tuple[FileRead, ...] | None:
    """The parts of a file, or None where they were not kept, not whole, or by a clock that was ahead of this one."""
    path = cache.found(kept, name)
    if path is None:
        return None
    try:
        parts = [(_TOLD.decode(told), frame) for told, frame in unpacked(path.read_bytes())]
    except (OSError, MsgspecError, DamagedError, pl.exceptions.PolarsError):
        return None
    if any(told.now > now for told, _ in parts):
        return None
    return tuple(_file(told, frame, item) for told, frame in parts)


def _file(told: _Told, frame: pl.DataFrame, item: Item) -> FileRead:
    account = told.account
    rows = Rows(
        account.table or "",
        frame,
        account.rows_read,
        account.refusals,
        told.cells,
        account.columns_used,
        account.columns_ignored,
        told.notes,
        agreeing=told.agreeing,
        orders=told.orders,
        named=frozenset(told.named),
    )
    return FileRead(item, account, rows, told.owner, told.time, frozenset(told.keys))
