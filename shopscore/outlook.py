"""A metric's days → what becomes of it: when bad days leave the window, what dilutes them, what is left of a budget.

Three ways lead back to a target. *Fix*: clocks still run, and what they run for has not missed yet. *Dilute*: further
good events make the same bad ones a smaller part. *Wait*: bad days leave the window. All of it is arithmetic on the
window's days; what it says of days to come holds if they are like those since the last change of level.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.diagnosis.change_points import Count, present_level
from shopscore.diagnosis.events import STARS
from shopscore.intervals.kinds import bare_value, meets, scale, shaped, summed
from shopscore.model import Budget, Outlook
from shopscore.schema.units import DURATIONS
from shopscore.shortfall import allowed_events, exact
from shopscore.window import bounds, is_over

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from fractions import Fraction

    from shopscore.diagnosis.change_points import Kind
    from shopscore.model import Measurement, Sums, Target
    from shopscore.ruleset.resolve import Definition

_DAY = dt.timedelta(days=1)
LEVELS: dict[str, Kind] = {"ratio": "share", "ratio_of": "rate", "mean": "mean"}
_LONGEST_MONTH = 31
WEEK = 7
"""Days a volume is taken from at least, so that Sundays weigh what they weigh."""


class Pace(Struct, frozen=True):
    """A day at the present level: the day since when it holds, and what a day brings."""

    since: dt.date
    numerator: float
    denominator: float


def outlook(  # noqa: PLR0913 - each is a fact of its own, all by name
    definition: Definition,
    measurement: Measurement,
    days: Sequence[tuple[dt.date, Sums]],
    goal: Target,
    today: dt.date,
    *,
    running: int = 0,
    special: Collection[dt.date] = (),
) -> Outlook | None:
    """What becomes of a metric if the days to come are like the present ones; None where nothing can be said.

    Args:
        definition: a share, a ratio of counts, or a mean.
        measurement: its window.
        days: every day of the window with its sums, in order.
        goal: the rung of the ladder that applies.
        today: T.
        running: clocks of this metric that still run.
        special: promotions and holidays: they leave the window like other days, and those to come are not like them.

    Returns:
        Its dates are values of T: of the first report on which the window meets (misses) the target.
    """
    value, better = measurement.value, definition.metric.better
    if measurement.status != "measured" or value is None or goal.value is None:
        return None
    if definition.metric.kind not in LEVELS or not definition.days_add_up or not any(sums.rows for _, sums in days):
        return None
    here, over = meets(value, goal.value, better), is_over(definition.window)
    usual = [day for day in days if day[0] not in special]
    pace = present_pace(definition, usual if any(sums.rows for _, sums in usual) else days)
    turn = turning_day(definition, days, pace, goal.value, today)
    then = None if turn is None else today + turn * _DAY
    return Outlook(
        running=running,
        since=pace.since,
        pace=_shaped(definition, pace.numerator, pace.denominator),
        dilute=None if here or over else dilute(definition, measurement, goal.value),
        meets_on=None if here else then,
        budget=Budget(None if over else spare(definition, measurement, goal.value), then) if here else None,
        soonest=None if here else _soonest(definition, days, pace, goal.value, today),
    )


# ── the days to come ─────────────────────────────────────────────────────────────────────────────────────────────


def present_pace(definition: Definition, days: Sequence[tuple[dt.date, Sums]]) -> Pace:
    """What a day brings: the value since the last change of level, at the volume of a week at least.

    The last days whose deadlines have not passed hold a part of their rows only and say nothing of the volume.
    """
    parts = [_parts(definition, sums) for _, sums in days]
    first = present_level(parts, LEVELS[definition.metric.kind])
    amount, n = math.fsum(each.amount for each in parts[first:]), math.fsum(each.n for each in parts[first:])
    whole = max((at for at, (_, sums) in enumerate(days, 1) if not sums.pending), default=len(parts))
    steady = parts[min(first, max(whole - WEEK, 0)) : whole]
    volume = math.fsum(each.n for each in steady) / len(steady)
    return Pace(days[first][0], amount / n * volume if n else 0.0, volume)


def _soonest(
    definition: Definition, days: Sequence[tuple[dt.date, Sums]], pace: Pace, goal: float, today: dt.date
) -> dt.date | None:
    """The first T whose window could meet the target: at the present volume, and every event from now on a good one.

    A bound, not a forecast: no time at all is the best a duration can be, five the best of stars.
    """
    kind, unit, higher = definition.metric.kind, definition.metric.unit, definition.metric.better == "higher"
    if (kind == "ratio_of" and higher) or (kind == "mean" and unit not in (DURATIONS if not higher else ("stars",))):
        return None  # how good a further event can be is not bounded by anything the data says
    top = pace.denominator * (STARS if kind == "mean" else 1)
    turn = turning_day(definition, days, Pace(pace.since, top if higher else 0.0, pace.denominator), goal, today)
    return None if turn is None else today + turn * _DAY


def _parts(definition: Definition, sums: Sums) -> Count:
    """A day's numerator and denominator in the metric's unit, and for means Σx²."""
    found = bare_value(definition, sums)
    return Count(found.numerator, found.denominator or 0.0, sums.x2 / scale(definition) ** 2)


def turning_day(
    definition: Definition, days: Sequence[tuple[dt.date, Sums]], pace: Pace, goal: float, today: dt.date
) -> int | None:
    """In how many days the window is first on the other side of the target; None if never at this pace.

    Each day the oldest day leaves the window and one at the present pace comes in, until all of it is at that pace. A
    week or a month of the calendar stays as it is until the next one is over, and leaves whole.
    """
    parts = [(day, _parts(definition, sums)) for day, sums in days]
    last = bounds(definition.window, today)[1]
    side = None
    for ahead in range(max(len(parts), _LONGEST_MONTH) + 1):
        begins, ends = bounds(definition.window, today + ahead * _DAY)
        left, new = [each for day, each in parts if day >= begins], (ends - last).days
        amount = math.fsum(each.amount for each in left) + new * pace.numerator
        n = math.fsum(each.n for each in left) + new * pace.denominator
        here = _on_the_good_side(definition, amount, n, goal)
        if ahead == 0:
            side = here
        elif here not in (side, None):
            return ahead
    return None


def _on_the_good_side(definition: Definition, amount: float, n: float, goal: float) -> bool | None:
    value = _shaped(definition, amount, n)
    return None if value is None else meets(value, goal, definition.metric.better)


def _shaped(definition: Definition, amount: float, n: float) -> float | None:
    if n <= 0:
        return None
    ratio = max(amount, 0.0) / n
    return shaped(definition, ratio) if definition.metric.kind == "ratio_of" else ratio


# ── events ───────────────────────────────────────────────────────────────────────────────────────────────────────


def dilute(definition: Definition, measurement: Measurement, goal: float) -> int | None:
    """Further good events that would meet the target, nothing else changing; None where no number of them could.

    A share takes further hits (rows that do not hit, where lower is better), a ratio of counts further events below
    the line. A mean takes none: how good a further event can be is not bounded by anything the data says.
    """
    if measurement.numerator is None or not measurement.denominator:
        return None
    amount, n, wanted = exact(measurement.numerator), exact(measurement.denominator), exact(goal)
    kind, higher = definition.metric.kind, definition.metric.better == "higher"
    if kind == "ratio" and higher:
        return None if wanted >= 1 else _upwards((wanted * n - amount) / (1 - wanted))
    if kind == "ratio_of":
        wanted = allowed_events(definition, goal)
    if kind == "mean" or higher or wanted <= 0 or summed(definition, "n"):
        return None
    return _upwards(amount / wanted - n)


def _upwards(number: Fraction) -> int:
    return max(math.ceil(number), 0)


def spare(definition: Definition, measurement: Measurement, goal: float) -> int | None:
    """Bad events the window could still hold and meet the target, its volume staying as it is; None for means."""
    if measurement.numerator is None or measurement.denominator is None or measurement.rows is None:
        return None
    amount, n, wanted = exact(measurement.numerator), exact(measurement.denominator), exact(goal)
    kind, higher = definition.metric.kind, definition.metric.better == "higher"
    if kind == "mean" or (kind == "ratio_of" and (higher or summed(definition, "n"))):
        return None
    if kind == "ratio_of":
        wanted = allowed_events(definition, goal)
    return max(math.floor(amount - wanted * n if higher else wanted * n - amount), 0)
