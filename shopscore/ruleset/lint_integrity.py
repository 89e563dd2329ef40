"""Cross-checks of the checks of a shop's own data: their columns and conditions, and what packs say about them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shopscore.ruleset.conditions import condition
from shopscore.ruleset.integrity import CHANGEABLE, changed_check
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.resolve import sides_of
from shopscore.ruleset.shape import problem_at
from shopscore.schema import FACTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.errors import Problem
    from shopscore.ruleset.conditions import Names
    from shopscore.ruleset.integrity import Affected, Check, IntegrityRules, PlatformCheck, Shifts
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.yamlfile import Document, Keys

_SIDES = ("cause", "effect")
_RECOUNTED = ("ratio", "mean")
"""Kinds of metric that can be counted once more without some rows."""


def check_integrity(rules: IntegrityRules, document: Document) -> Iterator[Problem]:
    """What is wrong with the checks any platform can use."""
    shifts = [] if rules.shifts is None else [rules.shifts.id]
    ids = [*(each.id for each in rules.checks), *(each.id for each in rules.notes), *shifts]
    for name, count in Counter(ids).items():
        if count > 1:
            yield problem_at(document, ("checks",), f"the id {name!r} stands here {count} times", "ids are unique")
    for index, check in enumerate(rules.checks):
        yield from _check(check, document, ("checks", index))
        if check.explained_by is not None and check.explained_by not in shifts:
            what = f"no check of time zones is called {check.explained_by!r}"
            yield problem_at(
                document, ("checks", index, "explained_by"), what, did_you_mean(check.explained_by, shifts)
            )
    if rules.shifts is not None:
        yield from _shifts(rules.shifts, document)


def _shifts(shifts: Shifts, document: Document) -> Iterator[Problem]:
    named = [
        (("shifts", "lags", at, side), getattr(pair, side)) for at, pair in enumerate(shifts.lags) for side in _SIDES
    ]
    rows = [
        (("shifts", "usual"), shifts.usual),
        *((("shifts", "found", at), each) for at, each in enumerate(shifts.found)),
    ]
    for keys, name in (*named, *(((*keys, "at"), each.at) for keys, each in rows)):
        table, _, column = name.partition(".")
        times = [each.name for each in TABLES[table].columns if each.event] if table in TABLES else []
        if column not in times:
            yield problem_at(document, keys, f"{name!r} is not an event of a table", did_you_mean(column, times))
    for at, pair in enumerate(shifts.lags):
        if pair.cause.partition(".")[0] == pair.effect.partition(".")[0]:
            what = "both events stand in one table, whose clock is one"
            yield problem_at(document, ("shifts", "lags", at), what, "name events of two tables")
    for keys, each in rows:
        table = each.at.partition(".")[0]
        if each.where is not None and table in TABLES:
            yield from condition((document, (*keys, "where")), each.where, TABLES[table].by_name, ())


def _check(check: Check, document: Document, keys: Keys) -> Iterator[Problem]:
    fact = FACTS.get(check.from_)
    if fact is None:
        hint = did_you_mean(check.from_, FACTS)
        yield problem_at(document, (*keys, "from"), f"unknown fact {check.from_!r}", hint)
        return
    times = [column.name for column in fact.columns if column.kind == "time" and not column.bound]
    named = [*([check.subject] if check.subject else []), *check.segments, *check.optional]
    for name in named:
        if name not in fact.by_name:
            what = f"the fact {check.from_!r} has no column {name!r}"
            yield problem_at(document, keys, what, did_you_mean(name, fact.by_name))
    if check.at not in times:
        what = f"{check.at!r} is not a time of the fact {check.from_!r}"
        yield problem_at(document, (*keys, "at"), what, did_you_mean(check.at, times, "its times"))
    yield from _conditions(check, (document, keys), ())


def _conditions(check: Check, at: tuple[Document, Keys], parameters: Names) -> Iterator[Problem]:
    document, keys = at
    columns = FACTS[check.from_].by_name
    texts = {name: getattr(check, name) for name in CHANGEABLE if name != "exclude"}
    for name, text in texts.items():
        if text is not None:
            yield from condition((document, (*keys, name)), text, columns, parameters)
    for name, text in check.exclude.items():
        yield from condition((document, (*keys, "exclude", name)), text, columns, parameters)


def check_platform(rules: IntegrityRules, pack: Pack, document: Document) -> Iterator[Problem]:
    """What is wrong with what a pack says about the checks; its sources are looked at with all others."""
    known = {each.id: each for each in rules.checks}
    parameters = tuple((name, each.default) for name, each in pack.parameters.items())
    for name, count in Counter(each.check for each in pack.integrity).items():
        if count > 1:
            yield problem_at(document, ("integrity",), f"the check {name!r} stands here {count} times", "write it once")
    for index, each in enumerate(pack.integrity):
        keys: Keys = ("integrity", index)
        check = known.get(each.check)
        if check is None:
            hint = did_you_mean(each.check, known, "checks")
            yield problem_at(document, (*keys, "check"), f"there is no check {each.check!r}", hint)
            continue
        yield from _changes(check, each, (document, keys), parameters)
        for position, affected in enumerate(each.affects):
            yield from _affected(check, affected, pack, (document, (*keys, "affects", position)))


def _changes(check: Check, each: PlatformCheck, at: tuple[Document, Keys], parameters: Names) -> Iterator[Problem]:
    document, keys = at
    wrong = [name for name in each.changes if name not in CHANGEABLE]
    for name in wrong:
        hint = did_you_mean(name, CHANGEABLE, "it may change")
        yield problem_at(document, (*keys, "changes", name), f"changes cannot name {name!r}", hint)
    if not wrong and each.changes:
        yield from _conditions(changed_check(check, each), (document, (*keys, "changes")), parameters)


def _affected(check: Check, affected: Affected, pack: Pack, at: tuple[Document, Keys]) -> Iterator[Problem]:
    document, keys = at
    metrics = {metric.id: metric for metric in pack.metrics}
    metric = metrics.get(affected.metric)
    if metric is None:
        hint = did_you_mean(affected.metric, metrics, "metrics")
        yield problem_at(document, keys, f"there is no metric {affected.metric!r}", hint)
        return
    if metric.kind not in _RECOUNTED or (metric.kind == "mean" and affected.counted_as == "miss"):
        what = f"{metric.id} is a {metric.kind}: its rows cannot be counted as {affected.counted_as}"
        yield problem_at(document, keys, what, "name a share, or leave rows out of a mean")
    facts = {side.from_ for _, side, _ in sides_of(metric)}
    for fact in sorted(str(each) for each in facts if each in FACTS):
        if FACTS[fact].subject not in FACTS[check.from_].by_name:
            what = f"rows of {check.from_} do not tell which row of {fact} they belong to"
            yield problem_at(document, keys, what, "leave the metric out")
