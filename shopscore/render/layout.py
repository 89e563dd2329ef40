"""Lines of at most so many terminal cells; a Chinese character takes two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells, set_cell_size

from shopscore.render.escape import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


STYLES = {"fail": "red", "likely_fail": "yellow", "undecided": "", "likely_pass": "green", "pass": "green"}
"""How a verdict may look; never the only way it is said."""


_GAP = "  "
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report and how a colour terminal may show it."""

    text: str
    style: str = ""


def table(
    rows: Sequence[Sequence[str]], limits: Sequence[int], *, right: frozenset[int] = frozenset(), width: int = 0
) -> Iterator[str]:
    """Rows as aligned lines: each column as wide as its widest cell, cut at its limit.

    Args:
        rows: cells as text; the first row may be the head.
        limits: the most cells a column may take; 0 for the one column that takes what the others leave of ``width``.
        right: columns to align right.
        width: the cells a line may take, where a limit is 0.
    """
    clean = [[terminal(cell) for cell in row] for row in rows]
    wanted = [max(cell_len(row[column]) for row in clean) for column in range(len(limits))]
    widths = [min(limit or widest, widest) for limit, widest in zip(limits, wanted, strict=True)]
    if 0 in limits:
        rest = limits.index(0)
        others = sum(widths) - widths[rest] + len(_GAP) * (len(widths) - 1)
        widths[rest] = max(min(wanted[rest], width - others), _LEAST)
    for row in clean:
        cells = [
            _fit(cell, width, right_aligned=column in right)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield _GAP.join(cells).rstrip()


def _fit(cell: str, width: int, *, right_aligned: bool) -> str:
    if cell_len(cell) > width:
        return set_cell_size(cell, width - 2) + ".."
    return " " * (width - cell_len(cell)) + cell if right_aligned else set_cell_size(cell, width)


def fold(text: str, width: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """A sentence over several lines, broken at spaces where there are any.

    Args:
        text: the sentence.
        width: cells a line may take, indent included.
        indent: what stands before every line.
        first: what stands before the first line instead.
    """
    lead = indent if first is None else first
    line = ""
    for piece in _pieces(terminal(text), width - max(cell_len(indent), cell_len(lead))):
        if line and cell_len(lead + line + piece.rstrip()) > width:
            yield lead + line.rstrip()
            lead, line = indent, piece.lstrip()
        else:
            line += piece
    yield (lead + line).rstrip()


_OPENING = "「『(《“‘（"
_CLOSING = ",.;:!?，。、；：！？」』)》”’）%"


def _pieces(text: str, width: int) -> Iterator[str]:
    """Where a line may be broken: after spaces, and between Chinese characters but not before their punctuation."""
    piece = ""
    for letter in text:
        wide = cell_len(letter) > 1
        may_break = piece and (piece[-1] == " " or wide or cell_len(piece[-1]) > 1)
        if may_break and letter not in _CLOSING and letter != " " and piece[-1] not in _OPENING:
            yield from chop_cells(piece, width)
            piece = ""
        piece += letter
    yield from chop_cells(piece, width)


def section(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    """A titled block with an empty line before it; nothing at all when there are no lines."""
    body = list(lines)
    if body:
        yield Line("")
        yield Line(title, "bold")
        yield from body
