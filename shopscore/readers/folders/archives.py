"""Zip archives: bounded in number, size and ratio, confined to themselves, never nested."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from shopscore.readers import limits, sentences
from shopscore.readers.folders.files import SHOP_FILE, is_hidden, is_quiet
from shopscore.readers.zips import oversized

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shopscore.model import Words

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def members(archive: Path | bytes) -> Iterator[tuple[str, bytes | Words]]:
    """The files of an archive, one at a time.

    Yields:
        Name inside the archive and content; or name and the sentence why it was refused (name ``""``: the archive).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive) if isinstance(archive, bytes) else archive) as opened:
            infos = sorted((info for info in opened.infolist() if not info.is_dir()), key=lambda info: info.filename)
            problem = oversized(infos)
            if problem:
                yield "", problem
                return
            for info in infos:
                name = _name(info)
                if _is_quiet(PurePosixPath(name)):
                    continue
                refusal = _refusal(info, name)
                yield name, refusal or _content(opened, info)
    except _BROKEN:
        yield "", sentences.ARCHIVE_DAMAGED


def _is_quiet(path: PurePosixPath) -> bool:
    if path.name == SHOP_FILE:
        return False
    return is_quiet(path.name) or any(is_hidden(part) for part in path.parts if part != "..")


def _name(info: zipfile.ZipInfo) -> str:
    if not info.flag_bits & _UTF8_NAME:
        # Chinese Windows writes names in its own code page without saying so, Linux and macOS in UTF-8.
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeError):
                return info.filename.encode("cp437").decode(encoding).replace("\\", "/")
    return info.filename.replace("\\", "/")


def _refusal(info: zipfile.ZipInfo, name: str) -> Words | None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return sentences.MEMBER_OUTSIDE
    if stat.S_ISLNK(info.external_attr >> 16):
        return sentences.MEMBER_LINK
    if info.flag_bits & _ENCRYPTED:
        return sentences.MEMBER_LOCKED
    if info.file_size > limits.MAX_MEMBER_BYTES:
        return sentences.MEMBER_TOO_LARGE
    if info.file_size > limits.RATIO_FLOOR and info.file_size > info.compress_size * limits.MAX_RATIO:
        return sentences.MEMBER_BOMB
    return None


def _content(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | Words:
    try:
        with opened.open(info) as stream:
            # The size in the directory was checked; a member that holds more is a lie and is cut here.
            content = stream.read(info.file_size + 1)
    except _BROKEN:
        return sentences.MEMBER_DAMAGED
    return content if len(content) == info.file_size else sentences.MEMBER_LIES
