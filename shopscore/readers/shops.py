"""Files read → shops: whose rows they are, each table merged, every row accounted for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import polars as pl

from shopscore.model import CellRefusals, Example, FileAccount, Refusal, Words
from shopscore.readers import gaps, limits, sentences
from shopscore.readers.identity import named_in, only, with_owner
from shopscore.readers.merge import Part, merge, newest_event
from shopscore.readers.refusals import cells_together, together
from shopscore.readers.sightings import contradicting, contradiction, set_apart
from shopscore.readers.slices import Stored, slices, stored
from shopscore.readers.spill import Home
from shopscore.readers.store import in_order
from shopscore.readers.talks import is_timeless
from shopscore.schema import TABLES
from shopscore.tables import ShopTables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shopscore.readers.identity import Owner
    from shopscore.readers.merge import Merged
    from shopscore.readers.read import FileRead
    from shopscore.readers.rows import Rows

_NAMES = ["_platform", "_shop"]
_SLUG = "[a-z0-9][a-z0-9_]*"
Place = tuple[str, str, str]
"""Platform, shop, table."""
_Of = tuple[int, str, str]
"""The rows that a file, by its number, gives to a shop."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The shops of a unit and the account of its files."""

    shops: tuple[ShopTables, ...]
    accounts: tuple[FileAccount, ...]
    warnings: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class _Owned:
    """A file's rows: all of one platform and shop, or with ``_platform`` and ``_shop`` in every row."""

    frame: pl.DataFrame
    whole: tuple[str, str] | None


@dataclass(slots=True)
class _Shop:
    """A shop as it is found.

    Attributes:
        tables: merged rows; of tables on disk no more than tells their days.
        files: table → where its rows are, if they are on disk.
        seen_until: table → how far it can be trusted.
        keys: fingerprints of the keys its buyers' pseudonyms were made with.
        contradicted: how many orders' exports contradict each other, and the first of them.
    """

    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    files: dict[str, list[Path]] = field(default_factory=dict)
    seen_until: dict[str, dt.datetime] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    contradicted: tuple[int, str] = (0, "")


@dataclass(slots=True)
class _Found:
    """What the slices of a unit gave so far.

    Attributes:
        home: where merged rows are written to, if they are too many to hold.
        shops: platform and shop → its tables.
        counts: file → what became of its rows.
        owners: file → the shops it gives rows to.
        parts: what each file gave to each table, as far as days tell.
    """

    home: Home | None
    shops: dict[tuple[str, str], _Shop] = field(default_factory=dict)
    counts: dict[int, _Count] = field(default_factory=dict)
    owners: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    parts: dict[Place, list[Part]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Count:
    """What became of a file's rows once all files were together."""

    accepted: int = 0
    duplicate: int = 0
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Refusal, ...] = ()
    cells: tuple[CellRefusals, ...] = ()


def gather(files: Sequence[FileRead], now: dt.datetime) -> Gathered:
    """Merge what the files of a unit gave, shop by shop and table by table.

    Args:
        files: the files read; their order does not matter.
        now: no event is later.
    """
    # Numbers follow contents, so that the order in which files are found changes nothing; what was kept comes last.
    ordered = sorted(files, key=lambda file: (file.kept, file.account.sha256, file.account.file))
    events = _events(ordered, now)
    found = _Found(Home() if any(file.rows and file.rows.disk for file in ordered) else None)
    for some in slices(ordered):
        _merge_into(found, some, events, now)
    timeless = _timeless(ordered)
    silent = {name: gaps.gaps_of(shop.tables, now) for name, shop in found.shops.items()}
    for (platform, shop), tables in silent.items():
        for table, days in tables.items():
            for file, note in gaps.noted(TABLES[table], found.parts[platform, shop, table], days).items():
                _count_in(found, file, _Count(notes=(note,)))
    accounts = (
        _settled(file.account, found.counts.get(number, _Count()), found.owners.get(number, set()))
        for number, file in enumerate(ordered)
    )
    return Gathered(
        tuple(
            ShopTables(
                *name,
                Stored(found.home, shop.files) if found.home else shop.tables,
                shop.seen_until,
                keys=frozenset(shop.keys),
                gaps=silent[name],
                timeless=timeless.get(name, {}),
            )
            for name, shop in found.shops.items()
        ),
        tuple(sorted(accounts, key=lambda item: item.file)),
        (
            *_warnings(ordered),
            *(_several_keys(name) for (_, name), shop in found.shops.items() if len(shop.keys) > 1),
            *(
                contradiction(name, *shop.contradicted)
                for (_, name), shop in found.shops.items()
                if shop.contradicted[0]
            ),
        ),
    )


