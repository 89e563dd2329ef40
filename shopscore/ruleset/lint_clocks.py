"""Cross-checks of the clocks of a pack: columns and types, metrics that are there, unique ids, steps in order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shopscore.ruleset.conditions import condition, of_language
from shopscore.ruleset.language import LanguageError, parse
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.lint_metrics import exists
from shopscore.ruleset.resolve import sides_of
from shopscore.ruleset.shape import problem_at
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.errors import Problem
    from shopscore.ruleset.clocks import Clock
    from shopscore.ruleset.language import Type
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.yamlfile import Document, Keys
    from shopscore.schema import Column

Names = tuple[tuple[str, float], ...]


def check_clocks(pack: Pack, document: Document) -> Iterator[Problem]:
    """Everything the clocks of a pack must hold to beyond shape."""
    parameters = tuple((name, each.default) for name, each in pack.parameters.items())
    for index, clock in enumerate(pack.clocks):
        keys: Keys = ("clocks", index)
        for n, name in enumerate(clock.metrics):
            yield from exists(pack, document, (*keys, "metrics", n), name)
        if clock.from_ not in FACTS:
            hint = did_you_mean(clock.from_, FACTS)
            yield problem_at(document, (*keys, "from"), f"unknown fact {clock.from_!r}", hint)
            continue
        yield from _texts(clock, document, keys, parameters)
        yield from _names(clock, document, keys)
    yield from _unique(pack, document)
    yield from _priced(pack, document)


def _texts(clock: Clock, document: Document, keys: Keys, parameters: Names) -> Iterator[Problem]:
    columns = FACTS[clock.from_].by_name
    wanted: dict[tuple[str | int, ...], tuple[str | None, Type]] = {
        ("where",): (clock.where, "flag"),
        ("start",): (clock.start, "time"),
        ("due",): (clock.due, "time"),
        ("done",): (clock.done, "time"),
        ("unknown",): (clock.unknown, "flag"),
        ("weight_by",): (clock.weight_by, "number"),
        ("first", "when"): (None if clock.first is None else clock.first.when, "flag"),
        ("undated_when",): (clock.undated_when, "flag"),
        ("blocked", "when"): (None if clock.blocked is None else clock.blocked.when, "flag"),
        **{("steps", n, "since"): (step.since, "time") for n, step in enumerate(clock.steps)},
    }
    for path, (text, kind) in wanted.items():
        if text is not None:
            yield from condition((document, (*keys, *path)), text, columns, parameters, kind)
    for n, text in enumerate(clock.over):
        yield from _over(text, columns, parameters, (document, (*keys, "over", n)))


def _over(text: str, columns: Mapping[str, Column], parameters: Names, at: tuple[Document, Keys]) -> Iterator[Problem]:
    """A clock is over from a time on, or under a condition."""
    try:
        found = parse(text, columns, dict(parameters))
    except LanguageError as error:
        yield of_language(*at, error)
        return
    if found.kind not in ("time", "flag"):
        what = f"a clock ends at a time or under a condition; this is a {found.kind}"
        yield problem_at(*at, what, "write a time such as cancelled_at, or a condition")


def _names(clock: Clock, document: Document, keys: Keys) -> Iterator[Problem]:
    fact = FACTS[clock.from_]
    for n, name in enumerate(clock.optional):
        if name not in fact.by_name:
            hint = did_you_mean(name, fact.by_name)
            yield problem_at(document, (*keys, "optional", n), f"the fact {fact.name!r} has no column {name!r}", hint)
    ids = [each.name for each in fact.columns if each.kind == "id"]
    if clock.subject is not None and clock.subject not in ids:
        what = f"{clock.subject!r} is no id of the fact {fact.name!r}"
        yield problem_at(document, (*keys, "subject"), what, did_you_mean(clock.subject, ids, "its ids"))
    for n, step in enumerate(clock.steps):
        if (step.since is None) != (n == 0):
            what = "the first step begins with the clock, every later one says since when"
            yield problem_at(document, (*keys, "steps", n), what, "leave `since` out" if n == 0 else "add `since`")


def _unique(pack: Pack, document: Document) -> Iterator[Problem]:
    counts = Counter(clock.id for clock in pack.clocks)
    seen: set[str] = set()
    for index, clock in enumerate(pack.clocks):
        if clock.id in seen:
            what = f"the id {clock.id!r} stands here {counts[clock.id]} times"
            yield problem_at(document, ("clocks", index), what, "ids are unique")
        seen.add(clock.id)


def _priced(pack: Pack, document: Document) -> Iterator[Problem]:
    """What pending rows may come to cost is asked of the clocks: a price list without one would leave it out."""
    for index, metric in enumerate(pack.metrics):
        if metric.stake is None or metric.pending is None:
            continue
        facts = {side.from_ for _, side, _ in sides_of(metric)}
        if not any(metric.id in clock.metrics and clock.from_ in facts for clock in pack.clocks):
            what = f"{metric.id} has a price list and no clock names it, so nothing is ever at risk"
            yield problem_at(document, ("metrics", index, "stake"), what, "name it in the metrics of a clock")
