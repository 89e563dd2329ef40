"""A set of files that is as it was at an earlier audit → what that audit found, without reading it again.

Everything that decides what is found makes the name under which it is kept: the bytes of every file with its name and
place, what people wrote beside it, the rules, the program, the key, and what was asked. The clock decides too, unless
nothing in the files lies ahead of it; only then is anything kept.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING

from msgspec import MsgspecError, Struct, msgpack, to_builtins

from shopscore import cache
from shopscore.model import FailedShop, FileAccount, ShopReport, Words  # noqa: TC001 - `made` reads the fields' types
from shopscore.overlay import MismatchError, made

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from shopscore.cache import Cache
    from shopscore.readers import Unit


class Found(Struct, frozen=True):
    """What one set of files gave; ``stated`` is what each ``shop.yaml`` and each format of the user's own says."""

    accounts: tuple[FileAccount, ...]
    shops: tuple[ShopReport, ...]
    warnings: tuple[Words, ...] = ()
    failed: FailedShop | None = None
    stated: tuple[str, ...] = ()


def name_of(unit: Unit, asked: Mapping[str, object]) -> str | None:
    """A digest of all that decides what a set of files gives; None where one of them cannot be read.

    Args:
        unit: the files.
        asked: everything else: rules, key, options; each is told by its ``repr``.
    """
    beside = {path for each in unit.sources for path in (each.shop_file, *each.formats) if path is not None}
    try:
        read = {path: _digest(path) for path in {*beside, *(each.path for each in unit.sources)}}
    except OSError:
        return None
    told = {
        "unit": unit.name,
        "files": [
            (
                each.name,
                read[each.path],
                each.folders,
                read[each.shop_file] if each.shop_file else None,
                # Whom a shop.yaml speaks for hangs on which files share it.
                str(each.shop_file),
                [read[path] for path in each.formats],
                each.in_use,
            )
            for each in unit.sources
        ],
        "skipped": repr(unit.skipped),
        "asked": sorted((key, repr(value)) for key, value in asked.items()),
    }
    return f"audits/{hashlib.sha256(json.dumps(told).encode()).hexdigest()}.z"


def found(kept: Cache, name: str, now: dt.datetime) -> Found | None:
    """What is kept under a name, unless it was made by a clock that was ahead of this one."""
    path = cache.found(kept, name)
    if path is None:
        return None
    try:
        told = msgpack.decode(zlib.decompress(path.read_bytes()))
        if told["now"] > now.isoformat():
            return None
        found_then = made(Found, told["found"])
    except (OSError, KeyError, TypeError, zlib.error, MsgspecError, MismatchError):
        return None
    return found_then if isinstance(found_then, Found) else None


def keep(kept: Cache, name: str, found_now: Found, now: dt.datetime) -> None:
    """Keep what a set of files gave."""
    # Plain values first: a number stays what it is, where its field says that it may have a fraction.
    told = to_builtins({"now": now.isoformat(), "found": found_now})
    data = zlib.compress(msgpack.encode(told), 1)
    cache.keep(kept, name, lambda part: part.write_bytes(data))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
