"""The measures of ``shop.yaml`` → what each did to the metric it was to move."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

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
    told = definition.id in ledger.sides and not (shop.rewound and definition.frozen)
    if told and definition.days_add_up:
        return effect_of(shop, ledger, definition, date, what)
    return nothing(date, what, definition.id)


def effect_of(shop: Shop, ledger: Ledger, definition: Definition, date: dt.date, what: str) -> Effect:
    """What something done on a day did to a metric that was counted day by day.

    Args:
        shop: the shop.
        ledger: its counts.
        definition: the metric.
        date: the day.
        what: what was done.
    """
    first, last = window.bounds(definition.window, shop.day)
    length = (last - first).days + 1
    history = max(length, HISTORY)
    before = _days(ledger, definition, (date - history * _DAY, date - _DAY))
    after = _days(ledger, definition, (date + _DAY, date + length * _DAY))
    settled = {day for days in (before, after) for day, sums in days.items() if not sums.pending}
    special = special_days(shop.loaded.pack.platform, shop.file)
    covered = usable_days(shop, definition, date - history * _DAY, date + length * _DAY)
    return effect(
        date, what, definition, before, after, {day for day in covered & settled if day not in special}, length
    )


def _days(ledger: Ledger, definition: Definition, span: tuple[dt.date, dt.date]) -> Mapping[dt.date, Sums]:
    return dict(cells.by_day_sums(ledger, {definition.id: span})[definition.id])
