"""What the ledger says of one metric in one window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from shopscore.model.sentences import Words

Status = Literal[
    "measured", "too_few", "no_table", "not_covered", "too_unknown", "no_definition", "not_applicable", "error"
]  # fmt: skip


class Sums(Struct, frozen=True):
    """Integer sums of one metric over some days (and one segment).

    ``rows`` counts rows that are neither excluded, unknown nor pending; ``hits`` those of them that hit. Weights are
    hundredths: ``w = Σ100·weight``, ``w2 = Σ(100·weight)²``, ``wh = Σ100·weight over hits``. ``x`` are whole units of
    ``of`` (seconds, or hundredths for stars), ``wx`` is ``Σ 100·weight·x``. ``excluded`` maps a name to
    (rows, rows that would have hit, Σx of those rows). For ``ratio_of`` ``hits``/``wh`` are the numerator side's rows
    and weights, ``rows``/``w`` the denominator's.
    """

    rows: int = 0
    hits: int = 0
    pending: int = 0
    unknown: int = 0
    undated: int = 0
    w: int = 0
    w2: int = 0
    wh: int = 0
    x: int = 0
    x2: int = 0
    wx: int = 0
    excluded: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    values: tuple[tuple[int, int], ...] = ()


class Day(Struct, frozen=True):
    """One day of a metric: ``value = numerator / denominator`` in the metric's unit."""

    day: dt.date
    numerator: float
    denominator: float


class Window(Struct, frozen=True):
    """Days, both ends in, and how many of them the data covers."""

    first: dt.date
    last: dt.date
    covered_days: int

    @property
    def days(self) -> int:
        """Days in the window."""
        return (self.last - self.first).days + 1


class Measurement(Struct, frozen=True):
    """A metric's value over its window, before anybody judges it."""

    status: Status
    window: Window | None
    value: float | None = None
    interval: tuple[float, float] | None = None
    numerator: float | None = None
    denominator: float | None = None
    rows: tuple[int, int] | None = None
    pending: int = 0
    unknown: int = 0
    undated: int = 0
    excluded: tuple[tuple[str, int], ...] = ()
    before_exclusions: tuple[float | None, float, float] | None = None
    trend: tuple[Day, ...] = ()
    own_best: float | None = None
    own_range: tuple[float, float] | None = None
    message: Words | None = None
