"""A path as people give it → the path it means: dragged onto a terminal, quoted twice, copied from another system."""

from __future__ import annotations

import glob
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from shopscore.readers.folders.files import is_there

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}
_DRIVE = re.compile(r"^([A-Za-z]):[\\/](.*)$", re.DOTALL)
_MOUNTS = ("/mnt/{drive}/{rest}", "/{drive}/{rest}", "/cygdrive/{drive}/{rest}")
"""Where other systems put the drives of Windows (WSL, Git Bash, Cygwin)."""


def meant(given: Sequence[Path]) -> tuple[Path, ...]:
    """The paths that are meant.

    A path that exists is taken as it stands. Of any other the readings below are tried in turn, and a pattern that no
    shell has filled in is filled in; what nothing is found for stays as it is, to be named in the refusal.
    """
    return tuple(path for each in given for path in _meant(each))


def _meant(path: Path) -> Sequence[Path]:
    if is_there(path):
        return (path,)
    for reading in filter(None, _readings(str(path))):
        if is_there(Path(reading)):
            return (Path(reading),)
        found = sorted(glob.glob(reading)) if glob.has_magic(reading) else []  # noqa: PTH207 - an absolute pattern too
        if found:
            return tuple(map(Path, found))
    return (path,)


def _readings(text: str) -> Iterator[str]:
    """What a text may mean as a path, the most literal reading first."""
    plain = _unquoted(text)
    yield os.path.expanduser(plain)  # noqa: PTH111 - Path drops what follows an unknown user
    if plain.lower().startswith("file:"):
        local = unquote(urlsplit(plain).path)
        yield local[1:] if _DRIVE.match(local[1:]) else local
    if os.sep == "/":
        # Dropped inside quotes, the shell leaves its own escapes in.
        yield re.sub(r"\\(.)", r"\1", plain)
        yield from _mounted(plain)


def _unquoted(text: str) -> str:
    """Without the quotes a desktop put around a path, PowerShell's call sign before it, and cmd's quote behind it."""
    text = text.strip().removeprefix("& ").strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        return text[1:-1].strip()
    # `"C:\exports\"`: the last backslash makes the quote part of the path.
    return text.rstrip('"') if text.endswith('"') else text


def _mounted(text: str) -> Iterator[str]:
    drive = _DRIVE.match(text)
    if drive is not None:
        rest = drive[2].replace("\\", "/")
        yield from (mount.format(drive=drive[1].lower(), rest=rest) for mount in _MOUNTS)
