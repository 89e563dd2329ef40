"""The program: read → assess every shop → one report."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from shopscore import __version__, trust, unchanged
from shopscore.assess import assess
from shopscore.catalog import load, packs_of
from shopscore.errors import DataError, UsageError
from shopscore.fleet import Roster, roster, together
from shopscore.model import Account, Report, RulesUsed, SourceText, Words
from shopscore.prepare import prepare
from shopscore.readers import is_there, plan, read_unit, save
from shopscore.ruleset.shared import shared_digest
from shopscore.ruleset.shopfile import ShopFile
from shopscore.runs import gave_nothing, run, settled
from shopscore.unchanged import Found

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from shopscore.cache import Cache
    from shopscore.ledger.crew import Crew
    from shopscore.model import FailedShop, FileAccount, Fleet, ShopReport, Trust
    from shopscore.readers import Reading, Unit
    from shopscore.ruleset.load import Rules
    from shopscore.tables import ShopTables

SCHEMA_VERSION = "1.0.0"
NO_ROWS = Words("its files hold no rows of a shop", "文件里没有店铺数据")
_NOT_DECIDING = frozenset({"paths", "key", "now", "workers", "patience", "fleet", "cache"})
"""Of a request: where the files are is told by each of them, the key by its digest."""
_LONGEST_PATH = 300
"""Of a path that does not exist, no more is repeated to the user."""


@dataclass(frozen=True, slots=True)
class Request:
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
        segments: count also what a history keeps beside the report.
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


def _unseen(_done: int, _of: int) -> None:
    """Nobody looks on."""


def audit(request: Request, crew: Crew | None = None, seen: Callable[[int, int], None] = _unseen) -> Report:
    """Audit everything under the request's paths.

    Args:
        request: what is to be audited and how.
        crew: processes that were started ahead for it.
        seen: is told how many sets of files are done, of how many.

    Raises:
        UsageError: a path or a platform is not there.
        RuleError: a pack, a format or a shop.yaml is wrong.
        DataError: no file could be used, or no shop has the name asked for.
    """
    rules = load(request.rules_dirs, request.cache)
    packs_of(rules, request.platform)
    listed = _roster(request, rules)
    work = partial(_unit, request=request, tallied=listed.is_fleet)
    parts = run(listed.units, work, request.workers, request.patience, crew)
    seen(0, len(listed.units))
    found = []
    for part in parts:
        found.append(settled(part, together=listed.is_fleet))
        seen(len(found), len(listed.units))
    found = [_with_a_shop(unit, part, request) for unit, part in zip(listed.units, found, strict=True)]
    accounts = tuple(sorted((a for part in found for a in part.accounts), key=lambda a: (a.file, a.sha256)))
    shops = tuple(sorted((s for part in found for s in part.shops), key=lambda s: (s.platform, s.shop)))
    failed = _failed(listed, found)
    warnings = tuple(warning for part in found for warning in part.warnings)
    if not shops:
        _refuse(request, accounts, warnings, crashed=any(part.failed and not part.accounts for part in found))
    fleet = _fleet(listed, found, shops, failed) if listed.is_fleet else None
    stated = tuple(sorted(text for part in found for text in part.stated))
    if fleet is not None:
        stated = (*stated, listed.file.model_dump_json(exclude_defaults=True))
        shops = tuple(replace(shop, tallies=()) for shop in shops)
    used = {shop.platform for shop in shops}
    packs = [rules.packs[name] for name in sorted(used)]
    ruled = tuple(RulesUsed(each.pack.platform, each.pack.version, each.sha256) for each in packs)
    return Report(
        schema_version=SCHEMA_VERSION,
        tool_version=__version__,
        audit_id=_audit_id(accounts, [*(used.sha256 for used in ruled), shared_digest(rules)], shops, stated, request),
        rules=ruled,
        inputs=accounts,
        shops=shops,
        sources=tuple(
            SourceText(name, each.title, each.publisher, each.published, each.status, each.confidence)
            for loaded in packs
            for name, each in sorted(loaded.pack.sources.items())
        ),
        warnings=warnings,
        failed=tuple(each.name for each in failed),
        fleet=fleet,
    )


def _roster(request: Request, rules: Rules) -> Roster:
    """The independent sets of files under the paths asked for, and whose they are."""
    _there(request.paths)
    return roster(request.paths, rules.packs.keys(), asked=request.fleet)


def _with_a_shop(unit: Unit, part: Found, request: Request) -> Found:
    """What a set of files gave; where a folder that is a shop's gave none, that is a failure."""
    asked = request.platform is not None or request.shop is not None
    if part.shops or part.failed or asked or not unit.name or not unit.sources:
        return part
    reason = next((each.message for each in part.accounts if each.message), NO_ROWS)
    found = gave_nothing(unit.name, reason, part.accounts)
    return replace(found, warnings=(*part.warnings, *found.warnings))


