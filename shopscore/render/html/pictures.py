"""Numbers → the places of lines and boxes in small pictures; the templates draw them.

Every picture has a sentence that says what it shows, for those who do not see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopscore.model import MetricResult

WIDTH, HEIGHT = 220, 44
_EDGE = 3
_ROOM = 0.12
"""Free on either side of a bar, of what is shown on it."""


class Bar(Struct, frozen=True):
    """A value on its scale: places from 0 to `WIDTH`."""

    value: float
    low: float | None
    high: float | None
    target: float | None


class Days(Struct, frozen=True):
    """The days of a window as a line.

    Attributes:
        lines: runs of days with a value, each as ``x,y`` pairs.
        band: where chance would leave them, as the corners of an area; empty where nothing is known.
        target: the height of the target, if it lies inside.
        signals: the days outside, as places.
        last: the newest day.
    """

    lines: tuple[str, ...]
    band: str
    target: float | None
    signals: tuple[tuple[float, float], ...]
    last: tuple[float, float]


def bar(metric: MetricResult) -> Bar | None:
    """A metric's value, its interval and its target on a scale that shows all three."""
    value, interval, target = metric.measurement.value, metric.measurement.interval, metric.target.value
    if value is None:
        return None
    shown = [each for each in (value, target, *(interval or ())) if each is not None]
    low, high = min(shown), max(shown)
    room = (high - low) * _ROOM or abs(high) * _ROOM or 1.0
    low, high = low - room, high + room
    if metric.unit == "rate":
        low, high = max(low, 0.0), min(high, 1.0)

    def place(number: float) -> float:
        return float(round((number - low) / (high - low) * WIDTH, 1))

    return Bar(
        value=place(value),
        low=place(interval[0]) if interval else None,
        high=place(interval[1]) if interval else None,
        target=None if target is None else place(target),
    )


def days(metric: MetricResult) -> Days | None:
    """A metric's days, and where control limits leave them; None with fewer than two days that have a value."""
    found = _values(metric)
    known = [value for value, _, _ in found if value is not None]
    if len(known) <= 1:
        return None
    limits = [end for _, low, high in found for end in (low, high) if end is not None]
    low, high = min(known + limits), max(known + limits)
    target = metric.target.value
    step = (WIDTH - 2 * _EDGE) / max(len(found) - 1, 1)

    def x(at: int) -> float:
        return round(_EDGE + at * step, 1)

    def y(number: float) -> float:
        if high == low:
            return HEIGHT / 2
        return round(HEIGHT - _EDGE - (number - low) / (high - low) * (HEIGHT - 2 * _EDGE), 1)

    places = [(x(at), None if value is None else y(value)) for at, (value, _, _) in enumerate(found)]
    drawn = [(across, height) for across, height in places if height is not None]
    outside = _signals(metric)
    return Days(
        lines=tuple(_runs(places)),
        band=_band([(x(at), low, high) for at, (_, low, high) in enumerate(found)], y),
        target=y(target) if target is not None and low <= target <= high else None,
        signals=tuple(
            (across, height) for at, (across, height) in enumerate(places) if at in outside and height is not None
        ),
        last=drawn[-1],
    )


def _values(metric: MetricResult) -> list[tuple[float | None, float | None, float | None]]:
    """Each day's value and limits: of the control chart where there is one, else of the window."""
    if metric.control is not None:
        return [(day.value, day.low, day.high) for day in metric.control.days]
    return [
        (day.numerator / day.denominator if day.denominator else None, None, None) for day in metric.measurement.trend
    ]


def _signals(metric: MetricResult) -> frozenset[int]:
    if metric.control is None:
        return frozenset()
    return frozenset(at for at, day in enumerate(metric.control.days) if day.signal is not None)


def _runs(points: Sequence[tuple[float, float | None]]) -> list[str]:
    """Days side by side that have a value; a day without one is a gap, not a nought."""
    runs: list[list[str]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{x},{y}")
    return [" ".join(run) for run in runs if run]


def _band(limits: Sequence[tuple[float, float | None, float | None]], y: Callable[[float], float]) -> str:
    """The area between the limits: along the upper ones, and back along the lower ones."""
    known = [(x, low, high) for x, low, high in limits if low is not None and high is not None]
    if not known:
        return ""
    upper = [f"{x},{y(high)}" for x, _, high in known]
    lower = [f"{x},{y(low)}" for x, low, _ in reversed(known)]
    return " ".join(upper + lower)
