"""Days before and after a date → those that can be compared: the same weekdays, as often on both sides."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

Days = tuple["dt.date", ...]


def like_days(
    date: dt.date, before: Iterable[dt.date], after: Iterable[dt.date], most: int | None = None
) -> tuple[Days, Days]:
    """The days of both sides that make up the same week.

    Each weekday is as much a part of one side as of the other, so that a busy Saturday on one side only is no effect.
    The side before may be a whole number of times as long: what was usual is known the better. Of each weekday the
    days next to the date are taken.

    Args:
        date: the day of the measure; it is on neither side.
        before: days that may be compared, before it.
        after: likewise after it.
        most: how many times as long the side before may be; None: as often as there are days.

    Returns:
        Both sides in order, both empty where no weekday lies on both.
    """
    first, second = _by_weekday(date, before), _by_weekday(date, after)
    common = {name: min(len(first[name]), len(second[name])) for name in sorted(first.keys() & second.keys())}
    if not common:
        return (), ()
    times = min(len(first[name]) // count for name, count in common.items())
    times = times if most is None else min(times, most)
    return (
        tuple(sorted(day for name, count in common.items() for day in first[name][: times * count])),
        tuple(sorted(day for name, count in common.items() for day in second[name][:count])),
    )


def _by_weekday(date: dt.date, days: Iterable[dt.date]) -> dict[int, list[dt.date]]:
    """Weekday → its days, the nearest to the date first."""
    found: dict[int, list[dt.date]] = defaultdict(list)
    for day in sorted(days, key=lambda each: abs((each - date).days)):
        found[day.isoweekday()].append(day)
    return found
