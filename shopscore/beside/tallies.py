"""One shop's ledger → small counts of the segments that other shops have too, for what a fleet shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.diagnosis.drivers import FEWEST_NAMED, REST
from shopscore.diagnosis.echoes import DAY
from shopscore.diagnosis.events import allowed_events, bad_events
from shopscore.intervals.dispersion import dispersion
from shopscore.ledger import cells
from shopscore.model import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.judge import Counted
    from shopscore.ledger.parts import Ledger
    from shopscore.model import MetricResult, Sums
    from shopscore.prepare import Shop

SHARED = ("carrier", "warehouse", "region", "weekday", "hour", DAY)
"""Dimensions whose segments are the same thing in every shop; a product or an agent is not."""
MOST_SEGMENTS = 32
"""Of one dimension: as many as a country has provinces."""


def tallies(shop: Shop, ledger: Ledger, found: Counted, results: Sequence[MetricResult]) -> Iterator[Tally]:
    """The counts of every judged share, along each dimension it is split by that shops have in common."""
    judged = {each.id: each for each in results if each.verdict != "not_measured" and each.definition != "assumed"}
    shares = {
        each.id: each
        for each in shop.definitions
        if each.id in judged and each.id in found.windows and each.metric.kind == "ratio"
    }
    split = cells.segments(ledger, {name: found.windows[name] for name in shares})
    for name, definition in shares.items():
        sums, goal = found.sums[name], judged[name].target.value
        days = {day.isoformat(): each for day, each in found.days[name]}
        phi = dispersion(definition, sums, list(days.values()))
        by_day: dict[str | None, Sums] = dict(days.items())
        parts = {**split.get(name, {}), DAY: by_day}
        for dimension in SHARED:
            known = {
                segment: each
                for segment, each in parts.get(dimension, {}).items()
                if segment and segment != REST and each.rows >= FEWEST_NAMED
            }
            if not known:
                continue
            largest = sorted(known.items(), key=lambda item: (-item[1].rows, item[0]))[:MOST_SEGMENTS]
            yield Tally(
                metric=name,
                dimension=dimension,
                bad=int(bad_events(definition, sums)),
                rows=sums.rows,
                allowed=None if goal is None else allowed_events(definition, sums, goal),
                phi=phi,
                parts=tuple((segment, int(bad_events(definition, each)), each.rows) for segment, each in largest),
            )
