"""The keys of the JSON report that stay, as a JSON Schema (2020-12); what else a report holds is allowed."""

from __future__ import annotations

import json
from typing import Any, get_args

from shopscore import model
from shopscore.saved import KEY

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_COUNT: Schema = {"type": "integer"}
_DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
_MOMENT: Schema = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$",
}
_SPAN: Schema = {"type": "array", "prefixItems": [_NUMBER, _NUMBER], "minItems": 2, "maxItems": 2}


def schema() -> Schema:
    """The schema of a whole report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:shopscore:report:1",
        "title": "shopscore report",
        "description": "Keys that stay within a major schema_version; further keys may come at any time.",
        **_keys(
            {
                "schema_version": {"type": "string", "pattern": r"^1\."},
                "tool": _keys({"name": {"const": "shopscore"}, "version": _TEXT}),
                "audit_id": _TEXT,
                "rules": _list(_keys({"platform": _TEXT, "version": _TEXT, "sha256": _TEXT})),
                "inputs": _list(_input()),
                "shops": _list(_shop()),
                "warnings": _list(_TEXT),
            },
            {
                "failed": _list(_TEXT),
                "fleet": _fleet(),
                "sources": {"type": "object"},
                KEY: {
                    "type": "object",
                    "description": "What `shopscore render` needs beside; no part of the contract.",
                },
            },
        ),
    }


def text() -> str:
    """The schema as JSON, as it is printed and kept in docs/."""
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


# ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────────


def _input() -> Schema:
    examples = _list(_keys({"row": _COUNT, "column": _TEXT, "shape": _TEXT}))
    return _keys(
        {
            "file": _TEXT,
            "sha256": _TEXT,
            "format": _maybe(_TEXT),
            "encoding": _maybe(_TEXT),
            "rows_read": _COUNT,
            "rows_accepted": _COUNT,
            "rows_duplicate": _COUNT,
            "rows_refused": _COUNT,
            "refusals": _list(_keys({"reason": _TEXT, "count": _COUNT, "examples": examples})),
            "cells_refused": _list(_keys({"column": _TEXT, "count": _COUNT})),
        }
    )


def _shop() -> Schema:
    score = {
        "value": _maybe(_NUMBER),
        "basis": _one_of(model.ScoreBasis),
        "band": _maybe(_TEXT),
        "next_band": _maybe(_TEXT),
        "coverage": _NUMBER,
    }
    advice = {
        "id": _TEXT,
        "metric": _TEXT,
        "text": _TEXT,
        "effort": _TEXT,
        "compliance": _TEXT,
        "source": _list(_TEXT),
        "because": {"type": "object"},
    }
    due = {"clock": _TEXT, "subject": _TEXT, "deadline": _MOMENT, "hours_left": _NUMBER}
    return _keys(
        {
            "platform": _TEXT,
            "shop": _TEXT,
            "as_of": _MOMENT,
            "timezone": _TEXT,
            "seen_until": {"type": "object", "additionalProperties": _MOMENT},
            "score": _keys(score),
            "metrics": _list(_metric()),
            "shortfalls": _list(_TEXT),
            "advice": _list(_keys(advice)),
            "due": _list(_keys(due, {"title": _TEXT})),
            "warnings": _list(_TEXT),
        },
        {
            "trust": _trust(),
            "gates": _list(_gate()),
            "effects": _list(_effect()),
            "structure": _maybe(_keys({"id": _TEXT, "title": _TEXT, "factors": {"type": "array"}})),
            "rules_as_of": _maybe(_DAY),
        },
    )


def _fleet() -> Schema:
    """What is said of many shops together."""
    name = {"platform": _TEXT, "shop": _TEXT}
    told = {"owner": _TEXT, "group": _TEXT}
    action = {
        "metric": _TEXT,
        "advice": _maybe(_TEXT),
        "effort": _maybe(_TEXT),
        "hours": _maybe(_NUMBER),
        "crossings": _NUMBER,
        "per_hour": _maybe(_NUMBER),
        "at_risk": _NUMBER,
        "currency": _maybe(_TEXT),
    }
    one = {
        "bad": _COUNT,
        "rows": _COUNT,
        "excess": _NUMBER,
        "named": {"type": "boolean"},
        "enough": {"type": "boolean"},
    }
    cause = {
        "dimension": _TEXT,
        "segment": _TEXT,
        "metric": _TEXT,
        "title": _TEXT,
        "excess": _NUMBER,
        "interval": _SPAN,
        "share": _NUMBER,
        "chance": _NUMBER,
        "shops": _list(_keys(name | one)),
        "also": _list(_TEXT),
        "text": _TEXT,
    }
    state = {"state": _one_of(model.ShopState), "short": _COUNT, "judged": _COUNT}
    return _keys(
        {
            "shops": _list(_keys(name | told | state)),
            "actions": _list(_keys(name | action)),
            "causes": _list(_keys(cause)),
            "looked_at": _COUNT,
            "failed": _list(_keys({"name": _TEXT, "reason": _TEXT} | told)),
            "work": {"type": "object", "additionalProperties": _NUMBER},
        }
    )


def _metric() -> Schema:
    day = {"day": _DAY, "numerator": _NUMBER, "denominator": _NUMBER}
    driver = {"dimension": _TEXT, "segment": _TEXT, "numerator": _NUMBER, "denominator": _NUMBER, "excess": _NUMBER}
    before = {"value": _maybe(_NUMBER), "numerator": _NUMBER, "denominator": _NUMBER}
    return _keys(
        {
            "id": _TEXT,
            "title": _TEXT,
            "dimension": _TEXT,
            "definition": _TEXT,
            "purpose": _TEXT,
            "status": _one_of(model.Status),
            "kind": _TEXT,
            "unit": _TEXT,
            "better": {"enum": ["higher", "lower"]},
            "window": _maybe(_keys({"from": _DAY, "to": _DAY, "covered_days": _COUNT})),
            "value": _maybe(_NUMBER),
            "interval": _maybe(_SPAN),
            "numerator": _maybe(_NUMBER),
            "denominator": _maybe(_NUMBER),
            "unknown": _COUNT,
            "pending": _COUNT,
            "undated": _COUNT,
            "excluded": {"type": "object", "additionalProperties": _COUNT},
            "before_exclusions": _maybe(_keys(before)),
            "target": _maybe(_NUMBER),
            "target_basis": _one_of(model.TargetBasis),
            "needs": _list({"type": "object"}),
            "verdict": _one_of(model.Verdict),
            "shortfall": _maybe(_keys({"gap": _NUMBER, "fixes": _maybe(_COUNT), "points": _maybe(_NUMBER)})),
            "reversibility": _TEXT,
            "trend": _list(_keys(day)),
            "drivers": _list(_keys(driver)),
            "source": _list(_TEXT),
            "message": _maybe(_TEXT),
        },
        {
            "rows": _maybe(_keys({"numerator": _COUNT, "denominator": _COUNT})),
            "currency": _maybe(_TEXT),
            "doubt": _maybe(_doubt()),
            "suppressed": _maybe(_TEXT),
            **_beside(),
        },
    )


def _beside() -> Schema:
    """What stands beside a metric's value."""
    stake = {
        "missed": _NUMBER,
        "at_risk": _NUMBER,
        "currency": _TEXT,
        "what": _TEXT,
        "unpriced": _COUNT,
        "open": _COUNT,
    }
    shown = {"value": _NUMBER, "date": _maybe(_DAY), "peer": _maybe(_NUMBER), "goal": _maybe(_NUMBER), "origin": _TEXT}
    told = {"differs": {"type": "boolean"}, "reasons": _list(_keys({"kind": _TEXT}))}
    under = {"day": _DAY, "status": _one_of(model.Status), "value": _maybe(_NUMBER), "version": _TEXT}
    chosen = {"switch": _TEXT, "option": _TEXT, "title": _TEXT, "reading": _TEXT}
    return {
        "stake": _maybe(_keys(stake)),
        "displayed": _maybe(_keys(shown | told)),
        "under": _list(_keys(under)),
        "chosen": _list(_keys(chosen)),
    }


