"""The files of a unit → what is read one by one: each file, and each member of an archive."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.model import Words
from shopscore.readers import sentences, sniff
from shopscore.readers.folders import archives
from shopscore.readers.folders.files import SHOP_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.readers.folders.files import Source, Unit
    from shopscore.readers.kinds.sheet import Bundle

_HEAD = 4096


class Item(Struct, frozen=True):
    """One file, or one member of an archive.

    Attributes:
        name: how it is shown.
        content: where it is on disk, or its bytes; several files read as one; a sentence for a member that was refused.
        folders: the folders it stands in, its own last.
        folder: the same, as a key for its neighbours.
        shop_file: the nearest ``shop.yaml``.
        formats: the user's own formats for its folder.
        in_use: a spreadsheet program has it open.
        sha256: of the content, once it was read.
    """

    name: str
    content: Path | bytes | Bundle | Words
    folders: tuple[str, ...]
    folder: str
    shop_file: Path | None
    formats: tuple[Path, ...] = ()
    in_use: bool = False
    sha256: str = ""


def items(unit: Unit) -> Iterator[Item]:
    """The files of a unit, archives opened."""
    for source in unit.sources:
        if not _is_archive(source.path):
            folder = str(source.path.parent)
            yield Item(
                source.name, source.path, source.folders, folder, source.shop_file, source.formats, source.in_use
            )
            continue
        for name, content in archives.members(source.path):
            yield _member(source, name, content)


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return sniff.kind_of(stream.read(_HEAD), path) == "zip"
    except OSError:
        return False


def _member(source: Source, name: str, content: bytes | Words) -> Item:
    if not name:
        return Item(source.name, content, source.folders, str(source.path.parent), source.shop_file, source.formats)
    if PurePosixPath(name).name == SHOP_FILE:
        content = sentences.SHOP_FILE_PACKED
    inner = () if isinstance(content, Words) else PurePosixPath(name).parent.parts
    folder = "/".join((str(source.path.parent), *inner))
    folders = (*source.folders, *inner)
    return Item(f"{source.name}/{name}", content, folders, folder, source.shop_file, source.formats)


def head_of(content: Path | bytes) -> bytes:
    """The first bytes of a file, by which its kind is told."""
    if isinstance(content, bytes):
        return content[:_HEAD]
    with content.open("rb") as stream:
        return stream.read(_HEAD)
