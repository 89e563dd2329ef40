"""Text → the terminal cells it takes: two of a Chinese character, none of a mark that sits on another.

Characters that terminals disagree about (``…``, ``×``, ``“``: one cell in most, two in some Chinese ones) count as two
where room is reckoned, so that no line is too long for either; where columns are filled up they count as one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size


def shown(text: str) -> int:
    """Cells a text takes on most terminals, character by character: not all of them join emoji."""
    return len(text) if text.isascii() else sum(map(_of, text))


def most(text: str) -> int:
    """Cells a text takes on a terminal that draws ambiguous characters wide."""
    return len(text) if text.isascii() else sum(map(_most_of, text))


@lru_cache(4096)
def _of(letter: str) -> int:
    return get_character_cell_size(letter)


@lru_cache(4096)
def _most_of(letter: str) -> int:
    cells = _of(letter)
    return 2 if cells == 1 and unicodedata.east_asian_width(letter) == "A" else cells


def filled(text: str, width: int, *, right: bool = False) -> str:
    """A text with as many spaces as fill so many cells."""
    room = " " * max(width - shown(text), 0)
    return room + text if right else text + room


def pieces(text: str, width: int) -> list[str]:
    """A text in parts of at most so many cells; a mark stays with what it sits on."""
    found, part, used = [], "", 0
    for letter in text:
        cells = _most_of(letter)
        if part and used + cells > width:
            found.append(part)
            part, used = "", 0
        part, used = part + letter, used + cells
    return [*found, part]
