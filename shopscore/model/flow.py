"""Where refunds spend their time and whose turn it is, what makes them come back, and what they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stage:
    """One hop of the after-sale state machine: how long cases stay there and who holds the clock."""

    from_state: str
    to_state: str
    holder: str | None
    cases: int
    seconds: int
    median_seconds: int
    p90_seconds: int


@dataclass(frozen=True, slots=True)
class FlowStage:
    """The time cases spend in one state, or in several that the files do not tell apart.

    Attributes:
        states: the states; one unless no step between them is recorded.
        holders: whose turn it is; one unless the files do not tell.
        cases: cases with time in it in the window.
        running: stays that began in the window and go on.
        seconds: the time in it, within the window.
        share: of the time of all stages.
        interval: where that share lies with 95 % confidence; None with fewer cases than are named.
        median_seconds, p90_seconds: how long a stay takes, those that go on counted as longer than they have taken;
            None where too many go on to tell.
        median_interval: of the median; its upper end is None where it is not known.
    """

    states: tuple[str, ...]
    holders: tuple[str, ...]
    cases: int
    running: int
    seconds: int
    share: float
    interval: Interval | None
    median_seconds: int | None
    p90_seconds: int | None
    median_interval: tuple[int, int | None] | None


@dataclass(frozen=True, slots=True)
class RefundFlow:
    """Everything an audit says of how refunds went in some days.

    Attributes:
        first, last: the days.
        cases: cases with time in them.
        seconds: that time.
        unended: stays that ended no one knows when; they are in nothing.
        stages: most time first.
        holders: each holder's part of the time; the parts of all and ``unsplit`` add up to one.
        unsplit: the part of which the files do not tell whose turn it was.
    """

    first: dt.date
    last: dt.date
    cases: int
    seconds: int
    unended: int
    stages: tuple[FlowStage, ...]
    holders: tuple[tuple[str, float], ...]
    unsplit: float

    def own(self) -> FlowStage | None:
        """The stage that takes most of the time in which it was surely the seller's turn."""
        return next((stage for stage in self.stages if stage.holders == ("seller",) and stage.seconds), None)
