"""Judged metrics → the same with their control charts: twelve weeks of days, and earlier editions of special days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import window
from shopscore.covered import first_day, oldest_day, usable_days
from shopscore.diagnosis.chart import DAYS, SPAN, chart
from shopscore.doubt.reach import tables_of
from shopscore.ledger import cells
from shopscore.ruleset.special_days import special_days
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.covered import Days
    from shopscore.judge import Counted
    from shopscore.ledger.parts import Ledger
    from shopscore.model import MetricResult, SpecialDay, Sums
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition

_DAY = dt.timedelta(days=1)
_MEASURED = ("measured", "too_few", "too_unknown")
_KINDS = ("ratio", "ratio_of", "mean", "count")


def charted(shop: Shop, ledger: Ledger, found: Counted, results: Iterable[MetricResult]) -> Iterator[MetricResult]:
    """The results, those that are measured with what is usual of their days and what is not."""
    everything = tuple(results)
    special = special_days(shop.loaded.pack.platform, shop.file)
    by_id = {each.id: each for each in shop.definitions}
    meant = [by_id[each.id] for each in everything if each.measurement.status in _MEASURED and not each.bound_of]
    definitions = [each for each in meant if each.metric.kind in _KINDS and each.days_add_up]
    days = _settled(shop, ledger, found, definitions, special)
    for result in everything:
        if result.id in days:
            definition = by_id[result.id]
            told = chart(definition, days[result.id], shown(definition, shop.day), special)
            unlike = unlike_in(special, found.windows[result.id], window.previous(definition.window, shop.day))
            yield replace(result, control=told and replace(told, unlike=unlike))
        else:
            yield result


def shown(definition: Definition, today: dt.date) -> Days:
    """The days a chart shows: the last of the metric's window."""
    first, last = window.bounds(definition.window, today)
    return max(first, last - (DAYS - 1) * _DAY), last


def unlike_in(special: Mapping[dt.date, SpecialDay], here: Days, before: Days) -> tuple[SpecialDay, ...]:
    """The promotions that only one of two windows of a month at most holds, by name: longer ones drown them."""
    if (here[1] - here[0]).days >= DAYS:
        return ()
    sides = [
        {each.id: each for day, each in special.items() if each.promotion and first <= day <= last}
        for first, last in (here, before)
    ]
    return tuple((sides[0] | sides[1])[name] for name in sorted(sides[0].keys() ^ sides[1].keys()))


def _settled(
    shop: Shop,
    ledger: Ledger,
    found: Counted,
    definitions: Iterable[Definition],
    special: Mapping[dt.date, SpecialDay],
) -> dict[str, list[tuple[dt.date, Sums]]]:
    """Of each metric the settled days of its window and before it, and earlier days to hold special ones against."""
    days: dict[str, list[tuple[dt.date, Sums]]] = {}
    earlier: list[dict[str, Days]] = []
    usable: dict[str, set[dt.date]] = {}
    for definition in definitions:
        name, (first, last), oldest = definition.id, found.windows[definition.id], _first_day(shop, definition)
        if oldest is None:
            continue
        days[name] = list(found.days[name])
        usable[name] = usable_days(shop, definition, oldest, last)
        recent = max(last - (SPAN - 1) * _DAY, oldest)
        old = _runs(_like_days(special, shown(definition, shop.day), min(first, recent)))
        spans = [(max(begins, oldest), ends) for begins, ends in ((recent, first - _DAY), *old)]
        for at, span in enumerate(span for span in spans if span[0] <= span[1]):
            earlier += [{}] if at == len(earlier) else []
            earlier[at][name] = span
    for windows in earlier:
        for name, counted in cells.by_day_sums(ledger, windows).items():
            days[name] += counted
    return {
        name: [(day, sums) for day, sums in all_of if day in usable[name] and not sums.pending]
        for name, all_of in days.items()
    }


def _first_day(shop: Shop, definition: Definition) -> dt.date | None:
    """The day from which a metric's numbers can be compared: rare tables it reads may be newer than its own."""
    own = first_day(shop, definition, seen=True)
    read = {TABLES[name] for side in definition.sides.values() for name in tables_of(side)}
    rare = [oldest_day(shop, table) for table in sorted(read, key=lambda each: each.name) if table.rare]
    return None if own is None else max([own, *(each for each in rare if each is not None)])


def _like_days(special: Mapping[dt.date, SpecialDay], span: Days, recent: dt.date) -> list[dt.date]:
    """Special days before ``recent`` that special days of a span may be held against."""
    here = [each for day, each in special.items() if span[0] <= day <= span[1]]
    names, promotion = {each.id for each in here}, any(each.promotion for each in here)
    return sorted(
        day for day, each in special.items() if day < recent and (each.id in names or (promotion and each.promotion))
    )


def _runs(days: Sequence[dt.date]) -> list[Days]:
    """Days in order as first and last of each unbroken run."""
    found: list[Days] = []
    for day in days:
        if found and found[-1][1] + _DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
