"""Judged metrics → the same with the segments of their windows, for a later audit to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.diagnosis.changed_by import SPLIT
from shopscore.diagnosis.changed_since import kept
from shopscore.diagnosis.drivers import FEWEST_NAMED, REST
from shopscore.ledger import cells
from shopscore.ledger.persons import of_few

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.judge import Counted
    from shopscore.ledger.parts import Ledger
    from shopscore.model import MetricResult, Sums
    from shopscore.prepare import Shop


def with_segments(
    shop: Shop, ledger: Ledger, found: Counted, results: Sequence[MetricResult]
) -> Iterator[MetricResult]:
    """The results, those that can be split with their segments."""
    by_id = {each.id: each for each in shop.definitions}
    wanted = {
        each.id: found.windows[each.id]
        for each in results
        if each.kind in SPLIT and each.verdict != "not_measured" and each.id in found.windows
    }
    split = cells.segments(ledger, wanted)
    for result in results:
        if result.id in split:
            definition, days = by_id[result.id], [each for _, each in found.days[result.id]]
            few = of_few(ledger, definition, wanted[result.id], named(split[result.id]), FEWEST_NAMED)
            told = kept(definition, found.sums[result.id], days, split[result.id], few)
            yield replace(result, cells=told)
        else:
            yield result


def named(split: Mapping[str, Mapping[str | None, Sums]]) -> list[tuple[str, str]]:
    """The segments that have a name, each with its dimension."""
    return [(dimension, name) for dimension, segments in split.items() for name in segments if name and name != REST]
