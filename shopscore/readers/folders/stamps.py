"""A file name → when the file was exported, or the day its rows are of."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PARTS = ("year", "month", "day", "hour", "minute", "second")
_LENGTHS = {"second": 1, "minute": 60, "hour": 60 * 60, "day": 24 * 60 * 60}
"""Seconds in the finest part that a name tells."""


class Stamp(Struct, frozen=True):
    """When a file was exported: not before ``since``, not after ``until``; None where nothing says so."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None


def exported(stem: str, patterns: Iterable[str], now: dt.datetime) -> Stamp:
    """When a file was exported, by its name.

    Args:
        stem: the file's name without its ending.
        patterns: regular expressions with groups named year, month, day and perhaps hour, minute, second.
        now: a name that tells a later moment tells something else.

    Returns:
        The first and the last second of what the name tells, a day or a minute: the export may have been made at any
        time of it. A name that tells nothing gives neither.
    """
    for moment, parts in _moments(stem, patterns):
        if moment <= now:
            length = min(_LENGTHS[name] for name in parts if name in _LENGTHS)
            return Stamp(moment, moment + dt.timedelta(seconds=length - 1))
    return Stamp()


def day_of(stem: str, patterns: Iterable[str]) -> str | None:
    """The day that a file's name says its rows are of, as a cell would say it."""
    return next((f"{moment:%Y-%m-%d}" for moment, _ in _moments(stem, patterns)), None)


def _moments(stem: str, patterns: Iterable[str]) -> Iterator[tuple[dt.datetime, dict[str, int]]]:
    """The moments that patterns find in a name, and the parts they are made of."""
    for pattern in patterns:
        found = re.search(pattern, stem)
        if found is None:
            continue
        parts = {name: int(text) for name, text in found.groupdict().items() if name in _PARTS and text}
        try:
            yield dt.datetime(**parts), parts  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
