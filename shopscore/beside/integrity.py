"""A shop's own data, checked: what looks wrong, where, and how much of what is reported rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import window
from shopscore.beside.shifts import shifted
from shopscore.covered import window_of
from shopscore.diagnosis.drivers import FEWEST_NAMED, drivers
from shopscore.diagnosis.shrink import shrunk
from shopscore.intervals.dispersion import dispersion
from shopscore.intervals.kinds import value_of
from shopscore.judge import counted, judge
from shopscore.ledger import cells
from shopscore.ledger import integrity as ledger_integrity
from shopscore.ledger.kernel import split
from shopscore.ledger.persons import of_few
from shopscore.model import Recount, Suspicion
from shopscore.ruleset.integrity import PREFIX
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import polars as pl

    from shopscore.covered import Days
    from shopscore.ledger.parts import Ledger
    from shopscore.model import Driver, MetricResult, Sums, Trust
    from shopscore.prepare import Shop
    from shopscore.ruleset.integrity import Suspect
    from shopscore.ruleset.resolve import Definition

EXAMPLES = 5
FEWEST = 5
"""Segments of fewer rows are not named."""


def suspicions(shop: Shop, ledger: Ledger, results: Sequence[MetricResult], trust: Trust) -> tuple[Suspicion, ...]:
    """Every check that found something, in the order in which the rules name them.

    Args:
        shop: the shop.
        ledger: its counts, those of its checks among them.
        results: its metrics as they are reported.
        trust: what the readers noted.
    """
    clocks = tuple(shifted(shop))
    return (*clocks, *_found(shop, ledger, results, {each.id for each in clocks}), *_noted(shop, trust))


def checked(shop: Shop, ledger: Ledger) -> tuple[MetricResult, ...]:
    """Every check as a share of its rows, the way a metric is opened up."""
    as_metrics = replace(shop, definitions=tuple(each.definition for each in shop.suspects))
    return judge(as_metrics, ledger, counted(as_metrics, ledger), {})


def _found(
    shop: Shop, ledger: Ledger, results: Sequence[MetricResult], clocks: AbstractSet[str]
) -> Iterator[Suspicion]:
    # What holds the state of today only says nothing of an earlier day.
    usable = [
        each for each in shop.suspects if each.id in ledger.sides and not (shop.rewound and each.definition.frozen)
    ]
    windows = {each.id: window.bounds(each.definition.window, shop.day) for each in usable}
    totals = cells.totals(ledger, windows)
    firing = [each for each in usable if totals[each.id].hits and not _set_aside(shop, each)]
    if not firing:
        return
    thick = _where(ledger, {each.id: each.definition for each in firing}, windows, totals)
    reported = {each.id: each for each in results}
    for each in firing:
        found = _suspicion(shop, each, totals[each.id], thick[each.id], reported)
        explains = PREFIX + (each.check.explained_by or "")
        yield replace(found, explained_by=explains if explains in clocks else None)


def _set_aside(shop: Shop, suspect: Suspect) -> bool:
    return any(each.metric == suspect.id and each.expires >= shop.day for each in shop.file.suppressions)


def _where(
    ledger: Ledger, checks: Mapping[str, Definition], windows: Mapping[str, Days], totals: Mapping[str, Sums]
) -> dict[str, tuple[Driver, ...]]:
    """The segments of each check in which its rows stand thicker than chance would have them; small ones are hidden."""
    among, ledger = {name: windows[name] for name in checks}, split(ledger, tuple(checks.values()))
    days = cells.by_day_sums(ledger, among)
    by_segment: dict[str, dict[str, dict[str | None, Sums]]] = {name: {} for name in checks}
    for (name, dimension, segment), sums in cells.by_segment(ledger, among).items():
        by_segment[name].setdefault(dimension, {})[segment] = sums
    found = {}
    for name, check in checks.items():
        phi = dispersion(check, totals[name], [day for _, day in days[name]])
        thick = drivers(check, totals[name], by_segment[name], phi=phi)
        large = [each for each in thick if each.denominator >= FEWEST]
        few = of_few(ledger, check, windows[name], [(each.dimension, each.segment) for each in large], FEWEST_NAMED)
        found[name] = tuple(shrunk(each) for each in large if (each.dimension, each.segment) not in few)
    return found


def _suspicion(
    shop: Shop, suspect: Suspect, sums: Sums, where: tuple[Driver, ...], reported: Mapping[str, MetricResult]
) -> Suspicion:
    check, penalty = suspect.check, suspect.platform.penalty
    affected = list(_affected(shop, suspect, reported))
    keys = dict.fromkeys(
        name for name in (check.subject, *(_subject(definition) for definition, _, _ in affected)) if name
    )
    days = window.bounds(suspect.definition.window, shop.day)
    found = ledger_integrity.suspicious(shop.facts, suspect.definition, list(keys))
    return Suspicion(
        id=suspect.id,
        title=check.title.words,
        fact=check.from_,
        window=window_of(shop, suspect.definition),
        rows=sums.rows,
        suspicious=sums.hits,
        unknown=sums.unknown,
        examples=ledger_integrity.examples(found, check.subject, days, EXAMPLES) if check.subject else (),
        where=where,
        affects=tuple(_recounts(shop, affected, found)),
        honest=check.honest.words,
        risk=check.risk.words,
        todo=check.todo.words,
        penalty=penalty.text.words if penalty else None,
        source=tuple(penalty.source) if penalty else (),
    )


# ── what rests on it ─────────────────────────────────────────────────────────────────────────────────────────────


_Affected = tuple["Definition", "MetricResult", str]
"""A metric that a check's rows flatter, as it is reported, and how they count once they are found out."""


def _affected(shop: Shop, suspect: Suspect, reported: Mapping[str, MetricResult]) -> Iterator[_Affected]:
    by_id = {each.metric.id: each for each in shop.definitions}
    for each in suspect.platform.affects:
        definition = by_id[each.metric]
        result = reported.get(definition.id)
        if result is not None and result.measurement.value is not None:
            yield definition, result, each.counted_as


def _subject(definition: Definition) -> str:
    return FACTS[definition.sides[""].fact].subject


def _recounts(shop: Shop, affected: Sequence[_Affected], found: pl.DataFrame) -> Iterator[Recount]:
    for definition, result, counted_as in affected:
        days = window.bounds(definition.window, shop.day)
        again = ledger_integrity.found_out(shop.facts, definition, found, days, left_out=counted_as == "left_out")
        if again is not None and again[1]:
            value = value_of(definition, again[0])
            counts = value.value, value.numerator, value.denominator
            yield Recount(definition.id, again[1], counted_as, result.measurement.value, *counts)


# ── what the readers have said ───────────────────────────────────────────────────────────────────────────────────


def _noted(shop: Shop, trust: Trust) -> Iterator[Suspicion]:
    """Notes of the readers that are checks of the data too: not looked for again, and not said again."""
    for note in shop.rules.integrity.notes:
        reasons = [each for each in trust.reasons if each.reason == note.note]
        rows = sum(each.count or 0 for each in reasons)
        if rows:
            yield Suspicion(
                id=PREFIX + note.id,
                title=note.title.words,
                fact="+".join(sorted({each.table for each in reasons if each.table})),
                window=None,
                rows=sum(each.rows or 0 for each in reasons),
                suspicious=rows,
                unknown=0,
                examples=(),
                where=(),
                affects=(),
                honest=note.honest.words,
                risk=note.risk.words,
                todo=note.todo.words,
                penalty=None,
                source=(),
                said_elsewhere=True,
            )
