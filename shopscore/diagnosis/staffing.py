"""A reply metric hour by hour → the hours to staff, what one more agent there changes, and who could be spared."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.diagnosis.replay import habits, saved, steps
from shopscore.diagnosis.shifts import best_shift, chance_of, holds, ordinary, split, tables, worth_naming
from shopscore.diagnosis.spare import spare
from shopscore.intervals import student
from shopscore.model.staffing import HOURS, WEEK, Peak, Staffing, StaffingWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from shopscore.diagnosis.replay import Habits, Step
    from shopscore.model.staffing import Asked, DutyHours, Grid, Hour, NoEffect, Reason, Shares, Slot

FEWEST_DAYS = 14
"""Two weeks on either side of every comparison are the least that tells a habit from a bad day."""
FEWEST_MISSES = 20
MOST_SHIFTS = 3
ABOUT = 3600
"""Seconds before and after a shift in which it still has an effect."""
DRAWN = 10
"""Rows of the hour, and of the shop, that stand beside those of one cell when its rate is shrunk."""
OWN_ERROR = 0.1
"""By what part of itself the replayed effect is off, root mean square, in shops whose truth is known."""
_DAY = 86_400
_NOTICEABLE = 0.01


def staffing(metric: str, slots: Mapping[Slot, Hour], questions: Callable[[], Sequence[Asked]], limit: int) -> Staffing:
    """What the hours of a reply metric say about who should be there.

    Args:
        metric: the metric's full id.
        slots: every hour of every day of its window in which something was due or asked.
        questions: gives all questions of these days; asked for only where hours are named.
        limit: the longest wait that still hits, in seconds.
    """
    usual_days = ordinary(slots)
    shifts, reason = _named(usual_days)
    windows: tuple[StaffingWindow, ...] = ()
    if shifts:
        windows = tuple(_windows(slots, usual_days, shifts, steps(questions()), limit))
    rows, misses = tables(slots)
    by_cell = _by_cell(slots)
    return Staffing(
        metric=metric,
        rows=_grid(rows),
        misses=_grid(misses),
        questions=_grid(_summed(slots, lambda hour: hour.questions)),
        agents=_agents(by_cell),
        peaks=_grid(
            [[max((each.peak for each in by_cell[day, hour]), default=0) for hour in _DAY_HOURS] for day in _WEEK]
        ),
        rates=_rates(rows, misses),
        windows=windows,
        peak=_peak(slots),
        moved_from=spare(slots, windows[0].shift) if windows else None,
        reason_not=reason,
        left_out=tuple(sorted({day for day, _ in slots} - {day for day, _ in usual_days})),
    )


_WEEK, _DAY_HOURS = range(1, WEEK + 1), range(HOURS)


def _named(slots: Mapping[Slot, Hour]) -> tuple[list[DutyHours], Reason | None]:
    """The shifts believed, the worst first, or why there are none."""
    if len({day for (day, _), hour in slots.items() if hour.rows}) < FEWEST_DAYS:
        return [], "few_days"
    if sum(hour.misses for hour in slots.values()) < FEWEST_MISSES:
        return [], "few_misses"
    found: list[DutyHours] = []
    while len(found) < MOST_SHIFTS:
        shift = best_shift(slots, found)
        if shift is None or not worth_naming(slots, shift, found):
            break
        if not holds(slots, found):
            return found, None if found else _unsteady(slots, shift)
        found.append(shift)
    return found, None if found else "flat"


def _unsteady(slots: Mapping[Slot, Hour], shift: DutyHours) -> Reason:
    # The best of all shifts always looks bad; far worse than that, and yet not every week, is worth a word.
    return "not_steady" if chance_of(slots, shift) < _NOTICEABLE / _LOOKED_AT else "flat"


_LOOKED_AT = 1000
"""Shifts that differ enough to count as looked at apart."""


# ── one more agent ───────────────────────────────────────────────────────────────────────────────────────────────


def _windows(
    slots: Mapping[Slot, Hour],
    usual_days: Mapping[Slot, Hour],
    shifts: Sequence[DutyHours],
    done: Sequence[Step],
    limit: int,
) -> Iterator[StaffingWindow]:
    quiet = [step for step in done if not any(_holds(shift, step) for shift in shifts)]
    known, whole = habits(quiet), sum(hour.misses for hour in slots.values())
    named = any(step.question.agent is not None for step in done)
    for shift in shifts:
        inside = [hour for (day, at), hour in slots.items() if shift.begins(day.isoweekday(), at) is not None]
        rows, misses = sum(hour.rows for hour in inside), sum(hour.misses for hour in inside)
        agents = [hour.agents for hour in inside if hour.questions]
        effect = _effect(usual_days, shift, done, known, limit) if named and known else None
        reason: NoEffect | None = None if effect else "not_waiting" if named else "no_agents"
        yield StaffingWindow(
            shift=shift,
            rows=rows,
            misses=misses,
            share=misses / whole,
            removed=effect.removed if effect else None,
            interval=effect.interval if effect else None,
            agents_now=sum(agents) / len(agents) if named and agents else None,
            peak=max(hour.peak for hour in inside),
            reason_not=reason,
        )


def _holds(shift: DutyHours, step: Step) -> bool:
    day, second = divmod(step.question.at, _DAY)
    return shift.begins((day - 1) % WEEK + 1, second // ABOUT) is not None


class Effect(Struct, frozen=True):
    """The part of all misses that would not have been, and where it lies with 95 % confidence."""

    removed: float
    interval: tuple[float, float]


def _effect(
    slots: Mapping[Slot, Hour], shift: DutyHours, done: Sequence[Step], known: Habits, limit: int
) -> Effect | None:
    """What one more agent in a shift would have removed of the misses of ordinary days; None where nothing."""
    inside, outside = split(slots, shift)
    near = [step for step in done if _holds(shift, step)]
    lying = sum(step.lay for step in near) / len(near) if near else 0.0
    by_day = _by_day(done, shift, inside)
    days = []
    for day in sorted(inside.keys() | outside.keys()):
        missed = sum(side[day].misses for side in (inside, outside) if day in side)
        gone = 0
        if day in by_day:
            begins = day * _DAY + shift.first_hour * ABOUT
            gone = len(saved(by_day[day], (begins, begins + shift.hours * ABOUT), known, limit, lying))
        days.append((day in inside, gone, missed))
    return _ratio(days) if any(gone for _, gone, _ in days) else None


def _by_day(done: Sequence[Step], shift: DutyHours, days: Iterable[int]) -> dict[int, list[Step]]:
    """The questions about a shift, by the day it begins on, in the order asked."""
    wanted, found = set(days), defaultdict(list)
    first, last = (shift.first_hour - 1) * ABOUT, (shift.first_hour + shift.hours + 1) * ABOUT
    for step in done:
        day, second = divmod(step.question.at, _DAY)
        for begun, at in ((day, second), (day - 1, second + _DAY), (day + 1, second - _DAY)):
            if begun in wanted and first <= at < last:
                found[begun].append(step)
    return found


def _ratio(days: Sequence[tuple[bool, int, int]]) -> Effect:
    """Σ gone / Σ missed, with the interval of a ratio estimated from days in two strata: the shift's, and others.

    Cochran, Sampling Techniques, 1977, §6.11: the variance is that of gone - ratio · missed within each stratum. The
    replay's own error comes on top.
    """
    gone, missed = sum(day[1] for day in days), sum(day[2] for day in days)
    ratio, variance = gone / missed, 0.0
    for stratum in (True, False):
        left = [day[1] - ratio * day[2] for day in days if day[0] is stratum]
        if len(left) > 1:
            mean = math.fsum(left) / len(left)
            variance += len(left) / (len(left) - 1) * math.fsum((each - mean) ** 2 for each in left)
    freedom = max(sum(day[0] for day in days) - 1, 1)
    reach = student(freedom) * math.hypot(math.sqrt(variance) / missed, OWN_ERROR * ratio)
    return Effect(ratio, (max(ratio - reach, 0.0), min(ratio + reach, 1.0)))


# ── the grid ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _by_cell(slots: Mapping[Slot, Hour]) -> dict[tuple[int, int], list[Hour]]:
    found: dict[tuple[int, int], list[Hour]] = defaultdict(list)
    for (day, hour), each in slots.items():
        found[day.isoweekday(), hour].append(each)
    return found


def _summed(slots: Mapping[Slot, Hour], of: Callable[[Hour], int]) -> list[list[int]]:
    found = [[0] * HOURS for _ in _WEEK]
    for (day, hour), each in slots.items():
        found[day.weekday()][hour] += of(each)
    return found


def _grid(table: Iterable[Iterable[int]]) -> Grid:
    return tuple(tuple(row) for row in table)


def _agents(by_cell: Mapping[tuple[int, int], Sequence[Hour]]) -> Shares:
    def mean(some: Sequence[Hour]) -> float | None:
        return sum(each.agents for each in some) / len(some) if some else None

    return tuple(tuple(mean(by_cell.get((day, hour), ())) for hour in _DAY_HOURS) for day in _WEEK)


def _rates(rows: Sequence[Sequence[int]], misses: Sequence[Sequence[int]]) -> Shares:
    """The share missed of each cell, with rows of its hour and of the shop beside its own where these are few."""
    whole = sum(map(sum, misses)) / max(sum(map(sum, rows)), 1)
    of_hours = [
        (sum(column), sum(bad)) for column, bad in zip(zip(*rows, strict=True), zip(*misses, strict=True), strict=True)
    ]
    usual = [(bad + DRAWN * whole) / (some + DRAWN) for some, bad in of_hours]
    return tuple(
        tuple((bad + DRAWN * usual[hour]) / (some + DRAWN) if some else None for hour, (some, bad) in enumerate(day))
        for day in (list(zip(*each, strict=True)) for each in zip(rows, misses, strict=True))
    )


def _peak(slots: Mapping[Slot, Hour]) -> Peak | None:
    """The moment at which most waited; of several the first."""
    if not any(hour.peak for hour in slots.values()):
        return None
    (day, hour), found = max(sorted(slots.items()), key=lambda each: each[1].peak)
    return Peak(day, hour, found.peak, found.agents)
