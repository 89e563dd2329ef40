"""A metric of a shop → its keys that stay, and what stands beside its value."""

from __future__ import annotations

from shopscore import model
from shopscore.render.schema.shapes import COUNT, DAY, MOMENT, NUMBER, SPAN, TEXT, Schema, keys, listed, maybe, one_of


def metric() -> Schema:
    """A metric: its definition, its value and what it is held to."""
    day = {"day": DAY, "numerator": NUMBER, "denominator": NUMBER}
    driver = {"dimension": TEXT, "segment": TEXT, "numerator": NUMBER, "denominator": NUMBER, "excess": NUMBER}
    before = {"value": maybe(NUMBER), "numerator": NUMBER, "denominator": NUMBER}
    return keys(
        {
            "id": TEXT,
            "title": TEXT,
            "dimension": TEXT,
            "definition": TEXT,
            "purpose": TEXT,
            "status": one_of(model.Status),
            "kind": TEXT,
            "unit": TEXT,
            "better": {"enum": ["higher", "lower"]},
            "window": maybe(keys({"from": DAY, "to": DAY, "covered_days": COUNT})),
            "value": maybe(NUMBER),
            "interval": maybe(SPAN),
            "numerator": maybe(NUMBER),
            "denominator": maybe(NUMBER),
            "unknown": COUNT,
            "pending": COUNT,
            "undated": COUNT,
            "excluded": {"type": "object", "additionalProperties": COUNT},
            "before_exclusions": maybe(keys(before)),
            "target": maybe(NUMBER),
            "target_basis": one_of(model.TargetBasis),
            "needs": listed({"type": "object"}),
            "verdict": one_of(model.Verdict),
            "shortfall": maybe(keys({"gap": NUMBER, "fixes": maybe(COUNT), "points": maybe(NUMBER)})),
            "reversibility": TEXT,
            "trend": listed(keys(day)),
            "drivers": listed(keys(driver)),
            "source": listed(TEXT),
            "message": maybe(TEXT),
        },
        {
            "rows": maybe(keys({"numerator": COUNT, "denominator": COUNT})),
            "currency": maybe(TEXT),
            "doubt": maybe(_doubt()),
            "by_chance": maybe(NUMBER),
            "suppressed": maybe(TEXT),
            **_beside(),
        },
    )


def _beside() -> Schema:
    """What stands beside a metric's value."""
    stake = {
        "missed": NUMBER,
        "at_risk": NUMBER,
        "currency": TEXT,
        "what": TEXT,
        "unpriced": COUNT,
        "open": COUNT,
    }
    shown = {"value": NUMBER, "date": maybe(DAY), "peer": maybe(NUMBER), "goal": maybe(NUMBER), "origin": TEXT}
    told = {"differs": {"type": "boolean"}, "reasons": listed(keys({"kind": TEXT}))}
    under = {"day": DAY, "status": one_of(model.Status), "value": maybe(NUMBER), "version": TEXT}
    chosen = {"switch": TEXT, "option": TEXT, "title": TEXT, "reading": TEXT}
    case = {"subject": TEXT, "since": maybe(MOMENT), "deadline": maybe(MOMENT), "seen_until": MOMENT}
    return {
        "stake": maybe(keys(stake)),
        "displayed": maybe(keys(shown | told)),
        "under": listed(keys(under)),
        "chosen": listed(keys(chosen)),
        "open_cases": listed(keys(case)),
    }


def _doubt() -> Schema:
    return keys(
        {
            "verdict": one_of(model.Verdict),
            "lost": COUNT,
            "tables": listed(TEXT),
            "band": maybe(SPAN),
            "level": one_of(model.Level),
        }
    )
