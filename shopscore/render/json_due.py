"""A running clock as the JSON tells it, beside its id, subject and deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from shopscore.model import Breach, Due


def of_clock(due: Due, lang: str, zone: ZoneInfo) -> dict[str, Any]:
    """What is known of a clock: whose move it is, how likely a miss is, and what it would do."""
    return {
        "title": format(due.title, lang),
        "holder": due.holder,
        "todo": format(due.todo, lang),
        "since": _time(due.since, zone),
        "seen_until": _time(due.seen, zone),
        "chance": due.chance,
        "usual": due.usual,
        "weight": due.weight,
        "breaches": [_breach(each, lang) for each in due.breaches],
    }


def _breach(breach: Breach, lang: str) -> dict[str, Any]:
    return {
        "metric": breach.metric,
        "title": format(breach.title, lang),
        "value": breach.value,
        "after": breach.after,
        "target": breach.target,
        "left": breach.left,
        "crosses": breach.crosses,
        "points": breach.points,
        "money": breach.money,
        "currency": breach.currency,
    }


def _time(moment: dt.datetime, zone: ZoneInfo) -> str:
    return moment.replace(tzinfo=zone).isoformat(timespec="seconds")
