"""Files read → shops: whose rows they are, each table merged, every row accounted for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import polars as pl

from shopscore.model import Example, FileAccount, Refusal, Words
from shopscore.readers import gaps, limits, sentences
from shopscore.readers.identity import named_in, only, with_owner
from shopscore.readers.merge import Part, merge, newest_event
from shopscore.readers.refusals import together
from shopscore.readers.sightings import contradictions, set_apart
from shopscore.readers.talks import is_timeless
from shopscore.schema import TABLES
from shopscore.tables import ShopTables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.readers.identity import Owner
    from shopscore.readers.merge import Merged
    from shopscore.readers.read import FileRead

_NAMES = ["_platform", "_shop"]
_SLUG = "[a-z0-9][a-z0-9_]*"
Place = tuple[str, str, str]
"""Platform, shop, table."""


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


@dataclass(frozen=True, slots=True)
class _Shop:
    """A shop's tables as they are found."""

    tables: dict[str, pl.DataFrame]
    seen_until: dict[str, dt.datetime]
    keys: set[str]


@dataclass(frozen=True, slots=True)
class _Count:
    """What became of a file's rows once all files were together."""

    accepted: int = 0
    duplicate: int = 0
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Refusal, ...] = ()


def gather(files: Sequence[FileRead], now: dt.datetime) -> Gathered:
    """Merge what the files of a unit gave, shop by shop and table by table.

    Args:
        files: the files read; their order does not matter.
        now: no event is later.
    """
    # Numbers follow contents, so that the order in which files are found changes nothing; what was kept comes last.
    ordered = sorted(files, key=lambda file: (file.kept, file.account.sha256, file.account.file))
    owned, ownerless = _owned(ordered)
    parts, owners = _parts(ordered, owned, now)
    shops: dict[tuple[str, str], _Shop] = {}
    counts = {number: _Count(refusals=refusals) for number, refusals in ownerless.items()}
    for (platform, shop, table), of_table in sorted(set_apart(parts, len(ordered)).items()):
        merged = merge(TABLES[table], of_table)
        found = shops.setdefault((platform, shop), _Shop({}, {}, set()))
        found.tables[table] = merged.frame
        times = [part.time for part in of_table if part.time is not None]
        found.seen_until.update({table: max(times)} if times else {})
        for part in parts.get((platform, shop, table), ()):
            found.keys.update(ordered[part.file].keys)
            counts[part.file] = _added(counts.get(part.file, _Count()), _count(merged, part.file))
    timeless = _timeless(ordered)
    silent = {name: gaps.gaps_of(found.tables, now) for name, found in shops.items()}
    for (platform, shop), tables in silent.items():
        for table, days in tables.items():
            for file, note in gaps.noted(TABLES[table], parts[platform, shop, table], days).items():
                counts[file] = _added(counts[file], _Count(notes=(note,)))
    accounts = (
        _settled(file.account, counts.get(number, _Count()), owners.get(number, set()))
        for number, file in enumerate(ordered)
    )
    return Gathered(
        tuple(
            ShopTables(
                *name,
                found.tables,
                found.seen_until,
                keys=frozenset(found.keys),
                gaps=silent[name],
                timeless=timeless.get(name, {}),
            )
            for name, found in shops.items()
        ),
        tuple(sorted(accounts, key=lambda item: item.file)),
        (
            *_warnings(ordered),
            *(_several_keys(shop) for (_, shop), found in shops.items() if len(found.keys) > 1),
            *(word for (_, shop), found in shops.items() for word in contradictions(shop, found.tables)),
        ),
    )


def places(files: Iterable[FileRead]) -> frozenset[tuple[str, str]]:
    """Platform and name of every shop that files give rows to."""
    owned, _ = _owned(tuple(files))
    found: set[tuple[str, str]] = set()
    for of_file in owned.values():
        if of_file.whole is not None:
            found.add(of_file.whole)
        elif not of_file.frame.is_empty():
            found |= {(platform, shop) for platform, shop in of_file.frame.select(_NAMES).unique().rows()}
    return frozenset(found)


def _parts(
    files: Sequence[FileRead], owned: Mapping[int, _Owned], now: dt.datetime
) -> tuple[dict[Place, list[Part]], dict[int, set[tuple[str, str]]]]:
    """The rows of every shop's tables by file, and the shops of every file."""
    parts: dict[Place, list[Part]] = {}
    owners: dict[int, set[tuple[str, str]]] = {}
    for number, of_file in owned.items():
        table = files[number].account.table or ""
        for (platform, shop), rows in _by_shop(of_file):
            # A day in a name says less than an event later on that day.
            stamp = files[number].time
            known = (stamp.since, newest_event(TABLES[table], rows, now))
            time = max((each for each in known if each is not None), default=None)
            part = Part(number, rows, time, stamp.until, kept=files[number].kept)
            parts.setdefault((platform, shop, table), []).append(part)
            owners.setdefault(number, set()).add((platform, shop))
    return parts, owners


def _count(merged: Merged, file: int) -> _Count:
    conflicts = () if merged.conflicts.is_empty() else _conflict(merged.conflicts.filter(pl.col("_file") == file))
    return _Count(merged.accepted.get(file, 0), merged.duplicate.get(file, 0), conflicts)


def _owned(files: Sequence[FileRead]) -> tuple[dict[int, _Owned], dict[int, tuple[Refusal, ...]]]:
    """Every file's rows with their platform and shop; and the rows of which no platform is known."""
    named = _named(files)
    owned: dict[int, _Owned] = {}
    refused: dict[int, tuple[Refusal, ...]] = {}
    for number, file in enumerate(files):
        if file.rows is None:
            continue
        shop = _shop_of(file, named)
        whole = (file.owner.platform, shop) if file.owner.platform else None
        frame = file.rows.frame
        if whole and frame.is_empty():
            # A file without rows says that its table is there and empty; one whose rows were all refused does not.
            owned[number] = _Owned(frame.drop(_NAMES, strict=False), whole if file.rows.read == 0 else None)
        elif whole and not any(name in frame.columns for name in _NAMES):
            owned[number] = _Owned(frame, whole)
        else:
            owned[number], refused[number] = _by_row(with_owner(frame, file.owner, shop))
    return owned, refused


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


def _names(file: FileRead, column: str) -> set[str]:
    if file.rows is None or column not in file.rows.frame.columns or file.owner.shop_fixed:
        return set()
    return set(file.rows.frame.get_column(column).drop_nulls().unique())


@dataclass(frozen=True, slots=True)
class _Named:
    """The shops that files' rows name: by the folder a file lies in, and by platform and shop its path says."""

    by_folder: dict[str, set[str]]
    by_path: dict[tuple[str | None, str | None], set[str]]


def _named(files: Sequence[FileRead]) -> _Named:
    found = _Named({}, {})
    for file in files:
        names = _names(file, "_shop")
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
    return _Count(one.accepted + other.accepted, one.duplicate + other.duplicate, refusals, notes)


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
