"""A check of a shop's own data in words: its conditions, what differs by platform, what each platform does about it."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import window
from shopscore.catalog.metric import both, conditions_of, days_of, needs_of, source_text
from shopscore.model import Definition as DefinitionText
from shopscore.model import Fact, Words
from shopscore.ruleset.integrity import CHANGEABLE, PREFIX, suspects
from shopscore.ruleset.shopfile import ShopFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from shopscore.ruleset.integrity import Suspect
    from shopscore.ruleset.rules import LoadedPack, Rules


def named(rules: Rules, name: str) -> tuple[str, ...]:
    """The full ids of the checks a name means: a full id, or a glob over full ids."""
    ids = (PREFIX + check.id for check in rules.integrity.checks)
    return tuple(each for each in ids if each == name or ("*" in name and fnmatch.fnmatchcase(each, name)))


def definitions(
    rules: Rules, ids: Sequence[str], packs: Sequence[LoadedPack], day: dt.date
) -> Iterator[DefinitionText]:
    """Checks in words, with what each of some platforms says of them."""
    by_pack = {each.pack.platform: (each, suspects(rules.integrity, each.pack, ShopFile())) for each in packs}
    for at, check in enumerate(rules.integrity.checks):
        if PREFIX + check.id in ids:
            yield _definition(rules, [(loaded, found[at]) for loaded, found in by_pack.values()], day)


def _definition(rules: Rules, found: Sequence[tuple[LoadedPack, Suspect]], day: dt.date) -> DefinitionText:
    loaded, suspect = found[0]
    check = next(each for each in rules.integrity.checks if PREFIX + each.id == suspect.id)
    first, last = window.bounds(check.window, day)
    # The export menus are a platform's, so they are named where one platform is meant.
    of_platform = replace(suspect.definition, id=f"{loaded.pack.platform}.{check.id}")
    return DefinitionText(
        id=suspect.id,
        title=check.title.words,
        why=check.risk.words,
        text=Words(f"In good faith: {check.honest.en}", f"可能并无问题：{check.honest.words.zh}"),
        status="check",
        facts=(
            Fact(Words("window", "统计期"), days_of(check.window, first, last)),
            Fact(Words("what to do", "怎么办"), check.todo.words),
        ),
        conditions=tuple(_conditions(found)),
        versions=(),
        switches=(),
        consequences=tuple(_penalties(found)),
        needs=needs_of(of_platform, rules) if len(found) == 1 else (),
        advice=(),
        sources=tuple(_sources(found)),
    )


def _conditions(found: Sequence[tuple[LoadedPack, Suspect]]) -> Iterator[tuple[Words, str]]:
    """The conditions of the only platform; of several those of one that changes none, then what the others change."""
    plain = next((each for _, each in found if not each.platform.changes), found[0][1])
    yield from conditions_of(plain.definition)
    if len(found) == 1:
        return
    for loaded, suspect in found:
        for key in CHANGEABLE:
            if key in suspect.platform.changes:
                yield both(f"{loaded.pack.platform}: {key}"), str(suspect.platform.changes[key])


def _penalties(found: Sequence[tuple[LoadedPack, Suspect]]) -> Iterator[Words]:
    for loaded, suspect in found:
        penalty = suspect.platform.penalty
        if penalty is not None:
            source = f"[{', '.join(penalty.source)}]"
            yield Words(
                f"{loaded.pack.platform}: {penalty.text.en} {source}",
                f"{loaded.pack.title.zh}：{penalty.text.words.zh}{source}",
            )


def _sources(found: Sequence[tuple[LoadedPack, Suspect]]) -> Iterator[Words]:
    for loaded, suspect in found:
        for name in suspect.platform.penalty.source if suspect.platform.penalty else ():
            yield source_text(loaded.pack, name)
