"""Names and constants: columns, parameters, functions, lengths of time, dates."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from shopscore.ruleset.language.check import did_you_mean, refuse
from shopscore.ruleset.language.tree import Node, Type
from shopscore.ruleset.language.words import FUNCTIONS, MOST_SECONDS, REFUSED_WORDS, UNITS, YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.ruleset.language.tokens import Token
    from shopscore.schema import Column

TYPES: Mapping[str, Type] = {
    "id": "text",
    "text": "text",
    "time": "time",
    "integer": "number",
    "number": "number",
    "money": "number",
    "flag": "flag",
}
"""The dictionary's kinds as the language sees them."""

_LENGTH = re.compile(r"(\d+) ([a-z]+)")
_SHAPES = {
    "DATE": (re.compile(r"\d{4}-\d\d-\d\d"), "DATE '2025-01-31'"),
    "TIMESTAMP": (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"), "TIMESTAMP '2025-01-31 09:00:00'"),
}


def text_of(token: Token) -> str:
    """What stands between the quotes."""
    return token.text[1:-1].replace("''", "'")


def constant(text: str, tokens: tuple[Token, ...], i: int) -> tuple[Node | None, int]:
    """The constant that begins at token ``i`` and its length in tokens, or nothing."""
    token = tokens[i]
    if token.kind == "number":
        return Node("number", "number", value=float(token.text), at=token.at), 1
    if token.kind == "text":
        return Node("text", "text", value=text_of(token), at=token.at), 1
    if token.upper in {"TRUE", "FALSE"}:
        return Node("flag", "flag", value=token.upper == "TRUE", at=token.at), 1
    if token.upper == "INTERVAL":
        return interval(text, token, tokens[i + 1]), 2
    if token.upper in _SHAPES:
        return moment(text, token, tokens[i + 1]), 2
    return None, 0


def column(text: str, token: Token, columns: Mapping[str, Column], parameters: Mapping[str, float]) -> Node:
    """A column of the fact, or a parameter's number."""
    name = token.text
    if name in columns:
        found = columns[name]
        return Node("column", TYPES[found.kind], (), name, token.at, found.words, found.kind)
    if name in parameters:
        return Node("number", "number", value=float(parameters[name]), at=token.at)
    hint = did_you_mean(name, {*columns, *parameters})
    if token.upper in REFUSED_WORDS and name.lower() not in columns:
        refuse(text, token.at, *REFUSED_WORDS[token.upper])
    if token.upper in FUNCTIONS:
        refuse(text, token.at, f"{token.upper} is a function", f"write {FUNCTIONS[token.upper].usage}")
    if name.lower() in columns:
        hint = f"columns are written small: {name.lower()}"
    return refuse(text, token.at, f"unknown column {name!r}", hint)


def function(text: str, token: Token, columns: Mapping[str, Column]) -> str:
    """The function's name in capitals."""
    name = token.upper
    if name in FUNCTIONS:
        return name
    if name in REFUSED_WORDS:
        refuse(text, token.at, *REFUSED_WORDS[name])
    if token.text in columns:
        refuse(text, token.at, f"{token.text!r} is a column, not a function", "write AND, OR or a sign after it")
    return refuse(text, token.at, f"unknown function {token.text!r}", did_you_mean(name, FUNCTIONS))


def interval(text: str, word: Token, length: Token) -> Node:
    """``INTERVAL '48 hours'`` as seconds."""
    if length.kind != "text":
        refuse(text, length.at, "INTERVAL is followed by a text in quotes", "write INTERVAL '48 hours'")
    content = text_of(length)
    match = _LENGTH.fullmatch(content)
    if match is None:
        hint = "one whole number and one unit, such as '90 minutes' or '36 hours'"
        refuse(text, length.at, f"{content!r} is not a length of time", hint)
    unit = match[2].removesuffix("s")
    if unit in {"month", "year", "quarter"}:
        refuse(text, length.at, f"a {unit} has no fixed length", "write days")
    if unit not in UNITS or (match[2] == "s"):
        refuse(text, length.at, f"unknown unit {match[2]!r}", did_you_mean(match[2], [f"{name}s" for name in UNITS]))
    seconds = int(match[1]) * UNITS[unit] if len(match[1]) < len(str(MOST_SECONDS)) + 1 else MOST_SECONDS + 1
    if seconds > MOST_SECONDS:
        refuse(text, length.at, "no clock runs for more than ten years", "write a shorter length")
    return Node("interval", "interval", value=seconds, at=word.at)


def moment(text: str, word: Token, content: Token) -> Node:
    """``DATE '2025-01-31'`` (its first second) or ``TIMESTAMP '2025-01-31 09:00:00'``."""
    shape, usage = _SHAPES[word.upper]
    if content.kind != "text":
        refuse(text, content.at, f"{word.upper} is followed by a text in quotes", f"write {usage}")
    if shape.fullmatch(text_of(content)) is None:
        refuse(text, content.at, f"{text_of(content)!r} is not a {word.text.lower()}", f"write {usage}")
    try:
        value = dt.datetime.fromisoformat(text_of(content))
    except ValueError:
        refuse(text, content.at, f"{text_of(content)!r} is not in the calendar", f"write {usage}")
    if value.year not in YEARS:
        refuse(text, content.at, f"the year {value.year} is not one of a shop's", f"write {usage}")
    return Node("time", "time", value=value, at=word.at)
