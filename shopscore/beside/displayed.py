"""A figure the platform shows and a value that is another one → what may explain the difference."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import window
from shopscore.intervals.kinds import bare_value
from shopscore.ledger import cells
from shopscore.ledger.kernel import run
from shopscore.model import Difference
from shopscore.ruleset.resolve import define_one
from shopscore.shown import compared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.covered import Days
    from shopscore.ledger.parts import Ledger
    from shopscore.model import Displayed, MetricResult, Words
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition
    from shopscore.ruleset.shopfile import ShopFile


def explained(shop: Shop, ledger: Ledger, results: Sequence[MetricResult]) -> Iterator[MetricResult]:
    """The results, each figure that differs with what may explain it."""
    by_id = {each.id: each for each in shop.definitions}
    for result in results:
        shown = result.displayed
        if shown is None or not shown.differs:
            yield result
            continue
        definition = by_id[result.id]
        reasons = (
            *_of_day(shop, ledger, definition, shown),
            *_of_rows(result),
            *(_of_readings(shop, definition, shown) if definition.id in ledger.sides else ()),
        )
        yield replace(result, displayed=replace(shown, reasons=reasons))


def _of_day(shop: Shop, ledger: Ledger, definition: Definition, shown: Displayed) -> Iterator[Difference]:
    """The figure's own day; and what the files give for its window, where that is the figure."""
    if shown.date is None:
        yield Difference("no_day")
        return
    if shown.date == shop.day:
        return
    yield Difference("other_day")
    if definition.id in ledger.sides:
        days = window.bounds(definition.window, shown.date)
        if not definition.days_add_up:
            # The windows end to end are those of another T.
            ledger = run(replace(shop.facts, as_of=dt.datetime.combine(shown.date, dt.time())), [definition])
        value = _over(ledger, definition, days)
        if _same(shown, value, definition):
            yield Difference("that_day", value)


def _of_rows(result: MetricResult) -> Iterator[Difference]:
    found = result.measurement
    if found.unknown:
        yield Difference("unknown", count=found.unknown)
    if found.window is not None and found.window.covered_days < found.window.days:
        yield Difference("uncovered", count=found.window.days - found.window.covered_days)


def _of_readings(shop: Shop, definition: Definition, shown: Displayed) -> Iterator[Difference]:
    """The documented reading that gives the figure to its last digit; of several, the nearest."""
    matches: list[tuple[float, int, Difference]] = []
    for name, option, title in _other_readings(definition):
        other = define_one(
            shop.loaded.pack, definition.metric.id, shop.rules_day, _with(shop, definition, name, option)
        )
        value = _over(run(shop.facts, [other]), other, window.bounds(other.window, shop.day))
        if value is not None and _same(shown, value, other):
            reading = Difference("switch", value, name=f"{name}={option}", title=title)
            matches.append((abs(value - shown.value), len(matches), reading))
    if matches:
        yield min(matches, key=lambda match: match[:2])[-1]


def _other_readings(definition: Definition) -> Iterator[tuple[str, str, Words]]:
    used = dict(definition.switches)
    for name, switch in definition.metric.switches.items():
        for option, reading in switch.options.items():
            if option != used[name]:
                yield name, option, reading.title.words


def _with(shop: Shop, definition: Definition, switch: str, option: str) -> ShopFile:
    """The shop's file with one other reading chosen."""
    chosen = shop.file.switches | {definition.metric.id: dict(definition.switches) | {switch: option}}
    return shop.file.model_copy(update={"switches": chosen})


def _over(ledger: Ledger, definition: Definition, days: Days) -> float | None:
    sums = cells.totals(ledger, {definition.id: days}).get(definition.id)
    return None if sums is None else bare_value(definition, sums).value


def _same(shown: Displayed, value: float | None, definition: Definition) -> bool:
    again = compared(shown, value, definition.metric.unit, None)
    return value is not None and again is not None and not again.differs
