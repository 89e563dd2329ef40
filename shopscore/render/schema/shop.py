"""A shop → its keys that stay: trust, score, metrics, advice, clocks, gates."""

from __future__ import annotations

from shopscore import model
from shopscore.render.schema import metric
from shopscore.render.schema.shapes import COUNT, DAY, MOMENT, NUMBER, TEXT, Schema, keys, listed, maybe, one_of


def shop() -> Schema:
    """A shop."""
    score = {
        "value": maybe(NUMBER),
        "basis": one_of(model.ScoreBasis),
        "band": maybe(TEXT),
        "next_band": maybe(TEXT),
        "coverage": NUMBER,
    }
    advice = {
        "id": TEXT,
        "metric": TEXT,
        "text": TEXT,
        "effort": TEXT,
        "compliance": TEXT,
        "source": listed(TEXT),
        "because": {"type": "object"},
    }
    due = {"clock": TEXT, "subject": TEXT, "deadline": MOMENT, "hours_left": NUMBER}
    return keys(
        {
            "platform": TEXT,
            "shop": TEXT,
            "as_of": MOMENT,
            "timezone": TEXT,
            "seen_until": {"type": "object", "additionalProperties": MOMENT},
            "score": keys(score, {"lost": listed(keys({"title": TEXT, "points": NUMBER, "full": NUMBER}))}),
            "metrics": listed(metric.metric()),
            "shortfalls": listed(TEXT),
            "advice": listed(keys(advice)),
            "due": listed(keys(due, {"title": TEXT})),
            "warnings": listed(TEXT),
        },
        {
            "trust": _trust(),
            "gates": listed(_gate()),
            "effects": listed(_effect()),
            "structure": maybe(keys({"id": TEXT, "title": TEXT, "factors": {"type": "array"}})),
            "rules_as_of": maybe(DAY),
        },
    )


def _trust() -> Schema:
    reason = {
        "kind": TEXT,
        "reason": TEXT,
        "table": maybe(TEXT),
        "files": listed(TEXT),
        "count": COUNT,
        "rows": COUNT,
        "level": one_of(model.Level),
        "text": TEXT,
    }
    counts = {"files": COUNT, "rows": COUNT, "refused": COUNT}
    return keys({"level": one_of(model.Level), **counts, "reasons": listed(keys(reason))})


def _gate() -> Schema:
    score = {"name": TEXT, "value": maybe(NUMBER), "origin": maybe(TEXT)}
    return keys(
        {
            "id": TEXT,
            "state": one_of(model.GateState),
            "limit": NUMBER,
            "bound": {"enum": ["at_least", "at_most"]},
            "scores": listed(keys(score)),
            "missed_by": maybe(NUMBER),
            "opens": TEXT,
        }
    )


def _effect() -> Schema:
    told = {"date": DAY, "what": TEXT, "metric": TEXT, "days": COUNT}
    return keys(told | {"verdict": one_of(model.EffectVerdict)})
