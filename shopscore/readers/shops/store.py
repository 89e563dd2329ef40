"""Shops → Parquet files that read back as they were."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import yaml

from shopscore.readers.cells.plain import BUYER
from shopscore.readers.folders.files import SHOP_FILE, is_hidden
from shopscore.readers.shops import losses
from shopscore.readers.shops.slices import Stored
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import polars as pl

    from shopscore.model import TrustReason
    from shopscore.ruleset.shopfile import ShopFile
    from shopscore.tables import ShopTables

_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
)
_FORBIDDEN = '<>:"/\\|?*%'


def save(
    shops: Iterable[ShopTables],
    folder: Path,
    shop_files: Mapping[tuple[str, str], ShopFile] | None = None,
    reasons: Mapping[tuple[str, str], Sequence[TrustReason]] | None = None,
) -> tuple[Path, ...]:
    """Write shops as ``<platform>/<shop>/<table>.parquet``, rows sorted.

    How far a table can be trusted in time is written into the file, and so is the shop's name where it cannot be the
    name of a folder: what is read back is what was saved. Every file is written beside its place and moved there once
    all are whole, so that a run that breaks off leaves each file old or new, never half.

    Args:
        shops: the shops.
        folder: where to; made if it is not there.
        shop_files: ``shop.yaml`` by platform and shop, written beside the tables.
        reasons: what was wrong with what each shop was read from; it stays with the tables.

    Returns:
        The files written.
    """
    written: list[Path] = []
    with ExitStack() as unfinished:
        for shop in shops:
            place = place_of(Path(folder), shop.platform, shop.shop)
            place.mkdir(parents=True, exist_ok=True)
            lost = (reasons or {}).get((shop.platform, shop.shop), ())
            for table in sorted(shop.tables):
                path = place / f"{table}.parquet"
                _write(shop, table, _beside(path, unfinished), _notes(shop, table, place, lost))
                written.append(path)
            stated = (shop_files or {}).get((shop.platform, shop.shop))
            if stated is not None:
                text = yaml.safe_dump(stated.model_dump(exclude_defaults=True), allow_unicode=True)
                _beside(place / SHOP_FILE, unfinished).write_text(text, encoding="utf-8")
                written.append(place / SHOP_FILE)
        for path in written:
            _flush(_new(path))
        for path in written:
            _new(path).replace(path)
    return tuple(written)


def _write(shop: ShopTables, table: str, path: Path, notes: dict[str, str]) -> None:
    if isinstance(shop.tables, Stored):
        shop.tables.scan(table).sink_parquet(path, metadata=notes)
    else:
        in_order(shop.tables[table], table).write_parquet(path, metadata=notes)


def _columns(shop: ShopTables, table: str) -> Collection[str]:
    if isinstance(shop.tables, Stored):
        return shop.tables.scan(table).collect_schema()
    return shop.tables[table].columns


def _notes(shop: ShopTables, table: str, place: Path, reasons: Sequence[TrustReason]) -> dict[str, str]:
    notes = {"shopscore.platform": shop.platform}
    if place.name != shop.shop:
        notes["shopscore.shop"] = shop.shop
    if table in shop.seen_until:
        notes["shopscore.seen_until"] = shop.seen_until[table].isoformat()
    if BUYER in _columns(shop, table):
        notes["shopscore.key"] = ",".join(sorted(shop.keys))
    lost = losses.written(reasons, table)
    return notes if lost is None else notes | {losses.NOTE: lost}


def _beside(path: Path, unfinished: ExitStack) -> Path:
    """Where a file is written first; what is still there in the end is taken away."""
    unfinished.callback(_new(path).unlink, missing_ok=True)
    return _new(path)


def _new(path: Path) -> Path:
    # Files that begin with a dot are not read.
    return path.with_name(f".{path.name}.new")


def _flush(path: Path) -> None:
    """Have a file on the disk before it takes another one's place."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def place_of(folder: Path, platform: str, shop: str) -> Path:
    """The folder of a shop's tables."""
    return folder / folder_name(platform) / folder_name(shop)


def folder_name(name: str) -> str:
    """A name that is a folder's on every system and leads nowhere else."""
    safe = "".join(quote(char, safe="") if char in _FORBIDDEN or not char.isprintable() else char for char in name)
    if safe.partition(".")[0].upper() in _DEVICES or safe.endswith((" ", ".")):
        # Windows opens a device under such a name, and drops what such a name ends in.
        safe = f"{safe[:-1]}%{ord(safe[-1]):02X}"
    if set(safe) <= {"."}:
        return "%2E" * len(safe)
    # Folders that begin like this are hidden, and would not be read again.
    return f"%{ord(safe[0]):02X}{safe[1:]}" if is_hidden(safe) else safe


def in_order(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """Rows of a table by its key, or by all columns."""
    key = [name for name in TABLES[table].key if name in frame.columns]
    return frame.sort(key or frame.columns, nulls_last=True, maintain_order=False)
