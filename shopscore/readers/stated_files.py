"""The ``shop.yaml`` beside some files → whose files they are not, and which shops it speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.model import Words
from shopscore.readers.read import read_item
from shopscore.ruleset.shopfile import ShopFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from shopscore.readers.read import FileRead
    from shopscore.readers.settings import Settings
    from shopscore.tables import ShopTables

_ANY_PLATFORM = {"name", "timezone", "agents"}
"""What a ``shop.yaml`` may say of shops of several platforms at once; all else means something else on each."""


def told_apart(files: Sequence[FileRead], settings: Settings) -> tuple[FileRead, ...]:
    """The files, those of other platforms than their ``shop.yaml``'s read again without it.

    A ``shop.yaml`` says what the exports around it are taken for. Where they are of several platforms by their
    formats, it speaks of its own only.
    """
    return tuple(part for file in files for part in _of_its_own(file, files, settings))


def _of_its_own(file: FileRead, files: Sequence[FileRead], settings: Settings) -> Sequence[FileRead]:
    path = file.item.shop_file
    stated = settings.shop_files[path].platform if path else None
    if stated is None or _exported_by(file, settings) in {None, stated}:
        return (file,)
    beside = {_exported_by(other, settings) for other in files if other.item.shop_file == path}
    if len(beside - {None}) == 1:
        return (file,)
    again = read_item(replace(file.item, shop_file=None), settings) or ()
    return [part for part in again if part.account.file == file.account.file]


def _exported_by(file: FileRead, settings: Settings) -> str | None:
    """The platform whose export a file is, by its format."""
    known = settings.known_for(file.item.formats)
    return next((each.format.platform for each in known if each.format.id == file.account.format), None)


def by_shop(
    files: Sequence[FileRead], shops: Sequence[ShopTables], loaded: Mapping[Path, ShopFile]
) -> dict[tuple[str, str], ShopFile]:
    """Which shop each ``shop.yaml`` speaks for: all those that files below it gave rows to."""
    found: dict[tuple[str, str], ShopFile] = {}
    for path in _used(files, loaded):
        stated = loaded[path]
        for shop in _spoken_for(stated, shops):
            found.setdefault((shop.platform, shop.shop), _common(stated) if _is_unclear(stated, shops) else stated)
    return found


def unclear(files: Sequence[FileRead], shops: Sequence[ShopTables], loaded: Mapping[Path, ShopFile]) -> Iterator[Words]:
    """A word on each ``shop.yaml`` that gives figures and does not say of which of several platforms."""
    for path in _used(files, loaded):
        if _is_unclear(loaded[path], shops):
            names = ", ".join(sorted({shop.platform for shop in shops}))
            yield Words(
                f"shop.yaml: the files beside it are of {names}, and it does not say of which it speaks: only its "
                "name, time zone and agents are used. Write `platform:` in it, or give each shop a folder of its own.",
                f"shop.yaml：同一文件夹有 {names} 多个平台的文件，没有写明属于哪个平台，"
                "只采用店铺名称、时区和客服昵称。请写明 platform，或为每个店铺单独建文件夹。",
            )


def _used(files: Sequence[FileRead], loaded: Mapping[Path, ShopFile]) -> dict[Path, None]:
    paths = (file.item.shop_file for file in files if file.rows is not None)
    return dict.fromkeys(path for path in paths if path is not None and path in loaded)


def _spoken_for(stated: ShopFile, shops: Sequence[ShopTables]) -> Iterator[ShopTables]:
    for shop in shops:
        if stated.platform in {None, shop.platform} and stated.name in {None, shop.shop}:
            yield shop


def _is_unclear(stated: ShopFile, shops: Sequence[ShopTables]) -> bool:
    several = len({shop.platform for shop in _spoken_for(stated, shops)}) > 1
    return stated.platform is None and several and not stated.model_fields_set <= _ANY_PLATFORM


def _common(stated: ShopFile) -> ShopFile:
    return ShopFile.model_validate({name: getattr(stated, name) for name in stated.model_fields_set & _ANY_PLATFORM})
