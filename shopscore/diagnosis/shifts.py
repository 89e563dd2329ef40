"""Misses by day and hour → the shifts (hours on days in a row) in which more is missed than the rest of the week has.

All rectangles of the week are looked at, so the best of them looks better than it is (Kulldorff, Commun. Stat. Theory
Methods 26, 1997). A shift is therefore believed only where it holds in weeks that had no part in choosing it: the best
one of the odd weeks is tested in the even weeks and the other way round, day by day, so that one bad day proves
nothing, and both tests are combined (Stouffer et al., The American Soldier, 1949).
"""

from __future__ import annotations

import math
from itertools import accumulate
from statistics import NormalDist
from typing import TYPE_CHECKING

from shopscore.diagnosis.chance import student_tail
from shopscore.model.staffing import HOURS, WEEK, DutyHours, Hour

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.model.staffing import Slot

LONGEST = 8
"""Hours of the longest shift looked for."""
BELIEVED = 0.01
"""How often chance alone may name a shift in a shop that misses alike at all hours."""
FEWEST_MISSES = 5
LEAST_PART = 0.1
"""The least part of all misses a shift's excess must be to be worth naming."""

Table = list[list[int]]
"""Seven weekdays of 24 hours."""


def best_shift(slots: Mapping[Slot, Hour], without: Sequence[DutyHours] = ()) -> DutyHours | None:
    """The shift whose misses stand out most from the other hours' share; None where none is above it.

    Days are singled out only where that tells more than the same or other hours on all days.

    Args:
        slots: replies due and missed, by day and hour.
        without: shifts found before; their hours are left out.
    """
    rows, misses = tables(slots, without)
    all_rows, all_misses = (sum(map(sum, table)) for table in (rows, misses))
    if not all_misses or all_misses == all_rows:
        return None
    busy = [any(rows[day][hour] for day in range(WEEK)) for hour in range(HOURS)]
    best: dict[bool, tuple[float, DutyHours, int, int]] = {}
    for first, length in _hour_ranges(busy):
        here, bad = (_between(table, first, length) for table in (rows, misses))
        # Excesses in whole numbers (times all rows), so that equal ones are equal wherever the week begins.
        excess = [0, *accumulate(m * all_rows - n * all_misses for n, m in zip(here, bad, strict=True))]
        upto = [0, *accumulate(here)]
        for every, ranges in _DAY_RANGES:
            top = best[every][0] if every in best else 0.0
            for day, after in ranges:
                more = excess[after] - excess[day]
                if more <= 0 or (some := upto[after] - upto[day]) == all_rows:
                    continue
                score = more * more / (some * (all_rows - some))
                if score > top:
                    top = score
                    shift = DutyHours(day + 1, after - day, first, length)
                    best[every] = score, shift, some, sum(bad[day:after])
    gain = {
        every: _likelihood(some, missed) + _likelihood(all_rows - some, all_misses - missed)
        for every, (_, _, some, missed) in best.items()
    }
    if not gain:
        return None
    singled_out = True not in gain or (False in gain and gain[False] - gain[True] > _SINGLED_OUT)
    return best[not singled_out][1]


_SINGLED_OUT = math.log((WEEK - 1) * WEEK)
"""What days of their own have to gain in log likelihood over all days: so many more of them could be chosen."""


def _likelihood(rows: int, misses: int) -> float:
    """The log likelihood of misses among rows at their own share."""
    return math.fsum(part * math.log(part / rows) for part in (misses, rows - misses) if part)


_DAY_RANGES = (
    (True, ((0, WEEK),)),
    (False, tuple((day, day + days) for days in range(1, WEEK) for day in range(WEEK))),
)
"""First days and the days after the last: all of them, and some."""


