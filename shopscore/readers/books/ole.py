"""OLE2 container → its streams by name: what old workbooks, encrypted workbooks and Word documents are packed in."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTORS = (9, 12)
"""Sizes a sector may have, as powers of two."""
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_HEAD = 512
_MINI = 64
_ENTRY = 128
_MAX_ENTRIES = 4096
"""Streams and folders looked at; workbooks have a dozen."""
_STREAM, _ROOT = 2, 5


class DamagedError(ValueError):
    """The container's own tables contradict themselves."""


class Container(Struct, frozen=True):
    """An OLE2 container whose directory was read.

    Attributes:
        source: the file.
        size: of one sector.
        fat: sector → the next one of its stream.
        mini_fat: the same for streams shorter than ``cutoff``.
        mini: where the short streams lie.
        cutoff: from this size on a stream has sectors of its own.
        streams: name → first sector and size.
    """

    source: BinaryIO
    size: int
    fat: tuple[int, ...]
    mini_fat: tuple[int, ...]
    mini: tuple[int, ...]
    cutoff: int
    streams: Mapping[str, tuple[int, int]]

    def read(self, name: str, length: int | None = None) -> bytes:
        """A stream, or its first bytes."""
        start, size = self.streams[name]
        length = size if length is None else min(length, size)
        if size >= self.cutoff:
            return _joined(self.source, self.size, _chain(self.fat, start, length, self.size), length)
        pieces = []
        for number in _chain(self.mini_fat, start, length, _MINI):
            place, offset = divmod(number * _MINI, self.size)
            if place >= len(self.mini):
                raise DamagedError
            pieces.append(_sector(self.source, self.size, self.mini[place])[offset : offset + _MINI])
        return b"".join(pieces)[:length]


def opened(source: BinaryIO) -> Container:
    """Read a container's directory.

    Raises:
        DamagedError: it is cut off, or its tables run in circles.
    """
    head = source.read(_HEAD)
    if len(head) < _HEAD:
        raise DamagedError
    (shift,) = struct.unpack_from("<H", head, 30)
    directory, _, cutoff, mini_fat, _ = struct.unpack_from("<5I", head, 48)
    if shift not in _SECTORS:
        raise DamagedError
    size = 1 << shift
    fat = _fat(source, head, size)
    entries = list(_entries(_joined(source, size, _chain(fat, directory, None, size), None)))
    root = next((entry for entry in entries if entry[1] == _ROOT), None)
    if root is None:
        raise DamagedError
    return Container(
        source,
        size,
        fat,
        _numbers(_joined(source, size, _chain(fat, mini_fat, None, size), None)),
        tuple(_chain(fat, root[2], None, size)),
        cutoff,
        {name: (start, length) for name, kind, start, length in entries if kind == _STREAM},
    )


def _fat(source: BinaryIO, head: bytes, size: int) -> tuple[int, ...]:
    (more,) = struct.unpack_from("<I", head, 68)
    sectors = list(struct.unpack_from("<109I", head, 76))
    # Beyond 109 sectors of the table, the list of its sectors goes on in sectors of its own.
    while more < _LAST and len(sectors) <= source.seek(0, 2) // size // (size // 4) + size:
        *numbers, more = _numbers(_sector(source, size, more))
        sectors += numbers
    return tuple(n for sector in sectors if sector < _LAST for n in _numbers(_sector(source, size, sector)))


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    for at in range(0, min(len(directory), _MAX_ENTRIES * _ENTRY), _ENTRY):
        entry = directory[at : at + _ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<2I", entry, 116)
        yield name, kind, start, size


def _chain(table: tuple[int, ...], start: int, length: int | None, size: int) -> Iterator[int]:
    """The sectors of a stream, as many as its length needs."""
    most = len(table) if length is None else -(-length // size)
    number = start
    for _ in range(most):
        if number >= _LAST:
            return
        if number >= len(table):
            raise DamagedError
        yield number
        number = table[number]
    if length is None and number < _LAST:
        raise DamagedError


def _sector(source: BinaryIO, size: int, number: int) -> bytes:
    source.seek((number + 1) * size)
    content = source.read(size)
    if not content:
        raise DamagedError
    return content.ljust(size, b"\0")


def _joined(source: BinaryIO, size: int, numbers: Iterator[int], length: int | None) -> bytes:
    return b"".join(_sector(source, size, number) for number in numbers)[:length]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content)
