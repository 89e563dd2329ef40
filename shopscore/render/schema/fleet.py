"""What is said of many shops together → its keys that stay."""

from __future__ import annotations

from shopscore import model
from shopscore.render.schema.shapes import COUNT, NUMBER, SPAN, TEXT, Schema, keys, listed, maybe, one_of


def fleet() -> Schema:
    """What is said of many shops together."""
    name = {"platform": TEXT, "shop": TEXT}
    told = {"owner": TEXT, "group": TEXT}
    action = {
        "metric": TEXT,
        "advice": maybe(TEXT),
        "effort": maybe(TEXT),
        "hours": maybe(NUMBER),
        "crossings": NUMBER,
        "per_hour": maybe(NUMBER),
        "at_risk": NUMBER,
        "currency": maybe(TEXT),
    }
    one = {
        "bad": COUNT,
        "rows": COUNT,
        "excess": NUMBER,
        "named": {"type": "boolean"},
        "enough": {"type": "boolean"},
    }
    cause = {
        "dimension": TEXT,
        "segment": TEXT,
        "metric": TEXT,
        "title": TEXT,
        "excess": NUMBER,
        "interval": SPAN,
        "share": NUMBER,
        "chance": NUMBER,
        "shops": listed(keys(name | one)),
        "also": listed(TEXT),
        "text": TEXT,
    }
    state = {"state": one_of(model.ShopState), "short": COUNT, "judged": COUNT}
    return keys(
        {
            "shops": listed(keys(name | told | state)),
            "actions": listed(keys(name | action)),
            "causes": listed(keys(cause)),
            "looked_at": COUNT,
            "failed": listed(keys({"name": TEXT, "reason": TEXT} | told)),
            "work": {"type": "object", "additionalProperties": NUMBER},
        }
    )
