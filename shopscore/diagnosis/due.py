"""Clocks that run → which to look after first: what is worth most, then what runs out first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import Due

Key = tuple[float, ...]
_NOISE = 9
"""Decimals beyond which an expected value is noise of the calculation."""


def by_deadline(clocks: Iterable[Due]) -> tuple[Due, ...]:
    """Clocks by deadline, then by id and subject, each once."""
    once = {(each.deadline, each.clock, each.subject): each for each in clocks}
    return tuple(once[key] for key in sorted(once))


def by_worth(clocks: Iterable[Due]) -> tuple[Due, ...]:
    """Clocks by what looking after them is worth (`expected`), then those that come first among equals, by deadline."""

    def place(due: Due) -> tuple[Key, bool]:
        return tuple(-number for number in expected(due)), due.first is None

    return tuple(sorted(by_deadline(clocks), key=place))


def expected(due: Due) -> Key:
    """What a clock is expected to cost if nobody looks after it; compared from the left, more is worse.

    Points of the score, money by the platform's price list, metrics that this one alone takes past their target, and
    bad events by the weight of their buyer; each times the chance of a miss. Money of several currencies is compared as
    it stands: no rate of exchange is known here.
    """
    chance = likelihood(due)
    each = due.breaches
    weight = (1.0 if due.weight is None else due.weight) * bool(each)
    sums = (
        math.fsum(breach.points or 0.0 for breach in each),
        math.fsum(breach.money or 0.0 for breach in each),
        float(sum(breach.crosses for breach in each)),
        weight,
    )
    return tuple(round(chance * number, _NOISE) for number in sums)


def likelihood(due: Due) -> float:
    """How likely a miss is: as shown, else the shop's usual share, else certain, as nothing is known of it."""
    known = (each for each in (due.chance, due.usual) if each is not None)
    return next(known, 1.0)
