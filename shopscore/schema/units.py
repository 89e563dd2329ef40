"""A metric's unit → in what whole numbers a ledger keeps what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unit(Struct, frozen=True):
    """How a metric's ``of`` is kept, so that adding it up is exact.

    Attributes:
        kept: whole units of the ledger per unit of ``of``.
        makes: whole units of the ledger that make one of the metric's unit.
    """

    kept: int
    makes: int


HUNDREDTHS = 100
"""Whole units per unit of whatever is neither a length of time nor a share: money in cents, stars in hundredths."""

UNITS: Mapping[str, Unit] = {
    "seconds": Unit(1, 1),
    "hours": Unit(1, 3600),
    "days": Unit(1, 86_400),
    # A share that an export shows has up to four decimals: 87.34 %.
    "rate": Unit(10_000, 10_000),
}
"""The units of which ``of`` is no plain number kept in hundredths; durations are made of an ``of`` in seconds."""

DURATIONS = frozenset(name for name, unit in UNITS.items() if unit.kept == 1)
"""Units that are never below nothing."""

_PLAIN = Unit(HUNDREDTHS, HUNDREDTHS)


def unit_of(name: str) -> Unit:
    """How a unit's numbers are kept."""
    return UNITS.get(name, _PLAIN)
