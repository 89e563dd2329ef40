"""Bytes → a file that is there whole or not at all, also where two runs write it or the power fails."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file under a name nobody else has, bring it to the disk, and give it its own name.

    Of two runs that write the same file the later one wins, and a reader sees one of them whole. What is no regular
    file (a pipe, ``/dev/null``) is written into and never replaced.

    Args:
        path: where to; the folder is made where it is not there.
        content: all of it, or its parts, each of which is asked for when those before it are written.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    parts = (content,) if isinstance(content, bytes) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            file.writelines(parts)
        return
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
