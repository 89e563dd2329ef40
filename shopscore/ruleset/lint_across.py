"""Cross-checks of all packs, formats and word lists together: what must agree, and what leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.errors import Problem
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.load import PLATFORMS
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shape import problem_at
from shopscore.ruleset.shopfile import ShopFile
from shopscore.ruleset.yamlfile import read_yaml
from shopscore.schema import FACTS, TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.rules import LoadedPack, Rules


def contradictions(rules: Rules, folders: Sequence[Path]) -> Iterator[Problem]:
    """What cannot stay: a metric of one id with two units or directions, a format of a platform nobody knows.

    Args:
        rules: everything read.
        folders: where it was read from; each may name platforms without a pack.
    """
    yield from _units(rules)
    known = {*rules.packs, *(name for folder in folders for name in packless(folder))}
    for loaded in rules.formats:
        platform = loaded.format.platform
        if platform is not None and platform not in known:
            what = f"there is no pack for {platform!r}, and {PLATFORMS} does not name it as one without"
            hint = did_you_mean(platform, known, "known")
            yield problem_at(read_yaml(loaded.path), ("platform",), what, hint)


def packless(folder: Path) -> tuple[str, ...]:
    """Platforms whose files are read without a pack that would judge them."""
    path = folder / PLATFORMS
    data = read_yaml(path).data if path.is_file() else None
    named = data.get("packless") if isinstance(data, dict) else None
    return tuple(str(name) for name in named) if isinstance(named, dict) else ()


def _units(rules: Rules) -> Iterator[Problem]:
    """A metric of one id has one unit and one direction on every platform that has it."""
    first: dict[str, tuple[str, Metric]] = {}
    for platform, loaded in rules.packs.items():
        for index, metric in enumerate(loaded.pack.metrics):
            before, other = first.setdefault(metric.id, (platform, metric))
            for key in ("unit", "better"):
                mine, theirs = getattr(metric, key), getattr(other, key)
                if mine != theirs:
                    what = f"{metric.id} has {key}: {mine} here and {key}: {theirs} in the pack of {before}"
                    keys = ("metrics", index, key)
                    yield problem_at(read_yaml(loaded.path), keys, what, "give one of them another id")


# ── what is of no use ────────────────────────────────────────────────────────────────────────────────────────────


def idle(rules: Rules, day: dt.date) -> Iterator[Problem]:
    """What is allowed but misleads or leads nowhere: idle word lists, columns nothing can fill."""
    used = {name for loaded in rules.formats for name in _named(loaded.format.model_dump())}
    for name in rules.words:
        if name not in used:
            yield Problem(f"words/{name}.yaml:1", name, "no format names this word list", hint="leave it out")
    for loaded in rules.packs.values():
        yield from _unfilled(loaded, day)


def _named(data: object) -> Iterator[str]:
    """Every value of a key ``word_list`` inside."""
    if isinstance(data, dict):
        yield from (value for key, value in data.items() if key == "word_list" and isinstance(value, str))
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _named(each)


def _unfilled(loaded: LoadedPack, day: dt.date) -> Iterator[Problem]:
    """Columns a metric needs that are made of no column of any canonical table."""
    ids = [metric.id for metric in loaded.pack.metrics]
    for definition in define(loaded.pack, day, ShopFile()):
        for side in definition.sides.values():
            for name in sorted(side.columns_required & FACTS[side.fact].by_name.keys()):
                sources = FACTS[side.fact].by_name[name].sources
                if sources and not any(_is_there(source) for source in sources):
                    keys = ("metrics", ids.index(definition.metric.id))
                    what = f"nothing can give {side.fact}.{name}: there is no {' and no '.join(sources)}"
                    yield problem_at(read_yaml(loaded.path), keys, what, "such a metric is never measured")


def _is_there(source: str) -> bool:
    table, _, column = source.partition(".")
    return table in TABLES and column in TABLES[table].by_name
