"""Cross-checks of rule packs beyond shape and language: what must exist, be unique, or go together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shopscore.ruleset.diagnosis_columns import COMMON
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.language.words import KEYWORDS
from shopscore.ruleset.lint_advice import check_advice
from shopscore.ruleset.lint_clocks import check_clocks
from shopscore.ruleset.lint_guide import check_factors, check_guide
from shopscore.ruleset.lint_metrics import check_metric
from shopscore.ruleset.resolve import sides_of
from shopscore.ruleset.shape import problem_at
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.errors import Problem
    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.yamlfile import Document, Keys


def check_pack(pack: Pack, document: Document) -> Iterator[Problem]:
    """Everything a pack must hold to beyond shape and language."""
    if pack.platform != document.path.stem:
        hint = f"name the file {pack.platform}.yaml"
        yield problem_at(document, ("platform",), f"the platform is {pack.platform!r}, the file is not", hint)
    yield from _unique(document, "metrics", [metric.id for metric in pack.metrics])
    yield from _unique(document, "advice", [advice.id for advice in pack.advice])
    yield from check_sources(document, pack.sources)
    yield from _names(pack, document)
    for index, metric in enumerate(pack.metrics):
        yield from check_metric(pack, metric, document, ("metrics", index))
    yield from check_clocks(pack, document)
    yield from check_advice(pack, document)
    yield from check_guide(pack, document)


def warnings_of(pack: Pack, document: Document) -> Iterator[Problem]:
    """What is allowed but of no use."""
    used = set(_sources_used(document.data))
    for name in pack.sources:
        if name not in used:
            yield problem_at(document, ("sources", name), f"no rule rests on the source {name!r}", "leave it out")
    yield from check_factors(pack, document)
    for index, metric in enumerate(pack.metrics):
        yield from _one_sided(metric, document, ("metrics", index))
    segments = {metric.id: set(metric.segments) for metric in pack.metrics}
    for index, advice in enumerate(pack.advice):
        for segment in sorted(_asked(advice.when) - segments.get(advice.metric, set())):
            what = f"{advice.metric} is not split by {segment}, so this advice never fits"
            hint = f"add {segment} to the segments of {advice.metric}"
            yield problem_at(document, ("advice", index, "when"), what, hint)


def _asked(when: str) -> set[str]:
    words = when.replace("(", " ").replace(")", " ").replace(",", " ").split()
    return {word.removeprefix("top_").removesuffix("_excess") for word in words if word.startswith("top_")}


def _one_sided(metric: Metric, document: Document, keys: Keys) -> Iterator[Problem]:
    facts = {side.from_ for _, side, _ in sides_of(metric) if side.from_ in FACTS}
    for position, segment in enumerate(metric.segments):
        lacking = sorted(str(fact) for fact in facts if segment not in FACTS[str(fact)].by_name)
        if lacking and len(facts) > 1:
            what = f"the metric is not split by {segment!r}: the fact {lacking[0]!r} has no such column"
            yield problem_at(document, (*keys, "segments", position), what, "leave it out")


def _unique(document: Document, key: str, ids: list[str]) -> Iterator[Problem]:
    for name, count in Counter(ids).items():
        if count > 1:
            last = len(ids) - 1 - ids[::-1].index(name)
            yield problem_at(document, (key, last), f"the id {name!r} stands here {count} times", "ids are unique")


def check_sources(document: Document, known: Iterable[str]) -> Iterator[Problem]:
    """Every source named anywhere in a file is described in it."""
    names = set(known)
    for keys, name in _with_places(document.data, ()):
        if name not in names:
            yield problem_at(document, keys, f"unknown source {name!r}", did_you_mean(name, names, "sources"))


def _with_places(data: object, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Every item of every list under a key ``source``."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "source" and isinstance(value, list):
                yield from (((*keys, key, n), str(name)) for n, name in enumerate(value))
            else:
                yield from _with_places(value, (*keys, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from _with_places(value, (*keys, n))


def _sources_used(data: object) -> Iterator[str]:
    return (name for _, name in _with_places(data, ()))


def _names(pack: Pack, document: Document) -> Iterator[Problem]:
    """Ids that would hide a column or a word of the language."""
    columns = {column.name for fact in FACTS.values() for column in fact.columns}
    common = {column.name for column in COMMON}
    for name in pack.parameters:
        if name in columns or name in common or name.upper() in KEYWORDS:
            what = f"{name!r} is a column or a word of the rule language already"
            yield problem_at(document, ("parameters", name), what, "choose another name")
    for index, metric in enumerate(pack.metrics):
        if metric.id in common or metric.id in pack.parameters or metric.id.upper() in KEYWORDS:
            what = f"advice could not tell the metric {metric.id!r} from a column, a parameter or a word"
            yield problem_at(document, ("metrics", index, "id"), what, "choose another id")
