"""What is said of many shops together, as JSON; and each shop as a document of its own, a line each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shopscore.render import escape
from shopscore.render.fleet import sentences
from shopscore.render.fleet.matrix import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Fleet, FleetAction, Report, SharedCause


def as_dict(fleet: Fleet | None, lang: str) -> dict[str, Any]:
    """The key ``fleet`` where there is one; nothing where each shop is told alone."""
    if fleet is None:
        return {}
    told = {
        "shops": [
            {
                "platform": each.platform,
                "shop": each.shop,
                "owner": each.owner,
                "group": each.group,
                "state": each.state,
                "short": each.short,
                "judged": each.judged,
            }
            for each in fleet.shops
        ],
        "actions": [_action(each) for each in fleet.actions],
        "causes": [_cause(each, lang) for each in fleet.causes],
        "looked_at": fleet.looked_at,
        "failed": [
            {"name": each.name, "owner": each.owner, "group": each.group, "reason": format(each.reason, lang)}
            for each in fleet.failed
        ],
        "work": dict(fleet.work),
    }
    return {"fleet": told}


def _action(each: FleetAction) -> dict[str, Any]:
    return {
        "platform": each.platform,
        "shop": each.shop,
        "metric": each.metric,
        "advice": each.advice,
        "effort": each.effort,
        "hours": each.hours,
        "crossings": each.crossings,
        "per_hour": each.per_hour,
        "at_risk": each.at_risk,
        "currency": each.currency,
    }


def _cause(each: SharedCause, lang: str) -> dict[str, Any]:
    return {
        "dimension": each.dimension,
        "segment": each.segment,
        "metric": each.metric,
        "title": format(each.title, lang),
        "excess": each.excess,
        "interval": list(each.interval),
        "share": each.share,
        "chance": each.chance,
        "shops": [
            {
                "platform": one.platform,
                "shop": one.shop,
                "bad": one.bad,
                "rows": one.rows,
                "excess": one.excess,
                "named": one.named,
                "enough": one.enough,
            }
            for one in each.shops
        ],
        "also": [format(one, lang) for one in each.also],
        "text": sentences.cause(each, lang),
    }


def lines(report: Report, lang: str) -> Iterator[str]:
    """A line for each shop, by platform and name: the whole JSON report of that shop alone."""
    from shopscore.render.json import whole  # noqa: PLC0415 - which tells a fleet by this module

    for shop in report.shops:
        text = json.dumps(whole(page_of(report, shop), lang), ensure_ascii=False, sort_keys=True, allow_nan=False)
        yield escape.json(text) + "\n"
