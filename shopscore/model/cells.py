"""The segments of a metric's window, kept so that a later audit can say what a change came from."""

from __future__ import annotations

from msgspec import Struct


class SegmentCount(Struct, frozen=True):
    """One segment of one dimension in a metric's window.

    Attributes:
        segment: its name; blank for rows without one, ``rest`` for all that are not named.
        above, below: the metric's two counts.
        rows: how many independent rows they are worth.
        spread: one row's variance, where the rows tell.
    """

    segment: str
    above: float
    below: float
    rows: float
    spread: float | None = None


class Cells(Struct, frozen=True):
    """A metric's segments in its window.

    Attributes:
        phi: how much more its days differ than chance has it.
        dimensions: each dimension with its segments; these hold all rows of the window.
    """

    phi: float
    dimensions: tuple[tuple[str, tuple[SegmentCount, ...]], ...]
