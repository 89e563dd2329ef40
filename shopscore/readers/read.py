"""Files → shops: each file read on its own, then each shop's tables merged over its files."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.key import fingerprint
from shopscore.model import FileAccount, Refusal, Words
from shopscore.readers import notes, sentences, sniff
from shopscore.readers.cells.plain import BUYER
from shopscore.readers.cells.style import style_of
from shopscore.readers.folders.bundles import stem_of
from shopscore.readers.folders.files import clean_name, refused_file
from shopscore.readers.folders.items import head_of
from shopscore.readers.folders.stamps import Stamp, exported
from shopscore.readers.formats import PLATFORM_HEADER
from shopscore.readers.identity import Owner, only, other_platform, owner_of, zone_finder
from shopscore.readers.kinds.sheet import Bundle
from shopscore.readers.opened import Hints, Opened, Unread, open_file
from shopscore.readers.quiet import no_panic_shown
from shopscore.readers.refusals import cells_together
from shopscore.readers.rows import talks
from shopscore.readers.rows.canonical import InFile
from shopscore.readers.rows.joining import read_grids
from shopscore.readers.shops import losses
from shopscore.stopping import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import polars as pl

    from shopscore.readers.folders.items import Item
    from shopscore.readers.kinds.speakers import House
    from shopscore.readers.rows.rows import Rows
    from shopscore.readers.settings import Settings


class FileRead(Struct, frozen=True):
    """A file that was read, before its neighbours and its shop's other files are looked at.

    Attributes:
        item: the file.
        account: its account; accepted and duplicate rows are settled by the merge.
        rows: its rows, or None where nothing could be read.
        owner: what it says of itself.
        time: the export time in its name.
        keys: fingerprints of the keys its buyers' pseudonyms were made with.
        kept: an earlier run saved it (see ``kept``).
    """

    item: Item
    account: FileAccount
    rows: Rows | None
    owner: Owner
    time: Stamp
    keys: frozenset[str] = frozenset()
    kept: bool = False


def read_item(
    item: Item, settings: Settings, neighbour: str | None = None, *, wait: bool = False
) -> tuple[FileRead, ...] | None:
    """Read one file.

    Args:
        item: the file.
        settings: what holds for every file.
        neighbour: the platform of the other files of its folder, for a file that says nothing of its own.
        wait: give up on such a file for now.

    Returns:
        The file read, a part for every sheet whose format is known, or None if it waits. Whatever is wrong with it is
        said in its account.
    """
    content = item.content
    if isinstance(content, Words):
        return (_nothing(item, content),)
    try:
        item = replace(item, sha256=item.sha256 or _digest(content))
        kind = "json" if isinstance(content, Bundle) else sniff.kind_of(head_of(content), content)
        if isinstance(kind, Words) or kind == "zip":
            return (_nothing(item, kind if isinstance(kind, Words) else sentences.ARCHIVE_NESTED),)
        known = settings.known_for(item.formats)
        hints = Hints(stem_of(item.name), settings.encoding, _house(item, settings))
        with no_panic_shown():
            return _parts(item, list(open_file(content, kind, known, hints)), settings, neighbour, wait=wait)
    except OSError as error:
        return (_nothing(item, sentences.file_closed(error)),)
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, Stopped):
        raise
    except BaseException as error:  # noqa: BLE001 - readers of hostile files panic, which is no Exception
        return (_nothing(item, sentences.damaged(error)),)


def _house(item: Item, settings: Settings) -> House:
    stated = settings.shop_files.get(item.shop_file) if item.shop_file else None
    return talks.house_of(owner_of(item.folders, stated, None, settings.zones), item.folders, stated)


def _parts(
    item: Item, sheets: Sequence[Opened | Unread | Words], settings: Settings, neighbour: str | None, *, wait: bool
) -> tuple[FileRead, ...] | None:
    """Every sheet of a file whose format is known, or None if the file waits."""
    message = next((sheet for sheet in sheets if isinstance(sheet, Words)), None)
    if message is not None:
        return (_nothing(item, message),)
    opened = [sheet for sheet in sheets if isinstance(sheet, Opened)]
    owners = [_owner(item, sheet, settings) for sheet in opened]
    silent = any(
        owner.platform is None and PLATFORM_HEADER not in sheet.match.at
        for sheet, owner in zip(opened, owners, strict=True)
    )
    # What one sheet says of its platform goes for the others of its file.
    platform = only({owner.platform for owner in owners if owner.platform}) or neighbour
    if silent and platform is None and wait:
        return None
    several = len(opened) > 1
    first, *others = (
        _read(item, sheet, owner if owner.platform else replace(owner, platform=platform), settings, several=several)
        for sheet, owner in zip(opened, owners, strict=True)
    )
    unread = notes.of_sheets([sheet for sheet in sheets if isinstance(sheet, Unread)])
    return (replace(first, account=replace(first.account, notes=(*first.account.notes, *unread))), *others)


def _read(item: Item, opened: Opened, owner: Owner, settings: Settings, *, several: bool) -> FileRead:
    time = _exported(opened, stem_of(item.name), settings.now)
    style = style_of(opened.match.known.format, time.since)
    file = InFile(settings.words, _zones(opened, owner, settings), settings.key, style, settings.now)
    stem = PurePosixPath(item.name).stem

    def grids() -> Iterator[pl.DataFrame]:
        nonlocal stem
        for grid in opened.grids():
            stem = talks.without_buyers(stem, grid, opened.match, settings.key)
            yield grid

    rows = read_grids(grids, opened.match, file)
    keys = _keys(opened, settings.key) if BUYER in rows.frame.columns else frozenset[str]()
    shown = talks.renamed(item.name, stem)
    account = _account(item, opened, rows, shown, several=several)
    stated = settings.shop_files.get(item.shop_file) if item.shop_file else None
    others = other_platform(item.folders, stated, opened.match.known.format.platform, settings.zones)
    return FileRead(item, replace(account, notes=(*account.notes, *others)), rows, owner, time, keys)


def _zones(opened: Opened, owner: Owner, settings: Settings) -> Callable[[str | None], str | None]:
    """A row's platform → its time zone; the format's own where the platform has no pack yet."""
    known, stated = zone_finder(owner, settings.zones), opened.match.known.format.timezone
    return lambda platform: known(platform) or stated


def _keys(opened: Opened, key: bytes) -> frozenset[str]:
    """What a saved table says of its pseudonyms; those of any other file were made just now."""
    return frozenset(opened.notes.get("shopscore.key", fingerprint(key)).split(","))


def _owner(item: Item, opened: Opened, settings: Settings) -> Owner:
    shop_file = settings.shop_files.get(item.shop_file) if item.shop_file else None
    stated = opened.match.known.format.platform or opened.notes.get("shopscore.platform")
    owner = owner_of(item.folders, shop_file, stated, settings.zones)
    noted = opened.notes.get("shopscore.shop")
    return owner if noted is None or owner.shop_fixed else replace(owner, shop=noted, shop_fixed=True)


def _exported(opened: Opened, stem: str, now: dt.datetime) -> Stamp:
    noted = opened.notes.get("shopscore.seen_until")
    if noted is not None:
        moment = _moment(noted)
        return Stamp(moment) if moment is not None and moment <= now else Stamp()
    return exported(stem, opened.match.known.format.export_time, now)


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _account(item: Item, opened: Opened, rows: Rows, shown: str, *, several: bool) -> FileAccount:
    """The account of a file, or of one of several sheets, which are told apart by their names."""
    refused = sum(refusal.count for refusal in rows.refusals)
    before, cells = losses.given_back(opened.notes.get(losses.NOTE), rows.table)
    return FileAccount(
        file=clean_name(f"{shown}[{opened.sheet}]" if several else shown),
        sha256=item.sha256,
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
        cells_refused=cells_together((*rows.cells, *cells)),
        columns_used=rows.used,
        columns_ignored=rows.ignored,
        notes=(*((Refusal("open_in_excel", 1),) if item.in_use else ()), *rows.notes, *opened.faults(), *before),
        totals_agree=rows.agreeing,
        message=sentences.NO_TIMES if talks.is_timeless(rows) else None,
    )


def _nothing(item: Item, message: Words) -> FileRead:
    return FileRead(item, refused_file(item.name, message, item.sha256), None, Owner(), Stamp())


def digest(item: Item) -> str:
    """SHA-256 of an item's content; nothing where there is none to be read."""
    try:
        return "" if isinstance(item.content, Words) else _digest(item.content)
    except OSError:
        return ""


def _digest(content: Path | bytes | Bundle) -> str:
    if isinstance(content, Bundle):
        return hashlib.sha256(" ".join(sorted(map(_digest, content.members))).encode()).hexdigest()
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
