"""The report as JSON: sorted keys, ids as strings, times with offset, byte-identical for the same inputs.

Keys: the outside contract; additions are free, a rename or removal is a new major ``schema_version``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from shopscore import saved
from shopscore.render import escape
from shopscore.render.json import account, fleet, shop
from shopscore.render.json.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from shopscore.model import Report


def render(report: Report, lang: str) -> str:
    """The whole report, one trailing newline; a line for each file, metric and piece of advice, so that diffs read.

    What the contract's keys do not tell, such as the sentences in the other language, stands under ``model``.
    """
    return "".join(pieces(report, lang))


def pieces(report: Report, lang: str) -> Iterator[str]:
    """The same in pieces: a fleet's is written without ever being held, one shop at a time, each told twice."""
    for piece in _lines(_by_shop(report, lang), _OPEN_LEVELS):
        yield escape.json(piece)
    yield "\n"


def whole(report: Report, lang: str) -> dict[str, Any]:
    """The contract's keys, and under ``model`` what they do not tell."""
    told = as_dict(report, lang)
    return told | {saved.KEY: saved.rest(report, told, lang)}


class _Later(Struct, frozen=True):
    """An object or a list that is made item by item while it is written; a list's items have no key.

    Attributes:
        brackets: what stands around it.
        items: makes them, in their order.
    """

    brackets: str
    items: Callable[[], Iterator[tuple[str | None, Any]]]


def _by_shop(report: Report, lang: str) -> dict[str, Any]:
    """What `whole` gives, with shops that are told when they are written."""
    alone = replace(report, shops=())
    found = whole(alone, lang)
    if not report.shops:
        return found
    found["shops"] = _Later("[]", lambda: ((None, shop.as_dict(each, lang)) for each in report.shops))
    found[saved.KEY]["rest"]["shops"] = _Later("{}", lambda: _rests(report, lang))
    return found


def _rests(report: Report, lang: str) -> Iterator[tuple[str | None, Any]]:
    """What each shop's keys do not tell, by its number, in the order of texts."""
    for at in sorted(map(str, range(len(report.shops)))):
        each = report.shops[int(at)]
        if rest := saved.rest_of_shop(each, shop.as_dict(each, lang), lang):
            yield at, rest


_OPEN_LEVELS = 4
"""Report → shops → shop → metrics: what lies deeper stands on one line."""
_OPEN_LEVELS_MORE = {saved.KEY: 2, "inputs": -2}
"""Rest → shops → shop → metrics; a file is a line, of which an archive of a year has a thousand."""
_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False).encode


def _lines(value: Any, levels: int, indent: str = "") -> Iterator[str]:  # noqa: ANN401 (any JSON value)
    """A value as text, its outer levels a line an item."""
    if levels == 0 or not value or not isinstance(value, (dict, list, _Later)):
        yield _encoded(value)
        return
    opening, closing, items = _opened(value)
    began = False
    for key, item in items:
        name = "" if key is None else _encoded(key) + ": "
        yield f"{',' if began else opening}\n{indent} {name}"
        yield from _lines(item, levels - 1 + _OPEN_LEVELS_MORE.get(key or "", 0), indent + " ")
        began = True
    yield f"\n{indent}{closing}" if began else opening + closing


def _opened(value: dict[str, Any] | list[Any] | _Later) -> tuple[str, str, Iterable[tuple[str | None, Any]]]:
    """What stands around an object or a list, and what in it, in order."""
    if isinstance(value, _Later):
        return value.brackets[0], value.brackets[1], value.items()
    if isinstance(value, list):
        return "[", "]", ((None, item) for item in value)
    return "{", "}", sorted(value.items())


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
                "title": format(source.title, lang),
                "publisher": format(source.publisher, lang),
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
