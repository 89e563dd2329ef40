"""The parts of a modern workbook (.xlsx, .xlsb) → which of them are sheets, and a survey of each."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from shopscore.readers import limits
from shopscore.readers.books import xlsb, xlsx

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

    from shopscore.readers.books.survey import Survey

WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*+>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*+>")
_ATTRIBUTE = re.compile(rb"""(?<![\w:])([\w:]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_NO_SHEETS = ("sharedstrings", "styles", "theme", "externallink", "calcchain", "metadata", "connections")
_SMALL = 4 << 20
"""The list of sheets; a larger one is no workbook's."""


def survey(parts: zipfile.ZipFile) -> tuple[Survey, ...]:
    """Every sheet of a workbook in its order, then what else could be taken for one.

    Raises:
        xlsb.ShortCellsError: a sheet's cells would be lost.
    """
    names = {_base(name): name for name in parts.namelist()}
    book = next(name for name in WORKBOOKS if name in parts.namelist())
    relations = _tags(_start(parts, f"xl/_rels/{posixpath.basename(book)}.rels"), _RELATION)
    targets = {found["Id"]: found["Target"] for found in relations if _may_be(found)}
    ordered = [targets[key] for key in _listed(_start(parts, book), book) if key in targets]
    ordered += [target for target in targets.values() if target not in ordered]
    return tuple(_part(parts, names[_base(target)]) for target in ordered if _base(target) in names)


def _part(parts: zipfile.ZipFile, name: str) -> Survey:
    if name.lower().endswith(".bin"):
        return xlsb.survey(parts.read(name))
    return xlsx.survey(_pieces(parts, name))


def _pieces(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with parts.open(name) as stream:
        while piece := stream.read(limits.CHUNK_BYTES):
            yield piece


def _listed(book: bytes, name: str) -> tuple[str, ...]:
    if name.endswith(".bin"):
        return xlsb.listed(book)
    return tuple(found.get("id", "") for found in _tags(book, _SHEET))


def _start(parts: zipfile.ZipFile, name: str) -> bytes:
    if name not in parts.namelist():
        return b""
    with parts.open(name) as stream:
        return stream.read(_SMALL)


def _tags(text: bytes, tag: re.Pattern[bytes]) -> list[Mapping[str, str]]:
    """The attributes of every such tag, by their names without prefix."""
    return [
        {key.decode().rpartition(":")[2]: (a or b).decode("utf-8", "replace") for key, a, b in _ATTRIBUTE.findall(hit)}
        for hit in tag.findall(text)
    ]


def _may_be(relation: Mapping[str, str]) -> bool:
    kind = posixpath.basename(relation.get("Type", "")).lower()
    return {"Id", "Target"} <= relation.keys() and not any(name in kind for name in _NO_SHEETS)


def _base(name: str) -> str:
    return posixpath.basename(name.replace("\\", "/")).casefold()
