"""A pack's ``facts.stopped`` and a shop's closed days → the days on which an order's clock stands still."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.ruleset.calendar import days_off, known_years
from shopscore.ruleset.language import parse, to_sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.ruleset.pack import Pack
    from shopscore.ruleset.shopfile import ShopFile
    from shopscore.schema import Column


class Stopped(Struct, frozen=True):
    """The days on which the clock of some orders does not run.

    Attributes:
        when: the orders, in SQL.
        weekdays: 1 (Monday) to 7.
        dates: further days, none of these weekdays.
        known: the first and the last day of which all of this is known; None: of every day.
    """

    when: str
    weekdays: frozenset[int]
    dates: tuple[dt.date, ...]
    known: tuple[dt.date, dt.date] | None = None


def stopped_clocks(
    pack: Pack, shop: ShopFile, columns: Mapping[str, Column], parameters: Mapping[str, float]
) -> tuple[Stopped, ...]:
    """The stopped clocks of a shop, in the pack's order; the first that meets an order holds for it.

    Args:
        pack: the platform's rules.
        shop: the shop's own closed days.
        columns: what a condition may name.
        parameters: numbers it may name.

    Raises:
        LanguageError: a condition does not hold with the shop's parameters.
    """
    found = []
    for each in pack.facts.stopped:
        dates = days_off(each.holidays) | frozenset(shop.closed_days if each.local else ())
        years = known_years(each.holidays) if each.holidays else None
        found.append(
            Stopped(
                to_sql(parse(each.when, columns, parameters, wanted="flag")),
                frozenset(each.weekdays),
                tuple(sorted(day for day in dates if day.isoweekday() not in each.weekdays)),
                None if years is None else (dt.date(years[0], 1, 1), dt.date(years[1], 12, 31)),
            )
        )
    return tuple(found)
