"""A running clock as the JSON tells it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from shopscore.render import trusted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from shopscore.model import Aside, Breach, Due, DueList, OpenCase, ShopDue

_HOUR = 3600


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
        "first": None if due.first is None else format(due.first, lang),
        "breaches": [_breach(each, lang) for each in due.breaches],
    }


def open_cases(cases: Iterable[OpenCase], zone: ZoneInfo) -> dict[str, Any]:
    """Cases still to be decided: since when, and by when something is owed for them as far as the files say."""
    return {
        "open_cases": [
            {
                "subject": each.subject,
                "since": None if each.since is None else _time(each.since, zone),
                "deadline": None if each.deadline is None else _time(each.deadline, zone),
                "seen_until": _time(each.seen, zone),
            }
            for each in cases
        ]
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


def _aside(aside: Aside, lang: str, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "clock": aside.clock,
        "subject": aside.subject,
        "why": format(aside.why, lang),
        "deadline": None if aside.deadline is None else _time(aside.deadline, zone),
        "seen_until": _time(aside.seen, zone),
    }


def _time(moment: dt.datetime, zone: ZoneInfo) -> str:
    return moment.replace(tzinfo=zone).isoformat(timespec="seconds")


def render(found: DueList, lang: str) -> str:
    """The list as JSON: times with their offset, ids as text."""
    told = {
        "within_hours": found.within.total_seconds() / _HOUR,
        "shops": [_told(shop, lang) for shop in found.shops],
        "warnings": [format(each, lang) for each in found.warnings],
        "failed": list(found.failed),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def _told(shop: ShopDue, lang: str) -> dict[str, object]:
    zone = ZoneInfo(shop.timezone)
    return {
        "platform": shop.platform,
        "shop": shop.shop,
        "now": _time(shop.now, zone),
        "seen_until": _time(shop.seen, zone),
        "trust": shop.trust.level,
        "unread": list(trusted.unread(shop.trust)),
        "due": [whole(each, lang, zone) for each in shop.due],
        "not_listed": [
            {"title": format(each.title, lang), "seen_until": _time(each.seen, zone), "running": each.running}
            for each in shop.too_old
        ],
        "blocked": [_aside(each, lang, zone) for each in shop.blocked],
        "undated": [_aside(each, lang, zone) for each in shop.undated],
        **open_cases(shop.open_cases, zone),
    }
