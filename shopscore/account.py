"""The files asked for → what each was taken for, every row accounted for; and their rows saved as canonical tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopscore import trust
from shopscore.asked import nothing, plan_paths
from shopscore.catalog import load
from shopscore.errors import UsageError
from shopscore.model import Account
from shopscore.readers import read_unit, save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shopscore.asked import Request
    from shopscore.model import FileAccount, Trust, Words
    from shopscore.readers import Reading


def account(request: Request, folder: Path | None) -> Account:
    """Read without auditing; with a folder, write the canonical tables there, joined with what it holds already.

    Raises:
        DataError: no file holds a row of any table.
    """
    rules = load(request.rules_dirs, request.cache)
    accounts: list[FileAccount] = []
    shops: list[tuple[str, Trust]] = []
    warnings: list[Words] = []
    read = partial(
        read_unit,
        rules=rules,
        key=request.key,
        now=request.now,
        encoding=request.encoding,
        kept=folder,
        cache=request.cache,
    )
    for unit in plan_paths(request.paths, rules):
        reading = read(unit)
        accounts += reading.accounts
        warnings += reading.warnings
        found = {
            (each.platform, each.shop): trust.of_shop(reading.accounts, each.platform, each.shop).trust
            for each in reading.shops
        }
        shops += [("/".join(name), each) for name, each in found.items()]
        if folder is not None:
            _save(reading, folder, found)
    if not any(each.rows_read for each in accounts):
        raise nothing(request, accounts)
    return Account(tuple(accounts), tuple(sorted(shops, key=lambda shop: shop[0])), tuple(warnings))


def _save(reading: Reading, folder: Path, found: Mapping[tuple[str, str], Trust]) -> None:
    try:
        save(reading.shops, folder, reading.shop_files, {name: each.reasons for name, each in found.items()})
    except OSError as error:
        raise UsageError.of_system(error, f"--save {folder}") from None
