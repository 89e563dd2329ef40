"""A pack's guide → each indicator with its metrics, their definitions, the exports they need, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.catalog.metric import both, needs_of
from shopscore.model import Listing, Words
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from shopscore.ruleset.guidebook import Guide
    from shopscore.ruleset.resolve import Definition
    from shopscore.ruleset.rules import LoadedPack, Rules
    from shopscore.ruleset.strict import Text

NOTHING = both("-")


class Measured(Struct, frozen=True):
    """A metric that measures an indicator, or an indicator that none does.

    Attributes:
        name: the indicator, or the metric's title where the guide does not name it.
        metric: the metric's id; None where nothing measures the indicator.
        status: the status of its definition.
        exports: what to export, one entry a table.
        missing: why it cannot be computed, or what more would be needed.
    """

    name: Words
    metric: str | None
    status: str
    exports: tuple[Words, ...]
    missing: Words | None


class Answered(Struct, frozen=True):
    """A piece of the guide's advice, or one of its consequences: where it stands, or why it is refused."""

    text: Words
    where: tuple[str, ...]
    refused: Words | None


class GuideText(Struct, frozen=True):
    """One guide with everything the pack makes of it; ``beyond`` are the pack's metrics no indicator names."""

    platform: str
    title: Words
    reading: Words | None
    indicators: tuple[Measured, ...] = ()
    advice: tuple[Answered, ...] = ()
    consequences: tuple[Answered, ...] = ()
    beyond: tuple[Measured, ...] = ()


def guide_of(rules: Rules, loaded: LoadedPack, day: dt.date) -> GuideText:
    """What a pack makes of its guide, by the definitions in force on a day."""
    pack, guide = loaded.pack, loaded.pack.guide
    known = {each.metric.id: each for each in define(pack, day, ShopFile())}
    if guide is None:
        found = GuideText(pack.platform, pack.title.words, None)
    else:
        found = GuideText(
            pack.platform,
            guide.title.words,
            guide.reading.words if guide.reading else None,
            tuple(_indicators(guide, known, rules)),
            tuple(_answered(each.text, each.advice, each.refused) for each in guide.advice),
            tuple(_answered(each.text, [*each.metrics, *each.gates], each.refused) for each in guide.consequences),
        )
    named = {each.metric for each in found.indicators}
    rest = (each for name, each in known.items() if name not in named)
    return replace(found, beyond=tuple(_measured(each.metric.title.words, each, rules, None) for each in rest))


def _answered(text: Text, where: Iterable[str], refused: Text | None) -> Answered:
    return Answered(text.words, tuple(where), refused.words if refused else None)


def _indicators(guide: Guide, known: dict[str, Definition], rules: Rules) -> Iterator[Measured]:
    for each in guide.indicators:
        name = each.name.words
        if each.area is not None:
            name = Words(f"{each.area.en}: {name.en}", f"{each.area.zh}：{name.zh}")
        missing = each.missing.words if each.missing else None
        if not each.metrics:
            yield Measured(name, None, "-", (), missing)
        yield from (_measured(name, known[metric], rules, missing) for metric in each.metrics)


def _measured(name: Words, definition: Definition, rules: Rules, missing: Words | None) -> Measured:
    metric = definition.metric
    if metric.not_found is not None:
        missing = metric.not_found.words
    exports = tuple(dict.fromkeys(_exports(definition, rules)))
    return Measured(name, metric.id, metric.definition, exports, missing or _not_in_force(definition))


def _exports(definition: Definition, rules: Rules) -> Iterator[Words]:
    """One entry a table: the platform's own exports that bring it, else the canonical file."""
    if definition.metric.inputs:
        names = [each.score for each in definition.metric.inputs]
        yield Words(f"shop.yaml, scores: {', '.join(names)}", f"shop.yaml 的 scores：{'、'.join(names)}")
    for need in needs_of(definition, rules):
        menus = need.exports[:-1] or need.exports
        yield _joined(dict.fromkeys(menus), " / ")


def _not_in_force(definition: Definition) -> Words | None:
    if definition.in_force:
        return None
    last = max((each.valid_to for each in definition.metric.versions if each.valid_to is not None), default=None)
    if last is None:
        return Words("not in force yet", "尚未生效")
    return Words(f"in force until {last}", f"有效期至 {last}")


def _joined(texts: Iterable[Words], separator: str) -> Words:
    found = list(texts)
    return Words(separator.join(each.en for each in found), separator.join(each.zh for each in found))


# ── as plain tables ──────────────────────────────────────────────────────────────────────────────────────────────


def listings(text: GuideText) -> tuple[Listing, ...]:
    """The guide as tables: its indicators, its advice, its consequences, and what the pack measures beyond it."""
    mark = Words(f"{text.platform} | {text.title.en}", f"{text.platform} | {text.title.zh}")
    tables = (
        (_measures(Words("indicator", "指标项")), _rows(text.indicators)),
        (_answers(Words("advice", "建议")), _places(text.advice)),
        (_answers(Words("consequence", "后果")), _places(text.consequences)),
        (_measures(Words("beyond the guide", "指南以外")), _rows(text.beyond)),
    )
    found = [Listing(head, rows, title=mark) for head, rows in tables if rows]
    # How to go about the score stands under what it is made of.
    return (*(replace(each, note=text.reading) for each in found[:1]), *found[1:])


def _answers(first: Words) -> tuple[Words, ...]:
    return first, Words("where", "对应"), Words("why not", "不采纳的原因")


def _places(found: Iterable[Answered]) -> tuple[tuple[Words, ...], ...]:
    return tuple((each.text, both(" ".join(each.where) or "-"), each.refused or NOTHING) for each in found)


def _measures(first: Words) -> tuple[Words, ...]:
    return (
        first,
        Words("metric", "指标"),
        Words("definition", "口径"),
        Words("what to export; what is missing", "需要导出；缺少什么"),
    )


def _rows(found: Iterable[Measured]) -> tuple[tuple[Words, ...], ...]:
    return tuple(
        (each.name, both(each.metric or "-"), both(each.status), _joined([*each.exports, *_also(each)], "; "))
        for each in found
    )


def _also(each: Measured) -> tuple[Words, ...]:
    return () if each.missing is None else (each.missing,)
