"""How long things took → how likely one that still runs is to miss its deadline.

The product-limit estimate (Kaplan & Meier, JASA 53, 1958) of the share not done after a time uses what was done and
what still runs alike: leaving the running ones out would make a slow week look quick.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEWEST = 30
"""Done ones below which the shop's own history says too little."""


class Life(NamedTuple):
    """One clock: seconds from its start until it was done, or until the data ends where it still runs."""

    seconds: float
    done: bool


@dataclass(frozen=True, slots=True)
class Curve:
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
    at_risk, left = len(ordered), 1.0
    steps, shares = [], []
    for seconds, alike in groupby(ordered, key=lambda life: life.seconds):
        ended = list(alike)
        done = sum(life.done for life in ended)
        if done:
            left *= 1 - done / at_risk
            steps.append(seconds)
            shares.append(left)
        at_risk -= len(ended)
    return Curve(tuple(steps), tuple(shares), ordered[-1].seconds if ordered else 0.0)


def chance(curve: Curve, age: float, allowed: float) -> float | None:
    """How likely a clock of some age is to run beyond what is allowed; None where nobody was watched that long.

    Exactly what is allowed is in time.
    """
    if age >= allowed:
        return 1.0
    if allowed > curve.longest or not (now := curve.after(age)):
        return None
    return curve.after(allowed) / now


# ── whether it is worth saying ───────────────────────────────────────────────────────────────────────────────────


class Clock(NamedTuple):
    """A clock of the past, in seconds since any moment: its start, its deadline, and when it was done if it was."""

    start: float
    deadline: float
    done: float | None


def known_at(clocks: Iterable[Clock], moment: float) -> list[Life]:
    """The clocks as they looked at a moment: done by then, or still running."""
    return [
        Life((clock.done if done else moment) - clock.start, done)  # type: ignore[operator]
        for clock in clocks
        if clock.start < moment
        for done in (clock.done is not None and clock.done <= moment,)
    ]


def running_at(clocks: Iterable[Clock], moment: float) -> list[Clock]:
    """The clocks that ran at a moment and were not late yet."""
    return [
        clock
        for clock in clocks
        if clock.start < moment < clock.deadline and (clock.done is None or clock.done > moment)
    ]


def skill(clocks: Sequence[Clock], moments: Sequence[float], until: float) -> float | None:
    """How much better than the base rate the chances would have been: 1 less the ratio of the Brier scores.

    At each moment of the past the chances of the clocks that ran then are taken from what was known then, and held
    against what came (Brier, Monthly Weather Review 78, 1950). The base rate is the share of clocks late so far.

    Args:
        clocks: every clock of the shop's history.
        moments: when to look.
        until: up to when the data can be trusted; clocks whose deadline lies later have no outcome yet.

    Returns:
        Above 0: better than the base rate. None: too little was known at all of the moments.
    """
    ours = base = 0.0
    asked = 0
    for moment in moments:
        lives = known_at(clocks, moment)
        settled = [clock for clock in clocks if clock.deadline < moment]
        if sum(life.done for life in lives) < FEWEST or not settled:
            continue
        curve = product_limit(lives)
        usual = sum(_late(clock) for clock in settled) / len(settled)
        for clock in running_at(clocks, moment):
            said = chance(curve, moment - clock.start, clock.deadline - clock.start)
            if said is None or clock.deadline >= until:
                continue
            came = float(_late(clock))
            ours += (said - came) ** 2
            base += (usual - came) ** 2
            asked += 1
    return 1 - ours / base if asked >= FEWEST and base else None


def _late(clock: Clock) -> bool:
    return clock.done is None or clock.done > clock.deadline
