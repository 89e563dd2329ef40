"""A shop, as the contract's keys tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from shopscore.render import integrity, trusted
from shopscore.render.json import beside, due, metric, worth
from shopscore.render.json.texts import texts

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.model import AdviceResult, Score, ShopReport, Stage, Trust


def as_dict(shop: ShopReport, lang: str) -> dict[str, Any]:
    """A shop: how far its data can be trusted, its score, its metrics, and what to do."""
    zone = ZoneInfo(shop.timezone)
    return {
        "platform": shop.platform,
        "platform_title": format(shop.platform_title, lang),
        "shop": shop.shop,
        "as_of": _time(shop.as_of, zone),
        "timezone": shop.timezone,
        "seen_until": {table: _time(moment, zone) for table, moment in shop.seen_until},
        "rows": dict(shop.rows),
        "trust": _trust(shop.trust, lang),
        "score": _score(shop.score, lang),
        "metrics": [metric.as_dict(each, lang) | due.open_cases(each.open_cases, zone) for each in shop.metrics],
        "shortfalls": list(shop.shortfalls),
        "advice": [_advice(each, lang) | worth.of_advice(each, shop, lang) for each in shop.advice],
        "due": [due.whole(each, lang, zone) for each in shop.due],
        "stages": [_stage(stage) for stage in shop.stages],
        "guide": texts(shop.guide, lang),
        **beside.of_shop(shop, lang),
        "integrity": integrity.as_dicts(shop, lang),
        **worth.of_shop(shop, lang),
        "warnings": texts(shop.warnings, lang),
    }


def _time(moment: dt.datetime, zone: ZoneInfo) -> str:
    return moment.replace(tzinfo=zone).isoformat(timespec="seconds")


def _trust(trust: Trust, lang: str) -> dict[str, Any]:
    return {
        "level": trust.level,
        "files": trust.files,
        "rows": trust.rows,
        "refused": trust.refused,
        "reasons": [
            {
                "kind": reason.kind,
                "reason": reason.reason,
                "table": reason.table,
                "files": list(reason.files),
                "count": reason.count,
                "rows": reason.rows,
                "level": reason.level,
                "text": trusted.sentence(reason, lang),
            }
            for reason in trust.reasons
        ],
    }


def _score(score: Score, lang: str) -> dict[str, Any]:
    return {
        "value": score.value,
        "basis": score.basis,
        "band": score.band,
        "next_band": score.next_band,
        "coverage": score.coverage,
        "text": format(score.text, lang) if score.text else None,
        "lost": [{"title": format(each.title, lang), "points": each.points, "full": each.full} for each in score.lost],
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "from": stage.from_state,
        "to": stage.to_state,
        "holder": stage.holder,
        "cases": stage.cases,
        "seconds": stage.seconds,
        "median_seconds": stage.median_seconds,
        "p90_seconds": stage.p90_seconds,
    }


def _advice(advice: AdviceResult, lang: str) -> dict[str, Any]:
    return {
        "id": advice.id,
        "metric": advice.metric,
        "text": format(advice.text, lang),
        "effort": advice.effort,
        "compliance": advice.compliance,
        "compliance_reason": format(advice.compliance_reason, lang) if advice.compliance_reason else None,
        "source": list(advice.source),
        "because": dict(advice.because),
        "side_effects": texts(advice.side_effects, lang),
    }
