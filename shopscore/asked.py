"""What is asked: which files, which shops, by which clock; and what is said where they hold nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.errors import DataError, UsageError
from shopscore.model import Words
from shopscore.readers import is_there, plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from shopscore.cache import Cache
    from shopscore.model import FileAccount
    from shopscore.readers import Unit
    from shopscore.ruleset.rules import Rules

_LONGEST_PATH = 300
"""Of a path that does not exist, no more is repeated to the user."""


class Request(Struct, frozen=True):
    """What is to be audited and how; the clock and the key are handed in.

    Attributes:
        paths: folders, files, zips.
        rules_dirs: the user's own packs, beside those shipped.
        platform: only this platform.
        shop: only this shop.
        as_of: judge at this shop-local moment; each shop's newest event when not given.
        rules_as_of: apply the definitions in force on this day instead of T.
        encoding: read text in this encoding.
        key: the key of the buyers' pseudonyms.
        now: no event after it is believed.
        workers: shops at once; the cores when not given.
        live: look also at clocks that run out within minutes.
        fleet: whether shops are judged together too; where there is more than a handful if not given.
        patience: seconds a shop may take in a process of its own.
        rules_beside: show beside what the definitions in force on this day make of the same files.
        cache: where what files and rules gave is kept from run to run.
        segments: count also the segments by which a later audit can say what a change came from.
    """

    paths: tuple[Path, ...]
    rules_dirs: tuple[Path, ...]
    platform: str | None
    shop: str | None
    as_of: dt.datetime | None
    rules_as_of: dt.date | None
    encoding: str | None
    key: bytes
    now: dt.datetime
    workers: int | None = None
    rules_beside: dt.date | None = None
    cache: Cache | None = None
    live: bool = False
    fleet: bool | None = None
    patience: float | None = None
    segments: bool = False


def plan_paths(paths: Sequence[Path], rules: Rules) -> tuple[Unit, ...]:
    """The independent sets of files under some paths."""
    there(paths)
    return plan(paths, rules.packs.keys())


def there(paths: Sequence[Path]) -> None:
    """Make sure that all paths are there.

    Raises:
        UsageError: one is not.
    """
    for path in paths:
        if not is_there(path):
            raise UsageError(
                f"{_shown(path)}: there is no such file or folder", f"{_shown(path)}：没有这个文件或文件夹"
            )


def _shown(path: Path) -> str:
    """A path as a message can carry it."""
    text = str(path)
    return text if len(text) <= _LONGEST_PATH else f"{text[:_LONGEST_PATH]}…"


def nothing(request: Request, accounts: Sequence[FileAccount], warnings: Iterable[Words] = ()) -> DataError:
    """Why there is nothing to audit, and where to look."""
    wanted = " ".join(filter(None, (request.platform, request.shop)))
    if not accounts:
        paths = ", ".join(map(str, request.paths))
        first = Words(f"no export files in {paths}", f"{paths} 里没有导出文件")
    elif wanted:
        first = Words(f"no shop called {wanted} in these files", f"这些文件里没有名为 {wanted} 的店铺")
    elif any(account.rows_accepted for account in accounts):
        first = Words(
            "these files can be read (shopscore read PATH), but none of their shops can be audited",
            "这些文件读得了（shopscore read PATH），但其中没有一家店铺可以体检",
        )
    else:
        first = Words("none of these files could be used as shop data", "这些文件都不能当作店铺数据使用")
    unused = ((account.file, _unused(account)) for account in accounts if not account.rows_accepted)
    indented = [*warnings, *(Words(f"{file}: {why.en}", f"{file}：{why.zh}") for file, why in unused)]
    last = Words(
        "see what each file was taken for: shopscore read PATH; what to export: shopscore rules show PLATFORM --needs",
        "各文件被当作什么：shopscore read PATH；需要导出什么：shopscore rules show PLATFORM --needs",
    )
    return DataError(
        "\n".join((first.en, *(f"  {each.en}" for each in indented), last.en)),
        "\n".join((first.zh, *(f"  {each.zh}" for each in indented), last.zh)),
    )


def _unused(account: FileAccount) -> Words:
    """Why a file gave nothing."""
    if account.message:
        return account.message
    if not account.rows_read:
        return Words("no rows", "没有数据行")
    why = ", ".join(f"{each.count} {each.reason.replace('_', ' ')}" for each in account.refusals)
    return Words(
        f"all its {account.rows_read} rows are left out" + (f": {why}" if why else ""),
        f"{account.rows_read} 行全部未采用" + (f"：{why}" if why else ""),
    )
