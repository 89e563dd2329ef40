"""Bytes → what they are: the kind of file by its first bytes, the encoding by what it makes readable."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Literal

from shopscore.readers import limits, sentences
from shopscore.readers.books.kind import markup_kind, ole_kind, zip_kind
from shopscore.readers.cells.conventions import fold_header

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from shopscore.model import Words

Kind = Literal["text", "json", "workbook", "ods", "html", "xml", "zip", "parquet"]

LEGACY = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
"""Encodings tried, in this order, once a file is neither marked nor UTF-8."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REFUSED = tuple(
    (re.compile(pattern, re.IGNORECASE), message)
    for pattern, message in (
        (rb"%PDF", sentences.PDF),
        (rb"\x1f\x8b|Rar!|7z\xbc\xaf", sentences.OTHER_ARCHIVE),
        (rb"\x89PNG|\xff\xd8\xff|GIF8", sentences.PICTURE),
        (rb"SQLite format 3", sentences.DATABASE),
        (rb"\x09[\x00\x02\x04\x08]..", sentences.ANCIENT_EXCEL),
        (rb"(MIME-Version:|From: <Saved by)", sentences.WEB_ARCHIVE),
    )
)
_OLE = b"\xd0\xcf\x11\xe0"
_JSON = re.compile(rb"\s*[\[{]\s*[\"{\]}]")
_TOKENS = re.compile(r"[,;\t\r\n\"]+")
_SCORED = 16 << 10


def kind_of(head: bytes, content: Path | bytes) -> Kind | Words:
    """What a file is, whatever its name says.

    Args:
        head: its first few thousand bytes.
        content: where the rest is; looked into only to tell a workbook from an archive.

    Returns:
        The kind, or a sentence: what it is and what to do.
    """
    start = head.removeprefix(codecs.BOM_UTF8)
    if not start.strip():
        return sentences.EMPTY
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK"):
        return zip_kind(content)
    if start.startswith(_OLE):
        return ole_kind(content)
    if _JSON.match(_narrow(start)):
        return "json"
    refused = next((message for magic, message in _REFUSED if magic.match(start)), None)
    return refused or markup_kind(_narrow(start)) or "text"


def _narrow(start: bytes) -> bytes:
    """The first characters one byte each, where a mark says that they have two."""
    return start.decode("utf-16", "replace").encode() if start.startswith(_WIDE_MARKS) else start


def encoding_of(data: bytes, words: Collection[str]) -> str | None:
    """The encoding of a text file.

    A byte-order mark decides, then UTF-8 where most lines that are not ASCII are strictly that, then the legacy
    encoding under which most known header words can be read, then the statistics of charset-normalizer restricted to
    the same encodings.

    Args:
        data: the part of the file that tells (see ``kinds.decoding``).
        words: folded header words of all formats.

    Returns:
        A codec name, or None for bytes that are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    sample = data[: limits.SAMPLE_BYTES]
    wide = sample.count(0) > len(sample) // 5
    if not wide and _is_utf8(data):
        return "utf-8"
    candidates = [name for name in LEGACY if name.startswith("utf-16") == wide]
    scores = {name: _known_words(sample, name, words) for name in candidates}
    best = max(scores.values())
    if best > 0:
        return next(name for name in candidates if scores[name] == best)
    from charset_normalizer import from_bytes  # noqa: PLC0415 (slow to import, and few files need it)

    guess = from_bytes(sample[:_SCORED], cp_isolation=[name.replace("-", "_") for name in candidates]).best()
    return guess.encoding.replace("_", "-") if guess else None


def _is_utf8(data: bytes) -> bool:
    """Strict UTF-8, but for a character cut off at the very end; or most lines are that are not ASCII.

    Of single lines those count that hold characters of three bytes, as Chinese is written: those of two are found in
    legacy text by chance.
    """
    if _utf8(data, final=False) is not None:
        return True
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    return sum(max(_utf8(line, final=True) or "a") >= "\u0800" for line in lines) > len(lines) // 2


def _utf8(data: bytes, *, final: bool) -> str | None:
    try:
        return codecs.utf_8_decode(data, "strict", final)[0]
    except UnicodeDecodeError:
        return None


def _known_words(sample: bytes, encoding: str, words: Collection[str]) -> int:
    text = sample[:_SCORED].decode(encoding, "replace")
    return sum(token in words for token in {fold_header(token) for token in _TOKENS.split(text)})