def _merge_into(
    found: _Found, files: Sequence[FileRead], events: Mapping[_Of, dt.datetime | None], now: dt.datetime
) -> None:
    """Merge some rows of all files and add them to what was found."""
    owned, ownerless = _owned(files)
    parts = _parts(files, owned, events, now)
    for number, refusals in ownerless.items():
        _count_in(found, number, _Count(refusals=refusals))
    for place, of_table in sorted(set_apart(parts, len(files)).items()):
        *name, table = place
        shop = found.shops.setdefault((name[0], name[1]), _Shop())
        merged = merge(TABLES[table], of_table)
        _keep(shop, table, merged.frame, found.home)
        times = [part.time for part in of_table if part.time is not None]
        if times:
            shop.seen_until[table] = max(*times, shop.seen_until.get(table, times[0]))
        for part in parts.get(place, ()):
            shop.keys.update(files[part.file].keys)
            found.owners.setdefault(part.file, set()).add((name[0], name[1]))
            _count_in(found, part.file, _count(merged, part.file))
            found.parts.setdefault(place, []).append(_days_only(part, table) if found.home else part)
    if found.home:
        for number, file in enumerate(files):
            _count_in(found, number, _Count(cells=file.rows.cells if file.rows else ()))


def _keep(shop: _Shop, table: str, frame: pl.DataFrame, folder: Home | None) -> None:
    """Hold merged rows, or write them to disk and hold what tells their days."""
    if table == "sightings":
        orders = contradicting(frame)
        count, first = shop.contradicted
        shop.contradicted = (count + len(orders), min(filter(None, (first, *orders[:1])), default=""))
    if folder is None:
        shop.tables[table] = frame
        return
    shop.files.setdefault(table, []).append(stored(in_order(frame, table), folder))
    days = frame.select(name for name in frame.columns if name == TABLES[table].born)
    shop.tables[table] = pl.concat([shop.tables[table], days], how="diagonal") if table in shop.tables else days


def _days_only(part: Part, table: str) -> Part:
    kept = [name for name in part.frame.columns if name in {TABLES[table].born, "_row"}]
    return replace(part, frame=part.frame.select(kept))


def _count_in(found: _Found, file: int, count: _Count) -> None:
    found.counts[file] = _added(found.counts.get(file, _Count()), count)


def places(files: Sequence[FileRead]) -> frozenset[tuple[str, str]]:
    """Platform and name of every shop that files give rows to."""
    named = _named(files)
    found: set[tuple[str, str]] = set()
    for file in files:
        if file.rows is not None:
            of_file, _ = _of_file(file, _named_frame(file.rows), _shop_of(file, named))
            found.update(name for name, _ in _by_shop(of_file))
    return frozenset(found)


def _named_frame(rows: Rows) -> pl.DataFrame:
    """A row for every platform and shop that rows name."""
    pairs = pl.DataFrame(sorted(rows.named, key=repr), schema=dict.fromkeys(_NAMES, pl.String()), orient="row")
    return pairs.select(pl.lit(0).alias("_row"), *(name for name in _NAMES if name in rows.frame.columns))


def _events(files: Sequence[FileRead], now: dt.datetime) -> dict[_Of, dt.datetime | None]:
    """The newest past event of each shop's rows, of files with rows on disk."""
    named = _named(files)
    newest: dict[_Of, dt.datetime | None] = {}
    for number, file in enumerate(files):
        if file.rows is None or file.rows.disk is None:
            continue
        table = TABLES[file.rows.table]
        columns = [*_NAMES, "_row", *(column.name for column in table.columns if column.event)]
        for frame in file.rows.disk.frames(columns):
            of_file, _ = _of_file(file, frame, _shop_of(file, named))
            for name, rows in _by_shop(of_file):
                known = (newest.get((number, *name)), newest_event(table, rows, now))
                newest[number, *name] = max((each for each in known if each is not None), default=None)
    return newest