def _failed(listed: Roster, found: Sequence[Found]) -> tuple[FailedShop, ...]:
    """The folders of which no shop could be audited, with their owners."""
    pairs = zip(listed.members, found, strict=True)
    own = (replace(part.failed, owner=who.owner, group=who.group) for who, part in pairs if part.failed)
    return (*own, *listed.lacking)


def _fleet(listed: Roster, found: Sequence[Found], shops: Sequence[ShopReport], failed: Sequence[FailedShop]) -> Fleet:
    """What is said of the shops together."""
    pairs = zip(listed.members, found, strict=True)
    members = {(shop.platform, shop.shop): who for who, part in pairs for shop in part.shops}
    return together(shops, members, listed.file, failed)


def _refuse(request: Request, accounts: Sequence[FileAccount], warnings: Sequence[Words], *, crashed: bool) -> NoReturn:
    """Stop where no shop could be audited."""
    if crashed:
        raise RuntimeError("; ".join(warning.en for warning in warnings))
    raise DataError(_nothing(request, accounts, warnings))


def plan_paths(paths: Sequence[Path], rules: Rules) -> tuple[Unit, ...]:
    """The independent sets of files under some paths."""
    _there(paths)
    return plan(paths, rules.packs.keys())


def _there(paths: Sequence[Path]) -> None:
    for path in paths:
        if not is_there(path):
            raise UsageError(f"{_shown(path)}: there is no such file or folder")


def _shown(path: Path) -> str:
    """A path as a message can carry it."""
    text = str(path)
    return text if len(text) <= _LONGEST_PATH else f"{text[:_LONGEST_PATH]}…"


def _unit(unit: Unit, request: Request, *, tallied: bool) -> Found:
    """What a set of files gives, or gave when they were audited before."""
    rules = load(request.rules_dirs, request.cache)
    kept = request.cache if rules.digest else None
    asked = {**_asked(request, rules), "tallied": tallied}
    name = unchanged.name_of(unit, asked) if kept else None
    if kept and name and (known := unchanged.found(kept, name, request.now)) is not None:
        return known
    found, timeless = _audited(unit, request, rules, tallied=tallied)
    # A file that was written to while it was read is not the one that the name tells.
    if kept and name and timeless and name == unchanged.name_of(unit, asked):
        unchanged.keep(kept, name, found, request.now)
    return found


def _asked(request: Request, rules: Rules) -> dict[str, object]:
    """What else decides what a set of files gives."""
    told = {field.name: getattr(request, field.name) for field in fields(request) if field.name not in _NOT_DECIDING}
    return {**told, "key": hashlib.sha256(request.key).hexdigest(), "rules": rules.digest}


def _audited(unit: Unit, request: Request, rules: Rules, *, tallied: bool) -> tuple[Found, bool]:
    """What a set of files gives, and whether a later clock would make the same of it."""
    key, now = request.key, request.now
    reading = read_unit(unit, rules, key=key, now=now, encoding=request.encoding, cache=request.cache)
    reports, stated = [], []
    warnings = list(reading.warnings)
    for tables in chosen(reading, request):
        if tables.platform not in rules.packs:
            name, known = f"{tables.platform}/{tables.shop}", ", ".join(sorted(rules.packs))
            text = f"{name}: no rule pack for this platform; there are {known}"
            warnings.append(Words(text, f"{name}：没有这个平台的规则包；现有 {known}"))
            continue
        file = reading.shop_files.get((tables.platform, tables.shop), ShopFile())
        made_ready = partial(prepare, tables, file, rules, now=request.now, as_of=request.as_of)
        shop = made_ready(rules_as_of=request.rules_as_of)
        other = made_ready(rules_as_of=request.rules_beside) if request.rules_beside else None
        reports.append(
            assess(
                shop,
                trust.of_shop(reading.accounts, tables.platform, tables.shop),
                other,
                live=request.live,
                tallied=tallied,
                split=request.segments,
            )
        )
        stated.append(f"{tables.platform}/{tables.shop} {file.model_dump_json(exclude_defaults=True)}")
    stated += _formats_used(reading, rules)
    return Found(reading.accounts, tuple(reports), tuple(warnings), stated=tuple(stated)), reading.timeless


