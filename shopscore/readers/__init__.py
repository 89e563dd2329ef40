"""Files as back offices export them → canonical, typed, merged tables, with every row accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.readers import limits, remembered, stated_files
from shopscore.readers.folders.bundles import bundled
from shopscore.readers.folders.files import Unit, is_there, plan
from shopscore.readers.folders.items import Item, items
from shopscore.readers.identity import neighbours
from shopscore.readers.kept import kept_files
from shopscore.readers.rows.joining import put_aside
from shopscore.readers.rows.talks import hide_neighbours
from shopscore.readers.settings import ReadingRules, Settings, Stated, settings_of
from shopscore.readers.shops import scans
from shopscore.readers.shops.gather import gather
from shopscore.readers.shops.owners import named_by, places
from shopscore.readers.shops.store import save
from shopscore.readers.timeless import all_over, timeless
from shopscore.ruleset.own_files import load_own_format, load_shop_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shopscore.cache import Cache
    from shopscore.model import FileAccount, Words
    from shopscore.readers.read import FileRead
    from shopscore.ruleset.shopfile import ShopFile
    from shopscore.tables import ShopTables

__all__ = ["Reading", "ReadingRules", "Unit", "is_there", "plan", "read_unit", "save"]


class Reading(Struct, frozen=True):
    """What a set of files gave.

    Attributes:
        shops: the shops found, sorted by platform and name.
        shop_files: platform and shop → its ``shop.yaml``.
        own_formats: what the user's own formats hash to, of those that any file was read with.
        accounts: every file, sorted by name, with every row.
        warnings: what a user should know.
        timeless: a later clock would make the same of the same files.
    """

    shops: tuple[ShopTables, ...]
    shop_files: Mapping[tuple[str, str], ShopFile]
    own_formats: tuple[str, ...]
    accounts: tuple[FileAccount, ...]
    warnings: tuple[Words, ...]
    timeless: bool


def read_unit(  # noqa: PLR0913 (all by name)
    unit: Unit,
    rules: ReadingRules,
    *,
    key: bytes,
    now: dt.datetime,
    encoding: str | None = None,
    kept: Path | None = None,
    cache: Cache | None = None,
) -> Reading:
    """Read a set of files.

    Args:
        unit: the files, as ``plan`` found them.
        rules: formats, word lists and packs.
        key: the secret of this installation; buyers become pseudonyms under it.
        now: shop-local; no event later than this has happened.
        encoding: of all text files, where the user states it.
        kept: a folder saved into before: what it holds of the unit's shops is one more file a table, older than others
            of its time.
        cache: where what files gave is kept from run to run.

    Returns:
        The shops and the account. A file that cannot be used is an entry in the account.

    Raises:
        RuleError: a ``shop.yaml`` or a format of the user's own is wrong.
        UsageError: the encoding does not exist, or what was saved cannot be read.
    """
    paths = sorted({source.shop_file for source in unit.sources if source.shop_file is not None})
    shop_files = {path: load_shop_file(path) for path in paths}
    own = {
        path: load_own_format(path, rules.words)
        for path in sorted({path for source in unit.sources for path in source.formats})
    }
    stated = Stated(shop_files, {path: loaded.format for path, loaded in own.items()})
    settings = replace(settings_of(rules, stated, key, now, encoding), kept=cache if rules.digest else None)
    files = _read_all(unit, settings)
    files = stated_files.told_apart(files, settings)
    files = _by_numbers(files, settings)
    if kept is not None:
        files += tuple(kept_files(places(files), {file.account.table for file in files}, kept, settings))
    gathered = gather(files, now)
    accounts = sorted((*gathered.accounts, *unit.skipped), key=lambda account: account.file)
    used = {file.account.format for file in files}
    return Reading(
        gathered.shops,
        stated_files.by_shop(files, gathered.shops, shop_files),
        tuple(sorted(loaded.sha256 for loaded in own.values() if loaded.format.id in used)),
        tuple(accounts),
        (*gathered.warnings, *stated_files.unclear(files, gathered.shops, shop_files)),
        all(timeless(file, settings) for file in files) and all_over(gathered.shops, now),
    )


def _read_all(unit: Unit, settings: Settings) -> tuple[FileRead, ...]:
    """Read every file; those that do not say their platform after all others."""
    done: list[FileRead] = []
    waiting: list[Item] = []
    held = 0
    for item in bundled(items(unit), settings.known_for, settings.encoding):
        file = remembered.read(item, settings, wait=True)
        if file is None:
            waiting.append(item)
        else:
            done += file
            held += _size(file)
            if held > limits.TOGETHER_BYTES:
                done, held = [_on_disk(each) for each in done], 0
    platforms = neighbours({number: (file.item.folder, _platforms(file)) for number, file in enumerate(done)})
    late = (remembered.read(item, settings, platforms.get(item.folder)) or () for item in waiting)
    return hide_neighbours((*done, *(file for parts in late for file in parts)), settings.key)


def _by_numbers(files: Sequence[FileRead], settings: Settings) -> tuple[FileRead, ...]:
    """The files, those of a carrier's scans that do not say whose they are read again as the shop's whose orders do."""
    named = named_by(files)
    found: list[FileRead] = []
    for file in files:
        place = scans.whose(file, files, named) if scans.is_nameless(file, named) else None
        again = () if place is None else remembered.read(file.item, settings, place.platform) or ()
        parts = [scans.of(place, part) for part in again if place and part.account.file == file.account.file]
        found += parts or [file]
    return tuple(found)


def _platforms(file: FileRead) -> set[str]:
    named = {platform for platform, _ in file.rows.named if platform} if file.rows else set()
    return named or ({file.owner.platform} if file.rows and file.owner.platform else set())


def _size(files: Sequence[FileRead]) -> int:
    """The bytes that rows take in memory."""
    return sum(int(file.rows.frame.estimated_size()) for file in files if file.rows)


def _on_disk(file: FileRead) -> FileRead:
    """A file whose rows are put aside: together with the others' they are too many to hold."""
    return replace(file, rows=put_aside(file.rows)) if file.rows and file.rows.frame.height else file
