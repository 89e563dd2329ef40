"""The advice that ``shop.yaml`` says was applied → what became of it, and the advice that fits with that beside it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import window
from shopscore.applied import worked
from shopscore.beside.measures import around
from shopscore.ledger import cells
from shopscore.outlook import LEVELS, present_pace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.ledger.parts import Ledger
    from shopscore.model import AdviceResult, Effect, Worked
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition

_DAY = dt.timedelta(days=1)


def followed(shop: Shop, ledger: Ledger) -> tuple[Worked, ...]:
    """What became of every piece of advice that was applied, oldest first."""
    by_short = {each.metric.id: each for each in shop.definitions}

    def effect(on: dt.date, advice: str, metric: str) -> tuple[Effect, bool] | None:
        definition = by_short.get(metric)
        if definition is None:
            return None
        return around(shop, ledger, definition, on, advice), _steady(shop, ledger, definition, on)

    return tuple(worked(shop.loaded.pack, shop.file.applied, shop.day, effect))


def _steady(shop: Shop, ledger: Ledger, definition: Definition, on: dt.date) -> bool:
    """Whether the days before a day were of one level: what had only begun may end by itself."""
    if definition.id not in ledger.sides or definition.metric.kind not in LEVELS or not definition.days_add_up:
        return True
    first, last = window.bounds(definition.window, shop.day)
    before = (on - (last - first) - _DAY, on - _DAY)
    days = cells.by_day_sums(ledger, {definition.id: before})[definition.id]
    return present_pace(definition, days).since == before[0]


def beside(advice: Iterable[AdviceResult], known: Iterable[Worked]) -> tuple[AdviceResult, ...]:
    """Advice that still fits, with what became of it the last time it was applied."""
    last = {each.advice: each for each in known}
    return tuple(replace(each, worked=last.get(each.id)) for each in advice)
