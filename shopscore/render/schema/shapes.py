"""What schemas are made of: texts, numbers and moments; objects, lists, and what may be null."""

from __future__ import annotations

from typing import Any, get_args

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer"}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
MOMENT: Schema = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$",
}
SPAN: Schema = {"type": "array", "prefixItems": [NUMBER, NUMBER], "minItems": 2, "maxItems": 2}


def keys(required: Schema, others: Schema | None = None) -> Schema:
    """An object: keys that are always there, and keys that have this shape where they are."""
    return {"type": "object", "properties": required | (others or {}), "required": sorted(required)}


def listed(each: Schema) -> Schema:
    """A list of things alike."""
    return {"type": "array", "items": each}


def maybe(shape: Schema) -> Schema:
    """A shape, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


def one_of(words: object) -> Schema:
    """One of the words a type of the model allows."""
    return {"enum": list(get_args(words))}
