"""Tree → SQL text that Polars and DuckDB read alike.

Where the two differ on what an author wrote, the text says it in the form on which they agree:

- integers and money become ``DOUBLE`` before anything is calculated (integer overflow, decimal scales);
- a fraction is written ``25e-1`` or ``2.5e0``: ``2.5`` is a decimal to both, and pulls integers into decimals;
- ``IS DISTINCT FROM`` always stands in brackets: Polars takes all that follows for its right side;
- ``ROUND`` is spelled out, half away from zero (Polars rounds half to even);
- a divisor is never a bare constant: Polars multiplies by the reciprocal of one, and 49 / 49 would be less than 1;
- ``TRIM`` names the blanks it takes off (DuckDB takes off plain spaces only);
- ``ILIKE`` is ``LIKE`` over small letters; ``DATE`` is the timestamp of its first second;
- a simple ``CASE x WHEN v`` is the searched ``CASE WHEN x = v``.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from shopscore.ruleset.language.tree import Node
from shopscore.ruleset.language.words import BLANKS, COMPARISONS

if TYPE_CHECKING:
    from shopscore.ruleset.language.tree import Parsed

_EXACT = 2**53
_LEVELS = {"or": 1, "and": 2, "not": 3, "+": 5, "-": 5, "*": 6, "/": 6, "negate": 7}
_LEVELS |= dict.fromkeys((*COMPARISONS, "in", "between", "like", "ilike", "null"), 4)
_LEVELS["distinct"] = 0
_ATOM = 9


def to_sql(parsed: Parsed) -> str:
    """The text of a parsed expression, parameters written as numbers.

    A number comes out as 64-bit integers where it is a plain integer column or ``LENGTH``, else as 64-bit floats.
    """
    return _sql(parsed.tree)


def _inside(node: Node, level: int) -> str:
    """An operand, in brackets unless it binds tighter than what stands around it."""
    text = _sql(node)
    return text if _LEVELS.get(node.op, _ATOM) > level else f"({text})"


def _sql(node: Node) -> str:  # noqa: PLR0911  one line an operation
    if not node.args:
        return _leaf(node)
    args = node.args
    if node.op in {"and", "or"}:
        return f" {node.op.upper()} ".join(_inside(arg, _LEVELS[node.op]) for arg in args)
    if node.op == "not":
        return f"NOT {_inside(args[0], 4)}" if args[0].args else f"NOT {_sql(args[0])}"
    if node.op in COMPARISONS:
        return f"{_inside(args[0], 4)} {node.op} {_inside(args[1], 4)}"
    if node.op in {"in", "between", "like", "ilike", "null", "distinct"}:
        return _predicate(node)
    if node.op == "case":
        return _case(node)
    return _calculated(node)


def _leaf(node: Node) -> str:
    value = node.value
    if node.op == "column":
        return f"CAST({value} AS DOUBLE)" if node.stored == "money" else str(value)
    if node.op == "interval":
        return _length(int(value))  # type: ignore[call-overload]
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        return f"TIMESTAMP '{value:%Y-%m-%d %H:%M:%S}'"
    if isinstance(value, float):
        return _number(value)
    return "'" + str(value).replace("'", "''") + "'"


def _length(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"INTERVAL '{seconds} seconds'" if rest else f"INTERVAL '{hours} hours'"


def _number(value: float) -> str:
    text = str(int(value)) if value.is_integer() and abs(value) < _EXACT else _fraction(value)
    return f"({text})" if value < 0 else text


def _fraction(value: float) -> str:
    text = repr(value)
    return text if "e" in text else text + "e0"


def _predicate(node: Node) -> str:
    subject, *others = node.args
    left, negated = _inside(subject, 4), "NOT " if node.value else ""
    if node.op == "null":
        return f"{left} IS {negated}NULL"
    if node.op == "distinct":
        return f"{left} IS {negated}DISTINCT FROM {_inside(others[0], 4)}"
    if node.op == "in":
        return f"{left} {negated}IN ({', '.join(_sql(other) for other in others)})"
    if node.op == "between":
        return f"{left} {negated}BETWEEN {_inside(others[0], 4)} AND {_inside(others[1], 4)}"
    if node.op == "ilike":
        pattern = str(others[0].value).lower().replace("'", "''")
        return f"LOWER({_sql(subject)}) {negated}LIKE '{pattern}'"
    return f"{left} {negated}LIKE {_sql(others[0])}"


def _value(node: Node) -> str:
    """A branch or an argument: numbers as floats, so that all of them are of one type in every engine."""
    return _double(node) if node.type == "number" else _sql(node)


def _double(node: Node) -> str:
    if node.op == "number":
        number = float(node.value)  # type: ignore[arg-type]
        text = _fraction(abs(number))
        return f"(-{text})" if number < 0 else text
    if (node.op == "column" and node.stored == "integer") or node.op == "LENGTH":
        return f"CAST({_text_length(node) if node.args else node.value} AS DOUBLE)"
    return _sql(node)


def _text_length(node: Node) -> str:
    return f"LENGTH({_sql(node.args[0])})"


def _case(node: Node) -> str:
    pairs = len(node.args) // 2
    branches = (f"WHEN {_sql(node.args[2 * n])} THEN {_value(node.args[2 * n + 1])}" for n in range(pairs))
    otherwise = f" ELSE {_value(node.args[-1])}" if len(node.args) % 2 else ""
    return f"CASE {' '.join(branches)}{otherwise} END"


def _calculated(node: Node) -> str:
    args, level = node.args, _LEVELS.get(node.op, _ATOM)
    if node.op == "negate":
        return f"-({_double(args[0])})"
    if node.op in {"+", "-", "*", "/"}:
        left, right = (_operand(arg, level - 1 + place) for place, arg in enumerate(args))
        right = _divisor(args[1], args[0]) if node.op == "/" else right
        return f"{left} {node.op} {right}"
    if node.op == "TRIM":
        return f"TRIM(BOTH '{BLANKS}' FROM {_sql(args[0])})"
    if node.op == "LENGTH":
        return f"CAST({_text_length(node)} AS BIGINT)"
    if node.op == "ROUND":
        return _round(args[0], int(args[1].value) if len(args) > 1 else 0)  # type: ignore[call-overload]
    return f"{node.op}({', '.join(_value(arg) for arg in args)})"


def _operand(node: Node, level: int) -> str:
    text = _value(node) if node.op != "number" else _sql(node)
    return text if _LEVELS.get(node.op, _ATOM) > level else f"({text})"


def _round(node: Node, places: int) -> str:
    value, scale = _double(node), 10**places
    rounded = f"SIGN({value}) * FLOOR(ABS({value}) * {scale} + 5e-1)"
    if not places:
        return f"({rounded})"
    return f"({rounded} / {_divisor(Node('number', 'number', value=float(scale)), node)})"


def _divisor(node: Node, divided: Node) -> str:
    """What may come out as one constant is added to a zero per row, so that it is divided by and not multiplied."""
    plain = node.op == "NULLIF" and node.args[0].op == "column"
    if plain or (node.op == "number" and math.frexp(float(node.value))[0] in {0.5, -0.5}):  # type: ignore[arg-type]
        return _value(node)
    return f"({_value(node)} + CAST({_column(divided) or _column(node)} IS NULL AS DOUBLE) * 0e0)"


def _column(node: Node) -> str:
    """The first column in it."""
    if not node.args:
        return str(node.value) if node.op == "column" else ""
    return next(filter(None, map(_column, node.args)), "")
