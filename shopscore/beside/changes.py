"""Judged metrics → how each changed since the window before, and what that came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import window
from shopscore.beside.control import unlike_in
from shopscore.beside.segments import named
from shopscore.covered import usable_days
from shopscore.diagnosis.change import Side, change
from shopscore.diagnosis.changed_by import compared, explained
from shopscore.diagnosis.drivers import FEWEST_NAMED
from shopscore.diagnosis.echoes import WEEKDAY, tell_weekdays
from shopscore.ledger import cells
from shopscore.ledger.persons import of_few
from shopscore.measure.sentences import known_events
from shopscore.ruleset.special_days import special_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.covered import Days
    from shopscore.judge import Counted
    from shopscore.ledger.parts import Ledger
    from shopscore.model import MetricResult, Movement, Sums
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition


def changed(shop: Shop, ledger: Ledger, found: Counted, results: Sequence[MetricResult]) -> Iterator[MetricResult]:
    """The results, those whose window before is covered whole with their change since."""
    by_id = {each.id: each for each in shop.definitions}
    before = {
        each.id: days
        for each in results
        if each.measurement.status == "measured" and each.bound_of is None and each.id in found.windows
        if (days := _before(shop, by_id[each.id])) is not None
    }
    earlier = _sides(before, cells.totals(ledger, before), cells.by_day_sums(ledger, before))
    now = _sides(found.windows, found.sums, found.days)
    changes = {
        name: told
        for name, side in earlier.items()
        if side.sums.unknown <= known_events(by_id[name], side.sums)
        if (told := change(by_id[name], side, now[name])) is not None
    }
    changes |= _explained(shop, ledger, by_id, changes, (earlier, now))
    for result in results:
        yield replace(result, change=changes.get(result.id))


def _explained(
    shop: Shop,
    ledger: Ledger,
    by_id: Mapping[str, Definition],
    changes: Mapping[str, Movement],
    sides: tuple[Mapping[str, Side], Mapping[str, Side]],
) -> Iterator[tuple[str, Movement]]:
    """What is beyond chance, with what explains it."""
    moved = [name for name, each in changes.items() if each.beyond_chance]
    spans = [{name: (side[name].first, side[name].last) for name in moved} for side in sides]
    before, now = (cells.segments(ledger, span) for span in spans)
    pairs = {name: (sides[0][name], sides[1][name]) for name in moved}
    special = special_days(shop.loaded.pack.platform, shop.file)
    # The weekday of a promotion that only one of them holds would be told for it, or that of a day of a short window.
    odd = {
        name
        for name in moved
        if unlike_in(special, spans[1][name], spans[0][name])
        or not all(tell_weekdays((last - first).days + 1) for first, last in (spans[0][name], spans[1][name]))
    }
    before, now = (
        {
            name: {each: parts for each, parts in split.items() if each != WEEKDAY or name not in odd}
            for name, split in side.items()
        }
        for side in (before, now)
    )
    by = {
        name: compared(by_id[name], changes[name], pairs[name], before[name], now[name], few)
        for name in moved
        if name in before and name in now
        for few in [_of_few(ledger, by_id[name], ((spans[0][name], before[name]), (spans[1][name], now[name])))]
    }
    picks = {name: each.suspects for name, each in by.items()}
    days = [cells.segment_days(ledger, span, picks) for span in spans]
    for name, each in by.items():
        of_picks = {pick: (days[0][name, *pick], days[1][name, *pick]) for pick in picks[name]}
        yield name, explained(by_id[name], changes[name], pairs[name], each, of_picks)


def _of_few(
    ledger: Ledger, definition: Definition, sides: Iterable[tuple[Days, Mapping[str, Mapping[str | None, Sums]]]]
) -> set[tuple[str, str]]:
    """The segments behind which too few buyers stand in one of the windows."""
    few: set[tuple[str, str]] = set()
    return few.union(*(of_few(ledger, definition, days, named(split), FEWEST_NAMED) for days, split in sides))


def _before(shop: Shop, definition: Definition) -> Days | None:
    """The window before, where the shop's tables speak of all its days and it can be told as it was."""
    if shop.rewound and definition.frozen:
        return None
    first, last = window.previous(definition.window, shop.day)
    days = (last - first).days + 1
    return (first, last) if len(usable_days(shop, definition, first, last)) == days else None


def _sides(
    windows: Mapping[str, Days], sums: Mapping[str, Sums], days: Mapping[str, Sequence[tuple[object, Sums]]]
) -> dict[str, Side]:
    return {
        name: Side(first, last, sums[name], [each for _, each in days[name]])
        for name, (first, last) in windows.items()
        if name in sums
    }
