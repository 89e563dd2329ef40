"""A folder of what was made before → the same again, found by a digest of all it was made of; bounded, never needed.

Whatever goes wrong with it (no room, no rights, a file that another run has taken away) is as if nothing had been kept.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import secrets
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLE = "SHOPSCORE_CACHE"
"""The environment variable that names the folder."""
MOST = 2 << 30
"""Bytes kept; what was not asked for longest goes first."""
_LIBRARIES = ("polars", "fastexcel", "charset_normalizer", "pydantic", "yaml", "tzdata")
"""What files and rules are read with, and zones of time: another version of one may give something else."""
_OURS_ALONE = 0o700
_PRUNED = ".pruned"
_OFTEN = 3600


class Cache(Struct, frozen=True):
    """Where things are kept, and how many bytes of them."""

    folder: Path
    most: int = MOST


@cache
def program() -> str:
    """A digest of the program and what it reads with: what another one made is not what this one would make."""
    told = hashlib.sha256(f"{__version__} {sys.version}".encode())
    home = Path(__file__).parent
    files = [(str(path.relative_to(home)), path) for path in sorted(home.rglob("*.py"))]
    # A library is told by its first file, which an installation writes anew; its version would take ten times as long.
    specs = [(name, importlib.util.find_spec(name)) for name in _LIBRARIES]
    files += [(name, Path(spec.origin)) for name, spec in specs if spec is not None and spec.origin is not None]
    for name, path in files:
        stat = path.stat()
        told.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return told.hexdigest()


def found(kept: Cache, name: str) -> Path | None:
    """The file kept under a name; it counts as asked for now."""
    path = kept.folder / name
    try:
        os.utime(path)
    except OSError:
        return None
    return path


def keep(kept: Cache, name: str, write: Callable[[Path], object]) -> None:
    """Keep a file: written beside its place and moved there whole.

    Args:
        kept: where.
        name: under which it will be found.
        write: writes it to a path.
    """
    path = kept.folder / name
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with suppress(OSError):
        path.parent.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
        try:
            write(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def prune(kept: Cache, now: float) -> None:
    """Take away what was not asked for longest, until the rest fits; once an hour is often enough.

    Args:
        kept: where.
        now: seconds since 1970.
    """
    stamp = kept.folder / _PRUNED
    with suppress(OSError):
        if now - stamp.stat().st_mtime < _OFTEN:
            return
    with suppress(OSError):
        stamp.touch()
    entries = sorted(_entries(kept.folder), reverse=True)
    room = kept.most
    for _, size, path in entries:
        room -= size
        if room < 0:
            with suppress(OSError):
                path.unlink()


def _entries(folder: Path) -> list[tuple[float, int, Path]]:
    """When each file was last asked for, its size and its path."""
    entries = []
    for path in folder.rglob("*"):
        with suppress(OSError):
            stat = path.stat()
            if path.is_file() and path.name != _PRUNED:
                entries.append((stat.st_mtime, stat.st_size, path))
    return entries
