"""What says again what another thing says: a weekday that is one day."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.model import Driver

DAY = "day"
WEEKDAY = "weekday"
_HALF = 0.5
_TWO_WEEKS = 14


def tell_weekdays(days: int) -> bool:
    """Whether so many days in a row hold each weekday twice: of one day its weekday is only another name."""
    return days >= _TWO_WEEKS


def without_echoes(drivers: Sequence[Driver]) -> tuple[Driver, ...]:
    """Leave out weekdays of which single named days explain at least half.

    Args:
        drivers: largest excess first; days are dates in ISO form, weekdays 1 Monday to 7 Sunday.
    """
    return tuple(each for each in drivers if each.dimension != WEEKDAY or not _is_few_days(each, drivers))


def _is_few_days(weekday: Driver, drivers: Sequence[Driver]) -> bool:
    days = [each for each in drivers if each.dimension == DAY and _weekday(each.segment) == weekday.segment]
    return math.fsum(each.excess for each in days) >= _HALF * weekday.excess


def _weekday(day: str) -> str:
    return str(dt.date.fromisoformat(day).isoweekday())
