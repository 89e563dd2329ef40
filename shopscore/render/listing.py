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


def render(listing: Listing, lang: str) -> Iterator[Line]:
    """The rows under their head, then the note."""
    cells = [[format(cell, lang) for cell in row] for row in (listing.head, *listing.rows)]
    fixed = [row[:-1] for row in cells]
    lines = list(table(fixed, [_LIMIT] * len(fixed[0])))
    indent = max(cell_len(line) for line in lines) + 2
    for number, (line, row) in enumerate(zip(lines, cells, strict=True)):
        lead = line + " " * (indent - cell_len(line))
        style = "dim" if number == 0 else ""
        yield from (Line(text, style) for text in fold(row[-1], max(WIDTH, indent + 30), " " * indent, lead))
    if listing.note:
        yield Line("")
        yield from (Line(text) for text in fold(format(listing.note, lang), WIDTH))
