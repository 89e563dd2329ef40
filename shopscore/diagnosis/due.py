"""Clocks that run → what must be done by when, first what is worth most."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import Due


def by_deadline(clocks: Iterable[Due]) -> tuple[Due, ...]:
    """Clocks by deadline, each once."""
    once = {(each.deadline, each.clock, each.subject): each for each in clocks}
    return tuple(once[key] for key in sorted(once))
