"""Delimited text in any encoding → one sheet per delimiter under which it can be read, its rows in bounded memory."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.readers import limits, sentences, sniff
from shopscore.readers.kinds import decoding, marks, quotes
from shopscore.readers.kinds.delimited import Faults, Shape, grids
from shopscore.readers.kinds.sheet import Header, Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from shopscore.model import Words
    from shopscore.readers.kinds.decoding import Text

DELIMITERS = (",", "\t", ";")


def sheets(content: Path | bytes, words: Collection[str], encoding: str | None) -> Iterator[tuple[Sheet, ...]] | Words:
    """A text file under each delimiter.

    Args:
        content: the file on disk, or its bytes.
        words: folded header words of all formats, by which encodings are told.
        encoding: if the user states it.
    """
    encoding = encoding or sniff.encoding_of(decoding.telling(content), words)
    if encoding is None:
        return sentences.NO_TEXT
    text = decoding.text_of(content, encoding)
    first = next(decoding.blocks(text, limits.SAMPLE_BYTES), b"")
    lines = first.decode("utf-8", "replace").removesuffix("\n").split("\n")
    ways = [_sheet(text, _head(lines, delimiter)) for delimiter in DELIMITERS]
    return iter([tuple(ways)])


class Head(Struct, frozen=True):
    """The first rows of a text file under one delimiter, and how many lines each of them ends.

    The last of them may be cut off, by the end of the file or of what was looked at.
    """

    delimiter: str
    rows: tuple[tuple[str, ...], ...]
    ends: tuple[int, ...]


def _sheet(text: Text, head: Head) -> Sheet:
    faults = Faults()
    return Sheet("", head.rows, partial(_grids, text, head, faults), text.encoding, faults=faults.notes)


def _head(lines: Sequence[str], delimiter: str) -> Head:
    rows: list[tuple[str, ...]] = []
    ends: list[int] = []
    at = 0
    while at < len(lines) and len(rows) < limits.HEADER_ROWS:
        found = quotes.row_at(lines, at, delimiter, ends=True)
        cells, at = found or ([], len(lines))
        # A line too long to be a row is shown as wider than a header may be.
        cells = [""] * (limits.MAX_COLUMNS + 1) if cells == [marks.LONG.decode()] else cells
        rows.append(tuple(cells[: limits.MAX_COLUMNS + 1]))
        ends.append(at)
    return Head(delimiter, tuple(rows), tuple(ends))


def _grids(text: Text, head: Head, faults: Faults, header: Header) -> Iterator[pl.DataFrame]:
    # The last of the first rows may be the one that is in question.
    others = [row for row in head.rows[header.row + 1 : -1] if any(cell.strip() for cell in row)]
    full = bool(others) and all(len(row) >= header.width for row in others)
    shape = Shape(head.delimiter, header.width, header.wanted, full)
    below = _below(text, head.ends[header.row])
    yield from grids(below, shape, header.row + 2, faults)


def _below(text: Text, lines: int) -> Iterator[bytes]:
    """The lines below some others, in blocks, at least one."""
    blocks = decoding.blocks(text, limits.TEXT_BYTES)
    if decoding.size_of(text.content) > limits.TEXT_BYTES:
        blocks = decoding.ahead(blocks)
    for block in blocks:
        at = 0
        while lines and at < len(block):
            at = block.find(b"\n", at) + 1 or len(block)
            lines -= 1
        yield block[at:] if at else block
