"""What ``init`` did: per file what it was taken for, what was written, which lines to look at, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.layout import WIDTH, Line, fold
from shopscore.render.words import labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Draft


def render(drafts: Sequence[Draft], lang: str, width: int = WIDTH) -> Iterator[Line]:
    """Every file, then the next step."""
    for draft in drafts:
        yield from (Line(text, "bold") for text in fold(draft.file, width))
        yield from (Line(text) for text in fold(format(draft.said, lang), width, "  "))
        if draft.doubtful:
            names = labelled(lang, say(lang, "doubtful"), ", ".join(draft.doubtful))
            yield from (Line(text, "yellow") for text in fold(names, width, "    ", "  ! "))
        if draft.path is not None:
            yield from (
                Line(text) for text in fold(labelled(lang, say(lang, "written"), draft.path), width, "    ", "  ")
            )
    if any(draft.path for draft in drafts):
        yield Line("")
        yield from (Line(text) for text in fold(say(lang, "next_step"), width))
