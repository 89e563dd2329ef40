"""What a message says of itself when it cannot say all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.words import say

if TYPE_CHECKING:
    from shopscore.model import Letter


def left_out(letter: Letter, count: int) -> str:
    """So many lines are in the full report only."""
    return say(letter.lang, "letter_cut", count=count)
