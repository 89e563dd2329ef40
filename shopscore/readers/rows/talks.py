"""Files of chats: who writes for the shop, buyers whose names are file names, and talk without a usable time."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import polars as pl
from msgspec.structs import replace

from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import fold
from shopscore.readers.cells.plain import BUYER
from shopscore.readers.cells.privacy import PSEUDONYM, pseudonym
from shopscore.readers.folders.bundles import ALL
from shopscore.readers.formats import source_headers
from shopscore.readers.kinds.speakers import House

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.readers.formats import Match
    from shopscore.readers.identity import Owner
    from shopscore.readers.read import FileRead
    from shopscore.readers.rows.rows import Rows
    from shopscore.ruleset.shopfile import ShopFile

TIMES = {"messages": "sent_at", "sessions": "started_at"}
"""The tables of talk, and the time without which nothing of them can be timed."""
_SHORTEST_NAME = 2


def house_of(owner: Owner, folders: Sequence[str], stated: ShopFile | None) -> House:
    """Who writes for the shop: what ``shop.yaml`` and the folders call it and its people."""
    names = {owner.shop, *folders[-1:], *(stated.agents if stated else ())}
    return House(frozenset(fold(name) for name in names if name), whole=bool(stated and stated.agents))


def is_timeless(rows: Rows) -> bool:
    """Whether talk was read and no row of it says when."""
    time = TIMES.get(rows.table)
    reasons = {refusal.reason for refusal in rows.refusals}
    return rows.disk is None and rows.frame.is_empty() and bool(reasons & {f"missing_{time}", f"unreadable_{time}"})


def without_buyers(name: str, grid: pl.DataFrame, match: Match, key: bytes) -> str:
    """A file's name in which the buyers of its talk are pseudonyms.

    Args:
        name: the name without its ending.
        grid: some of the file's rows.
        match: its header and format.
        key: the secret buyers are pseudonymised with.
    """
    form = match.known.format
    if form.table not in TIMES or BUYER not in form.columns:
        return name
    places = {match.place([header]) for header in source_headers(form.columns[BUYER])}
    for place in sorted(place for place in places if place is not None):
        names = cast.clean(grid.get_column(f"c{place}")).drop_nulls().unique()
        names = names.filter((names.str.len_chars() >= _SHORTEST_NAME) & ~names.str.contains(PSEUDONYM))
        inside = names.to_frame("name").select(
            pl.col("name").filter(pl.lit(name).str.contains(pl.col("name"), literal=True))
        )
        found = inside.to_series().sort()
        for buyer, hidden in zip(found, pseudonym(found, key), strict=True):
            name = name.replace(buyer, hidden)
    return name


def renamed(path: str, stem: str) -> str:
    """A file's path with another name before its ending."""
    whole = PurePosixPath(path)
    return path if stem == whole.stem else str(whole.with_name(stem + whole.suffix))


def hide_neighbours(files: Sequence[FileRead], key: bytes) -> tuple[FileRead, ...]:
    """Hide the names of unreadable files among files of the same ending that are named after buyers."""
    named = {_kin(file) for file in files if file.rows is not None and _is_hidden(file.account.file)}
    return tuple(_hidden(file, key) if file.rows is None and _kin(file) in named else file for file in files)


def _kin(file: FileRead) -> tuple[str, str]:
    """What files saved together have in common: folder or archive, and ending."""
    path = PurePosixPath(file.item.name)
    return str(path.parent), path.suffix


def _is_hidden(path: str) -> bool:
    stem = PurePosixPath(path).stem
    return stem.startswith(ALL) or re.fullmatch(PSEUDONYM, stem) is not None


def _hidden(file: FileRead, key: bytes) -> FileRead:
    stem = pseudonym(pl.Series([PurePosixPath(file.item.name).stem]), key).item()
    return replace(file, account=replace(file.account, file=renamed(file.account.file, stem)))
