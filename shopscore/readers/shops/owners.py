"""The files of a unit → whose rows they are: every row with its platform and its shop."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.model import Example, Refusal, Words
from shopscore.readers import limits
from shopscore.readers.identity import named_in, only, with_owner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.readers.identity import Owner
    from shopscore.readers.read import FileRead
    from shopscore.readers.rows.rows import Rows

NAMES = ["_platform", "_shop"]
"""The columns in which rows name their platform and their shop."""
_SLUG = "[a-z0-9][a-z0-9_]*"


class Owned(Struct, frozen=True):
    """A file's rows: all of one platform and shop, or with ``_platform`` and ``_shop`` in every row."""

    frame: pl.DataFrame
    whole: tuple[str, str] | None


class Named(Struct, frozen=True):
    """The shops that files' rows name: by folder and platform, and by platform and shop that a file's path says."""

    by_folder: dict[tuple[str, str | None], set[str]]
    by_path: dict[tuple[str | None, str | None], set[str]]


def owned_by_file(files: Sequence[FileRead]) -> tuple[dict[int, Owned], dict[int, tuple[Refusal, ...]]]:
    """Every file's rows with their platform and shop; and the rows of which no platform is known."""
    named = named_by(files)
    owned: dict[int, Owned] = {}
    refused: dict[int, tuple[Refusal, ...]] = {}
    for number, file in enumerate(files):
        if file.rows is not None:
            owned[number], refused[number] = with_shops(file, file.rows.frame, named)
    return owned, refused


def with_shops(file: FileRead, frame: pl.DataFrame, named: Named) -> tuple[Owned, tuple[Refusal, ...]]:
    """Some rows of a file with their platform and shop; and those of which no platform is known."""
    platform = file.owner.platform
    whole = (platform, shop_of(file, named, platform)) if platform else None
    if whole and frame.is_empty():
        # A file without rows says that its table is there and empty; one whose rows were all refused does not.
        empty = file.rows is not None and file.rows.read == 0
        return Owned(frame.drop(NAMES, strict=False), whole if empty else None), ()
    if whole and not any(name in frame.columns for name in NAMES):
        return Owned(frame, whole), ()
    return _by_row(with_owner(frame, file.owner, partial(shop_of, file, named)))


def _by_row(frame: pl.DataFrame) -> tuple[Owned, tuple[Refusal, ...]]:
    """Rows that name their own shop or platform; those whose platform is not known are refused."""
    known = frame.get_column("_platform").str.contains(rf"^{_SLUG}$").fill_null(value=False)
    if known.all():
        return Owned(frame, None), ()
    rows = frame.get_column("_row").filter(~known)
    examples = tuple(Example(row, "platform", "") for row in rows.head(limits.MAX_EXAMPLES))
    return Owned(frame.filter(known), None), (Refusal("unknown_platform", len(rows), examples),)


def by_shop(owned: Owned) -> list[tuple[tuple[str, str], pl.DataFrame]]:
    """The rows of each platform and shop."""
    if owned.whole is not None:
        return [(owned.whole, owned.frame)]
    if owned.frame.is_empty():
        return []
    parts = owned.frame.partition_by(NAMES, as_dict=True, include_key=False)
    return [((str(platform), str(shop)), part) for (platform, shop), part in parts.items()]


def places(files: Sequence[FileRead]) -> frozenset[tuple[str, str]]:
    """Platform and name of every shop that files give rows to."""
    named = named_by(files)
    found: set[tuple[str, str]] = set()
    for file in files:
        if file.rows is not None:
            of_file, _ = with_shops(file, _named_frame(file.rows), named)
            found.update(name for name, _ in by_shop(of_file))
    return frozenset(found)


def _named_frame(rows: Rows) -> pl.DataFrame:
    """A row for every platform and shop that rows name."""
    pairs = pl.DataFrame(sorted(rows.named, key=repr), schema=dict.fromkeys(NAMES, pl.String()), orient="row")
    return pairs.select(pl.lit(0).alias("_row"), *(name for name in NAMES if name in rows.frame.columns))


def named_by(files: Sequence[FileRead]) -> Named:
    """The shops that the rows of some files name."""
    found = Named({}, {})
    for file in files:
        names = _names(file)
        for platform, shop in names:
            found.by_folder.setdefault((file.item.folder, platform), set()).add(shop)
        # Rows that name a platform of their own say nothing of the one in the path.
        own = {shop for _, shop in names} if file.rows is None or "_platform" not in file.rows.frame.columns else ()
        found.by_path.setdefault(_path(file.owner), set()).update(own)
    return found


def _names(file: FileRead) -> set[tuple[str | None, str]]:
    """The shops that a file's rows name, each with the platform it is a shop of."""
    if file.rows is None or file.owner.shop_fixed:
        return set()
    fixed = file.owner.platform if file.owner.platform_fixed else None
    return {(fixed or platform or file.owner.platform, shop) for platform, shop in file.rows.named if shop is not None}


def shop_of(file: FileRead, named: Named, platform: str | None) -> str:
    """The shop of a platform's rows that name none.

    It is what the path says, else what the folder's other files name of the same platform, else the folder.
    """
    owner = file.owner
    if owner.shop is not None:
        # A folder may be called otherwise than the shop whose files, where they name one, all lie in it.
        return owner.shop if owner.shop_fixed else only(named.by_path.get(_path(owner), ())) or owner.shop
    folder = file.item.folders[-1] if file.item.folders else ""
    names = named.by_folder.get((file.item.folder, platform), set())
    return named_in(_stem(file), names) or only(names) or folder or "shop"


def _path(owner: Owner) -> tuple[str | None, str | None]:
    return owner.platform, owner.shop


def _stem(file: FileRead) -> str:
    return PurePosixPath(file.item.name).stem


def is_shopless(file: FileRead, named: Named) -> bool:
    """Whether a file names no shop, and the other files of its folder name several."""
    known = named.by_folder.get((file.item.folder, file.owner.platform), set())
    silent = file.rows is not None and file.owner.shop is None and "_shop" not in file.rows.frame.columns
    return silent and len(known) > 1 and named_in(_stem(file), known) is None


def shopless(files: Sequence[FileRead]) -> tuple[Words, ...]:
    """What to do about files without a shop in a folder whose other files name several."""
    named = named_by(files)
    lost = sorted(file.account.file for file in files if is_shopless(file, named))
    if not lost:
        return ()
    names = ", ".join(lost)
    return (
        Words(
            f"These files name no shop, and their folder holds several: {names}. Give each shop a folder of its own.",
            f"以下文件没有店铺名称，而同一文件夹中有多个店铺：{names}。请为每个店铺单独建文件夹。",
        ),
    )
