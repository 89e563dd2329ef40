"""Workbooks written as XML (Excel's XML Spreadsheet 2003, OpenDocument zipped or flat) → their sheets.

The parser resolves no entities: a document that declares a type, and with it could declare entities, is refused.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from shopscore.readers import limits, sentences, sniff
from shopscore.readers.books import opendocument as parts_of
from shopscore.readers.kinds.drawing import TooLargeError, sheet_of
from shopscore.readers.kinds.opendocument import OpenDocument
from shopscore.readers.kinds.spreadsheetml import SpreadsheetML
from shopscore.readers.zips import oversized

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from shopscore.model import Words
    from shopscore.readers.kinds.sheet import Sheet

_SPREADSHEET_ML = b"urn:schemas-microsoft-com:office:spreadsheet"


class DeclarationError(ValueError):
    """The document declares a type."""


def zipped(content: Path | bytes) -> Iterator[tuple[Sheet, ...]] | Words:
    """The sheets of an OpenDocument spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content) as parts:
        problem = oversized(parts.infolist())
        if problem:
            return problem
        with parts.open(parts_of.CONTENT) as stream:
            return _sheets(OpenDocument(), iter(lambda: stream.read(limits.CHUNK_BYTES), b""))


def flat(content: Path | bytes, words: Collection[str], encoding: str | None) -> Iterator[tuple[Sheet, ...]] | Words:
    """The sheets of an XML Spreadsheet 2003 or a flat OpenDocument spreadsheet."""
    data = content.read_bytes() if isinstance(content, Path) else content
    if len(data) > limits.MAX_MARKUP_BYTES:
        return sentences.MARKUP_TOO_LARGE
    encoding = encoding or sniff.encoding_of(data, words)
    if encoding is None:
        return sentences.NO_TEXT
    data = data.decode(encoding, "replace").removeprefix("\ufeff").encode()
    reader = SpreadsheetML() if _SPREADSHEET_ML in data[: limits.SAMPLE_BYTES] else OpenDocument()
    pieces = (data[at : at + limits.CHUNK_BYTES] for at in range(0, len(data), limits.CHUNK_BYTES))
    return _sheets(reader, pieces, encoding)


def _sheets(
    reader: SpreadsheetML | OpenDocument, pieces: Iterable[bytes], encoding: str | None = None
) -> Iterator[tuple[Sheet, ...]] | Words:
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except TooLargeError:
        return sentences.MARKUP_TOO_LARGE
    if len(reader.drawings) > limits.MAX_SHEETS:
        return sentences.BOOK_FULL
    return ((sheet_of(drawing, encoding),) for drawing in reader.drawings)


def _refuse(*_: object) -> None:
    raise DeclarationError
