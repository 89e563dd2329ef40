"""Files read → shops: whose rows they are, each table merged, every row accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field
from msgspec.structs import replace

from shopscore.model import FileAccount, Words
from shopscore.readers.rows.spill import Home
from shopscore.readers.rows.talks import is_timeless
from shopscore.readers.shops import gaps
from shopscore.readers.shops.accounts import Count, added, counted, settled
from shopscore.readers.shops.merge import Part, merge, newest_event
from shopscore.readers.shops.owners import NAMES, by_shop, named_by, owned_by_file, shop_of, shopless, with_shops
from shopscore.readers.shops.sightings import contradicting, contradiction, set_apart
from shopscore.readers.shops.slices import Stored, slices, stored
from shopscore.readers.shops.store import in_order
from shopscore.schema import TABLES
from shopscore.tables import ShopTables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shopscore.readers.read import FileRead
    from shopscore.readers.shops.owners import Owned

Place = tuple[str, str, str]
"""Platform, shop, table."""
_Of = tuple[int, str, str]
"""The rows that a file, by its number, gives to a shop."""


class Gathered(Struct, frozen=True):
    """The shops of a unit and the account of its files."""

    shops: tuple[ShopTables, ...]
    accounts: tuple[FileAccount, ...]
    warnings: tuple[Words, ...]


class _Shop(Struct):
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


class _Found(Struct):
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
    counts: dict[int, Count] = field(default_factory=dict)
    owners: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    parts: dict[Place, list[Part]] = field(default_factory=dict)


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
    # Which slice a shop is first met in tells nothing.
    shops = dict(sorted(found.shops.items()))
    timeless = _timeless(ordered)
    silent = {name: gaps.gaps_of(shop.tables, now) for name, shop in shops.items()}
    for (platform, shop), tables in silent.items():
        for table, days in tables.items():
            for file, note in gaps.noted(TABLES[table], found.parts[platform, shop, table], days).items():
                _count_in(found, file, Count(notes=(note,)))
    accounts = (
        settled(file.account, found.counts.get(number, Count()), found.owners.get(number, set()))
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
            for name, shop in shops.items()
        ),
        tuple(sorted(accounts, key=lambda item: item.file)),
        (
            *shopless(ordered),
            *(_several_keys(name) for (_, name), shop in shops.items() if len(shop.keys) > 1),
            *(contradiction(name, *shop.contradicted) for (_, name), shop in shops.items() if shop.contradicted[0]),
        ),
    )


def _merge_into(
    found: _Found, files: Sequence[FileRead], events: Mapping[_Of, dt.datetime | None], now: dt.datetime
) -> None:
    """Merge some rows of all files and add them to what was found."""
    owned, ownerless = owned_by_file(files)
    parts = _parts(files, owned, events, now)
    for number, refusals in ownerless.items():
        _count_in(found, number, Count(refusals=refusals))
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
            _count_in(found, part.file, counted(merged, part.file))
            found.parts.setdefault(place, []).append(_days_only(part, table) if found.home else part)
    if found.home:
        for number, file in enumerate(files):
            _count_in(found, number, Count(cells=file.rows.cells if file.rows else ()))


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


def _count_in(found: _Found, file: int, count: Count) -> None:
    found.counts[file] = added(found.counts.get(file, Count()), count)


def _events(files: Sequence[FileRead], now: dt.datetime) -> dict[_Of, dt.datetime | None]:
    """The newest past event of each shop's rows, of files with rows on disk."""
    named = named_by(files)
    newest: dict[_Of, dt.datetime | None] = {}
    for number, file in enumerate(files):
        if file.rows is None or file.rows.disk is None:
            continue
        table = TABLES[file.rows.table]
        columns = [*NAMES, "_row", *(column.name for column in table.columns if column.event)]
        for frame in file.rows.disk.frames(columns):
            of_file, _ = with_shops(file, frame, named)
            for name, rows in by_shop(of_file):
                known = (newest.get((number, *name)), newest_event(table, rows, now))
                newest[number, *name] = max((each for each in known if each is not None), default=None)
    return newest


def _parts(
    files: Sequence[FileRead], owned: Mapping[int, Owned], events: Mapping[_Of, dt.datetime | None], now: dt.datetime
) -> dict[Place, list[Part]]:
    """The rows of every shop's tables by file."""
    parts: dict[Place, list[Part]] = {}
    for number, of_file in owned.items():
        file, table = files[number], files[number].account.table or ""
        for name, rows in by_shop(of_file):
            # A day in a name says less than an event later on that day.
            key = (number, *name)
            event = events[key] if key in events else newest_event(TABLES[table], rows, now)
            time = max((each for each in (file.time.since, event) if each is not None), default=None)
            part = Part(number, rows, time, file.time.until, kept=file.kept)
            parts.setdefault((*name, table), []).append(part)
    return parts


def _timeless(files: Sequence[FileRead]) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """Shop → table → the files that hold talk for it without a usable time."""
    named = named_by(files)
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for file in files:
        if file.rows is not None and file.owner.platform and is_timeless(file.rows):
            tables = found.setdefault((file.owner.platform, shop_of(file, named, file.owner.platform)), {})
            names = {*tables.get(file.rows.table, ()), file.account.file}
            tables[file.rows.table] = tuple(sorted(names))
    return found


def _several_keys(shop: str) -> Words:
    """A shop whose tables were saved under one key and are read together with files under another."""
    return Words(
        f"{shop}: its buyers' pseudonyms were made with different keys, so that one buyer counts as several; "
        "read the exports again with --save",
        f"{shop}：买家化名由不同的密钥生成，同一买家会被算作多人；请用 --save 重新读取导出文件",
    )
