"""The parts of an OpenDocument file → whether it is a spreadsheet, and whether it is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from shopscore.readers import sentences

if TYPE_CHECKING:
    import zipfile

    from shopscore.model import Words

CONTENT = "content.xml"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_MOST = 1 << 20


def kind_of(parts: zipfile.ZipFile) -> Literal["ods"] | Words:
    """What the document is, or what to do instead."""
    names = parts.namelist()
    if not _start(parts, "mimetype").strip().startswith(_SPREADSHEET) or CONTENT not in names:
        return sentences.OTHER_OFFICE
    locked = _MANIFEST in names and b"encryption-data" in _start(parts, _MANIFEST)
    return sentences.BOOK_LOCKED if locked else "ods"


def _start(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as stream:
        return stream.read(_MOST)
