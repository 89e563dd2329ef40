"""Things in force for some time → the one that holds on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


class Dated(Protocol):
    """Something in force for some time."""

    @property
    def valid_from(self) -> dt.date | None:
        """The first day, or the beginning of time."""

    @property
    def valid_to(self) -> dt.date | None:
        """The last day, or nothing for today's."""


_D = TypeVar("_D", bound=Dated)


def in_force(versions: Sequence[_D], day: dt.date) -> _D | None:
    """The version whose days hold ``day``, both ends in; the one that began last where several do."""
    living = [
        each
        for each in versions
        if (each.valid_from is None or each.valid_from <= day) and (each.valid_to is None or day <= each.valid_to)
    ]
    return max(living, key=lambda each: (each.valid_from is not None, each.valid_from), default=None)
