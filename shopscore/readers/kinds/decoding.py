"""The bytes of a text file → UTF-8 in blocks of whole lines, however large the file and whatever its lines hold.

Lines end with a line feed; NUL bytes and byte-order marks are gone. What cannot be decoded, and lines longer than a row
may be, are marked (see ``marks``). Text that says it is UTF-8 is passed on unchecked: the reader of its rows checks it
anyway, and marks what is none.
"""

from __future__ import annotations

import codecs
import io
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.readers import limits
from shopscore.readers.kinds import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_HIGH = re.compile(rb"[\x80-\xff]")
_MARKS = re.compile(rb"^(?:\xef\xbb\xbf)+", re.MULTILINE)
_UTF8 = frozenset({"utf-8", "utf-8-sig"})
_WIDE = ("utf-16", "utf-32")
"""Encodings in which a line feed is more than one byte."""


class Text(Struct, frozen=True):
    """A text file whose encoding is known.

    Attributes:
        content: the file on disk, or its bytes.
        encoding: a codec's name.
        lone_returns: whether a return without a line feed ends a line; elsewhere it stands inside a cell.
    """

    content: Path | bytes
    encoding: str
    lone_returns: bool


def opened(content: Path | bytes) -> io.BufferedIOBase:
    """The bytes of a file, to be read piece by piece."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def size_of(content: Path | bytes) -> int:
    """How many bytes a file has."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def telling(content: Path | bytes) -> bytes:
    """The part of a file that tells its encoding: its beginning, and where that is ASCII the first part that is not."""
    with opened(content) as stream:
        start = stream.read(limits.SAMPLE_BYTES)
        if not start.isascii():
            return start
        while piece := stream.read(limits.CHUNK_BYTES):
            if not piece.isascii():
                first = next(_HIGH.finditer(piece)).start()
                return start + piece[first : first + limits.SAMPLE_BYTES]
    return start


def text_of(content: Path | bytes, encoding: str) -> Text:
    """A file as text: a lone return ends lines where no other line end is found in its first part."""
    with opened(content) as stream:
        start = stream.read(limits.SAMPLE_BYTES)
    if codecs.lookup(encoding).name not in _UTF8 | marks.LEGACY:
        start = start.decode(encoding, "ignore").encode()
    return Text(content, encoding, b"\r" in start and b"\n" not in start)


def blocks(text: Text, size: int) -> Iterator[bytes]:
    """A text in blocks of whole lines; only the last may lack its line end.

    Args:
        text: the file.
        size: bytes read at a time; a block is longer by no more than a row.
    """
    with opened(text.content) as stream:
        pieces = iter(lambda: stream.read(size), b"")
        yield from _whole_lines(_plain(_utf8(pieces, text), text))


def whole(content: Path | bytes, encoding: str) -> str:
    """A small text file at once, U+FFFD in place of what cannot be read."""
    data = b"".join(blocks(text_of(content, encoding), limits.CHUNK_BYTES)).decode("utf-8", "replace")
    return marks.MARK.sub("\ufffd", data) if "\0" in data else data


def ahead(items: Iterable[bytes]) -> Iterator[bytes]:
    """The same items, the next one made by a thread of its own while the present one is used."""
    source = iter(items)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, source, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, source, None)
            yield item


def _utf8(pieces: Iterable[bytes], text: Text) -> Iterator[bytes]:
    name = codecs.lookup(text.encoding).name
    if name in _UTF8:
        yield from (piece.replace(b"\0", b"") for piece in pieces)
    elif name.startswith(_WIDE):
        decoder = codecs.getincrementaldecoder(name)(errors="replace")
        for piece in pieces:
            yield decoder.decode(piece).replace("\0", "").encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode()
    else:
        yield from _decoded(pieces, name, text)


def _decoded(pieces: Iterable[bytes], name: str, text: Text) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(name)(errors=marks.HANDLER)
    lines = name in marks.LEGACY and not text.lone_returns
    for piece in _cut_at_lines(pieces) if lines else pieces:
        plain = piece.replace(b"\0", b"")
        yield decoder.decode(marks.without_utf8_lines(plain) if lines else plain).encode("utf-8", "replace")
    cut = decoder.decode(b"", final=True)
    yield marks.CUT if cut else b""


def _cut_at_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces that end at a line feed, which is never part of a character, unless a line is very long."""
    rest = b""
    for piece in pieces:
        data = rest + piece
        end = data.rfind(b"\n") + 1
        if not end and len(data) > limits.ROW_BYTES:
            end = len(data)
        rest = data[end:]
        yield data[:end]
    yield rest


def _plain(pieces: Iterable[bytes], text: Text) -> Iterator[bytes]:
    """Every line end a line feed."""
    lone = b"\n" if text.lone_returns else b" "
    held = b""
    for piece in pieces:
        data = held + piece
        held = b"\r" if data.endswith(b"\r") else b""
        if held:
            data = data[:-1]
        yield data.replace(b"\r\n", b"\n").replace(b"\r", lone) if b"\r" in data else data
    yield held and lone


def _whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = rest = b""
    for piece in pieces:
        data = rest + piece if rest else piece
        end = data.rfind(b"\n") + 1
        # Of a line that is too long already, no more is kept than shows it.
        rest = data[end : end + limits.ROW_BYTES + 1]
        if end and held:
            yield _without_long_lines(_unmarked(held))
        held = data[:end] if end else held
    yield _without_long_lines(_unmarked(held + rest))


def _unmarked(data: bytes) -> bytes:
    """Lines without the byte-order marks that stand where files were joined."""
    return _MARKS.sub(b"", data) if codecs.BOM_UTF8 in data else data


def _without_long_lines(data: bytes) -> bytes:
    kept: list[bytes] = []
    start = at = 0
    while len(data) - at > limits.ROW_BYTES:
        end = data.rfind(b"\n", at, at + limits.ROW_BYTES + 1) + 1
        if not end:
            # No line end within reach: this line is skipped.
            end = data.find(b"\n", at) + 1 or len(data)
            kept += [data[start:at], marks.LONG, b"\n" if data[end - 1 : end] == b"\n" else b""]
            start = end
        at = end
    return b"".join([*kept, data[start:]]) if kept else data
