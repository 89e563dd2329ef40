"""Files → shops: each file read on its own, then each shop's tables merged over its files."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from shopscore.model import FileAccount
from shopscore.readers import archives, sniff
from shopscore.readers.files import SHOP_FILE, clean_name, refused_file
from shopscore.readers.formats import PLATFORM_HEADER
from shopscore.readers.identity import Owner, owner_of, zone_finder
from shopscore.readers.opened import open_file
from shopscore.readers.rows import read_rows
from shopscore.readers.stamps import exported_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.readers.files import Source, Unit
    from shopscore.readers.opened import Opened
    from shopscore.readers.rows import Rows
    from shopscore.readers.settings import Settings

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Item:
    """One file, or one member of an archive.

    Attributes:
        name: how it is shown.
        content: where it is on disk, or its bytes; a sentence for a member that was refused.
        folders: the folders it stands in, its own last.
        folder: the same, as a key for its neighbours.
        shop_file: the nearest ``shop.yaml``.
    """

    name: str
    content: Path | bytes | str
    folders: tuple[str, ...]
    folder: str
    shop_file: Path | None


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read, before its neighbours and its shop's other files are looked at.

    Attributes:
        item: the file.
        account: its account; accepted and duplicate rows are settled by the merge.
        rows: its rows, or None where nothing could be read.
        owner: what it says of itself.
        time: the export time in its name.
    """

    item: Item
    account: FileAccount
    rows: Rows | None
    owner: Owner
    time: dt.datetime | None


def items(unit: Unit) -> Iterator[Item]:
    """The files of a unit, archives opened."""
    for source in unit.sources:
        if not _is_archive(source.path):
            folder = str(source.path.parent)
            yield Item(source.name, source.path, source.folders, folder, source.shop_file)
            continue
        for name, content in archives.members(source.path):
            yield _member(source, name, content)


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return sniff.kind_of(stream.read(_HEAD), path)[0] == "zip"
    except OSError:
        return False


def _member(source: Source, name: str, content: bytes | str) -> Item:
    if not name:
        return Item(source.name, content, source.folders, str(source.path.parent), source.shop_file)
    if PurePosixPath(name).name == SHOP_FILE:
        content = f"{SHOP_FILE} inside an archive is not used; put it beside the archive."
    inner = () if isinstance(content, str) else PurePosixPath(name).parent.parts
    folder = "/".join((str(source.path.parent), *inner))
    return Item(f"{source.name}/{name}", content, (*source.folders, *inner), folder, source.shop_file)


def read_item(item: Item, settings: Settings, neighbour: str | None = None, *, wait: bool = False) -> FileRead | None:
    """Read one file.

    Args:
        item: the file.
        settings: what holds for every file.
        neighbour: the platform of the other files of its folder, for a file that says nothing of its own.
        wait: give up on such a file for now.

    Returns:
        The file read, or None if it waits. Whatever is wrong with it is said in its account.
    """
    if isinstance(item.content, str):
        return _nothing(item, "", item.content)
    sha256 = ""
    try:
        sha256 = _digest(item.content)
        opened = _open(item, item.content, settings)
        if isinstance(opened, str):
            return _nothing(item, sha256, opened)
        owner = _owner(item, opened, settings)
        if owner.platform is None and wait and PLATFORM_HEADER not in opened.match.at:
            return None
        return _read(item, opened, owner if owner.platform else replace(owner, platform=neighbour), settings, sha256)
    except OSError as error:
        return _nothing(item, sha256, f"The file cannot be read ({error.strerror}); check its permissions.")
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - readers of hostile files panic, which is no Exception
        # The error's text may hold cells of the file.
        return _nothing(item, sha256, f"The file is damaged ({type(error).__name__}); download it again.")


def _open(item: Item, content: Path | bytes, settings: Settings) -> Opened | str:
    kind, message = sniff.kind_of(_head(content), content)
    if kind == "zip":
        return "An archive inside an archive is not opened; unpack the outer one."
    if kind is None:
        return message
    return open_file(content, kind, PurePosixPath(item.name).stem, settings.known, settings.encoding)


def _read(item: Item, opened: Opened, owner: Owner, settings: Settings, sha256: str) -> FileRead:
    rows = read_rows(opened.grid, opened.match, settings.words, zone_finder(owner, settings.zones), settings.key)
    time = _exported(opened, PurePosixPath(item.name).stem, settings.now)
    return FileRead(item, _account(item, sha256, opened, rows), rows, owner, time)


def _owner(item: Item, opened: Opened, settings: Settings) -> Owner:
    shop_file = settings.shop_files.get(item.shop_file) if item.shop_file else None
    stated = opened.match.known.format.platform or opened.notes.get("shopscore.platform")
    owner = owner_of(item.folders, shop_file, stated, settings.zones)
    noted = opened.notes.get("shopscore.shop")
    return owner if noted is None or owner.shop_fixed else replace(owner, shop=noted)


def _exported(opened: Opened, stem: str, now: dt.datetime) -> dt.datetime | None:
    noted = opened.notes.get("shopscore.seen_until")
    if noted is not None:
        moment = _moment(noted)
        return moment if moment is not None and moment <= now else None
    return exported_at(stem, opened.match.known.format.export_time, now)


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _account(item: Item, sha256: str, opened: Opened, rows: Rows) -> FileAccount:
    refused = sum(refusal.count for refusal in rows.refusals)
    return FileAccount(
        file=clean_name(item.name),
        sha256=sha256,
        format=opened.match.known.format.id,
        table=rows.table,
        encoding=opened.encoding,
        platform=None,
        shop=None,
        rows_read=rows.read,
        rows_accepted=0,
        rows_duplicate=0,
        rows_refused=refused,
        refusals=rows.refusals,
        cells_refused=rows.cells,
        columns_used=rows.used,
        columns_ignored=rows.ignored,
    )


def _nothing(item: Item, sha256: str, message: str) -> FileRead:
    return FileRead(item, refused_file(item.name, message, sha256), None, Owner(), None)


def _head(content: Path | bytes) -> bytes:
    if isinstance(content, bytes):
        return content[:_HEAD]
    with content.open("rb") as stream:
        return stream.read(_HEAD)


def _digest(content: Path | bytes) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
