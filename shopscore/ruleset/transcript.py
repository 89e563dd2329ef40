"""The shape of a format's ``transcript``: how copied chat text is cut into messages and who speaks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shopscore.ruleset.strict import Strict

Side = Literal["shop", "bot", "system"]
"""Who a speaker's name gives away: the shop's side, a machine of the shop, the platform."""
LineKind = Literal["recall", "transfer", "system"]
"""What a line says that is no text of a person."""


class Transcript(Strict):
    """Chat text copied from a window: which lines begin a message, which are none, who speaks.

    All patterns are regular expressions without look-around and back-references, so that the time they take grows with
    the length of a line only. ``{name}`` in a pattern stands for the part of that name and captures it.

    Attributes:
        parts: what messages' first lines are made of: ``speaker``, ``addressee``, ``time``, ``text`` and, where a
            transcript says them, any column of its own.
        message: patterns of a message's first line; the first that fits counts.
        below: the pattern of a line that ends such a beginning where the name stands alone in the line above.
        above: the pattern of that line above.
        skip: lines that are as if they were not there.
        lines: what a line may be that is no text; a message without other text takes the first of them.
        breaks: lines between two conversations of one file.
        speakers: whom a name gives away.
        account: in names that give the shop away: the group that is the shop's own account. Where it is said and a file
            holds such names, all of the shop's people are told from buyers there.
        words: lines that stand alone, by which the encoding is told.
    """

    parts: dict[str, str]
    message: list[str] = Field(min_length=1)
    below: str | None = None
    above: str | None = None
    skip: list[str] = []
    lines: dict[LineKind, list[str]] = {}
    breaks: list[str] = []
    speakers: dict[Side, list[str]] = {}
    account: str | None = None
    words: list[str] = []

    def written(self, pattern: str) -> str:
        """A pattern with its parts in place."""
        for name, part in self.parts.items():
            pattern = pattern.replace(f"{{{name}}}", f"(?P<{name}>{part})")
        return pattern
