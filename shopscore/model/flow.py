"""Where refunds spend their time and whose turn it is, what makes them come back, and what they are asked for."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

Interval = tuple[float, float]
SEEN = 2.0
"""Requests a sitting from which on sittings are taken to be seen."""


class Stage(Struct, frozen=True):
    """One hop of the after-sale state machine: how long cases stay there and who holds the clock."""

    from_state: str
    to_state: str
    holder: str | None
    cases: int
    seconds: int
    median_seconds: int
    p90_seconds: int


class FlowStage(Struct, frozen=True):
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
        metrics: the platform's figures that this time counts in.
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
    metrics: tuple[str, ...] = ()


class FlowTimeouts(Struct, frozen=True):
    """Cases the system ended because somebody let the clock run out.

    Attributes:
        ended: cases that ended in the window.
        blank: of these with a last step by nobody knows whom; they are in no share.
        at_once: ended by the system as soon as they got there: a setting, no time-out.
        seller, buyer: whose clock ran out.
        nobody: ended by the system though nobody's clock had run out, as the after-sale guide has it.
        untold: by the system, but the files do not tell on whose clock; they are in no share.
        share: the seller's, of the cases of which the files tell.
        interval: where that share lies with 95 % confidence.
        median_seconds: how long the seller's clock had run; None without a case.
    """

    ended: int
    blank: int
    at_once: int
    seller: int
    buyer: int
    nobody: int
    untold: int
    share: float | None
    interval: Interval | None
    median_seconds: int | None


class FlowLoop(Struct, frozen=True):
    """Cases that went round again in one way, the time that took, and how many cases the files do not tell of."""

    way: str
    cases: int
    seconds: int
    unknown: int


class FlowLoops(Struct, frozen=True):
    """Of the cases that ended: those that went round again in any way, their share, and the time it took."""

    ended: int
    cases: int
    share: float | None
    interval: Interval | None
    seconds: int
    ways: tuple[FlowLoop, ...]


class FlowReason(Struct, frozen=True):
    """What requests give as their reason.

    Attributes:
        name: the class or the wording; ``rest`` for those of too few cases to be named.
        vital: of ``cases``, ``amount`` and ``seconds`` those of which it belongs to the few that make most.
    """

    name: str
    cases: int
    amount: float
    seconds: int
    case_share: float
    amount_share: float
    time_share: float
    vital: tuple[str, ...]


class FlowReasons(Struct, frozen=True):
    """The reasons of the requests that came in, by class and by wording; ``unknown`` of them give none."""

    classes: tuple[FlowReason, ...]
    classes_unknown: int
    wordings: tuple[FlowReason, ...]
    wordings_unknown: int


class ProductReason(Struct, frozen=True):
    """A reason that a product's requests give more often than those of other products."""

    reason: str
    cases: int
    of: int
    excess: float


class FlowProduct(Struct, frozen=True):
    """What comes back of a product.

    Attributes:
        lines: sold lines of which the files tell; ``refunded`` of them had a request.
        pieces: pieces of these lines; None where the files do not say.
        rate: the share that comes back, drawn towards that of all products as far as few were sold.
        interval: where the share lies with 95 % confidence, from this product's lines alone.
        usual: the rest's share.
        excess: requests beyond what the rest's share would have brought.
        stands_out: whether chance seldom makes such an excess.
        reasons: reasons it has more often than other products.
    """

    product: str
    orders: int
    lines: int
    pieces: int | None
    refunded: int
    rate: float
    interval: Interval
    usual: float
    excess: float
    stands_out: bool
    reasons: tuple[ProductReason, ...]


class FlowHour(Struct, frozen=True):
    """An hour of the day (a weekday): requests that came and were decided in it, how many waited in it on average."""

    at: int
    came: int
    decided: int
    waiting: float


class FlowRounds(Struct, frozen=True):
    """What deciding at fixed times would make of the mean wait, replayed on the shop's own requests.

    Attributes:
        times: the fixed times.
        cases: requests.
        now_seconds, then_seconds: their mean wait, and what it would be.
        saved: where the difference, in seconds, lies with 95 % confidence; None where too few days tell.
        a_sitting: requests decided in one sitting, on average.
    """

    times: tuple[str, ...]
    cases: int
    now_seconds: float
    then_seconds: float
    saved: Interval | None
    a_sitting: float

    def pays(self) -> bool:
        """Whether fixed times would surely shorten the wait."""
        return self.seen() and self.saved is not None and self.saved[0] > 0

    def seen(self) -> bool:
        """Whether it is known how often the shop looks.

        A sitting is seen by what was decided in it. Where it is one request as a rule, sittings in which all were put
        off go unseen, and the replay promises too much.
        """
        return self.a_sitting >= SEEN


class RefundFlow(Struct, frozen=True):
    """Everything an audit says of how refunds went in some days.

    Attributes:
        first, last: the days.
        cases: cases with time in them.
        seconds: that time.
        unended: stays that ended no one knows when; they are in nothing.
        stages: most time first.
        holders: each holder's part of the time; the parts of all and ``unsplit`` add up to one.
        unsplit: the part of which the files do not tell whose turn it was.
        timeouts, loops: of the cases that ended in the days.
        reasons: of the requests that came in on them.
        products, skus: of a longer window, those that stand out first.
        sold_from: the first day of that window; it ends on ``last`` as well. None in reports of before.
        hours, weekdays: each hour of the day, each day of the week from 1, Monday.
        night_share: the part of the wait for a decision that falls into the night or on a weekend.
        rounds: what fixed rounds would make of that wait.
    """

    first: dt.date
    last: dt.date
    cases: int
    seconds: int
    unended: int
    stages: tuple[FlowStage, ...]
    holders: tuple[tuple[str, float], ...]
    unsplit: float
    timeouts: FlowTimeouts | None = None
    loops: FlowLoops | None = None
    reasons: FlowReasons | None = None
    products: tuple[FlowProduct, ...] = ()
    skus: tuple[FlowProduct, ...] = ()
    hours: tuple[FlowHour, ...] = ()
    weekdays: tuple[FlowHour, ...] = ()
    night_share: float | None = None
    rounds: FlowRounds | None = None
    sold_from: dt.date | None = None

    def own(self) -> FlowStage | None:
        """The stage that takes most of the time in which it was surely the seller's turn."""
        return next((stage for stage in self.stages if stage.holders == ("seller",) and stage.seconds), None)
