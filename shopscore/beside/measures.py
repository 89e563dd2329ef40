"""The measures of ``shop.yaml`` → what each did to the metric it was to move."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import window
from shopscore.covered import usable_days
from shopscore.diagnosis.effects import HISTORY, effect, nothing
from shopscore.ledger import cells
from shopscore.ruleset.special_days import special_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.ledger.parts import Ledger
    from shopscore.model import Effect, Sums
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition

_DAY = dt.timedelta(days=1)


def effects(shop: Shop, ledger: Ledger) -> Iterator[Effect]:
    """Every measure whose metric the pack knows, oldest first."""
    by_short = {each.metric.id: each for each in shop.definitions}
    for measure in sorted(shop.file.measures, key=lambda each: (each.date, each.metric, each.what)):
        definition = by_short.get(measure.metric)
        if definition is None:
            continue
        yield around(shop, ledger, definition, measure.date, measure.what)


def around(shop: Shop, ledger: Ledger, definition: Definition, date: dt.date, what: str) -> Effect:
    """What something done on a day did to a metric, counted or not."""
    if definition.id not in ledger.sides or (shop.rewound and definition.frozen):
        return nothing(date, what, definition.id, "not_counted")
    if not definition.days_add_up:
        return nothing(date, what, definition.id, "once_a_window")
    later = (each.date for each in shop.file.measures if each.metric == definition.metric.id and each.date > date)
    return effect_of(shop, ledger, definition, date, what, min(later, default=None))


def effect_of(  # noqa: PLR0913, PLR0917 - each is a fact of its own
    shop: Shop, ledger: Ledger, definition: Definition, date: dt.date, what: str, until: dt.date | None = None
) -> Effect:
    """What something done on a day did to a metric that was counted day by day.

    Args:
        shop: the shop.
        ledger: its counts.
        definition: the metric.
        date: the day.
        what: what was done.
        until: the day of the next thing done for the metric: what follows may be its doing.
    """
    first, last = window.bounds(definition.window, shop.day)
    length = (last - first).days + 1
    history = max(length, HISTORY)
    before = _days(ledger, definition, (date - history * _DAY, date - _DAY))
    end = date + length * _DAY
    after = _days(ledger, definition, (date + _DAY, end if until is None else min(end, until - _DAY)))
    settled = {day for days in (before, after) for day, sums in days.items() if not sums.pending}
    special = special_days(shop.loaded.pack.platform, shop.file)
    covered = usable_days(shop, definition, date - history * _DAY, end)
    usable = {day for day in covered & settled if day not in special}
    found = effect(date, what, definition, before, after, usable, length)
    return found if until is None or until > min(end, shop.day) else replace(found, until=until)


def _days(ledger: Ledger, definition: Definition, span: tuple[dt.date, dt.date]) -> Mapping[dt.date, Sums]:
    return dict(cells.by_day_sums(ledger, {definition.id: span})[definition.id])
