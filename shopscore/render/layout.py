"""Lines of at most so many terminal cells; a Chinese character takes two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.render import cells
from shopscore.render.escape import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


STYLES = {"fail": "red", "likely_fail": "yellow", "undecided": "", "likely_pass": "green", "pass": "green"}
"""How a verdict may look; never the only way it is said."""
WIDTH = 100
"""Cells of a line where nobody says how many there are: in a file, a pipe, a mail."""


class Line(Struct, frozen=True):
    """One line of a report and how a colour terminal may show it."""

    text: str
    style: str = ""


class Look(Struct, frozen=True):
    """How a page is to look.

    Attributes:
        width: cells a line may take.
        whole: with all details, instead of the answer alone.
        plain: as tab-separated records, instead of lines for people.
    """

    width: int = WIDTH
    whole: bool = False
    plain: bool = False


_OPENING = "「『(《“‘（"
_CLOSING = ",.;:!?，。、；：！？」』)》”’）%"


def fold(text: str, width: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """A sentence over several lines, broken at spaces where there are any.

    Args:
        text: the sentence.
        width: cells a line may take, indent included.
        indent: what stands before every line.
        first: what stands before the first line instead.
    """
    lead = indent if first is None else first
    line, used = "", cells.most(lead)
    for piece in _pieces(terminal(text), width - max(cells.most(indent), used)):
        if line and used + cells.most(piece.rstrip()) > width:
            yield lead + line.rstrip()
            lead, line = indent, piece.lstrip()
            used = cells.most(lead + line)
        else:
            line += piece
            used += cells.most(piece)
    yield (lead + line).rstrip()


def _pieces(text: str, width: int) -> Iterator[str]:
    """Where a line may be broken: after spaces, and between Chinese characters but not before their punctuation."""
    piece, before = "", 1
    for letter in text:
        wide = cells.shown(letter)
        may_break = piece and wide and (piece[-1] == " " or wide > 1 or before > 1)
        if may_break and letter not in _CLOSING and letter != " " and piece[-1] not in _OPENING:
            yield from cells.pieces(piece, width)
            piece = ""
        piece += letter
        before = wide or before
    yield from cells.pieces(piece, width)


def longest_word(text: str) -> int:
    """Cells of the longest part of a text that a line break would tear."""
    return max(cells.most(piece.rstrip()) for piece in _pieces(text, WIDTH))


def room(lines: int, width: int) -> int:
    """So many lines of the usual width, in lines of this one: a narrow page says no less."""
    return max(lines, -(-lines * WIDTH // width))


def section(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    """A titled block with an empty line before it; nothing at all when there are no lines."""
    body = list(lines)
    if body:
        yield Line("")
        yield Line(title, "bold")
        yield from body
