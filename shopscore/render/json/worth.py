"""What acting is worth, as plain values of the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopscore.render import because

if TYPE_CHECKING:
    from shopscore.model import (
        AdviceResult,
        MetricResult,
        OneEvent,
        Outcome,
        ShopReport,
        Taken,
        Together,
        Worked,
        Worth,
    )


def of_metric(metric: MetricResult) -> dict[str, Any]:
    """What one event of a metric weighs, and what acting on it is worth."""
    return {"one_event": _one_event(metric.one_event), "acting": _worth(metric.worth)}


def of_shop(shop: ShopReport, lang: str) -> dict[str, Any]:
    """What several fixes take and gain together."""
    return {"together": _together(shop.together, lang), "applied": [_worked(each) for each in shop.applied]}


def _worked(found: Worked | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "advice": found.advice,
        "metric": found.metric,
        "on": found.on.isoformat(),
        "by": found.by.isoformat() if found.by else None,
        "outcome": found.verdict,
        "difference": found.effect.difference if found.effect else None,
        "interval": list(found.effect.interval) if found.effect and found.effect.interval else None,
    }


def _together(found: Together | None, lang: str) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "taken": _taken(found.taken),
        "sharing": _taken(found.sharing),
        "before": _outcome(found.before),
        "after": _outcome(found.after),
        "gates": [{"title": format(title, lang), "opens": format(opens, lang)} for title, opens in found.gates],
        "steps": [
            {
                "metric": step.metric,
                "alone": step.alone,
                "events": step.events,
                "needed": step.needed,
                "after": _outcome(step.after),
            }
            for step in found.steps
        ],
    }


def _taken(found: Taken | None) -> dict[str, Any] | None:
    return {"metrics": list(found.metrics), "events": found.events, "apart": found.apart} if found else None


def _outcome(found: Outcome) -> dict[str, Any]:
    return {"score": found.score, "band": found.band, "gates": list(found.gates)}


def of_advice(advice: AdviceResult, shop: ShopReport, lang: str) -> dict[str, Any]:
    """Why a piece of advice fits, in a sentence, and what else it does to this shop."""
    about = next((metric for metric in shop.metrics if metric.id == advice.metric), None)
    return {
        "because_text": because.sentence(advice, about, lang) if about else "",
        "worked": _worked(advice.worked),
        "touches": [
            {
                "text": format(each.text, lang),
                "metric": each.metric,
                "direction": each.direction,
                "value": each.value,
                "target": each.target,
                "room": each.room,
            }
            for each in advice.touches
        ],
    }


def _one_event(found: OneEvent | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "one_more": found.one_more,
        "one_fewer": found.one_fewer,
        "per": found.per,
        "rows": found.rows,
        "fact": found.fact,
        "crosses": found.crosses,
        "matters": found.matters,
    }


def _worth(found: Worth | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "score_points": found.score_points,
        "item_points": found.item_points,
        "lacking": found.lacking,
        "gates": list(found.gates),
        "at_risk": found.at_risk,
        "effort": found.effort,
        "way": found.way,
        "part": found.acting,
    }