def _hour_ranges(busy: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """First hours and lengths; a range begins and ends with an hour in which something is due."""
    return (
        (first, length)
        for first in range(HOURS)
        if busy[first]
        for length in range(1, LONGEST + 1)
        if busy[(first + length - 1) % HOURS]
    )


def _between(table: Table, first: int, length: int) -> list[int]:
    """The sum of a range of hours for the shift of each day, and again, so that days in a row wrap the week."""
    last = first + length
    tonight = [sum(day[first:last]) for day in table]
    if last > HOURS:
        tonight = [count + sum(table[(at + 1) % WEEK][: last - HOURS]) for at, count in enumerate(tonight)]
    return tonight + tonight


def tables(slots: Mapping[Slot, Hour], without: Sequence[DutyHours] = ()) -> tuple[Table, Table]:
    """Rows and misses by weekday and hour, summed over the weeks."""
    rows, misses = ([[0] * HOURS for _ in range(WEEK)] for _ in range(2))
    for (day, hour), due in slots.items():
        weekday = day.isoweekday()
        if any(shift.begins(weekday, hour) is not None for shift in without):
            continue
        rows[weekday - 1][hour] += due.rows
        misses[weekday - 1][hour] += due.misses
    return rows, misses


# ── whether it holds ─────────────────────────────────────────────────────────────────────────────────────────────


def holds(slots: Mapping[Slot, Hour], without: Sequence[DutyHours] = ()) -> bool:
    """Whether the shift found in every other week is bad in the weeks between as well, both ways."""
    halves = [{slot: due for slot, due in slots.items() if _half(slot[0]) == half} for half in (0, 1)]
    deviates = []
    for chosen_in, tested_in in (halves, halves[::-1]):
        shift = best_shift(chosen_in, without)
        chance = 1.0 if shift is None else chance_of(tested_in, shift, without)
        deviates.append(-NormalDist().inv_cdf(min(max(chance, _TINY), 1 - _TINY)))
    limit = -NormalDist().inv_cdf(BELIEVED)
    return min(deviates) > 0 and math.fsum(deviates) / math.sqrt(2) >= limit


_TINY = 1e-12


def _half(day: dt.date) -> int:
    return day.toordinal() // WEEK % 2


def chance_of(slots: Mapping[Slot, Hour], shift: DutyHours, without: Sequence[DutyHours] = ()) -> float:
    """How likely chance alone makes the days of a shift as bad as they are, against the hours outside it.

    Each day's share missed is held against that of the same day's other hours (drawn toward all other hours where they
    are few), and the differences against nought by Student's t: a day counts once, however many wrote on it.
    """
    inside, outside = split(slots, shift, without)
    rows, misses = total(outside.values())
    if not rows or len(inside) < _FEWEST_DAYS:
        return 1.0
    worse = []
    for day, due in inside.items():
        other = outside.get(day, Hour(0, 0))
        usual = (other.misses + _DRAWN * misses / rows) / (other.rows + _DRAWN)
        worse.append(due.misses / due.rows - usual)
    mean = math.fsum(worse) / len(worse)
    spread = math.fsum((each - mean) ** 2 for each in worse) / (len(worse) - 1)
    if mean <= 0:
        return 1.0
    return student_tail(mean / math.sqrt(spread / len(worse)), len(worse) - 1) if spread else 0.0


_FEWEST_DAYS = 3
_DRAWN = 20
"""Rows of the other hours of all days that stand beside those of one day."""


def split(
    slots: Mapping[Slot, Hour], shift: DutyHours, without: Sequence[DutyHours] = ()
) -> tuple[dict[int, Hour], dict[int, Hour]]:
    """Counts inside a shift by the day it begins on, and outside it by day; days by their ordinal, with rows only."""
    sides: tuple[dict[int, Hour], dict[int, Hour]] = {}, {}
    for (day, hour), due in slots.items():
        weekday = day.isoweekday()
        if not due.rows or any(other.begins(weekday, hour) is not None for other in without):
            continue
        back = shift.begins(weekday, hour)
        side, begun = sides[back is None], day.toordinal() - (back or 0)
        known = side.get(begun, Hour(0, 0))
        side[begun] = Hour(known.rows + due.rows, known.misses + due.misses)
    return sides


def worth_naming(slots: Mapping[Slot, Hour], shift: DutyHours, without: Sequence[DutyHours] = ()) -> bool:
    """Whether enough of all misses is the shift's excess over the other hours."""
    inside, outside = split(slots, shift, without)
    rows, misses = total(inside.values())
    other_rows, other_misses = total(outside.values())
    usual = other_misses / other_rows if other_rows else 0.0
    _, whole = total(slots.values())
    return misses >= FEWEST_MISSES and misses - rows * usual >= LEAST_PART * whole


def total(hours: Iterable[Hour]) -> tuple[int, int]:
    """Rows and misses added up."""
    rows = misses = 0
    for each in hours:
        rows, misses = rows + each.rows, misses + each.misses
    return rows, misses


def ordinary(slots: Mapping[Slot, Hour]) -> dict[Slot, Hour]:
    """The slots without those of days on which far more was missed than on others: promotions, outages.

    Far more is beyond the upper quartile by three times the quartiles' distance (Tukey, Exploratory Data Analysis,
    1977), and by as many as are needed to name a shift.
    """
    days: dict[dt.date, int] = {}
    for (day, _), due in slots.items():
        days[day] = days.get(day, 0) + due.misses
    counts = sorted(days.values())
    if not counts:
        return {}
    low, high = counts[len(counts) // 4], counts[3 * len(counts) // 4]
    fence = high + max(3 * (high - low), FEWEST_MISSES)
    return {slot: due for slot, due in slots.items() if days[slot[0]] <= fence}
