"""What a condition is once it is understood, and the mistake that keeps it from being so."""

from __future__ import annotations

import unicodedata
from typing import Literal

from msgspec import Struct

Type = Literal["flag", "number", "time", "text", "interval"]
"""What an expression gives for one row; ``interval`` is a length of time."""


class Node(Struct, frozen=True):
    """One operation and its operands.

    Attributes:
        op: ``column``, ``number``, ``text``, ``flag``, ``time``, ``interval`` for leaves, else the operation's sign or
            word (``and``, ``<=``, ``in``, ``case``, ``COALESCE`` …).
        type: what it gives for a row.
        args: its operands in the order written.
        value: a leaf's content (a column's name; seconds of an interval); ``True`` for a negated ``in``, ``like``,
            ``between``, ``null`` or ``distinct``.
        at: where it begins in the text.
        words: the only texts it can give, where that is known.
        stored: for columns, the dictionary's kind.
    """

    op: str
    type: Type
    args: tuple[Node, ...] = ()
    value: object = None
    at: int = 0
    words: tuple[str, ...] = ()
    stored: str = ""


class Parsed(Struct, frozen=True):
    """A text that belongs to the language.

    Attributes:
        text: as it was written.
        kind: what it gives for a row.
        names: the columns it uses.
        tree: its operations, parameters already put in as numbers.
    """

    text: str
    kind: Type
    names: frozenset[str]
    tree: Node


class LanguageError(ValueError):
    """A text outside the language.

    Attributes:
        what: what is wrong, one sentence.
        text: the whole text.
        at: the index of the character to look at.
        hint: what to write instead, or nothing.
    """

    def __init__(self, what: str, text: str, at: int, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.text = text
        self.at = at
        self.hint = hint

    def __str__(self) -> str:
        lines = [self.what, f"    {one_line(self.text)}", " " * (4 + caret_column(self.text, self.at)) + "^"]
        return "\n".join([*lines, f"    {self.hint}"] if self.hint else lines)


def one_line(text: str) -> str:
    """The text with every blank character shown as one space, so that positions stay."""
    return "".join(" " if character.isspace() else character for character in text)


def caret_column(text: str, at: int) -> int:
    """The terminal column of a character: Chinese characters and full-width signs are two columns wide."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text[:at])
