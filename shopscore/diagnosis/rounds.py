"""Hours of the week in which refund requests waited → the backlog by hour, the night's part, what rounds would save."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shopscore.intervals import ratio_of_sums
from shopscore.model import FlowHour, FlowRounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.ledger.case_hours import HourCount, Hours

_HOUR = 3600
_HOURS_A_DAY = 24


def by_hour(counts: Iterable[HourCount], days: int) -> tuple[FlowHour, ...]:
    """Each hour of the day: requests that came and were decided in it, and how many waited in it on average.

    Args:
        counts: what happened in each hour of the week.
        days: how many days that was.
    """
    sums = {hour: [0, 0, 0] for hour in range(_HOURS_A_DAY)}
    for each in counts:
        for at, count in enumerate((each.came, each.decided, each.waited)):
            sums[each.hour][at] += count
    return tuple(FlowHour(hour, came, decided, waited / _HOUR / days) for hour, (came, decided, waited) in sums.items())


def by_weekday(counts: Iterable[HourCount], days: Mapping[int, int]) -> tuple[FlowHour, ...]:
    """Each day of the week, 1 Monday to 7, in the same way.

    Args:
        counts: what happened in each hour of the week.
        days: how many days of each weekday that was; a weekday of which it was none is left out.
    """
    sums = {weekday: [0, 0, 0] for weekday in sorted(days)}
    for each in counts:
        for at, count in enumerate((each.came, each.decided, each.waited)):
            sums.get(each.weekday, [0, 0, 0])[at] += count
    seconds = _HOUR * _HOURS_A_DAY
    return tuple(
        FlowHour(weekday, came, decided, waited / seconds / days[weekday])
        for weekday, (came, decided, waited) in sums.items()
    )


def night_share(counts: Iterable[HourCount], night: tuple[int, int], weekend: Sequence[int]) -> float | None:
    """The part of all waiting that falls into the night or on a weekend; None where nothing waited.

    Args:
        counts: what happened in each hour of the week.
        night: the hour it begins and the one it is over, over midnight where it begins later.
        weekend: weekdays, 1 Monday to 7.
    """
    known = list(counts)
    begins, ends = night
    total = sum(each.waited for each in known)
    quiet = sum(each.waited for each in known if each.weekday in weekend or _between(each.hour, begins, ends))
    return quiet / total if total else None


def _between(hour: int, begins: int, ends: int) -> bool:
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


def rounds(found: Hours, times: Sequence[str]) -> FlowRounds | None:
    """What deciding at fixed times would make of the mean wait; None where no request came.

    The difference is taken request by request; its interval is over the days, since requests of one day wait together.
    """
    days, cases = found.days, sum(day.cases for day in found.days)
    if not cases:
        return None
    saved = ratio_of_sums([(day.now - day.then, day.cases) for day in days])
    now, then = (math.fsum(each) / cases for each in zip(*((day.now, day.then) for day in days), strict=True))
    return FlowRounds(tuple(times), cases, now, then, saved, found.decisions / max(found.sittings, 1))
