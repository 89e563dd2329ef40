"""A folder an earlier run saved into → its tables as files beside the new ones, so that nothing they hold is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.errors import UsageError
from shopscore.readers.folders.items import Item
from shopscore.readers.read import read_item
from shopscore.readers.shops.store import place_of
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path

    from shopscore.readers.read import FileRead
    from shopscore.readers.settings import Settings


def kept_files(
    shops: Iterable[tuple[str, str]], read: Container[str | None], folder: Path, settings: Settings
) -> Iterator[FileRead]:
    """What was saved of some shops, table by table.

    Args:
        shops: platform and name of each.
        read: the tables read just now. Of what was lost of them their new files have the last word: a sound export
            brings back what a damaged one lost, and a damaged one loses it every night.
        folder: the folder saved into; it need not be there.
        settings: what holds for every file.

    Raises:
        UsageError: a file stands where a saved table should, and is none.
    """
    for platform, shop in sorted(shops):
        place = place_of(folder, platform, shop)
        for table in TABLES:
            path = place / f"{table}.parquet"
            if path.exists():
                file = _read(path, (folder.name, platform, place.name), settings)
                yield _forgetting(file) if table in read else file


def _forgetting(file: FileRead) -> FileRead:
    return replace(file, account=replace(file.account, notes=(), cells_refused=()))


def _read(path: Path, folders: tuple[str, ...], settings: Settings) -> FileRead:
    name = "/".join((*folders, path.name))
    found = read_item(Item(name, path, folders, str(path.parent), None), settings) or ()
    whole = [file for file in found if file.rows and not file.account.refusals and not file.rows.cells]
    if len(found) != 1 or not whole or whole[0].account.table != path.stem:
        # Writing over what cannot be read whole would lose it.
        raise UsageError(
            f"{path}: this is no table that shopscore saved; move it away, or save into another folder",
            f"{path}：这不是 shopscore 保存的表；请移走它，或保存到别的文件夹",
        )
    return replace(whole[0], kept=True)
