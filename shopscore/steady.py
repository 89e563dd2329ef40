"""One shop's ledger → of each share the days that run at the level of its window, back beyond its beginning."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopscore.covered import first_day, usable_days
from shopscore.diagnosis.chart import SPAN
from shopscore.diagnosis.same_level import same_level
from shopscore.ledger import cells
from shopscore.measure import NO_SUMS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from shopscore.covered import Days
    from shopscore.ledger.parts import Ledger
    from shopscore.model import Sums
    from shopscore.prepare import Shop

_DAY = dt.timedelta(days=1)


def steady_days(
    shop: Shop, ledger: Ledger, windows: Mapping[str, Days], special: Collection[dt.date]
) -> dict[str, list[Sums]]:
    """The days an interval is told from where the window is not all that is known: twelve weeks as a rule.

    A window with special days in it stands alone: what they do to its scatter is not known from other days. Before it
    they have no rows, and neither have days that the files do not cover or on which something is still pending.
    """
    asked = {
        each.id: each
        for each in shop.definitions
        if each.id in windows and each.metric.kind == "ratio" and each.days_add_up and each.in_force
        if not any(windows[each.id][0] <= day <= windows[each.id][1] for day in special)
    }
    spans: dict[str, Days] = {}
    for name, definition in asked.items():
        (first, last), oldest = windows[name], first_day(shop, definition, seen=True)
        begins = last - (SPAN - 1) * _DAY
        if oldest is not None and max(begins, oldest) < first:
            spans[name] = max(begins, oldest), last
    found = {}
    for name, days in cells.by_day_sums(ledger, spans).items():
        first = windows[name][0]
        usable = usable_days(shop, asked[name], *spans[name]) - set(special)
        told = [(day, each if day >= first or (day in usable and not each.pending) else NO_SUMS) for day, each in days]
        found[name] = same_level(asked[name], told, first)
    return found
