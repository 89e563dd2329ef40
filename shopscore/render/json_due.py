"""A running clock as the JSON tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from shopscore.model import Breach, Due


def whole(due: Due, lang: str, zone: ZoneInfo) -> dict[str, Any]:
    """A clock: what must be done by when, whose move it is, how likely a miss is, and what it would do."""
    return {
        "clock": due.clock,
        "subject": due.subject,
        "deadline": _time(due.deadline, zone),
        "hours_left": due.hours_left,
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
        "unit": breach.unit,
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
