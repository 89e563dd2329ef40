"""How a metric's value changed since other days, and what that came from."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class MovedSegment(Struct, frozen=True):
    """One segment's part in a change.

    Attributes:
        segment: its name; blank for rows without one, ``rest`` for all that are not named.
        share: its part of the denominator, before and now.
        value: its value, before and now; None where it had nothing to divide by.
        mix: what its larger or smaller part did to the metric.
        rate: what its better or worse value did.
        striking: whether its value moved otherwise than the rest's, beyond chance.
    """

    segment: str
    share: tuple[float, float]
    value: tuple[float | None, float | None]
    mix: float
    rate: float
    striking: bool = False


class Movement(Struct, frozen=True):
    """A metric's value before and now.

    Attributes:
        days: first and last day of the window before, both inside.
        before, now: the values.
        difference: now less before, in the metric's unit.
        interval: where the difference lies, 95 %.
        beyond_chance: whether the interval leaves out 0.
        dimension: what explains it best; None where it is within chance, or no dimension does.
        mix: the part of the difference that comes from shares of that dimension's segments.
        rate: the part that comes from their values; mix + rate is the difference.
        segments: the parts, the largest first; they add up to both.
        simpson: every segment of some size moved against the whole.
    """

    days: tuple[dt.date, dt.date]
    before: float
    now: float
    difference: float
    interval: tuple[float, float] | None
    beyond_chance: bool
    dimension: str | None = None
    mix: float | None = None
    rate: float | None = None
    segments: tuple[MovedSegment, ...] = ()
    simpson: bool = False
