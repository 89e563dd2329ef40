"""A metric's days in two windows → its value on those that may be compared: like with like.

A window that holds a promotion is worse than one that does not, and says nothing of the shop. So days of promotions and
holidays are left out of both, and of each weekday as many days of both are compared, the latest of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.diagnosis.effects import difference_interval, of_count
from shopscore.intervals.kinds import counts_of, value_of
from shopscore.model import Sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from shopscore.intervals import Interval
    from shopscore.ruleset.resolve import Definition

    Days = Sequence[tuple[dt.date, Sums]]
    Told = tuple[float | None, Interval | None]

LEAST_PART = 0.5
"""Of a window's days: where fewer are like those of the other, the rest does not speak for it."""
WEEK = 7
_ADDED = ("rows", "hits", "unknown", "w", "w2", "wh", "x", "x2", "wx")


class Like(Struct, frozen=True):
    """A metric on the like days of two windows.

    Attributes:
        before: its value on those of the earlier window.
        now: on those of the later one.
        difference: where the later less the earlier lies, 95 %; None where one of them has no interval.
    """

    before: float
    now: float
    difference: Interval | None

    def worse(self, better: str) -> bool:
        """Whether the later value is worse beyond chance, which had a part in both; at all, where that is not known."""
        low, high = self.difference or (self.now - self.before,) * 2
        return high < 0 if better == "higher" else low > 0


def two(before: Told, now: Told) -> Like | None:
    """Two values of one metric with their intervals; None where one of them has no value."""
    (first, of_first), (second, of_second) = before, now
    if first is None or second is None:
        return None
    if of_first is None or of_second is None:
        return Like(first, second, None)
    return Like(first, second, difference_interval(first, of_first, second, of_second))


def like(definition: Definition, before: Days, now: Days, special: Collection[dt.date]) -> Like | None:
    """A metric on like days; None where too few are alike, or one side has too few rows.

    Args:
        definition: a metric whose days add up.
        before: every day of the earlier window.
        now: every day of the later one.
        special: promotions and holidays.
    """
    kept = like_days([day for day, _ in before], [day for day, _ in now], special)
    if kept is None:
        return None
    sides = [[sums for day, sums in side if day in days] for side, days in zip((before, now), kept, strict=True)]
    whole = [_sum(definition, side) for side in sides]
    if min(each.rows for each in whole) < max(definition.minimum, 1):
        return None
    first, second = (value_of(definition, *side) for side in zip(whole, sides, strict=True))
    if first.value is None or second.value is None:
        return None
    if definition.metric.kind == "count":
        # As many as in the whole of each window, were all its days like those that are compared.
        parts = [len(all_of) / len(side) for all_of, side in zip((before, now), sides, strict=True)]
        ends = [of_count(definition, each) for each in whole]
        first, second = (
            replace(each, value=(each.value or 0.0) * part, interval=(low * part, high * part))
            for each, part, (low, high) in zip((first, second), parts, ends, strict=True)
        )
    return two((first.value, first.interval), (second.value, second.interval))


def own_target(definition: Definition, best: float | None, here: Days, special: Collection[dt.date]) -> float | None:
    """The best of earlier windows on usual days, as a target for a window that may hold special ones.

    It asks of the usual days to be as good as the best were, and takes the special days as they came. None where that
    cannot be reckoned: a quantile of a mixture is not one of its parts.

    Args:
        definition: a metric whose days add up.
        best: its best value on the usual days of earlier windows.
        here: every day of the window.
        special: promotions and holidays.
    """
    apart = [sums for day, sums in here if day in special]
    if best is None or not any(each.rows or each.hits for each in apart):
        return best
    usual, others = (_sum(definition, side) for side in ([sums for day, sums in here if day not in special], apart))
    match definition.metric.kind:
        case "count":
            return best * (len(here) - len(apart)) / len(here) + others.rows
        case "ratio" | "ratio_of" | "mean":
            (_, below), (above, more) = (counts_of(definition, each) for each in (usual, others))
            return (best * below + above) / (below + more) if below + more else None
        case _:
            return None


def usual_days(definition: Definition, days: Days, special: Collection[dt.date]) -> Sums:
    """A window's usual days as one."""
    return _sum(definition, [sums for day, sums in days if day not in special])


def like_days(
    before: Sequence[dt.date], now: Sequence[dt.date], special: Collection[dt.date]
) -> tuple[frozenset[dt.date], frozenset[dt.date]] | None:
    """The days of two windows that may be compared; None where they are less than half of either.

    Windows shorter than a week have no weekdays to match; only special days are left out of them.
    """
    usual = [[day for day in side if day not in special] for side in (before, now)]
    if min(len(before), len(now)) >= WEEK:
        usual = _same_weekdays(*usual)
    enough = all(len(kept) >= LEAST_PART * len(side) for kept, side in zip(usual, (before, now), strict=True))
    return (frozenset(usual[0]), frozenset(usual[1])) if enough and all(usual) else None


def _same_weekdays(before: Iterable[dt.date], now: Iterable[dt.date]) -> list[list[dt.date]]:
    by: tuple[dict[int, list[dt.date]], dict[int, list[dt.date]]] = (defaultdict(list), defaultdict(list))
    for side, days in zip(by, (before, now), strict=True):
        for day in sorted(days, reverse=True):
            side[day.weekday()].append(day)
    fewer = {weekday: min(len(by[0][weekday]), len(by[1][weekday])) for weekday in range(WEEK)}
    return [[day for weekday in range(WEEK) for day in side[weekday][: fewer[weekday]]] for side in by]


def _sum(definition: Definition, days: Sequence[Sums]) -> Sums:
    """Some days as one window; values are kept apart where a quantile asks for them."""
    added = {name: sum(getattr(day, name) for day in days) for name in _ADDED}
    if definition.metric.kind != "quantile":
        return Sums(**added)
    counted: dict[int, int] = defaultdict(int)
    for day in days:
        for value, rows in day.values:
            counted[value] += rows
    return Sums(**added, values=tuple(sorted(counted.items())))
