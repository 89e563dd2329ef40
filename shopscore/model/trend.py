"""What stands out in a metric's days: days outside what is usual, changes of level, what a measure did."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from shopscore.model.sentences import Words

EffectVerdict = Literal["better", "worse", "no_difference", "too_little_data"]
EffectLack = Literal["once_a_window", "not_counted", "no_day_yet"]
EffectAnswer = Literal["worked", "harmed", "came_back", "moved_before", "no_difference", "too_little_data"]
Direction = Literal["above", "below"]
ComparedWith = Literal["usual", "same", "other", "none"]
"""What a day is held against: usual days; earlier days of the same event; other promotions; nothing."""


class SpecialDay(Struct, frozen=True):
    """What makes a day no usual one.

    Attributes:
        id: the same for every edition of a promotion or holiday.
        title: how people call it.
        promotion: whether it is a promotion; else it is a holiday.
    """

    id: str
    title: Words
    promotion: bool


class ControlDay(Struct, frozen=True):
    """A day of a metric and what it should have shown, in the metric's unit.

    Attributes:
        value: what it showed; None without rows.
        low: the least that chance would have left it at; None where it is compared with nothing.
        high: the most.
        signal: on which side of these it lies.
        compared_with: what it was compared with.
        special: the promotion or holiday it belongs to.
    """

    day: dt.date
    value: float | None
    numerator: float
    denominator: float
    low: float | None
    high: float | None
    signal: Direction | None
    compared_with: ComparedWith
    special: SpecialDay | None = None


class Shift(Struct, frozen=True):
    """The last change of level: the day since when the new one holds.

    Attributes:
        before: the value at the level before it.
        after: the value since.
        interval: where the difference (after less before) lies with 95 % confidence.
    """

    day: dt.date
    before: float
    after: float
    interval: tuple[float, float]


class Control(Struct, frozen=True):
    """A metric's control chart.

    Attributes:
        centre: the usual level the newest days are held against.
        days: the window's last days.
        weekday_pattern: 1 (Monday) to 7 → the level on that weekday; empty where weekdays are alike.
        shift: the last change of level among these days.
        baseline_days: usual days that level was taken from: those since the last change of level.
        unlike: promotions that lie in the metric's window (of 30 days at most) and not in the one before, or the other
            way round: between such windows "worse than before" is no like with like.
    """

    centre: float
    days: tuple[ControlDay, ...]
    weekday_pattern: tuple[tuple[int, float], ...]
    shift: Shift | None
    baseline_days: int
    unlike: tuple[SpecialDay, ...] = ()

    @property
    def signals(self) -> tuple[ControlDay, ...]:
        """The days outside their limits."""
        return tuple(day for day in self.days if day.signal is not None)


class Period(Struct, frozen=True):
    """A metric over the days on one side of a measure."""

    first: dt.date
    last: dt.date
    value: float | None
    interval: tuple[float, float] | None
    rows: int


class Moved(Struct, frozen=True):
    """A level that had changed before the measure was taken.

    Attributes:
        day: since when the level before the measure held.
        value: the value at the level before that.
    """

    day: dt.date
    value: float


class Effect(Struct, frozen=True):
    """A metric before and after something the seller did; ``difference`` is after less before.

    Attributes:
        date: the day of it, which is on neither side.
        what: what was done, as the seller wrote it.
        metric: the metric's full id.
        days: how many days the side after has; the side before has as many of each weekday, or a multiple.
        interval: where the difference lies with 95 % confidence.
        verdict: what the two sides alone say.
        answer: whether it worked: the verdict, but ``came_back`` where the metric had moved shortly before and this
            may be no more than its way back, ``moved_before`` where the week before was as the days after it are.
        moved: the change of level before it, if there was one in the days compared.
        visible: the difference that would have shown in four cases of five; None where none is known.
        needed: days after the measure in which half of what was bad would show in four cases of five; None where not
            even a whole window would do.
        until: the day of the next measure for the same metric, from which on days are no longer this one's.
        lacking: why there is nothing to compare, where it is not that days are few: the metric counts once a window,
            the files give no days of it, or no day since is over and settled.
    """

    date: dt.date
    what: str
    metric: str
    days: int
    before: Period | None
    after: Period | None
    difference: float | None
    interval: tuple[float, float] | None
    verdict: EffectVerdict
    answer: EffectAnswer = "too_little_data"
    moved: Moved | None = None
    visible: float | None = None
    needed: int | None = None
    until: dt.date | None = None
    lacking: EffectLack | None = None