def _parts(
    files: Sequence[FileRead], owned: Mapping[int, _Owned], events: Mapping[_Of, dt.datetime | None], now: dt.datetime
) -> dict[Place, list[Part]]:
    """The rows of every shop's tables by file."""
    parts: dict[Place, list[Part]] = {}
    for number, of_file in owned.items():
        file, table = files[number], files[number].account.table or ""
        for name, rows in _by_shop(of_file):
            # A day in a name says less than an event later on that day.
            key = (number, *name)
            event = events[key] if key in events else newest_event(TABLES[table], rows, now)
            time = max((each for each in (file.time.since, event) if each is not None), default=None)
            part = Part(number, rows, time, file.time.until, kept=file.kept)
            parts.setdefault((*name, table), []).append(part)
    return parts


def _count(merged: Merged, file: int) -> _Count:
    conflicts = () if merged.conflicts.is_empty() else _conflict(merged.conflicts.filter(pl.col("_file") == file))
    return _Count(merged.accepted.get(file, 0), merged.duplicate.get(file, 0), conflicts)


def _owned(files: Sequence[FileRead]) -> tuple[dict[int, _Owned], dict[int, tuple[Refusal, ...]]]:
    """Every file's rows with their platform and shop; and the rows of which no platform is known."""
    named = _named(files)
    owned: dict[int, _Owned] = {}
    refused: dict[int, tuple[Refusal, ...]] = {}
    for number, file in enumerate(files):
        if file.rows is not None:
            owned[number], refused[number] = _of_file(file, file.rows.frame, _shop_of(file, named))
    return owned, refused


def _of_file(file: FileRead, frame: pl.DataFrame, shop: str) -> tuple[_Owned, tuple[Refusal, ...]]:
    """Some rows of a file with their platform and shop; and those of which no platform is known."""
    whole = (file.owner.platform, shop) if file.owner.platform else None
    if whole and frame.is_empty():
        # A file without rows says that its table is there and empty; one whose rows were all refused does not.
        empty = file.rows is not None and file.rows.read == 0
        return _Owned(frame.drop(_NAMES, strict=False), whole if empty else None), ()
    if whole and not any(name in frame.columns for name in _NAMES):
        return _Owned(frame, whole), ()
    return _by_row(with_owner(frame, file.owner, shop))


def _shop_of(file: FileRead, named: _Named) -> str:
    """The shop of rows that name none: what the path says, what the folder's other files name, the folder."""
    owner = file.owner
    if owner.shop is not None:
        # A folder may be called otherwise than the shop whose files, where they name one, all lie in it.
        return owner.shop if owner.shop_fixed else only(named.by_path.get(_path(owner), ())) or owner.shop
    folder, names = file.item.folders[-1] if file.item.folders else "", named.by_folder[file.item.folder]
    return named_in(_stem(file), names) or only(names) or folder or "shop"


def _timeless(files: Sequence[FileRead]) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """Shop → table → the files that hold talk for it without a usable time."""
    named = _named(files)
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for file in files:
        if file.rows is not None and file.owner.platform and is_timeless(file.rows):
            tables = found.setdefault((file.owner.platform, _shop_of(file, named)), {})
            names = {*tables.get(file.rows.table, ()), file.account.file}
            tables[file.rows.table] = tuple(sorted(names))
    return found


def _by_row(frame: pl.DataFrame) -> tuple[_Owned, tuple[Refusal, ...]]:
    """Rows that name their own shop or platform; those whose platform is not known are refused."""
    known = frame.get_column("_platform").str.contains(rf"^{_SLUG}$").fill_null(value=False)
    if known.all():
        return _Owned(frame, None), ()
    rows = frame.get_column("_row").filter(~known)
    examples = tuple(Example(row, "platform", "") for row in rows.head(limits.MAX_EXAMPLES))
    return _Owned(frame.filter(known), None), (Refusal("unknown_platform", len(rows), examples),)