def _formats_used(reading: Reading, rules: Rules) -> tuple[str, ...]:
    """What the formats hash to that files were read with: those of the rules, and those beside the exports."""
    used = {account.format for account in reading.accounts}
    return (*reading.own_formats, *sorted(each.sha256 for each in rules.formats if each.format.id in used))


def chosen(reading: Reading, request: Request) -> list[ShopTables]:
    """The shops asked for that have rows at all."""
    held = (
        # Tables that are read whenever they are asked for are held from here on.
        replace(tables, tables=dict(tables.tables))
        for tables in reading.shops
        if request.platform in (None, tables.platform) and request.shop in (None, tables.shop)
    )
    return [tables for tables in held if any(frame.height for frame in tables.tables.values())]


def read_only(request: Request, folder: Path | None) -> Account:
    """Read without auditing; with a folder, write the canonical tables there, joined with what it holds already.

    Raises:
        DataError: no file holds a row of any table.
    """
    rules = load(request.rules_dirs, request.cache)
    accounts: list[FileAccount] = []
    shops: list[tuple[str, Trust]] = []
    warnings: list[Words] = []
    for unit in plan_paths(request.paths, rules):
        reading = read_unit(unit, rules, key=request.key, now=request.now, encoding=request.encoding, kept=folder)
        accounts += reading.accounts
        warnings += reading.warnings
        found = {
            (each.platform, each.shop): trust.of_shop(reading.accounts, each.platform, each.shop).trust
            for each in reading.shops
        }
        shops += [("/".join(name), each) for name, each in found.items()]
        if folder is not None:
            _save(reading, folder, found)
    if not any(account.rows_read for account in accounts):
        raise DataError(_nothing(request, accounts))
    return Account(tuple(accounts), tuple(sorted(shops, key=lambda shop: shop[0])), tuple(warnings))


def _save(reading: Reading, folder: Path, found: Mapping[tuple[str, str], Trust]) -> None:
    try:
        save(reading.shops, folder, reading.shop_files, {name: each.reasons for name, each in found.items()})
    except OSError as error:
        raise UsageError(f"--save {folder}: {error.strerror or error}") from None


def _nothing(request: Request, accounts: Sequence[FileAccount], warnings: Iterable[Words] = ()) -> str:
    """Why there is nothing to audit, and where to look."""
    wanted = " ".join(filter(None, (request.platform, request.shop)))
    if not accounts:
        first = f"no export files in {', '.join(map(str, request.paths))}"
    elif wanted:
        first = f"no shop called {wanted} in these files"
    elif any(account.rows_accepted for account in accounts):
        first = "these files can be read (shopscore read PATH), but none of their shops can be audited"
    else:
        first = "none of these files could be used as shop data"
    lines = [first, *(f"  {warning.en}" for warning in warnings)]
    lines += [f"  {account.file}: {_unused(account)}" for account in accounts if not account.rows_accepted]
    lines.append(
        "see what each file was taken for: shopscore read PATH; what to export: shopscore rules show PLATFORM --needs"
    )
    return "\n".join(lines)


def _unused(account: FileAccount) -> str:
    """Why a file gave nothing."""
    if account.message:
        return account.message.en
    return f"all its {account.rows_read} rows are left out" if account.rows_read else "no rows"


def _audit_id(
    accounts: Sequence[FileAccount],
    rules: Sequence[str],
    shops: Sequence[ShopReport],
    stated: Sequence[str],
    request: Request,
) -> str:
    """SHA-256 over what decides the report: input digests, all rules, versions, every shop's file and ``as_of``."""
    decided = {
        "tool": __version__,
        "inputs": sorted(account.sha256 for account in accounts),
        "rules": rules,
        "stated": stated,
        "as_of": [[shop.platform, shop.shop, shop.as_of.isoformat()] for shop in shops],
        "rules_as_of": request.rules_as_of.isoformat() if request.rules_as_of else None,
        **({"rules_beside": request.rules_beside.isoformat()} if request.rules_beside else {}),
    }
    return hashlib.sha256(json.dumps(decided, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
