"""The moment of export that a file name tells."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARTS = ("year", "month", "day", "hour", "minute", "second")


def exported_at(stem: str, patterns: Iterable[str], now: dt.datetime) -> dt.datetime | None:
    """The export time in a file name.

    Args:
        stem: the file's name without its ending.
        patterns: regular expressions with groups named year, month, day and perhaps hour, minute, second.
        now: a name that tells a later moment tells something else.

    Returns:
        The moment; without hours the day's beginning, since the export may have been made at any time of that day.
    """
    for pattern in patterns:
        found = re.search(pattern, stem)
        if found is None:
            continue
        parts = {name: int(text) for name, text in found.groupdict().items() if name in _PARTS and text}
        try:
            moment = dt.datetime(**parts)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
        if moment <= now:
            return moment
    return None
