"""Which operands go together: every operation is typed while it is put together."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from typing import TYPE_CHECKING, NoReturn

from shopscore.ruleset.language.tree import LanguageError, Node, Type
from shopscore.ruleset.language.words import TYPE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALONE = "write the column alone, or NOT column"
_LENGTH = "write a difference of two times > INTERVAL '48 hours', or use a _seconds column"
_MISMATCHES: dict[frozenset[str], tuple[str, str]] = {
    frozenset({"time", "number"}): ("a time is compared with a number", _LENGTH),
    frozenset({"time", "text"}): ("a time is compared with text", "write DATE '2025-01-31' before the text"),
    frozenset({"time", "interval"}): ("a time is compared with a length of time", "write time - other_time first"),
    frozenset({"flag", "text"}): ("a flag is compared with text", _ALONE),
    frozenset({"flag", "number"}): ("a flag is compared with a number", _ALONE),
    frozenset({"interval", "number"}): (
        "a difference of two times is compared with a number",
        "write INTERVAL '48 hours', or use a _seconds column",
    ),
    frozenset({"interval", "text"}): ("a length of time is compared with text", "write INTERVAL before the text"),
    frozenset({"number", "text"}): ("a number is compared with text", ""),
}
_LOOKS_LIKE_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def refuse(text: str, at: int, what: str, hint: str = "") -> NoReturn:
    """Stop with one mistake."""
    raise LanguageError(what, text, at, hint)


def did_you_mean(word: str, known: Iterable[str], label: str = "known") -> str:
    """The nearest known word, else the known words."""
    return _near(word, known, "did you mean {!r}?", f"{label}: {{}}")


def in_chinese(word: str, known: Iterable[str]) -> str:
    """As `did_you_mean`."""
    return _near(word, known, "是否想写 {!r}？", "可以写：{}")


def _near(word: str, known: Iterable[str], meant: str, allowed: str) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(word, names, 1, 0.6)
    if near:
        return meant.format(near[0])
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")  # noqa: PLR2004  a line of the terminal
    return allowed.format(shown) if names else ""


def want(text: str, node: Node, wanted: Type, where: str) -> Node:
    """The node, if it is of the type wanted there."""
    if node.type != wanted:
        what = f"{where} needs {TYPE_NAMES[wanted]}; this is {TYPE_NAMES[node.type]}"
        refuse(text, node.at, what, "compare it with something" if wanted == "flag" else "")
    return node


def varies(node: Node) -> bool:
    """Whether a column stands in it, so that rows may differ."""
    return node.op == "column" or any(varies(arg) for arg in node.args)


def want_column(text: str, *nodes: Node) -> None:
    """Refuse an operation over constants only.

    Engines work such a thing out beforehand, to one value instead of one per row.
    """
    if not any(varies(node) for node in nodes):
        refuse(
            text, nodes[0].at, "this is the same for every row: it names no column", "name a column, or leave it out"
        )


def is_difference(node: Node) -> bool:
    """Whether it is a time minus a time."""
    return node.type == "interval" and node.op == "-"


def same_type(text: str, left: Node, right: Node) -> None:
    """Refuse to compare values of different types, in the words that fit the pair."""
    if left.type == right.type:
        return
    what, hint = _MISMATCHES.get(
        frozenset({left.type, right.type}),
        (f"{TYPE_NAMES[left.type]} is compared with {TYPE_NAMES[right.type]}", ""),
    )
    literal = next((node for node in (right, left) if node.op in {"text", "number"}), None)
    if literal is not None:
        hint = _literal_hint(literal, {left.type, right.type}) or hint
    refuse(text, right.at, what, hint)


def _literal_hint(literal: Node, types: set[Type]) -> str:
    if literal.op == "text" and "time" in types and _LOOKS_LIKE_DATE.fullmatch(str(literal.value)):
        return f"write DATE '{literal.value}'"
    if literal.op == "text" and types == {"number", "text"}:
        return f"write the number without quotes: {literal.value}"
    if literal.op == "number" and types == {"number", "text"}:
        return f"this column holds text; write the number in quotes: '{literal.value:g}'"
    return ""


def same_words(text: str, left: Node, right: Node) -> None:
    """Refuse a text the other side can never be."""
    for known, literal in ((left, right), (right, left)):
        if known.words and literal.op == "text" and literal.value not in known.words:
            name = f"{known.value} is" if known.op == "column" else "this can"
            what = f"{name} never {literal.value!r}"
            refuse(text, literal.at, what, did_you_mean(str(literal.value), known.words, "allowed"))


def compare(text: str, sign: str, left: Node, right: Node) -> Node:
    """``left sign right``: equal types, known words, and only what has an order is ordered."""
    same_type(text, left, right)
    want_column(text, left, right)
    _check_intervals(text, left, right)
    if sign in {"=", "<>", "distinct"}:
        same_words(text, left, right)
    elif left.type == "flag":
        refuse(text, left.at, "flags have no order", "write a = b, or NOT a")
    return Node(sign, "flag", (left, right), at=left.at)


def _check_intervals(text: str, left: Node, *others: Node) -> None:
    if left.type != "interval":
        return
    lengths = [node for node in (left, *others) if not is_difference(node)]
    if is_difference(left) and all(is_difference(node) for node in others):
        refuse(text, others[0].at, "a difference of two times is compared with an INTERVAL only", _LENGTH)
    if len(lengths) == 1 + len(others):
        refuse(text, left.at, "two fixed lengths of time are compared", "compare time - other_time with an INTERVAL")


def between(text: str, subject: Node, low: Node, high: Node, *, negated: bool) -> Node:
    """``subject BETWEEN low AND high``, both ends in."""
    for bound in (low, high):
        same_type(text, subject, bound)
        _check_intervals(text, subject, bound)
    want_column(text, subject)
    if subject.type == "flag":
        refuse(text, subject.at, "flags have no order", "write a = b, or NOT a")
    return Node("between", "flag", (subject, low, high), negated, subject.at)


def is_in(text: str, subject: Node, members: tuple[Node, ...], *, negated: bool) -> Node:
    """``subject IN (constants)``."""
    if subject.type in {"flag", "interval"}:
        refuse(text, subject.at, f"IN lists texts, numbers or times; this is {TYPE_NAMES[subject.type]}", _ALONE)
    want_column(text, subject)
    for member in members:
        if member.op not in {"text", "number", "time"}:
            refuse(text, member.at, "IN takes constants only", "write a = b OR a = c")
        same_type(text, subject, member)
        same_words(text, subject, member)
    return Node("in", "flag", (subject, *members), negated, subject.at)


def arithmetic(text: str, sign: str, left: Node, right: Node) -> Node:
    """``+ - * /`` over numbers, and times plus or minus lengths of time."""
    if "time" in (left.type, right.type) or "interval" in (left.type, right.type):
        return _time_arithmetic(text, sign, left, right)
    for node in (left, right):
        if node.type != "number":
            refuse(text, node.at, f"{sign!r} calculates with numbers; this is {TYPE_NAMES[node.type]}")
    if sign == "/":
        _check_divisor(text, right)
    if left.op == right.op == "number":
        return Node("number", "number", value=_fold(sign, _number(left), _number(right)), at=left.at)
    return Node(sign, "number", (left, right), at=left.at)


def _number(node: Node) -> float:
    return float(node.value)  # type: ignore[arg-type]


def _fold(sign: str, left: float, right: float) -> float:
    """Constants are worked out here: engines read ``0.1 + 0.2`` and ``2000000000 * 2`` differently."""
    return {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "/": lambda: left / right,
    }[sign]()


def _check_divisor(text: str, divisor: Node) -> None:
    if divisor.op == "number":
        if divisor.value == 0:
            refuse(text, divisor.at, "nothing can be divided by zero")
        return
    zero = divisor.args[1] if divisor.op == "NULLIF" else None
    if zero is None or zero.op != "number" or zero.value != 0:
        refuse(text, divisor.at, "the divisor may be zero", "write a / NULLIF(b, 0)")


def _time_arithmetic(text: str, sign: str, left: Node, right: Node) -> Node:
    length = right if right.type == "interval" else left
    if {left.type, right.type} == {"time", "number"}:
        number = right if right.type == "number" else left
        refuse(text, number.at, f"a time {sign} a number has no unit", f"write time {sign} INTERVAL '48 hours'")
    if sign == "-" and left.type == right.type == "time":
        return Node("-", "interval", (left, right), at=left.at)
    if {left.type, right.type} != {"time", "interval"}:
        hint = "write time + INTERVAL '48 hours', or time - other_time > INTERVAL '48 hours'"
        refuse(text, length.at, "a length of time is only added to a time or compared", hint)
    if is_difference(length):
        refuse(text, length.at, "a difference of two times is only compared with an INTERVAL", _LENGTH)
    if sign == "-" and left.type == "interval":
        refuse(text, left.at, "a time cannot be taken from a length of time", "write time - INTERVAL '48 hours'")
    if sign not in {"+", "-"}:
        refuse(text, left.at, f"times know + and - only, not {sign!r}")
    moment, span = (left, right) if left.type == "time" else (right, left)
    if moment.op == "time":
        seconds = int(span.value) * (1 if sign == "+" else -1)  # type: ignore[call-overload]
        return Node("time", "time", value=_moment(moment) + dt.timedelta(seconds=seconds), at=left.at)
    return Node(sign, "time", (moment, span), at=left.at)


def _moment(node: Node) -> dt.datetime:
    if not isinstance(node.value, dt.datetime):
        message = f"a time constant holds {node.value!r}"
        raise TypeError(message)
    return node.value
