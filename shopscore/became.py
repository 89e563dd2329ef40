"""Two audits of a metric → what became of it, beyond chance, and from what.

A value is worse where the interval of its difference, at a level shared by all metrics compared (Bonferroni), lies on
the bad side of zero; where its verdict began to fail as well, its own 95 % are enough. Windows of two audits mostly
overlap, and what is in both differs in neither: the overlap is taken out of the interval as a correlation. What has
just begun is no scatter to tell it by (`_sides`). What this is worth against plainer rules: docs/evidence.md.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from shopscore.diagnosis.changed_since import changed_since
from shopscore.diagnosis.echoes import tell_weekdays
from shopscore.diagnosis.effects import difference_interval
from shopscore.intervals import LEVEL, Z, as_sure, difference_of_counts
from shopscore.intervals.scatter import scatter_of_events
from shopscore.model import Change, Movement, Standing, Words

if TYPE_CHECKING:
    from shopscore.model import Because, Measurement, MetricResult

Fate = Literal["worse", "better", "unsure", "same", "new"]
FAILING = ("likely_fail", "fail")


def is_judged(metric: MetricResult) -> bool:
    """Whether there is a value to compare."""
    return metric.verdict != "not_measured"


def strictness(compared: int) -> float:
    """How much wider than at 95 % an interval must be so that all of ``compared`` hold zero together with 95 %."""
    return NormalDist().inv_cdf(1 - (1 - LEVEL) / 2 / max(compared, 1)) / Z


def became(one: MetricResult | None, other: MetricResult, strict: float) -> tuple[Change, Fate]:
    """What became of a metric.

    Args:
        one: the metric in the earlier audit, if it is there.
        other: the metric in the later one.
        strict: how much wider than at 95 % the interval of a change by the value alone must be (`strictness`).
    """
    if one is None or not is_judged(one):
        fails = other.verdict in FAILING
        return _change(None, other, None, None, ("new",) if fails else ()), "new" if fails else "same"
    difference, ends = _difference(*_sides(one, other))
    unlimited = other.target.basis == "own" and other.unit == other.kind == "count"
    if unlimited:
        ends = _ends_of_counts(difference, one.measurement, other.measurement)
    crossed = _crossed(one.verdict, other.verdict)
    likely, surely = (_moved(difference, ends, other.better, wide) for wide in (1.0, strict))
    # What has no interval is what it is, where it is another than before: a count of events, which the platform limits.
    by_itself = _turned_worse(difference, other) if ends is None and not unlimited else likely
    confirmed = crossed is not None and crossed == by_itself
    reasons: tuple[tuple[Because, bool], ...] = (("verdict", confirmed), ("value", surely is not None))
    because = tuple(reason for reason, holds in reasons if holds)
    fate: Fate = "same" if crossed is None else "unsure"
    if because:
        fate = "worse" if (surely if surely is not None else crossed) else "better"
    special = _special(one, other)
    like = not special and _tell_weekdays(one, other)
    moved = _movement(one, other, ends, like=like) if because and likely is not None else None
    return replace(_change(one, other, difference, ends, because), movement=moved, special=special), fate


def _movement(
    one: MetricResult, other: MetricResult, ends: tuple[float, float] | None, *, like: bool
) -> Movement | None:
    """What a change beyond chance came from; None where the segments of an audit are not known."""
    first, second, days = one.measurement.value, other.measurement.value, one.measurement.window
    if one.cells is None or other.cells is None or first is None or second is None or days is None:
        return None
    found = Movement((days.first, days.last), first, second, second - first, ends, beyond_chance=True)
    correlation = shared(one.measurement, other.measurement)
    return changed_since(other.kind, found, one.cells, other.cells, correlation, like=like)


def _tell_weekdays(one: MetricResult, other: MetricResult) -> bool:
    """Whether the days that one of two windows holds alone are enough to tell a weekday from a single day."""
    first, second = one.measurement.window, other.measurement.window
    return first is not None and second is not None and tell_weekdays(abs((second.last - first.last).days))


def _special(one: MetricResult, other: MetricResult) -> tuple[Words, ...]:
    """The promotions that only one of two windows holds, as far as their charts show all of their days."""
    sides: list[dict[str, Words]] = []
    for each in (one, other):
        window = each.measurement.window
        if window is None or each.control is None or len(each.control.days) < window.days:
            return ()
        shown = (day.special for day in each.control.days)
        sides.append({day.id: day.title for day in shown if day is not None and day.promotion})
    return tuple((sides[0] | sides[1])[name] for name in sorted(sides[0].keys() ^ sides[1].keys()))


def _crossed(before: str, after: str) -> bool | None:
    """Whether a verdict began to fail, or fails more surely (True), or ceased to (False)."""
    steps = {"likely_fail": 1, "fail": 2}
    one, other = steps.get(before, 0), steps.get(after, 0)
    return None if one == other else other > one


def _moved(difference: float | None, ends: tuple[float, float] | None, better: str, strict: float) -> bool | None:
    """Whether a value moved for the worse (True) or the better (False) by more than chance would have it."""
    if difference is None or ends is None:
        return None
    low, high = (difference + strict * (end - difference) for end in ends)
    if low <= 0 <= high:
        return None
    return (low > 0) == (better == "lower")


def _turned_worse(difference: float | None, other: MetricResult) -> bool | None:
    """Whether a value is worse (True) or better (False) than before; None where it is the same."""
    return None if not difference else (difference > 0) == (other.better == "lower")


def _sides(one: MetricResult, other: MetricResult) -> tuple[Measurement, Measurement]:
    """Two measurements; of a share whose windows overlap, one row of either tells as much as of that which tells more.

    What began on the days that are in one of them only would make its days differ, and with them its interval: a change
    that is to be told must be no scatter to tell it by.
    """
    sides = first, second = one.measurement, other.measurement
    if one.kind != "ratio" or other.kind != "ratio" or not shared(first, second):
        return sides
    told = [
        (side.value, side.denominator, side.interval)
        for side in sides
        if side.value is not None and side.denominator and side.interval is not None
    ]
    if len(told) < len(sides):
        return sides
    ends = as_sure(*told)
    return replace(first, interval=ends[0]), replace(second, interval=ends[1])


def _difference(one: Measurement, other: Measurement) -> tuple[float | None, tuple[float, float] | None]:
    if one.value is None or other.value is None:
        return None, None
    difference = other.value - one.value
    if one.interval is None or other.interval is None:
        return difference, None
    ends = difference_interval(one.value, one.interval, other.value, other.interval, shared(one, other))
    return difference, ends if all(map(math.isfinite, ends)) else None


def _ends_of_counts(difference: float | None, one: Measurement, other: Measurement) -> tuple[float, float] | None:
    """How far chance takes two counts apart that no platform limits; days in both differ in none.

    How much days differ is read off the first: what began since is a change to be told, and no scatter to tell it by.
    None where one window has days that no file speaks of and the other has not: more days hold more.
    """
    windows = one.window, other.window
    if len({window.covered_days for window in windows if window is not None}) != 1:
        return None
    first, second = ({day.day: day.numerator for day in each.trend} for each in (one, other))
    apart = [
        count for side, known in ((first, second), (second, first)) for day, count in side.items() if day not in known
    ]
    if difference is None or not apart:
        return None
    return difference_of_counts(difference, math.fsum(apart), scatter_of_events(list(first.values())))


def shared(one: Measurement, other: Measurement) -> float:
    """The correlation of two values that count the rows of some days both: Cov = m·σ²/(n₁·n₂), so m/√(n₁·n₂)."""
    first = {day.day: day.denominator for day in one.trend}
    second = {day.day: day.denominator for day in other.trend}
    both = math.fsum(min(first[day], second[day]) for day in first.keys() & second.keys())
    rows = math.fsum(first.values()) * math.fsum(second.values())
    return min(both / math.sqrt(rows), 1.0) if rows > 0 and both > 0 else 0.0


def _change(
    one: MetricResult | None,
    other: MetricResult,
    difference: float | None,
    ends: tuple[float, float] | None,
    because: tuple[Because, ...],
) -> Change:
    return Change(
        "metric", other.id, other.title, other.unit, other.currency, other.better,
        _standing(one) if one else None, _standing(other), difference, ends, because,
    )  # fmt: skip


def _standing(metric: MetricResult) -> Standing:
    return Standing(metric.measurement.value, metric.measurement.interval, metric.target.value, metric.verdict)