def _names(file: FileRead) -> set[str]:
    """The shops that a file's rows name."""
    if file.rows is None or file.owner.shop_fixed:
        return set()
    return {shop for _, shop in file.rows.named if shop is not None}


@dataclass(frozen=True, slots=True)
class _Named:
    """The shops that files' rows name: by the folder a file lies in, and by platform and shop its path says."""

    by_folder: dict[str, set[str]]
    by_path: dict[tuple[str | None, str | None], set[str]]


def _named(files: Sequence[FileRead]) -> _Named:
    found = _Named({}, {})
    for file in files:
        names = _names(file)
        found.by_folder.setdefault(file.item.folder, set()).update(names)
        # Rows that name a platform of their own say nothing of the one in the path.
        own = names if file.rows is None or "_platform" not in file.rows.frame.columns else ()
        found.by_path.setdefault(_path(file.owner), set()).update(own)
    return found


def _path(owner: Owner) -> tuple[str | None, str | None]:
    return owner.platform, owner.shop


def _stem(file: FileRead) -> str:
    return PurePosixPath(file.item.name).stem


def _by_shop(owned: _Owned) -> list[tuple[tuple[str, str], pl.DataFrame]]:
    if owned.whole is not None:
        return [(owned.whole, owned.frame)]
    if owned.frame.is_empty():
        return []
    parts = owned.frame.partition_by(_NAMES, as_dict=True, include_key=False)
    return [((str(platform), str(shop)), part) for (platform, shop), part in parts.items()]


def _conflict(rows: pl.DataFrame) -> tuple[Refusal, ...]:
    if rows.is_empty():
        return ()
    first = rows.get_column("_row").sort().head(limits.MAX_EXAMPLES)
    return (Refusal("conflict", rows.height, tuple(Example(row, "", "") for row in first)),)


def _added(one: _Count, other: _Count) -> _Count:
    refusals = together((*one.refusals, *other.refusals))
    notes = together((*one.notes, *other.notes))
    cells = cells_together((*one.cells, *other.cells))
    return _Count(one.accepted + other.accepted, one.duplicate + other.duplicate, refusals, notes, cells)


def _settled(account: FileAccount, count: _Count, owners: set[tuple[str, str]]) -> FileAccount:
    """An account with what the merge made of the file's rows."""
    refusals = (*account.refusals, *count.refusals)
    no_platform = any(refusal.reason == "unknown_platform" for refusal in refusals)
    message = account.message
    if no_platform and not owners:
        message = sentences.NO_PLATFORM
    return replace(
        account,
        platform=only({platform for platform, _ in owners}),
        shop=only({shop for _, shop in owners}),
        rows_accepted=count.accepted,
        rows_duplicate=count.duplicate,
        rows_refused=sum(refusal.count for refusal in refusals),
        refusals=refusals,
        notes=(*account.notes, *count.notes),
        cells_refused=cells_together((*account.cells_refused, *count.cells)),
        message=message,
    )


def _warnings(files: Sequence[FileRead]) -> tuple[Words, ...]:
    """Files without a shop in a folder whose other files name several."""
    named = _named(files).by_folder
    lost = sorted(
        file.account.file
        for file in files
        if file.rows is not None
        and file.owner.shop is None
        and "_shop" not in file.rows.frame.columns
        and len(named[file.item.folder]) > 1
        and named_in(_stem(file), named[file.item.folder]) is None
    )
    if not lost:
        return ()
    names = ", ".join(lost)
    return (
        Words(
            f"These files name no shop, and their folder holds several: {names}. Give each shop a folder of its own.",
            f"以下文件没有店铺名称，而同一文件夹中有多个店铺：{names}。请为每个店铺单独建文件夹。",
        ),
    )


def _several_keys(shop: str) -> Words:
    """A shop whose tables were saved under one key and are read together with files under another."""
    return Words(
        f"{shop}: its buyers' pseudonyms were made with different keys, so that one buyer counts as several; "
        "read the exports again with --save",
        f"{shop}：买家化名由不同的密钥生成，同一买家会被算作多人；请用 --save 重新读取导出文件",
    )
