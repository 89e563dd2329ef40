"""Whose rows these are: the shop and the platform of a file and of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.model import Refusal
from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import fold, fold_header
from shopscore.readers.cells.style import Zones
from shopscore.readers.folders.files import platform_folder
from shopscore.readers.formats import PLATFORM_HEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from shopscore.readers.formats import Match
    from shopscore.ruleset.shopfile import ShopFile


class Owner(Struct, frozen=True):
    """What a file says of itself, before its neighbours are asked.

    Attributes:
        platform: the platform all its rows belong to, if known.
        shop: the shop its path names, if any.
        shop_fixed: ``shop.yaml`` names the shop: columns do not overrule it.
        platform_fixed: ``shop.yaml`` names the platform: columns do not overrule it.
        zone: the time zone of ``shop.yaml``, if it gives one.
    """

    platform: str | None = None
    shop: str | None = None
    shop_fixed: bool = False
    platform_fixed: bool = False
    zone: str | None = None


def owner_of(
    folders: Sequence[str], shop_file: ShopFile | None, stated: str | None, platforms: Collection[str]
) -> Owner:
    """Whose file it is, from its ``shop.yaml``, its format and its folders, in this order.

    Args:
        folders: the folders it stands in, its own last.
        shop_file: the nearest ``shop.yaml``.
        stated: the platform its format or its own notes state.
        platforms: names of the known packs.
    """
    pair = platform_folder(folders, platforms)
    platform, shop = stated or (pair[0] if pair else None), (pair[1] if pair else None)
    if shop_file is None:
        return Owner(platform, shop)
    return Owner(
        shop_file.platform or platform,
        shop_file.name or shop,
        shop_fixed=shop_file.name is not None,
        platform_fixed=shop_file.platform is not None,
        zone=shop_file.timezone,
    )


def other_platform(
    folders: Sequence[str], shop_file: ShopFile | None, exported_by: str | None, platforms: Collection[str]
) -> tuple[Refusal, ...]:
    """A word where ``shop.yaml``, else the folders, name another platform than the one whose export a file is.

    Args:
        folders: the folders it stands in, its own last.
        shop_file: the nearest ``shop.yaml``.
        exported_by: the platform its format is of, if it is of one only.
        platforms: names of the known packs.
    """
    if exported_by is None:
        return ()
    if shop_file is not None and shop_file.platform is not None:
        return () if shop_file.platform == exported_by else (Refusal("stated_other", 1),)
    pair = platform_folder(folders, platforms)
    return () if pair is None or pair[0] == exported_by else (Refusal("folder_other", 1),)


def named_by_rows(grid: pl.DataFrame, match: Match) -> dict[str, pl.Series]:
    """The shop (``_shop``) and platform (``_platform``) the rows name, where the file has a column for them."""
    headers = {"_shop": match.known.format.shop, "_platform": [PLATFORM_HEADER] if match.known.canonical else []}
    found: dict[str, pl.Series] = {}
    for name, candidates in headers.items():
        for place in (match.at[folded] for folded in map(fold_header, candidates) if folded in match.at):
            texts = cast.clean(grid.get_column(f"c{place}"))
            texts = texts.set(cast.blank(texts), None).alias(name)
            found[name] = pl.select(pl.coalesce(found[name], texts)).to_series() if name in found else texts
    return found


def row_zones(platforms: pl.Series | None, zone_of: Callable[[str | None], str | None]) -> Zones:
    """The time zone of every row, from the platform it names."""
    if platforms is None:
        return Zones(zone_of(None))
    known = platforms.unique().sort().to_list()
    if len(known) == 1:
        return Zones(zone_of(known[0]))
    named = [name for name in known if name is not None]
    zones = [zone_of(name) for name in named]
    by_row = platforms.replace_strict(named, zones, default=None, return_dtype=pl.String())
    by_row = by_row.set(platforms.is_null(), zone_of(None)) if platforms.has_nulls() else by_row
    return Zones(None, by_row)


def only(names: Collection[str]) -> str | None:
    """The one name there is, or None."""
    distinct = set(names)
    return next(iter(distinct)) if len(distinct) == 1 else None


def named_in(text: str, names: Collection[str]) -> str | None:
    """The longest of some shops' names that a file's name holds, since one shop's name may begin with another's."""
    folded = fold(text)
    held = {name for name in names if len(name) > 1 and fold(name) in folded}
    longest = max((len(fold(name)) for name in held), default=0)
    return only({name for name in held if len(fold(name)) == longest})


def neighbours(files: Mapping[int, tuple[str, Collection[str]]]) -> dict[str, str]:
    """Folder → the only name that its files give.

    Args:
        files: file → its folder and the names it gives.
    """
    by_folder: dict[str, set[str]] = {}
    for folder, names in files.values():
        by_folder.setdefault(folder, set()).update(names)
    return {folder: name for folder, names in by_folder.items() if (name := only(names)) is not None}


def zone_finder(owner: Owner, zones: Mapping[str, str]) -> Callable[[str | None], str | None]:
    """A row's platform (None: the file's own) → the time zone its offset times are converted to."""

    def zone_of(platform: str | None) -> str | None:
        named = owner.platform if owner.platform_fixed else platform or owner.platform
        return owner.zone or zones.get(named or "")

    return zone_of


def with_owner(frame: pl.DataFrame, owner: Owner, shop_of: Callable[[str | None], str]) -> pl.DataFrame:
    """Rows with ``_platform`` and ``_shop`` settled.

    Args:
        frame: rows, with those columns where the file has them.
        owner: what the file says of itself, its platform perhaps taken from its neighbours.
        shop_of: the shop of rows of a platform that name none.
    """
    named = frame.with_columns(
        _settled(frame, "_platform", pl.lit(owner.platform, dtype=pl.String()), fixed=owner.platform_fixed)
    )
    platforms = named.get_column("_platform").unique().drop_nulls().sort().to_list()
    shops = pl.col("_platform").replace_strict(
        platforms, [shop_of(platform) for platform in platforms], default=shop_of(None), return_dtype=pl.String()
    )
    return named.with_columns(_settled(named, "_shop", shops, fixed=owner.shop_fixed))


def _settled(frame: pl.DataFrame, name: str, otherwise: pl.Expr, *, fixed: bool) -> pl.Expr:
    rows = pl.col(name) if name in frame.columns and not fixed else pl.lit(None, dtype=pl.String())
    return pl.coalesce(rows, otherwise).alias(name)
