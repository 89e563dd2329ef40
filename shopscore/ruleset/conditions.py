"""Every condition of a pack read against the columns it may use, in every version and every other reading."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from shopscore.errors import Problem
from shopscore.ruleset import calendar
from shopscore.ruleset.diagnosis_columns import diagnosis_columns
from shopscore.ruleset.fact_settings import PACK_COLUMNS, pack_columns
from shopscore.ruleset.language import LanguageError, caret_column, one_line, parse
from shopscore.ruleset.language.check import did_you_mean
from shopscore.ruleset.metric import Metric
from shopscore.ruleset.resolve import sides_of
from shopscore.ruleset.shape import path_text, problem_at, shaped
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shopscore.ruleset.language import Type
    from shopscore.ruleset.metric import Side
    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.yamlfile import Document, Keys
    from shopscore.schema import Column

CHANGEABLE = frozenset(
    {"from", "at", "where", "exclude", "unknown", "pending", "numerator", "denominator"}
    | {"optional", "of", "weight_by", "once_per", "still_open", "window", "minimum", "cap"}
)
"""What a version or another reading may replace."""

Names = tuple[tuple[str, float], ...]


class Variant(Struct, frozen=True):
    """A metric as one version and one reading make it, and where its keys stand in the file."""

    metric: Metric
    base: Keys
    origins: tuple[tuple[str, Keys], ...] = ()

    def keys(self, *path: str | int) -> Keys:
        """Where a key was written: in the changes that replaced it, else in the metric."""
        return (*dict(self.origins).get(str(path[0]), self.base), *path) if path else self.base


def check_conditions(pack: Pack, document: Document) -> Iterator[Problem]:
    """What is wrong with the conditions, names and times of a pack."""
    parameters = tuple((name, each.default) for name, each in pack.parameters.items())
    yield from _facts(pack, document, parameters)
    for index, metric in enumerate(pack.metrics):
        found = variants(metric, document, ("metrics", index))
        for each in found:
            if isinstance(each, Problem):
                yield each
            else:
                yield from _metric(each, document, parameters)
    columns = diagnosis_columns(pack)
    for index, advice in enumerate(pack.advice):
        yield from condition((document, ("advice", index, "when")), advice.when, columns, parameters)


def condition(
    at: tuple[Document, Keys], text: str, columns: Mapping[str, Column], parameters: Names, wanted: Type = "flag"
) -> Iterator[Problem]:
    """What is wrong with one text of the language, if anything."""
    document, keys = at
    try:
        parse(text, columns, dict(parameters), wanted=wanted)
    except LanguageError as error:
        yield of_language(document, keys, error)


def of_language(document: Document, keys: Keys, error: LanguageError) -> Problem:
    """A mistake in a text of the language as a problem of its file."""
    where = path_text(document.data, keys)
    shown, at = one_line(error.text), caret_column(error.text, error.at)
    return Problem(document.place(keys), where, error.what, shown, at, error.hint)


def _facts(pack: Pack, document: Document, parameters: Names) -> Iterator[Problem]:
    allowed = pack_columns()
    for name, text in pack.facts.columns.items():
        keys: Keys = ("facts", "columns", name)
        if name not in allowed:
            hint = did_you_mean(name, PACK_COLUMNS, "it computes")
            yield problem_at(document, keys, "a pack does not compute this column", hint)
            continue
        wanted: Type = "number" if name == "buyer_weight" else "time"
        yield from condition((document, keys), text, allowed[name], parameters, wanted)
    holidays = sorted({each.id for each in calendar.holidays()}) if pack.facts.stopped else []
    for index, clock in enumerate(pack.facts.stopped):
        at: Keys = ("facts", "stopped", index)
        yield from condition((document, (*at, "when")), clock.when, allowed["clock_at"], parameters)
        for name in clock.holidays:
            if name not in holidays:
                hint = did_you_mean(name, holidays, "the calendar knows")
                yield problem_at(document, (*at, "holidays"), f"no holiday is called {name!r}", hint)
        for day in clock.weekdays:
            if day not in range(1, 8):
                hint = "write 1 for Monday to 7 for Sunday"
                yield problem_at(document, (*at, "weekdays"), f"{day} is no day of the week", hint)


# ── versions and other readings ──────────────────────────────────────────────────────────────────────────────────


def variants(metric: Metric, document: Document, base: Keys) -> Iterator[Variant | Problem]:
    """Every metric a day and a shop can get: each version alone, then with each other reading."""
    versions: list[tuple[dict[str, Any], Keys]] = [
        (version.changes, (*base, "versions", n, "changes")) for n, version in enumerate(metric.versions)
    ] or [({}, base)]
    readings: list[tuple[dict[str, Any], Keys]] = [
        (option.changes, (*base, "switches", switch, "options", name, "changes"))
        for switch, each in metric.switches.items()
        for name, option in each.options.items()
        if option.changes
    ]
    for version in versions:
        yield from _changed(metric, document, base, [version])
        for reading in readings:
            yield from _changed(metric, document, base, [version, reading])


def _changed(
    metric: Metric, document: Document, base: Keys, changes: Iterable[tuple[dict[str, Any], Keys]]
) -> Iterator[Variant | Problem]:
    raw = metric.model_dump(by_alias=True, exclude_unset=True, exclude={"versions", "switches"})
    origins: dict[str, Keys] = {}
    problems: list[Problem] = []
    for change, keys in changes:
        for name in change:
            if name not in CHANGEABLE:
                hint = did_you_mean(name, CHANGEABLE, "it may change")
                problems.append(problem_at(document, (*keys, name), f"changes cannot name {name!r}", hint))
        raw |= {name: value for name, value in change.items() if name in CHANGEABLE}
        origins |= dict.fromkeys(change, keys)
    at = next(reversed(origins.values()), base)
    shaped_metric, found = shaped(Metric, document, raw, at)
    yield from problems + found
    if shaped_metric is not None:
        yield Variant(shaped_metric, base, tuple(origins.items()))


# ── one metric ───────────────────────────────────────────────────────────────────────────────────────────────────

_PREFIXES = {"n": "numerator", "d": "denominator"}


def _metric(variant: Variant, document: Document, parameters: Names) -> Iterator[Problem]:
    for name, side, hit in sides_of(variant.metric):
        prefix = (_PREFIXES[name],) if name else ()
        if side.from_ is None or side.from_ not in FACTS:
            keys = variant.keys(*prefix, "from")
            if side.from_ is not None:
                yield problem_at(document, keys, f"unknown fact {side.from_!r}", did_you_mean(side.from_, FACTS))
            continue
        yield from _side(variant, document, parameters, (side, hit), prefix)
    yield from _segments(variant, document)


def _side(
    variant: Variant, document: Document, parameters: Names, rules: tuple[Side, str | None], prefix: tuple[str, ...]
) -> Iterator[Problem]:
    side, hit = rules
    fact = str(side.from_)
    if side.at is not None:
        yield from _time(variant, document, (*prefix, "at"), side.at, fact)
    for position, name in enumerate(side.optional):
        if name not in FACTS[fact].by_name:
            keys = variant.keys(*prefix, "optional", position)
            hint = did_you_mean(name, FACTS[fact].by_name)
            yield problem_at(document, keys, f"the fact {fact!r} has no column {name!r}", hint)
    shared = [
        each.name for each in FACTS[fact].columns if each.kind in ("id", "text") and each.name != FACTS[fact].subject
    ]
    if side.once_per is not None and side.once_per not in shared:
        what = f"{side.once_per!r} is no id or text that rows of the fact {fact!r} share"
        hint = did_you_mean(side.once_per, shared, "they share")
        yield problem_at(document, variant.keys(*prefix, "once_per"), what, hint)
    for path, text, wanted in _texts(side, hit):
        error = _mistake(text, fact, parameters, wanted)
        if error is not None:
            yield of_language(document, variant.keys(*prefix, *path), error)
        elif variant.metric.bound is None:
            yield from _bounds(text, fact, parameters, wanted, (document, variant.keys(*prefix, *path)))


def _bounds(text: str, fact: str, parameters: Names, wanted: Type, at: tuple[Document, Keys]) -> Iterator[Problem]:
    """Between which moments something happened is no time: no value may rest on it."""
    bounds = [column.name for column in FACTS[fact].columns if column.bound and column.name in text]
    named = parse(text, FACTS[fact].by_name, dict(parameters), wanted=wanted).names if bounds else frozenset()
    for name in bounds:
        if name in named:
            what = f"{name!r} is a bound of a time, and this metric is no bound"
            yield problem_at(*at, what, "use it where `bound:` stands")


def _segments(variant: Variant, document: Document) -> Iterator[Problem]:
    """Segments no side knows; what one side alone knows is a warning of the lint."""
    facts = [side.from_ for _, side, _ in sides_of(variant.metric) if side.from_ in FACTS]
    for position, segment in enumerate(variant.metric.segments):
        if facts and not any(segment in FACTS[str(fact)].by_name for fact in facts):
            what = f"the fact {' or '.join(map(repr, dict.fromkeys(facts)))} has no column {segment!r}"
            yield problem_at(document, variant.keys("segments", position), what, "leave it out")


def _texts(side: Side, hit: str | None) -> Iterator[tuple[tuple[str, ...], str, Literal["flag", "number"]]]:
    flags = {"where": side.where, "unknown": side.unknown, "pending": side.pending, "numerator": hit}
    flags["still_open"] = side.still_open
    yield from (((key,), text, "flag") for key, text in flags.items() if text is not None)
    yield from ((("exclude", name), text, "flag") for name, text in side.exclude.items())
    numbers = {"of": side.of, "weight_by": side.weight_by}
    yield from (((key,), text, "number") for key, text in numbers.items() if text is not None)
    if isinstance(side, Metric) and side.stake is not None:
        yield ("stake", "of"), side.stake.of, "number"


def _time(
    variant: Variant, document: Document, path: tuple[str, ...], name: str, fact: str | None
) -> Iterator[Problem]:
    columns = FACTS[fact].by_name if fact in FACTS else {}
    times = [column.name for column in columns.values() if column.kind == "time" and not column.bound]
    if columns and name not in times:
        what = f"{name!r} is not a time of the fact {fact!r}"
        yield problem_at(document, variant.keys(*path), what, did_you_mean(name, times, "its times"))


@lru_cache(maxsize=4096)
def _mistake(text: str, fact: str, parameters: Names, wanted: Type) -> LanguageError | None:
    """What is wrong with a condition over a fact; the same text is read once a process."""
    try:
        parse(text, FACTS[fact].by_name, dict(parameters), wanted=wanted)
    except LanguageError as error:
        return error
    return None
