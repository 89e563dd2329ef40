"""The packs and a day → what in them may have aged, worst first, each with what to do about it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.model import Words
from shopscore.ruleset.cells import cells
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.services import services
from shopscore.ruleset.yamlfile import read_yaml
from shopscore.window import months_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from shopscore.ruleset.cells import Spellings
    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Pack, Source
    from shopscore.ruleset.rules import Rules
    from shopscore.ruleset.services import Limit, Refusal

AHEAD = 12
"""Months a calendar should reach beyond T, so that it is renewed in time."""
_NAMED = 4
"""Metrics a line names; the others are counted."""


class Aged(Struct, frozen=True):
    """Something that may no longer hold.

    Attributes:
        weight: the smaller, the worse.
        what: what it is, by its name in the rules.
        why: why it may have aged.
        todo: what to do about it.
    """

    weight: int
    what: str
    why: Words
    todo: Words


def stale(rules: Rules, day: dt.date, months: int, folders: Sequence[Path] = ()) -> tuple[Aged, ...]:
    """Everything that may have aged by a day.

    Args:
        rules: the packs.
        day: T.
        months: how old a text, or our look at it, may be.
        folders: where calendars stand beside the one that is shipped.
    """
    found = [each for loaded in rules.packs.values() for each in _of_pack(loaded.pack, day, months)]
    limit = months_before(day, months)
    found += [
        *_beside_packs("services", services().sources, services().facts(), limit),
        *_beside_packs("cells", cells().sources, cells().facts(), limit),
    ]
    for folder in (default_rules_dir(), *folders):
        found += _calendar(folder / "calendar.yaml", day)
    return tuple(sorted(found, key=lambda each: (each.weight, each.what)))


def _of_pack(pack: Pack, day: dt.date, months: int) -> Iterator[Aged]:
    limit = months_before(day, months)
    yield from _ended(pack, day)
    used = _used(pack)
    aged = {name for name, source in pack.sources.items() if _is_aged(source, limit)}
    for name, source in pack.sources.items():
        yield from _source(f"{pack.platform}: {name}", source, limit, used.get(name, ()))
    for metric in pack.metrics:
        names = {*metric.source, *(name for version in metric.versions for name in version.source)}
        if metric.kind != "none" and names <= aged:
            english, chinese = ", ".join(sorted(names)), "、".join(sorted(names))
            why = Words(f"rests on nothing newer than {english}", f"仅依据较旧的来源 {chinese}")
            todo = Words("look for today's text; add a version if it differs", "查找现行规则；若有变化，新增一个版本")
            yield Aged(2, f"{pack.platform}.{metric.id}", why, todo)


def _beside_packs(
    what: str, sources: Mapping[str, Source], facts: Iterable[tuple[str, Limit | Refusal | Spellings]], limit: dt.date
) -> Iterator[Aged]:
    """Texts that files beside the packs rest on: what chat services take, which names are spelled in several ways."""
    used: defaultdict[str, list[str]] = defaultdict(list)
    for fact, each in facts:
        for name in each.source:
            used[name].append(fact)
    for name, source in sources.items():
        yield from _source(f"{what}: {name}", source, limit, used[name])


def _is_aged(source: Source, limit: dt.date) -> bool:
    return source.status != "current" or source.retrieved < limit


# ── what has ended ───────────────────────────────────────────────────────────────────────────────────────────────


def _ended(pack: Pack, day: dt.date) -> Iterator[Aged]:
    """Versions, chat rules, structures and gates that ended with nothing after them."""
    groups: list[tuple[str, Sequence[object]]] = [
        *((f"{pack.platform}.{metric.id}", metric.versions) for metric in pack.metrics),
        (f"{pack.platform}: facts.chat", pack.facts.chat),
        (f"{pack.platform}: structures", pack.structures),
        *((f"{pack.platform}: gate {gate.id}", [gate]) for gate in pack.gates),
    ]
    for name, dated in groups:
        ends = [getattr(each, "valid_to", None) for each in dated]
        last = max((end for end in ends if end is not None), default=None)
        if last is not None and None not in ends and last < day:
            why = Words(f"ended on {last}, and nothing follows", f"{last} 起失效，没有后续口径")
            todo = Words(
                "if the platform still has it, add what is in force; else leave it as history",
                "平台若仍在使用，请补上现行口径；否则作为历史保留",
            )
            yield Aged(0, name, why, todo)


def _calendar(path: Path, day: dt.date) -> Iterator[Aged]:
    """A calendar that ends, or has ended, within a year."""
    lasts = sorted(_lasts(read_yaml(path).data)) if path.is_file() else []
    if lasts and lasts[-1] < months_before(day, -AHEAD):
        why = Words(f"its last day is {lasts[-1]}", f"最后一天是 {lasts[-1]}")
        todo = Words("add the holidays of the years to come", "补充以后年份的节假日")
        yield Aged(0 if lasts[-1] < day else 1, path.name, why, todo)


def _lasts(data: object) -> Iterator[dt.date]:
    """Every ``last:`` inside."""
    if isinstance(data, dict):
        yield from (value for key, value in data.items() if key == "last" and isinstance(value, dt.date))
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _lasts(each)


# ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _used(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Source → what rests on it: metrics by their ids, limits among them."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for metric in pack.metrics:
        for name in _sources_of(metric):
            found[name][metric.id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def _sources_of(metric: Metric) -> Iterator[str]:
    yield from metric.source
    limits = (metric.targets.published, metric.targets.advisory, metric.stake)
    for each in (*metric.versions, *(one for one in limits if one is not None)):
        yield from each.source


def _source(what: str, source: Source, limit: dt.date, rests: Sequence[str]) -> Iterator[Aged]:
    for weight, fits, why, todo in _signs(source, limit):
        if fits:
            yield Aged(weight, what, _with(why, rests), todo)
            return


def _signs(source: Source, limit: dt.date) -> Iterable[tuple[int, bool, Words, Words]]:
    """(weight, whether it holds, why, what to do), the worst first."""
    published = source.published
    again = Words("read it again and note the day under `retrieved`", "重新核对，并更新 retrieved 日期")
    return (
        (
            3,
            source.status == "superseded",
            Words("another text has taken its place", "已被新规则取代"),
            Words("see that rules on it have ended or rest on the new text", "确认依据它的规则已结束或改用新规则"),
        ),
        (
            4,
            source.retrieved < limit,
            Words(f"last read on {source.retrieved}", f"上次核对于 {source.retrieved}"),
            again,
        ),
        (
            5,
            source.status == "undated",
            Words("it says no day", "没有日期"),
            Words("look for a dated text that says the same", "查找内容相同、有日期的文本"),
        ),
        (
            6,
            source.status == "dated",
            Words(f"a text of {published or '?'} that may have changed", f"{published or '?'} 的文本，可能已有变化"),
            Words("look for a newer text", "查找更新的文本"),
        ),
        (
            7,
            published is not None and published < limit,
            Words(f"in force when read, published on {published}", f"核对时有效，发布于 {published}"),
            again,
        ),
    )


def _with(why: Words, rests: Sequence[str]) -> Words:
    """The reason, and what rests on it."""
    if not rests:
        return why
    more = len(rests) - _NAMED
    named = ", ".join(rests[:_NAMED])
    return Words(
        f"{why.en}; on it rest {named}" + (f" and {more} more" if more > 0 else ""),
        f"{why.zh}；依据它的有 {named}" + (f" 等 {len(rests)} 项" if more > 0 else ""),
    )
