"""Clocks that run → which to look after first: what is worth most, then what runs out first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import Due

Key = tuple[float, ...]
_COIN = 2
"""Decimals of money, and of a chance as it is shown."""
_TENTH = 1
"""Decimals of a chance that a shop's history is good for: what is lost whole or not at all goes by it."""
_NOISE = 9
"""Decimals beyond which a number is noise of the calculation."""


def by_deadline(clocks: Iterable[Due]) -> tuple[Due, ...]:
    """Clocks by deadline, then by id and subject, each once."""
    once = {(each.deadline, each.clock, each.subject): each for each in clocks}
    return tuple(once[key] for key in sorted(once))


def by_worth(clocks: Iterable[Due]) -> tuple[Due, ...]:
    """Clocks by what looking after them is worth (`expected`), then by deadline."""

    def place(due: Due) -> Key:
        return tuple(-number for number in expected(due))

    return tuple(sorted(by_deadline(clocks), key=place))


def expected(due: Due) -> Key:
    """What a clock is expected to cost if nobody looks after it; compared from the left, more is worse.

    Points of the score, money by the platform's price list, metrics that this one alone takes past their target,
    whether its buyer comes first, and bad events by the weight of their buyer; all but the buyer times the chance of a
    miss. What differs by less than is known is no difference: points and targets are lost whole or not at all, and go
    by the chance in tenths; money is told in coins, a bad event in hundredths. Money of several currencies is compared
    as it stands: no rate of exchange is known here.
    """
    chance, each = likelihood(due), due.breaches
    roughly = round(chance, _TENTH)
    weight = (1.0 if due.weight is None else due.weight) * bool(each)
    return (
        round(roughly * math.fsum(breach.points or 0.0 for breach in each), _NOISE),
        round(chance * math.fsum(breach.money or 0.0 for breach in each), _COIN),
        round(roughly * sum(breach.crosses for breach in each), _NOISE),
        float(due.first is not None),
        round(chance * weight, _COIN),
    )


def likelihood(due: Due) -> float:
    """How likely a miss is: as shown, else the shop's usual share, else certain, as nothing is known of it."""
    known = (each for each in (due.chance, due.usual) if each is not None)
    return next(known, 1.0)
