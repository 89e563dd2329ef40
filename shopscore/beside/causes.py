"""What falls short → the segments that explain it, each once, none of few buyers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.diagnosis.day_bound import day_bound
from shopscore.diagnosis.drivers import FEWEST_NAMED, drivers, likely
from shopscore.diagnosis.echoes import DAY, without_echoes
from shopscore.diagnosis.overlaps import apart
from shopscore.diagnosis.shrink import shrunk
from shopscore.intervals.dispersion import dispersion
from shopscore.ledger import cells
from shopscore.ledger.crossings import crossings
from shopscore.ledger.persons import of_few

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.diagnosis.drivers import Pick
    from shopscore.judge import Counted
    from shopscore.ledger.parts import Ledger
    from shopscore.model import Driver, MetricResult, Sums
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition

_SEVERAL = 2
_OF_ROWS = ("ratio", "mean")
_MOST_CAUSES = 12
"""Causes told apart: combinations of segments grow with them, and what comes later explains little."""


def explained(
    shop: Shop, ledger: Ledger, found: Counted, results: Sequence[MetricResult], ranked: Sequence[str]
) -> Iterator[MetricResult]:
    """The results, those that fall short with the segments that explain it."""
    by_id = {each.id: each for each in shop.definitions}
    split = cells.segments(ledger, {name: found.windows[name] for name in ranked if name in found.windows})
    for result in results:
        if result.id not in ranked or result.id not in found.windows:
            yield result
            continue
        definition, sums, days = by_id[result.id], found.sums[result.id], found.days[result.id]
        phi = dispersion(definition, sums, [each for _, each in days])
        split[result.id][DAY] = {day.isoformat(): each for day, each in days}
        bound = _bound(ledger, definition, found, split[result.id]) if phi > 1 else {}
        causes = drivers(definition, sums, split[result.id], result.target.value, phi, bound)
        causes = _of_many(ledger, definition, causes, found.windows[result.id])
        kept = _told_apart(ledger, definition, without_echoes(causes), result, phi, bound)
        named = {(each.dimension, each.segment) for each in kept}
        others = [each for each in causes if (each.dimension, each.segment) not in named]
        yield replace(result, drivers=tuple(map(shrunk, kept)), overlapping=tuple(map(shrunk, others)))


def _bound(
    ledger: Ledger, definition: Definition, found: Counted, split: Mapping[str, Mapping[str | None, Sums]]
) -> dict[Pick, float]:
    """How much the segments that may be causes are bound to days, where the rows below the line are the days' own."""
    if definition.metric.kind not in _OF_ROWS:
        return {}
    name, whole = definition.id, [sums.rows for _, sums in found.days[definition.id]]
    picks = [pick for pick in likely(definition, found.sums[name], split) if pick[0] != DAY]
    days = cells.segment_days(ledger, {name: found.windows[name]}, {name: picks})
    return {pick: day_bound([sums.rows for sums in days[name, *pick]], whole) for pick in picks}


def _of_many(
    ledger: Ledger, definition: Definition, causes: tuple[Driver, ...], days: tuple[dt.date, dt.date]
) -> tuple[Driver, ...]:
    """The causes that enough buyers stand behind; a day is nobody's."""
    picks = [(each.dimension, each.segment) for each in causes if each.dimension != DAY]
    hidden = of_few(ledger, definition, days, picks, FEWEST_NAMED)
    return tuple(each for each in causes if (each.dimension, each.segment) not in hidden)


def _told_apart(  # noqa: PLR0913, PLR0917 - one metric's causes, and what they were found with
    ledger: Ledger,
    definition: Definition,
    causes: tuple[Driver, ...],
    result: MetricResult,
    phi: float,
    bound: Mapping[Pick, float],
) -> tuple[Driver, ...]:
    """The causes that remain once the rows of the larger ones are taken out."""
    if len(causes) < _SEVERAL or result.measurement.window is None:
        return causes
    window = result.measurement.window
    picks = [(each.dimension, each.segment) for each in causes[:_MOST_CAUSES]]
    crossed = crossings(ledger, definition, (window.first, window.last), picks)
    return apart(definition, causes[:_MOST_CAUSES], crossed, result.target.value, phi, bound)
