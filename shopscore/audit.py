"""The program: read → assess every shop → one report."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from msgspec.structs import asdict, replace

from shopscore import __version__, trust, unchanged
from shopscore.asked import nothing, there
from shopscore.assess import assess
from shopscore.catalog import load, packs_of
from shopscore.errors import DataError, UsageError
from shopscore.fleet import Roster, roster, together
from shopscore.model import Report, RulesUsed, SourceText, Words
from shopscore.prepare import prepare
from shopscore.readers import read_unit
from shopscore.ruleset.shared import shared_digest
from shopscore.ruleset.shopfile import ShopFile
from shopscore.runs import blame, gave_nothing, run, settled, told_apart
from shopscore.stopping import heed
from shopscore.unchanged import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from shopscore.asked import Request
    from shopscore.ledger.crew import Crew
    from shopscore.model import FailedShop, FileAccount, Fleet, ShopReport
    from shopscore.readers import Reading, Unit
    from shopscore.ruleset.rules import Rules
    from shopscore.runs import Blame
    from shopscore.tables import ShopTables

SCHEMA_VERSION = "1.0.0"
NO_ROWS = Words("its files hold no rows of a shop", "文件里没有店铺数据")
_NOT_DECIDING = frozenset({"paths", "key", "now", "workers", "patience", "fleet", "cache"})
"""Of a request: where the files are is told by each of them, the key by its digest."""


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
    found, lost = [], set()
    for part in parts:
        lost.add(blame(part))
        found.append(settled(part, together=listed.are_many))
        seen(len(found), len(listed.units))
    heed()
    found = [_with_a_shop(unit, part, request) for unit, part in zip(listed.units, found, strict=True)]
    found = told_apart(listed.units, found)
    accounts = tuple(sorted((a for part in found for a in part.accounts), key=lambda a: (a.file, a.sha256)))
    shops = tuple(sorted((s for part in found for s in part.shops), key=lambda s: (s.platform, s.shop)))
    failed = _failed(listed, found)
    warnings = tuple(warning for part in found for warning in part.warnings)
    if not shops:
        _refuse(request, accounts, warnings, failed, lost)
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
            SourceText(name, each.called, each.held_by, each.published, each.status, each.confidence)
            for loaded in packs
            for name, each in sorted(loaded.pack.sources.items())
        ),
        warnings=warnings,
        failed=tuple(each.name for each in failed),
        fleet=fleet,
    )


def _roster(request: Request, rules: Rules) -> Roster:
    """The independent sets of files under the paths asked for, and whose they are."""
    there(request.paths)
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


def _refuse(
    request: Request,
    accounts: Sequence[FileAccount],
    warnings: Sequence[Words],
    failed: Sequence[FailedShop],
    lost: Collection[Blame],
) -> NoReturn:
    """Stop where no shop could be audited, as the worst of what was lost asks for."""
    if "program" in lost:
        raise RuntimeError("; ".join(warning.en for warning in warnings))
    told = (
        "\n".join(("no shop could be audited", *(f"{each.name}: {each.reason.en}" for each in failed))),
        "\n".join(("没有一家店铺可以体检", *(f"{each.name}：{each.reason.zh}" for each in failed))),
    )
    if "person" in lost:
        raise UsageError(*told)
    raise DataError(*told) if "system" in lost else nothing(request, accounts, warnings)


def _unit(unit: Unit, request: Request, *, tallied: bool) -> Found:
    """What a set of files gives, or gave when they were audited before."""
    rules = load(request.rules_dirs, request.cache)
    kept = request.cache if rules.digest else None
    asked = {**_asked(request, rules), "tallied": tallied}
    name = unchanged.name_of(unit, asked) if kept else None
    if kept and name and (known := unchanged.found(kept, name, request.now)) is not None:
        return known
    found, timeless = _audited(unit, request, rules, tallied=tallied)
    heed()  # what was cut short is neither kept nor told
    # A file that was written to while it was read is not the one that the name tells.
    if kept and name and timeless and name == unchanged.name_of(unit, asked):
        unchanged.keep(kept, name, found, request.now)
    return found


def _asked(request: Request, rules: Rules) -> dict[str, object]:
    """What else decides what a set of files gives."""
    told = {name: value for name, value in asdict(request).items() if name not in _NOT_DECIDING}
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
