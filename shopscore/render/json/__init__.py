"""The report as JSON: sorted keys, ids as strings, times with offset, byte-identical for the same inputs.

Keys: the outside contract; additions are free, a rename or removal is a new major ``schema_version``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shopscore import saved
from shopscore.render import escape
from shopscore.render.json import account, fleet, shop
from shopscore.render.json.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Report


def render(report: Report, lang: str) -> str:
    """The whole report, one trailing newline; a line for each file, metric and piece of advice, so that diffs read.

    What the contract's keys do not tell, such as the sentences in the other language, stands under ``model``.
    """
    text = "".join(_lines(whole(report, lang), _OPEN_LEVELS)) + "\n"
    # They stand inside strings only: all others are escaped already.
    return escape.INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def whole(report: Report, lang: str) -> dict[str, Any]:
    """The contract's keys, and under ``model`` what they do not tell."""
    told = as_dict(report, lang)
    return told | {saved.KEY: saved.rest(report, told, lang)}


_OPEN_LEVELS = 4
"""Report → shops → shop → metrics: what lies deeper stands on one line."""
_OPEN_LEVELS_MORE = {saved.KEY: 2, "inputs": -2}
"""Rest → shops → shop → metrics; a file is a line, of which an archive of a year has a thousand."""
_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False).encode


def _lines(value: Any, levels: int, indent: str = "") -> Iterator[str]:  # noqa: ANN401 (any JSON value)
    """A value as text, its outer levels a line an item."""
    if levels == 0 or not value or not isinstance(value, (dict, list)):
        yield _encoded(value)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    items = sorted(value.items()) if isinstance(value, dict) else [(None, item) for item in value]
    for at, (key, item) in enumerate(items):
        name = "" if key is None else _encoded(key) + ": "
        yield f"{opening if at == 0 else ','}\n{indent} {name}"
        yield from _lines(item, levels - 1 + _OPEN_LEVELS_MORE.get(key or "", 0), indent + " ")
    yield f"\n{indent}{closing}"


def as_dict(report: Report, lang: str) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "schema_version": report.schema_version,
        "tool": {"name": "shopscore", "version": report.tool_version},
        "audit_id": report.audit_id,
        "rules": [{"platform": used.platform, "version": used.version, "sha256": used.sha256} for used in report.rules],
        "inputs": [account.as_dict(each, lang) for each in report.inputs],
        "shops": [shop.as_dict(each, lang) for each in report.shops],
        "sources": {
            source.id: {
                "title": source.title,
                "publisher": source.publisher,
                "published": source.published.isoformat() if source.published else None,
                "status": source.status,
                "confidence": source.confidence,
            }
            for source in report.sources
        },
        "warnings": texts(report.warnings, lang),
        "failed": list(report.failed),
        **fleet.as_dict(report.fleet, lang),
    }
