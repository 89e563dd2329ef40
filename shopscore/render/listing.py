"""A plain table for people: as wide as its cells ask for, the last column folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.layout import WIDTH, Line, fold, longest_word
from shopscore.render.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Listing

_LIMIT = 26
_NAME = 40
"""Cells a column may take so that no name in it is torn: whoever types one after it is shown wants it whole."""


def render(listing: Listing, lang: str, width: int = WIDTH) -> Iterator[Line]:
    """The title, the rows under their head, then the note."""
    if listing.title:
        yield from (Line(text, "bold") for text in fold(format(listing.title, lang), width))
    rows = [[format(cell, lang) for cell in row] for row in (listing.head, *listing.rows)]
    columns = list(zip(*rows, strict=True))[:-1]
    limits = [min(max(_LIMIT, *map(longest_word, column)), _NAME) for column in columns]
    for number, lines in enumerate(table(rows, [*limits, 0], width=width)):
        yield from (Line(line, "" if number else "dim") for line in lines)
    if listing.note:
        yield Line("")
        for paragraph in format(listing.note, lang).splitlines():
            yield from (Line(text) for text in fold(paragraph, width))
