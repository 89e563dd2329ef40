"""One shop made ready → the days its files speak of: a metric's window, its first day, those it is counted over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopscore import window
from shopscore.model import Window
from shopscore.schema import FACTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.model import Sums
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition, SideRules
    from shopscore.schema import Table

Days = tuple[dt.date, dt.date]
_LEAST = dt.timedelta(microseconds=1)
SILENCE = 3.0
"""Events that would have come in a silence: as many, and it is chance one time in twenty (e⁻³)."""


def window_of(shop: Shop, definition: Definition) -> Window:
    """A metric's window on T, and how many of its days the shop's tables speak of."""
    first, last = window.bounds(definition.window, shop.day)
    judged = [_last_day(shop, fact) for fact in _facts_of(definition) if fact in shop.facts.judged]
    covered = window.covered(
        first, last, first_day(shop, definition), min(judged, default=None), _gaps(shop, definition)
    )
    return Window(first, last, covered)


def _last_day(shop: Shop, fact: str) -> dt.date:
    """The last day of which a fact's tables speak; of a daily table only a day that is known to be over."""
    moment = shop.facts.judged[fact]
    return (moment - _LEAST if TABLES[FACTS[fact].table].daily else moment).date()


def usable_days(shop: Shop, definition: Definition, first: dt.date, last: dt.date) -> set[dt.date]:
    """The days between two that are over, that a metric's window may reach on T, and that the shop's tables cover."""
    day, lag = dt.timedelta(days=1), window.lag(definition.window)
    judged = [_last_day(shop, fact) for fact in _facts_of(definition) if fact in shop.facts.judged]
    oldest = first_day(shop, definition)
    if oldest is None or not judged:
        return set()
    first, last = max(first, oldest), min(last, shop.day - lag * day, *judged)
    gaps = _gaps(shop, definition)
    days = (first + number * day for number in range((last - first).days + 1))
    return {each for each in days if not any(begins <= each <= ends for begins, ends in gaps)}


def _gaps(shop: Shop, definition: Definition) -> list[Days]:
    """The days of which rows must be missing in one of the tables a metric counts."""
    tables = dict.fromkeys(FACTS[fact].table for fact in _facts_of(definition))
    return [days for table in tables for days in shop.tables.gaps.get(table, ())]


def _facts_of(definition: Definition) -> list[str]:
    return [side.fact for side in definition.sides.values()]


def first_day(shop: Shop, definition: Definition, *, seen: bool = False) -> dt.date | None:
    """The day of the oldest row of the tables a metric counts, and from which on they tell a row's day.

    Args:
        shop: the shop.
        definition: the metric.
        seen: only days with rows of their own count. Else a rare table is taken to be there since the orders are:
            before the first dispute come quiet days, not missing ones. A snapshot is of the audit's own day.
    """
    days = [_first_of(shop, side, seen=seen) for side in definition.sides.values()]
    return max((day for day in days if day is not None), default=None)


def counted_days(shop: Shop, definition: Definition, days: Sequence[tuple[dt.date, Sums]]) -> Days:
    """The days a metric is counted over: its window; of two facts those that the data speaks of on both sides.

    Events of a month over the orders of two weeks would be twice what they are, and the other way round half. Days
    without events may be quiet or missing: they are missing where, as often as events come on the others, so long a
    silence would seldom be chance. What counts once a window keeps all of it.

    Args:
        shop: the shop.
        definition: the metric.
        days: every day of the window with its sums, in order.
    """
    first, last = whole = window.bounds(definition.window, shop.day)
    sides = [(definition.sides.get(name), counts) for name, counts in (("n", "hits"), ("d", "rows"))]
    if not definition.days_add_up:
        return whole
    for side, counts in sides:
        if side is not None:
            events = [(day, getattr(sums, counts)) for day, sums in days]
            begins, ends = _heard(events, *_span(shop, side))
            first, last = max(first, begins or first), min(last, ends or last)
    return (first, last) if first <= last else whole


def _heard(
    events: Sequence[tuple[dt.date, int]], starts: dt.date | None, stops: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """Where events begin and end, each only if the silence beyond is none by chance."""
    inside = [count for day, count in events if (starts is None or day >= starts) and (stops is None or day <= stops)]
    often = max(sum(inside) - 1, 0) / max(len(inside), 1)
    before = sum(day < starts for day, _ in events) if starts is not None else 0
    after = sum(day > stops for day, _ in events) if stops is not None else 0
    loud = stops is not None and any(count for day, count in events if day > stops)
    return (
        starts if often * before >= SILENCE else None,
        stops if often * after >= SILENCE and not loud else None,
    )


def _span(shop: Shop, side: SideRules) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of which one side's tables speak, where they say so by their rows."""
    rare = TABLES[FACTS[side.fact].table].rare
    ends = None if rare or side.fact not in shop.facts.judged else _last_day(shop, side.fact)
    return None if rare else _first_of(shop, side, seen=True), ends


def _first_of(shop: Shop, side: SideRules, *, seen: bool) -> dt.date | None:
    """The first day that rows of one side can stand on, as far as is known."""
    table = TABLES[FACTS[side.fact].table]
    if table.snapshot and table.name in shop.tables.tables:
        return shop.day
    days = oldest_day(shop, TABLES["orders"] if table.rare and not seen else table), _first_dated(shop, side)
    return max((day for day in days if day is not None), default=None)


def _first_dated(shop: Shop, side: SideRules) -> dt.date | None:
    """The first day a row can stand on where only another table tells its day; None where the rows' own table does.

    Parcels are signed for from the day on of which there are scans, however far back the orders go.
    """
    fact = FACTS[side.fact]
    column = fact.by_name.get(side.at)
    named = [] if column is None else [source.split(".") for source in column.sources]
    firsts = {
        table: frame.get_column(name).min()
        for table, name in named
        if (frame := shop.tables.tables.get(table)) is not None and name in frame.columns
    }
    dated = {table: first.date() for table, first in firsts.items() if isinstance(first, dt.datetime)}
    return None if fact.table in dated else min(dated.values(), default=None)


def oldest_day(shop: Shop, table: Table) -> dt.date | None:
    """The day of a table's oldest row; None where it has none, or no time of its own."""
    frame = shop.tables.tables.get(table.name)
    if frame is None or table.born is None or table.born not in frame.columns:
        return None
    oldest = frame.get_column(table.born).min()
    return oldest.date() if isinstance(oldest, dt.datetime) else None
