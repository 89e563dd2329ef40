"""A shop judged by the rules of two days → every metric that differs, with what the other day's rules make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.judge import counted, judge
from shopscore.ledger.kernel import run
from shopscore.model import RulesUnder
from shopscore.ruleset.dated import in_force

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.model import MetricResult, Status, Words
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition
    from shopscore.trust import TableLoss


def under(
    shop: Shop, other: Shop, results: Sequence[MetricResult], lost: Mapping[str, TableLoss]
) -> Iterator[MetricResult]:
    """The results, those with another definition or another value under the other rules with what that is.

    Args:
        shop: the shop by the rules that judge it.
        other: the same files by the rules of another day, their facts built anew, since those differ too.
        results: how the shop was judged.
        lost: what could not be read of its tables.
    """
    ledger = run(other.facts, other.definitions)
    there = {each.id: each for each in judge(other, ledger, counted(other, ledger), lost)}
    pairs = zip(shop.definitions, other.definitions, strict=True)
    definitions = {mine.id: (mine, theirs) for mine, theirs in pairs}
    for result in results:
        mine, theirs = definitions[result.id]
        found = there[result.id]
        if _same(mine, theirs) and _counts(result) == _counts(found):
            yield result
            continue
        status, value, numerator, denominator = _counts(found)
        said = RulesUnder(
            other.rules_day, status, value, numerator, denominator, theirs.version, _note(shop, other, mine)
        )
        yield replace(result, under=(*result.under, said))


def _same(mine: Definition, theirs: Definition) -> bool:
    return mine == theirs


def _counts(result: MetricResult) -> tuple[Status, float | None, float | None, float | None]:
    found = result.measurement
    return found.status, found.value, found.numerator, found.denominator


def _note(shop: Shop, other: Shop, definition: Definition) -> Words | None:
    """What the pack says of the later of the two versions, else of the earlier one."""
    days: list[dt.date] = sorted((shop.rules_day, other.rules_day), reverse=True)
    for version in (in_force(definition.metric.versions, day) for day in days):
        if version is not None and version.note is not None:
            return version.note.words
    return None
