"""The clocks of a shop's past → how likely those that run are to be late, where that was better than a plain guess.

Evenings of the past are looked back upon: what was known then says how likely the clocks that ran were to be late,
and is held against what came. Only what beat the plain guess, the share late so far, is said of tonight's clocks.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shopscore.diagnosis.survival import FEWEST, by_age, by_hands, running_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shopscore.diagnosis.survival import Clock, Way

DAY = 86_400.0
EVENINGS = 7
"""How many evenings of the past are looked back upon."""
BETTER = 0.05
"""By how much the plain guess must have been beaten: less than that comes from luck too often (docs/evidence.md)."""

ALIKE = 1.25
"""Clocks are alike if what they allow rounds to the same power of this."""

WAYS: tuple[Way, ...] = (by_age, by_hands)
"""The ways of telling, the plainer first: it is taken where they do alike."""


def usual(clocks: Iterable[Clock], until: float) -> float | None:
    """The share of deadlines missed so far, of those that have passed; None for too few."""
    passed = [late for clock in clocks if clock.deadline < until and (late := clock.late()) is not None]
    return sum(passed) / len(passed) if len(passed) >= FEWEST else None


def chances(
    clocks: Sequence[Clock],
    running: Sequence[Clock],
    until: float,
    ways: Sequence[Way] = WAYS,
    *,
    lately: Sequence[Clock] | None = None,
) -> list[float | None]:
    """How likely each running clock is to be late; None where no way of telling beat the plain guess.

    Each is told from clocks that may take about as long: of goods made in ten days the ones that leave within two say
    nothing, and the other way round.

    Args:
        clocks: clocks that have started, some of them still running.
        running: those asked about.
        until: up to when the data is known.
        ways: the ways of telling.
        lately: clocks whose deadline ran out in the last week, which the ways are held against; None: the same ones.
    """
    found: dict[Clock, float | None] = {}
    for length, own in _by_length(running).items():
        past, checked = ([each for each in some if _length(each) == length] for some in (clocks, lately or ()))
        best = chosen(past, until, ways, None if lately is None else checked)
        said = None if best is None else best(past, until)
        found.update({clock: None if said is None else said(clock) for clock in own})
    return [found[clock] for clock in running]


def _by_length(clocks: Iterable[Clock]) -> dict[int, list[Clock]]:
    groups: dict[int, list[Clock]] = {}
    for clock in clocks:
        groups.setdefault(_length(clock), []).append(clock)
    return groups


def _length(clock: Clock) -> int:
    """How long a clock may take, in steps of a quarter."""
    return round(math.log(max(clock.deadline - clock.start, 1.0), ALIKE))


def chosen(
    clocks: Sequence[Clock], until: float, ways: Sequence[Way] = WAYS, lately: Sequence[Clock] | None = None
) -> Way | None:
    """The way of telling that would have been best on the evenings of the past; None where none was good enough."""
    moments = [until - DAY * back for back in range(1, EVENINGS + 1)]
    gain, at = max((skill(clocks, moments, until, way, lately) or 0.0, -at) for at, way in enumerate(ways))
    return ways[-at] if gain >= BETTER else None


def skill(
    clocks: Sequence[Clock],
    moments: Iterable[float],
    until: float,
    way: Way = by_age,
    lately: Sequence[Clock] | None = None,
) -> float | None:
    """How much better than the plain guess the chances would have been: 1 less the ratio of the Brier scores.

    At each moment of the past the chances of the clocks that ran then are taken from what was known then, and held
    against what came (Brier, Monthly Weather Review 78, 1950). The plain guess is the share of clocks late so far.

    Args:
        clocks: every clock of the shop's history.
        moments: when to look.
        until: up to when the data can be trusted; clocks whose deadline lies later have no outcome yet.
        way: how the chances are told.
        lately: the clocks that are held against what came; None: all.

    Returns:
        Above 0: better than the plain guess. None: too little was known at all of the moments.
    """
    ours = plain = 0.0
    asked = 0
    for moment in moments:
        ran = [
            (clock, late)
            for clock in running_at(clocks if lately is None else lately, moment)
            if clock.deadline < until and (late := clock.late()) is not None
        ]
        guess = usual(clocks, moment) if ran else None
        if guess is None:
            continue
        tell = way(clocks, moment)
        for clock, late in ran:
            said = tell(clock)
            if said is not None:
                ours += (said - late) ** 2
                plain += (guess - late) ** 2
                asked += 1
    return 1 - ours / plain if asked >= FEWEST and plain else None
