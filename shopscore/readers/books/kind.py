"""The first bytes of a file, or the parts of its container → which kind of document it is."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Literal

from shopscore.readers import sentences
from shopscore.readers.books import biff, ole, ooxml, opendocument

if TYPE_CHECKING:
    from pathlib import Path

    from shopscore.model import Words

_PROLOGUE = rb"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*"
_XML_BOOK = re.compile(
    _PROLOGUE + rb"<(?:\w+:)?(?:Workbook\s[^>]*urn:schemas-microsoft-com|document\s[^>]*:opendocument:)", re.DOTALL
)
_PAGE = re.compile(
    _PROLOGUE + rb"<(?:!doctype\s+html|(?:html|head|body|table|meta|style|script|title|div|span|font|p)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(rb"\s*<[a-z!].*<table[\s>]", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"\s*<\?xml")
_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}


def zip_kind(archive: Path | bytes) -> Literal["workbook", "ods", "zip"] | Words:
    """What a zip holds: a workbook, another document, or files."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive) if isinstance(archive, bytes) else archive) as opened:
            names = set(opened.namelist())
            if names & set(ooxml.WORKBOOKS):
                return "workbook"
            if "mimetype" in names:
                return opendocument.kind_of(opened)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return sentences.BOOK_DAMAGED
    return sentences.OTHER_OFFICE if "[Content_Types].xml" in names else "zip"


def ole_kind(content: Path | bytes) -> Literal["workbook"] | Words:
    """What an OLE2 container holds: an old workbook, an encrypted one, or something else."""
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as source:
        try:
            container = ole.opened(source)
            if "EncryptedPackage" in container.streams:
                return sentences.BOOK_LOCKED
            name = next((name for name in biff.STREAMS if name in container.streams), None)
            if name is None:
                return sentences.OTHER_OFFICE
            return sentences.BOOK_LOCKED if biff.is_locked(container.read(name, biff.LOOKED_AT)) else "workbook"
        except ole.DamagedError:
            return sentences.BOOK_DAMAGED


def markup_kind(start: bytes) -> Literal["xml", "html"] | Words | None:
    """Which markup a file begins with, or None."""
    wide = _WIDE.get(start[:2])
    start = start.decode(wide, "ignore").encode() if wide else start
    if _XML_BOOK.match(start):
        return "xml"
    if _PAGE.match(start) or _FRAGMENT.match(start):
        return "html"
    return sentences.OTHER_XML if _XML.match(start) else None
