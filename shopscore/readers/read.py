"""Files → shops: each file read on its own, then each shop's tables merged over its files."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from shopscore.errors import UsageError
from shopscore.model import FileAccount
from shopscore.readers import archives, sniff
from shopscore.readers.files import clean_name, refused_file
from shopscore.readers.formats import PLATFORM_HEADER, catalogue
from shopscore.readers.columns import places
from shopscore.readers.identity import Owner, owner_of, zone_finder
from shopscore.readers.opened import open_file
from shopscore.readers.rows import read_rows
from shopscore.readers.stamps import exported_at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.readers.files import Source, Unit
    from shopscore.readers.formats import Known
    from shopscore.readers.opened import Opened
    from shopscore.readers.rows import Rows
    from shopscore.ruleset.format import Format, WordList
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.shopfile import ShopFile

_HEAD = 4096


class _LoadedFormat(Protocol):
    @property
    def format(self) -> Format: ...


class _LoadedPack(Protocol):
    @property
    def pack(self) -> Pack: ...


class ReadingRules(Protocol):
    """The part of the rules that reading needs."""

    @property
    def formats(self) -> Sequence[_LoadedFormat]: ...
    @property
    def words(self) -> Mapping[str, WordList]: ...
    @property
    def packs(self) -> Mapping[str, _LoadedPack]: ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every file of a unit.

    Attributes:
        known: the catalogue of formats.
        words: word lists by id.
        zones: platform → time zone.
        shop_files: ``shop.yaml`` by path.
        key: the secret buyers are pseudonymised with.
        now: no event is later.
        encoding: of text files, if the user states it.
    """

    known: tuple[Known, ...]
    words: Mapping[str, WordList]
    zones: Mapping[str, str]
    shop_files: Mapping[Path, ShopFile]
    key: bytes
    now: dt.datetime
    encoding: str | None


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


def settings_of(
    rules: ReadingRules, shop_files: Mapping[Path, ShopFile], key: bytes, now: dt.datetime, encoding: str | None
) -> Settings:
    """Gather what holds for every file.

    Raises:
        UsageError: the encoding stated does not exist.
    """
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise UsageError(f"There is no encoding {encoding!r}; try utf-8, gb18030 or big5.") from None
    known = catalogue(loaded.format for loaded in rules.formats)
    zones = {name: loaded.pack.timezone for name, loaded in rules.packs.items()}
    return Settings(known, rules.words, zones, shop_files, key, now, encoding)


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
    inner = () if isinstance(content, str) else PurePosixPath(name.replace("\\", "/")).parent.parts
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
        return _read(item, item.content, sha256, settings, neighbour, wait=wait)
    except OSError as error:
        return _nothing(item, sha256, f"The file cannot be read ({error.strerror}); check its permissions.")
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - readers of hostile files panic, which is no Exception
        # The error's text may hold cells of the file.
        return _nothing(item, sha256, f"The file is damaged ({type(error).__name__}); download it again.")


def _read(
    item: Item, content: Path | bytes, sha256: str, settings: Settings, neighbour: str | None, *, wait: bool
) -> FileRead | None:
    kind, message = sniff.kind_of(_head(content), content)
    if kind == "zip":
        message = "An archive inside an archive is not opened; unpack the outer one."
    if kind is None or kind == "zip":
        return _nothing(item, sha256, message)
    stem = PurePosixPath(item.name).stem
    opened = open_file(content, kind, stem, settings.known, settings.encoding)
    if isinstance(opened, str):
        return _nothing(item, sha256, opened)
    owner = _owner(item, opened, settings)
    if owner.platform is None and wait and PLATFORM_HEADER not in places(opened.match.header):
        return None
    owner = owner if owner.platform else replace(owner, platform=neighbour)
    rows = read_rows(opened.grid, opened.match, settings.words, zone_finder(owner, settings.zones), settings.key)
    time = _exported(opened, stem, settings.now)
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
    import datetime as dt  # noqa: PLC0415

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
