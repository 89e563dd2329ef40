"""Bytes → a file that is there whole or not at all, also where two runs write it or the power fails."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file under a name nobody else has, bring it to the disk, and give it its own name.

    Of two runs that write the same file the later one wins, and a reader sees one of them whole. What is no regular
    file (a pipe, ``/dev/null``) is written into and never replaced.

    Args:
        path: where to; the folder is made where it is not there.
        content: all of it.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
