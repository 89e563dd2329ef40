"""Text → words, numbers, texts and signs, each with its place."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from shopscore.ruleset.language.tree import LanguageError
from shopscore.ruleset.language.words import (
    MOST_ARITHMETIC,
    MOST_CHARACTERS,
    MOST_DEPTH,
    MOST_NUMBER,
    REFUSED_SIGNS,
)

TokenKind = Literal["text", "number", "word", "sign", "end"]


class Token(NamedTuple):
    """A piece of text: what it is, how it is written, where it begins; ``upper`` is its word in capitals."""

    kind: TokenKind
    text: str
    at: int
    upper: str


_TOKEN = re.compile(
    r"""(?P<space>\s+) | (?P<text>'(?:[^']|'')*') | (?P<number>\d+(?:\.\d+)?)
    | (?P<word>[A-Za-z_]\w*) | (?P<sign><>|<=|>=|[=<>+\-*/(),])""",
    re.VERBOSE | re.ASCII,
)
_REFUSED = tuple((re.compile(pattern), what, hint) for pattern, what, hint in REFUSED_SIGNS)


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text, an ``end`` token last.

    Raises:
        LanguageError: at the first sign outside the language, or when the text is larger than any condition needs.
    """
    if len(text) > MOST_CHARACTERS:
        message = f"a condition has at most {MOST_CHARACTERS} characters; this one has {len(text)}"
        raise LanguageError(message, text[:MOST_CHARACTERS], 0, "move the work into a fact column")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        kind = match.lastgroup if match else None
        if kind not in {"space", "text", "word", "number"}:
            _refuse_sign(text, at)
        if match is None:
            raise LanguageError(f"{text[at]!r} is not part of the rule language", text, at)
        if kind == "number":
            _check_number(text, match[0], at)
        if kind == "text" and any(ord(character) < ord(" ") for character in match[0]):
            raise LanguageError("a text holds a line break or a control character", text, at)
        if kind != "space":
            found.append(Token(kind, match[0], at, match[0].upper()))  # type: ignore[arg-type]
        at = match.end()
    _check_size(text, found)
    return (*found, Token("end", "", len(text.rstrip()), ""))


def _refuse_sign(text: str, at: int) -> None:
    for pattern, what, hint in _REFUSED:
        if pattern.match(text, at):
            raise LanguageError(what, text, at, hint)
    if text[at] == "'":
        raise LanguageError("this quotation mark is never closed", text, at, "a quote inside text is written twice: ''")


def _check_number(text: str, number: str, at: int) -> None:
    end = at + len(number)
    if end < len(text) and (text[end].isalpha() or text[end] in "_."):
        hint = "lengths of time are written INTERVAL '48 hours'; numbers are written out, such as 0.001"
        raise LanguageError("a number runs into something else", text, end, hint)
    if float(number) > MOST_NUMBER:
        raise LanguageError("this number is too large to be exact", text, at, f"the largest is {MOST_NUMBER}")


def _check_size(text: str, found: list[Token]) -> None:
    depth = arithmetic = 0
    for token in found:
        depth += (token.text == "(" or token.upper == "CASE") - (token.text == ")" or token.upper == "END")
        arithmetic += token.kind == "sign" and token.text in "+-*/"
        if depth > MOST_DEPTH:
            raise LanguageError(f"nested more than {MOST_DEPTH} deep", text, token.at, "move the work into a fact")
        if arithmetic > MOST_ARITHMETIC:
            raise LanguageError(f"more than {MOST_ARITHMETIC} calculations", text, token.at, "move them into a fact")
