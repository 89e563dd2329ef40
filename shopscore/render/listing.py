"""A plain table for people: as wide as its cells ask for, the last column folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from shopscore.render.layout import Line, fold, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Listing

WIDTH = 100
_LIMIT = 26
_LEAST = 8


def render(listing: Listing, lang: str) -> Iterator[Line]:
    """The title, the rows under their head, then the note."""
    if listing.title:
        yield Line(format(listing.title, lang), "bold")
    cells = [[format(cell, lang) for cell in row] for row in (listing.head, *listing.rows)]
    fixed = [row[:-1] for row in cells]
    limits = [_LIMIT] * len(fixed[0])
    lines = list(table(fixed, limits))
    # The last column keeps the room it asks for, up to a limit; the titles give way.
    last = min(max(cell_len(row[-1]) for row in cells), _LIMIT)
    over = max(cell_len(line) for line in lines) + 2 + last - WIDTH
    if over > 0 and len(limits) > 1:
        limits[1] = max(_LIMIT - over, _LEAST)
        lines = list(table(fixed, limits))
    indent = max(cell_len(line) for line in lines) + 2
    for number, (line, row) in enumerate(zip(lines, cells, strict=True)):
        lead = line + " " * (indent - cell_len(line))
        style = "dim" if number == 0 else ""
        yield from (Line(text, style) for text in fold(row[-1], WIDTH, " " * indent, lead))
    if listing.note:
        yield Line("")
        for paragraph in format(listing.note, lang).splitlines():
            yield from (Line(text) for text in fold(paragraph, WIDTH))
