"""What stands beside the judged numbers, as plain values of the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopscore.render import flow
from shopscore.render.json import change, staffing

if TYPE_CHECKING:
    from shopscore.model import (
        Displayed,
        Effect,
        EnteredScore,
        GateResult,
        MetricResult,
        Period,
        RulesUnder,
        ShopReport,
        StakeResult,
        StructureResult,
        Words,
    )


def of_metric(metric: MetricResult, lang: str) -> dict[str, Any]:
    """What is said of one metric."""
    return {
        "stake": _stake(metric.stake, lang),
        "displayed": _displayed(metric.displayed, lang),
        "change": change.of_change(metric.change),
        "under": [_under(each, lang) for each in metric.under],
        "chosen": [
            {
                "switch": each.name,
                "option": each.option,
                "title": format(each.title, lang),
                "reading": format(each.reading, lang),
            }
            for each in metric.chosen
        ],
    }


def of_shop(shop: ShopReport, lang: str) -> dict[str, Any]:
    """What is said of one shop."""
    return {
        "rules_as_of": shop.rules_as_of.isoformat() if shop.rules_as_of else None,
        "structure": _structure(shop.structure, lang),
        "gates": [_gate(gate, lang) for gate in shop.gates],
        "effects": [_effect(effect) for effect in shop.effects],
        "set_aside": [
            {"metric": each.metric, "reason": each.reason, "owner": each.owner, "expires": each.expires.isoformat()}
            for each in shop.set_aside
        ],
        "fail_on": list(shop.fail_on) if shop.fail_on is not None else None,
        "refund_flow": flow.as_json(shop.refund_flow),
        "staffing": [staffing.of_metric(each) for each in shop.staffing],
    }


def _words(words: Words | None, lang: str) -> str | None:
    return format(words, lang) if words else None


def _stake(stake: StakeResult | None, lang: str) -> dict[str, Any] | None:
    if stake is None:
        return None
    return {
        "missed": stake.missed,
        "at_risk": stake.at_risk,
        "currency": stake.currency,
        "what": format(stake.what, lang),
        "unpriced": stake.unpriced,
        "open": stake.open,
    }


def _displayed(shown: Displayed | None, lang: str) -> dict[str, Any] | None:
    if shown is None:
        return None
    return {
        "value": shown.value,
        "date": shown.date.isoformat() if shown.date else None,
        "peer": shown.peer,
        "goal": shown.goal,
        "origin": shown.origin,
        "differs": shown.differs,
        "reasons": [
            {
                "kind": each.kind,
                "value": each.value,
                "count": each.count,
                "reading": each.name or None,
                "title": _words(each.title, lang),
            }
            for each in shown.reasons
        ],
    }


def _under(under: RulesUnder, lang: str) -> dict[str, Any]:
    return {
        "day": under.day.isoformat(),
        "status": under.status,
        "value": under.value,
        "numerator": under.numerator,
        "denominator": under.denominator,
        "version": under.version,
        "note": _words(under.note, lang),
    }


def _score(score: EnteredScore, lang: str) -> dict[str, Any]:
    title = _words(score.title, lang)
    return {"name": score.name, "title": title, "value": score.value, "unit": score.unit, "origin": score.origin}


def _structure(found: StructureResult | None, lang: str) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "id": found.id,
        "title": format(found.title, lang),
        "factors": [
            {
                "title": format(each.title, lang),
                "score": _score(each.score, lang),
                "metrics": list(each.metrics),
                "weight": each.weight,
            }
            for each in found.factors
        ],
        "note": _words(found.note, lang),
        "source": list(found.source),
    }


def _gate(gate: GateResult, lang: str) -> dict[str, Any]:
    return {
        "id": gate.id,
        "title": format(gate.title, lang),
        "state": gate.state,
        "limit": gate.limit,
        "bound": gate.bound,
        "scores": [_score(each, lang) for each in gate.scores],
        "missed_by": gate.missed_by,
        "opens": format(gate.opens, lang),
        "note": _words(gate.note, lang),
        "source": list(gate.source),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "date": effect.date.isoformat(),
        "what": effect.what,
        "metric": effect.metric,
        "days": effect.days,
        "before": _side(effect.before),
        "after": _side(effect.after),
        "difference": effect.difference,
        "interval": list(effect.interval) if effect.interval else None,
        "verdict": effect.verdict,
        "answer": effect.answer,
        "moved": {"day": effect.moved.day.isoformat(), "value": effect.moved.value} if effect.moved else None,
        "visible": effect.visible,
        "needed": effect.needed,
        "until": effect.until.isoformat() if effect.until else None,
        "lacking": effect.lacking,
    }


def _side(side: Period | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "from": side.first.isoformat(),
        "to": side.last.isoformat(),
        "value": side.value,
        "interval": list(side.interval) if side.interval else None,
        "rows": side.rows,
    }
