"""A carrier's scans that do not say whose they are → the one shop whose orders name their parcels, if that is certain.

A portal of a carrier knows parcels only. Where such a file lies among the files of several shops, its numbers tell
whose it is: every one of them that any order names must be named by orders of one and the same shop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.model import Refusal
from shopscore.readers.shops.owners import NAMES, by_shop, is_shopless, with_shops
from shopscore.tables import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from shopscore.readers.read import FileRead
    from shopscore.readers.shops.owners import Named

_SCANS = "shipments"
_IDS = ("order_id", "tracking_no")


class Whose(Struct, frozen=True):
    """The shop a file of scans is of, and how many of the file's numbers it knows."""

    platform: str
    shop: str
    known: int


def is_nameless(file: FileRead, named: Named) -> bool:
    """Whether it is a file of scans in a folder of several shops that does not say of which."""
    if file.rows is None or file.rows.table != _SCANS or not set(NAMES).isdisjoint(file.rows.frame.columns):
        return False
    return file.owner.platform is None or is_shopless(file, named)


def whose(scans: FileRead, files: Sequence[FileRead], named: Named) -> Whose | None:
    """The only shop whose orders name any of a file's numbers; None where those of several do, or none.

    Args:
        scans: the file.
        files: all files read with it.
        named: the shops that their rows name.
    """
    asked = {name: _ids(scans, name) for name in _IDS}
    known: dict[tuple[str, str], set[str]] = {}
    for file in files:
        if file.rows is None or file.rows.table != "orders":
            continue
        for frame in _frames(file):
            of_file, _ = with_shops(file, frame, named)
            for place, rows in by_shop(of_file):
                if found := {each for name, ids in asked.items() for each in ids & _texts(rows, name)}:
                    known.setdefault(place, set()).update(found)
    if len(known) != 1:
        return None
    (((platform, shop), ids),) = known.items()
    return Whose(platform, shop, len(ids))


def of(place: Whose, file: FileRead) -> FileRead:
    """A file as one of that shop's, with a word on how that is known."""
    note = Refusal("whose_numbers", place.known)
    account = replace(file.account, notes=(*file.account.notes, note))
    return replace(file, account=account, owner=replace(file.owner, shop=place.shop))


def _ids(file: FileRead, name: str) -> set[str]:
    return set().union(*(_texts(frame, name) for frame in _frames(file)))


def _frames(file: FileRead) -> Iterator[pl.DataFrame]:
    """The rows of a file, as far as they tell whose they are."""
    columns = [*NAMES, "_row", *_IDS]
    if file.rows is not None and file.rows.disk is not None:
        yield from file.rows.disk.frames(columns)
    elif file.rows is not None:
        yield file.rows.frame.select(name for name in columns if name in file.rows.frame.columns)


def _texts(rows: pl.DataFrame, name: str) -> set[str]:
    """The different numbers in a column, of which a cell may hold several."""
    if name not in rows.columns:
        return set()
    cells = rows.select(numbers()).to_series().explode() if name == "tracking_no" else rows.get_column(name)
    return set(cells.drop_nulls().unique().to_list())
