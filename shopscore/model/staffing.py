"""Replies missed by hour of the week, and what one more agent in the worst hours would change."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from msgspec import Struct

HOURS = 24
WEEK = 7
Grid = tuple[tuple[int, ...], ...]
"""Seven rows of 24 whole numbers, Monday first."""
Shares = tuple[tuple[float | None, ...], ...]
"""The same with shares; None where there is nothing to take a share of."""
Reason = Literal["few_days", "few_misses", "flat", "not_steady"]
"""Why no hours are named: too little to tell; missed alike at all hours; missed then only in some weeks."""
NoEffect = Literal["no_agents", "not_waiting"]
"""Why no effect is given: the files name no agents; what was missed there waited for nobody."""


Slot = tuple["dt.date", int]
"""A day and an hour of it."""


class Hour(NamedTuple):
    """One hour of one day.

    Attributes:
        rows: the metric's replies due, by the question that decides them.
        misses: those of them that were missed.
        questions: all questions asked, counted by the metric or not.
        agents: how many agents answered.
        peak: the most buyers who waited for an answer at once.
    """

    rows: int
    misses: int
    questions: int = 0
    agents: int = 0
    peak: int = 0


class Asked(NamedTuple):
    """One question of the shop.

    Attributes:
        at: when it was asked, in seconds; a day begins at its ordinal times 86,400.
        answered: when a person answered it; None if nobody did.
        agent: who did; None where the files do not say.
        row: the metric's missed row this question is a reason of; None if it is none.
    """

    at: int
    answered: int | None
    agent: int | None
    row: int | None


class DutyHours(Struct, frozen=True):
    """Hours on days that follow each other, the same on each.

    Attributes:
        first_day: 1 Monday to 7 Sunday.
        days: how many days, 1 to 7; Sunday is followed by Monday.
        first_hour: 0 to 23.
        hours: how many; those beyond midnight belong to the next day.
    """

    first_day: int
    days: int
    first_hour: int
    hours: int

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays on which it begins."""
        return tuple((self.first_day - 1 + at) % WEEK + 1 for at in range(self.days))

    @property
    def last_day(self) -> int:
        """The weekday on which its last night begins."""
        return (self.first_day + self.days - 2) % WEEK + 1

    @property
    def ends(self) -> int:
        """The hour at whose beginning it is over, 1 to 24."""
        return (self.first_hour + self.hours - 1) % HOURS + 1

    def begins(self, weekday: int, hour: int) -> int | None:
        """How many days before this hour's day the shift that holds it began: 0 or 1; None where none holds it."""
        for back in (0, 1):
            day = (weekday - back - self.first_day) % WEEK
            if day < self.days and self.first_hour <= hour + HOURS * back < self.first_hour + self.hours:
                return back
        return None


class StaffingWindow(Struct, frozen=True):
    """Hours in which replies are missed more than elsewhere, and what one more agent there would change.

    Attributes:
        shift: the hours.
        rows: replies due in them over the metric's window.
        misses: those of them that were missed.
        share: their part of all misses.
        removed: the part of all misses that one more agent there would remove; None where it cannot be told.
        interval: where that part lies with 95 % confidence.
        agents_now: agents who answer in these hours, the mean of the hours with a question.
        peak: the most buyers who waited for an answer at the same time.
        reason_not: why there is no effect.
    """

    shift: DutyHours
    rows: int
    misses: int
    share: float
    removed: float | None = None
    interval: tuple[float, float] | None = None
    agents_now: float | None = None
    peak: int = 0
    reason_not: NoEffect | None = None


class QuietHours(Struct, frozen=True):
    """Hours that could spare an agent: nothing to speak of is missed, and the others can take the questions.

    Attributes:
        shift: the hours.
        rows: replies due in them.
        misses: those missed.
        questions: all questions asked in them.
        agents_now: agents who answer in them, the mean of the hours with a question.
    """

    shift: DutyHours
    rows: int
    misses: int
    questions: int
    agents_now: float


class Peak(Struct, frozen=True):
    """The moment at which most buyers waited for an answer at once.

    Attributes:
        day, hour: when.
        waiting: how many.
        agents: how many agents answered in that hour.
    """

    day: dt.date
    hour: int
    waiting: int
    agents: int


class Staffing(Struct, frozen=True):
    """A reply metric by hour of the week.

    Attributes:
        metric: its full id.
        rows: replies due, by weekday and hour of the question that decides them.
        misses: those missed; the two add up to the metric's counts.
        questions: all questions asked, counted by the metric or not.
        agents: agents who answered, the mean of the days with a question in that hour.
        peaks: the most buyers waiting at once.
        rates: the share missed, drawn toward that of the hour and of the shop where rows are few.
        windows: the hours to staff, the worst first.
        peak: when most buyers waited at once.
        moved_from: hours that could spare an agent.
        reason_not: why no hours are named.
        left_out: days on which far more was missed than on others; they say nothing of a usual week.
    """

    metric: str
    rows: Grid
    misses: Grid
    questions: Grid
    agents: Shares
    peaks: Grid
    rates: Shares
    windows: tuple[StaffingWindow, ...] = ()
    peak: Peak | None = None
    moved_from: QuietHours | None = None
    reason_not: Reason | None = None
    left_out: tuple[dt.date, ...] = ()
