"""Tree and a row → a value, in plain Python, as the engines would give it: blanks included, never an exception."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopscore.ruleset.language.words import BLANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from shopscore.ruleset.language.tree import Node, Parsed

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_CALCULATE: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
_ONE: dict[str, Callable[[Any], Any]] = {
    "not": lambda a: not a,
    "negate": lambda a: -a,
    "LOWER": str.lower,
    "UPPER": str.upper,
    "TRIM": lambda a: a.strip(BLANKS),
    "LENGTH": lambda a: float(len(a)),
    "ABS": abs,
}


def evaluate(parsed: Parsed, row: Mapping[str, object]) -> object:
    """The value of an expression for one row; None is blank, and so is a column the row does not name.

    Numbers come back as floats, times as naive datetimes. Values are those of the dictionary's kinds.
    """
    return _value(parsed.tree, row)


def deciding(parsed: Parsed, row: Mapping[str, object]) -> frozenset[str]:
    """The columns that make a condition true for a row: of an OR those of its true sides, else all."""
    return frozenset(_deciding(parsed.tree, row))


def _deciding(node: Node, row: Mapping[str, object]) -> Iterator[str]:
    if node.op == "column":
        yield str(node.value)
    for arg in node.args:
        if node.op != "or" or _value(arg, row) is True:
            yield from _deciding(arg, row)


def _value(node: Node, row: Mapping[str, object]) -> Any:  # noqa: ANN401, PLR0911  a cell holds anything; a line a form
    if not node.args:
        return _leaf(node, row)
    if node.op in {"and", "or"}:
        return _joined((_value(arg, row) for arg in node.args), decisive=node.op == "or")
    if node.op == "case":
        return _case(node.args, row)
    values = [_value(arg, row) for arg in node.args]
    if node.op in _BLANKS_WELCOME:
        return _BLANKS_WELCOME[node.op](node, values)
    if values[0] is None:
        return None
    if node.op in _TAKES_ALL:
        return _TAKES_ALL[node.op](node, values)
    if node.op in _ONE:
        return _ONE[node.op](values[0])
    return None if values[1] is None else (_COMPARE.get(node.op) or _CALCULATE[node.op])(*values)


def _leaf(node: Node, row: Mapping[str, object]) -> object:
    if node.op == "interval":
        return dt.timedelta(seconds=int(node.value))  # type: ignore[call-overload]
    if node.op != "column":
        return node.value
    value = row.get(str(node.value))
    if node.type == "number" and isinstance(value, int | float | Decimal):
        return float(value)
    if node.type == "time" and isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return value


def _joined(values: Iterable[bool | None], *, decisive: bool) -> bool | None:
    """AND and OR of three values: the decisive one wins, else a blank makes it blank."""
    found = list(values)
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def _case(args: tuple[Node, ...], row: Mapping[str, object]) -> object:
    for n in range(len(args) // 2):
        if _value(args[2 * n], row) is True:
            return _value(args[2 * n + 1], row)
    return _value(args[-1], row) if len(args) % 2 else None


def _first(values: list[Any]) -> object:
    return values[0]


def _chosen(choose: Callable[[list[Any]], object]) -> Callable[[Node, list[Any]], object]:
    """Of the values that are not blank, the first, largest or smallest."""

    def answer(_node: Node, values: list[Any]) -> object:
        found = [value for value in values if value is not None]
        return choose(found) if found else None

    return answer


def _between(node: Node, values: list[Any]) -> bool | None:
    value, low, high = values
    above = None if value is None or low is None else bool(value >= low)
    below = None if value is None or high is None else bool(value <= high)
    inside = _joined((above, below), decisive=False)
    return None if inside is None else inside != node.value


def _like(node: Node, values: list[Any]) -> bool:
    value, pattern = (text.lower() for text in values) if node.op == "ilike" else values
    return bool(_pattern(pattern).fullmatch(value)) != node.value


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    signs = {"%": ".*", "_": "."}
    return re.compile("".join(signs.get(character, re.escape(character)) for character in pattern), re.DOTALL)


def _round(_node: Node, values: list[Any]) -> float:
    """Half away from zero, in the same steps as the SQL text."""
    value, scale = values[0], 10 ** int(values[1] if len(values) > 1 else 0)
    return math.copysign(1, value) * math.floor(abs(value) * scale + 0.5) / scale if value else 0.0


_BLANKS_WELCOME: dict[str, Callable[[Node, list[Any]], object]] = {
    "null": lambda node, values: (values[0] is None) != node.value,
    "distinct": lambda node, values: (values[0] != values[1]) != node.value,
    "NULLIF": lambda _node, values: None if values[0] == values[1] else values[0],
    "COALESCE": _chosen(_first),
    "GREATEST": _chosen(max),
    "LEAST": _chosen(min),
    "between": _between,
}
_TAKES_ALL: dict[str, Callable[[Node, list[Any]], object]] = {
    "in": lambda node, values: (values[0] in values[1:]) != node.value,
    "like": _like,
    "ilike": _like,
    "ROUND": _round,
}