def _trust() -> Schema:
    reason = {
        "kind": _TEXT,
        "reason": _TEXT,
        "table": _maybe(_TEXT),
        "files": _list(_TEXT),
        "count": _COUNT,
        "rows": _COUNT,
        "level": _one_of(model.Level),
        "text": _TEXT,
    }
    counts = {"files": _COUNT, "rows": _COUNT, "refused": _COUNT}
    return _keys({"level": _one_of(model.Level), **counts, "reasons": _list(_keys(reason))})


def _doubt() -> Schema:
    return _keys(
        {
            "verdict": _one_of(model.Verdict),
            "lost": _COUNT,
            "tables": _list(_TEXT),
            "band": _maybe(_SPAN),
            "level": _one_of(model.Level),
        }
    )


def _gate() -> Schema:
    score = {"name": _TEXT, "value": _maybe(_NUMBER), "origin": _maybe(_TEXT)}
    return _keys(
        {
            "id": _TEXT,
            "state": _one_of(model.GateState),
            "limit": _NUMBER,
            "bound": {"enum": ["at_least", "at_most"]},
            "scores": _list(_keys(score)),
            "missed_by": _maybe(_NUMBER),
            "opens": _TEXT,
        }
    )


def _effect() -> Schema:
    told = {"date": _DAY, "what": _TEXT, "metric": _TEXT, "days": _COUNT}
    return _keys(told | {"verdict": _one_of(model.EffectVerdict)})


# ── shapes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _keys(required: Schema, others: Schema | None = None) -> Schema:
    """An object: keys that are always there, and keys that have this shape where they are."""
    return {"type": "object", "properties": required | (others or {}), "required": sorted(required)}


def _list(each: Schema) -> Schema:
    return {"type": "array", "items": each}


def _maybe(shape: Schema) -> Schema:
    return {"anyOf": [shape, {"type": "null"}]}


def _one_of(words: object) -> Schema:
    """One of the words a type of the model allows."""
    return {"enum": list(get_args(words))}
