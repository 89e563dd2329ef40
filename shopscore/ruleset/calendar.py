"""``rules/calendar.yaml`` → holidays and promotions by name, and the days on which shops stand still."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.metric import Slug
from shopscore.ruleset.shape import problem_at, required
from shopscore.ruleset.strict import Strict, Text
from shopscore.ruleset.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from shopscore.errors import Problem
    from shopscore.ruleset.yamlfile import Document, Keys

_DAY = dt.timedelta(days=1)
FILE = "calendar.yaml"


class Holiday(Strict):
    """One holiday of one year.

    Attributes:
        id: its name, the same in every year.
        title: how people call it.
        first: the first day off.
        last: the last day off, in.
        around: days before and after on which workshops are closed too.
    """

    id: Slug
    title: Text
    first: dt.date
    last: dt.date
    around: int

    def days(self, around: int = 0) -> list[dt.date]:
        """The days off, with so many before and after."""
        return days_of(self.first - around * _DAY, self.last + around * _DAY)


class Dates(Strict):
    """One edition of a promotion: its first and its last day, both in."""

    first: dt.date
    last: dt.date


class Promotion(Strict):
    """A promotion that comes again every year.

    Attributes:
        id: its name.
        title: how people call it.
        platforms: whose it is; left out: every platform's.
        source: where its dates were read.
        confidence: how sure they are.
        dates: every edition known.
    """

    id: Slug
    title: Text
    platforms: list[Slug] | None = None
    source: str
    confidence: Literal["high", "medium", "low"]
    dates: list[Dates]


class Calendar(Strict):
    """Everything ``calendar.yaml`` says."""

    holidays: list[Holiday]
    promotions: list[Promotion] = []


@cache
def calendar(path: Path | None = None) -> Calendar:
    """The calendar.

    Raises:
        RuleError: with every mistake of the file and its place.
    """
    return required(Calendar, read_yaml(path or default_rules_dir() / FILE), _checked)


def _checked(found: Calendar, document: Document) -> Iterator[Problem]:
    """Dates that run backwards, promotions of one name, editions that overlap."""
    places: list[tuple[Keys, Holiday | Dates]] = [(("holidays", at), each) for at, each in enumerate(found.holidays)]
    for number, promotion in enumerate(found.promotions):
        editions: list[tuple[Keys, Dates]] = [
            (("promotions", number, "dates", at), each) for at, each in enumerate(promotion.dates)
        ]
        places += editions
        ordered = sorted(editions, key=lambda edition: (edition[1].first, edition[1].last))
        for (_, here), (keys, there) in pairwise(ordered):
            if there.first <= here.last:
                yield problem_at(document, keys, f"{there.first} stands in another edition too", "give each day once")
    for keys, dates in places:
        if dates.last < dates.first:
            yield problem_at(document, keys, f"it ends before it begins: {dates.last}", "first and last, both in")
    seen: set[str] = set()
    for number, promotion in enumerate(found.promotions):
        if promotion.id in seen:
            hint = "put all its dates together"
            yield problem_at(document, ("promotions", number), f"{promotion.id!r} stands here twice", hint)
        seen.add(promotion.id)


def days_of(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day between two, both in."""
    return [first + number * _DAY for number in range((last - first).days + 1)]


def holidays() -> tuple[Holiday, ...]:
    """Every holiday of every year the calendar knows."""
    return tuple(calendar().holidays)


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
