"""How long things took → how likely one that still runs is to miss its deadline.

The product-limit estimate (Kaplan & Meier, JASA 53, 1958) of the share not done after a time uses what was done and
what still runs alike: leaving the running ones out would make a slow week look quick. What ended otherwise counts as
watched until then.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST = 30
"""Done ones below which the shop's own history says too little."""


class Life(NamedTuple):
    """One clock: seconds from its start until it was done, or until nobody watched it any more."""

    seconds: float
    done: bool


class Curve(Struct, frozen=True):
    """The share not done yet after some seconds: ``left[i]`` from ``steps[i]`` on, 1 before the first step."""

    steps: tuple[float, ...]
    left: tuple[float, ...]
    longest: float
    """The longest anybody was watched: beyond it nothing is known."""

    def after(self, seconds: float) -> float:
        """The share not done after so many seconds."""
        at = bisect_right(self.steps, seconds)
        return self.left[at - 1] if at else 1.0


def product_limit(lives: Iterable[Life]) -> Curve:
    """The product-limit estimate of some clocks."""
    ordered = sorted(lives)
    steps: list[float] = []
    shares: list[float] = []
    left, at, last = 1.0, 0, len(ordered)
    while at < last:
        seconds, done, at_risk = ordered[at][0], 0, last - at
        while at < last and ordered[at][0] == seconds:
            done += ordered[at][1]
            at += 1
        if done:
            left *= 1 - done / at_risk
            steps.append(seconds)
            shares.append(left)
    return Curve(tuple(steps), tuple(shares), ordered[-1].seconds if ordered else 0.0)


def chance(curve: Curve, age: float, allowed: float) -> float | None:
    """How likely a clock of some age is to run beyond what is allowed; None where nobody was watched that long.

    Exactly what is allowed is in time. Where all that were watched longest were done, none ran longer.
    """
    if age >= allowed:
        return 1.0
    left, now = curve.after(allowed), curve.after(age)
    if not now or (left and allowed > curve.longest):
        return None
    return left / now


# ── clocks ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Clock(NamedTuple):
    """A clock, in seconds since any moment.

    Attributes:
        start, deadline: from when to when it may take.
        done: when it was done; None: not yet.
        over: when it ended otherwise; None: it did not.
        handed: when it came into other hands, as a parcel to the carrier; None: it has not.
    """

    start: float
    deadline: float
    done: float | None
    over: float | None = None
    handed: float | None = None

    def late(self) -> bool | None:
        """Whether the deadline was missed; None where the clock was over before anybody could tell."""
        if (
            self.done is not None
            and self.done <= self.deadline
            and not (self.over is not None and self.over < self.done)
        ):
            return False
        return None if self.over is not None and self.over <= self.deadline else True


Tell = Callable[[Clock], "float | None"]
"""How likely a running clock is to be late; None: nothing can be said of it."""
Way = Callable[["Iterable[Clock]", float], Tell]
"""What is known of some clocks at a moment → how likely those that run are to be late."""


def life_at(clock: Clock, moment: float, since: float) -> Life:
    """A clock as it looked at a moment, watched from ``since`` on."""
    _, _, done, over, _ = clock
    if over is not None and (over > moment or (done is not None and done <= over)):
        over = None
    if done is not None and done <= moment and over is None:
        return Life(done - since if done > since else 0.0, done=True)
    end = moment if over is None else over
    return Life(end - since if end > since else 0.0, done=False)


def known_at(clocks: Iterable[Clock], moment: float) -> list[Life]:
    """The clocks as they looked at a moment: done by then, over, or still running."""
    return [life_at(clock, moment, clock.start) for clock in clocks if clock.start < moment]


def running_at(clocks: Iterable[Clock], moment: float) -> list[Clock]:
    """The clocks that ran at a moment and were not late yet."""
    return [
        clock
        for clock in clocks
        if clock.start < moment < clock.deadline
        and (clock.done is None or clock.done > moment)
        and (clock.over is None or clock.over > moment)
    ]


def by_age(clocks: Iterable[Clock], moment: float) -> Tell:
    """What the age of a clock says at a moment, whoever has it in hand."""
    lives = known_at(clocks, moment)
    if sum(life.done for life in lives) < FEWEST:
        return _nothing
    curve = product_limit(lives)
    return lambda clock: chance(curve, moment - clock.start, clock.deadline - clock.start)


def by_hands(clocks: Iterable[Clock], moment: float) -> Tell:
    """What is said by whose hands a clock is in: from the handing over on, or as long as it has waited for that.

    A clock that has not been handed over is compared with those that had not been at that age either (a landmark:
    Anderson, Cain & Gelber, J. Clin. Oncol. 1, 1983); its age is taken down to an eighth of what is allowed, so that
    a handful of curves serves all.
    """
    begun = [clock for clock in clocks if clock.start < moment]
    handed = [life_at(each, moment, each.handed) for each in begun if each.handed is not None and each.handed < moment]
    after = product_limit(handed) if sum(life.done for life in handed) >= FEWEST else None
    waited = [
        (math.inf if each.handed is None else each.handed - each.start, life_at(each, moment, each.start))
        for each in begun
    ]
    before: dict[float, Curve | None] = {}

    def said(clock: Clock) -> float | None:
        allowed = clock.deadline - clock.start
        if clock.handed is not None and clock.handed <= moment:
            return None if after is None else chance(after, moment - clock.handed, clock.deadline - clock.handed)
        landmark = (moment - clock.start) // (allowed / _EIGHTHS) * (allowed / _EIGHTHS)
        if landmark not in before:
            before[landmark] = _waiting(waited, landmark)
        curve = before[landmark]
        return None if curve is None else chance(curve, moment - clock.start, allowed)

    return said


_EIGHTHS = 8


def _waiting(waited: Iterable[tuple[float, Life]], landmark: float) -> Curve | None:
    """The curve of the clocks that at some age were neither handed over nor stopped.

    Args:
        waited: how long each waited to be handed over, and its life.
        landmark: that age.
    """
    lives = [life for wait, life in waited if wait > landmark and life.seconds > landmark]
    return product_limit(lives) if sum(life.done for life in lives) >= FEWEST else None


def _nothing(_: Clock) -> None:
    return None
