"""The calendar and a shop's own promotions → the days that are no usual ones, by what they belong to."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from shopscore.model import SpecialDay, Words
from shopscore.ruleset.calendar import calendar, days_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from shopscore.ruleset.shopfile import ShopFile


def special_days(platform: str, shop: ShopFile) -> Mapping[dt.date, SpecialDay]:
    """Day → what it belongs to; where several hold, the shop's own promotion, then the platform's, then a holiday.

    Holidays hold for every platform, with the days around them on which workshops are closed. Promotions of the same
    title are the same promotion.

    Args:
        platform: whose promotions.
        shop: its own promotions.
    """
    own = {
        day: SpecialDay(f"own:{each.title}", Words(each.title, each.title), promotion=True)
        for each in shop.promotions
        for day in days_of(each.first, each.last)
    }
    return {**_of_calendar(platform), **own}


@lru_cache
def _of_calendar(platform: str) -> Mapping[dt.date, SpecialDay]:
    found: dict[dt.date, SpecialDay] = {}
    for holiday in calendar().holidays:
        special = SpecialDay(holiday.id, holiday.title.words, promotion=False)
        found |= {day: found.get(day, special) for day in holiday.days(holiday.around)}
    for promotion in calendar().promotions:
        if promotion.platforms is None or platform in promotion.platforms:
            special = SpecialDay(promotion.id, promotion.title.words, promotion=True)
            found |= {day: special for each in promotion.dates for day in days_of(each.first, each.last)}
    return found
