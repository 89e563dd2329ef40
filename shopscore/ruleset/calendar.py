"""``rules/calendar.yaml`` → the holidays by name, and the days on which shops stand still."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import yaml

from shopscore.ruleset.home import default_rules_dir

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of one year.

    Attributes:
        id: its name, the same in every year.
        first: the first day off.
        last: the last day off, in.
        around: days before and after on which workshops are closed too.
    """

    id: str
    first: dt.date
    last: dt.date
    around: int

    def days(self, around: int = 0) -> list[dt.date]:
        """The days off, with so many before and after."""
        length = (self.last - self.first).days + 1
        return [self.first + number * _DAY for number in range(-around, length + around)]


@cache
def holidays() -> tuple[Holiday, ...]:
    """Every holiday of every year the calendar knows."""
    data = yaml.safe_load((default_rules_dir() / "calendar.yaml").read_text(encoding="utf-8"))
    return tuple(Holiday(each["id"], each["first"], each["last"], each["around"]) for each in data["holidays"])


def days_off(names: Iterable[str]) -> frozenset[dt.date]:
    """The days off of the holidays of these names."""
    wanted = frozenset(names)
    return frozenset(day for each in holidays() if each.id in wanted for day in each.days())


def known_years(names: Iterable[str]) -> tuple[int, int]:
    """The first and the last year of which the calendar knows every one of these holidays."""
    years = [{each.first.year for each in holidays() if each.id == name} for name in names]
    return max(min(each) for each in years), min(max(each) for each in years)


@cache
def closed_days() -> frozenset[dt.date]:
    """Every day on which silence says nothing."""
    return frozenset(day for each in holidays() for day in each.days(each.around))
