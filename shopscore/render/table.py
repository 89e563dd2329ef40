"""Rows of cells → lines in columns: what does not fit its column goes on below it, nothing is cut without a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import cells
from shopscore.render.escape import terminal
from shopscore.render.layout import WIDTH, fold, longest_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP = "  "
_LEAST = 4
"""Cells no column falls short of."""
_TITLE = 14
"""Cells below which a column of sentences is no longer read: it gets lines of its own."""
_READ = 10
"""Cells below which no text is squeezed while another column can give way: Chinese may be broken anywhere."""
_LINES = 4
"""Lines a sentence may take in its column; a longer one is better read on lines of its own."""
_ABOVE = 2
"""Lines a row takes whose sentence stands above its other cells: more than that on the whole is worse to read."""
_MOST = 12
"""Lines any cell may take; a name that does not end within them ends in ``..``."""
_WORD = 24
"""A longer word is torn rather than kept whole."""


def table(
    rows: Sequence[Sequence[str]],
    limits: Sequence[int],
    *,
    right: frozenset[int] = frozenset(),
    width: int = WIDTH,
) -> Iterator[tuple[str, ...]]:
    """Rows as aligned lines, one or more a row; each column as wide as its widest cell, up to its limit.

    Args:
        rows: cells as text; the first row may be the head.
        limits: the most cells a column asks for; 0 for one column that takes what the others leave. Where that is too
            little to be read, its cells stand above those of the columns behind it.
        right: columns to align right.
        width: the cells a line may take.
    """
    clean = [[terminal(cell) for cell in row] for row in rows]
    widest = [max(cells.most(row[column]) for row in clean) for column in range(len(limits))]
    wanted = [min(limit or most, most) for limit, most in zip(limits, widest, strict=True)]
    words = [min(max(_LEAST, *(longest_word(row[at]) for row in clean)), _WORD) for at in range(len(limits))]
    rest = limits.index(0) if 0 in limits else None
    widths = _fitted(wanted, ([max(_READ, word) for word in words], words), width, rest)
    if rest is not None and _is_cramped([row[rest] for row in clean], widths[rest], wanted[rest]):
        last = rest == len(limits) - 1
        if not last and sum(widest[:rest]) > width // 3:
            yield from (tuple(_lines(row, widths, right)) for row in clean)
            return
        yield from _trailing(clean, limits, right, width) if last else _stacked(clean, rest, limits, right, width)
        return
    for row in clean:
        yield tuple(_lines(row, widths, right))


def _is_cramped(texts: Sequence[str], width: int, wanted: int) -> bool:
    """Whether a column of sentences is too narrow to be read."""
    if width >= wanted:
        return False
    lines = [len(list(fold(text, width))) for text in texts]
    return width < _TITLE or max(lines) > _LINES or sum(lines) > _ABOVE * len(lines)


def _fitted(wanted: Sequence[int], least: Sequence[Sequence[int]], width: int, rest: int | None) -> list[int]:
    """Widths of columns that fit: the one that takes the rest gives way first, then the widest that words allow.

    ``least`` is below what no column goes while another can give way, step by step; whole words are torn last.
    """
    found = list(wanted)
    over = sum(found) + len(_GAP) * (len(found) - 1) - width
    steps = [[min(floor, most) for floor, most in zip(each, found, strict=True)] for each in least]
    floors = steps[0]
    if rest is not None and over > 0:
        given = min(over, max(found[rest] - max(floors[rest], min(_TITLE, found[rest])), 0))
        found[rest] -= given
        over -= given
    for floor in (*steps, [min(_LEAST, most) for most in found]):
        while over > 0:
            room = [have - bottom for have, bottom in zip(found, floor, strict=True)]
            giving = max(range(len(found)), key=lambda at, room=room: (room[at] > 0, found[at]))  # type: ignore[misc]
            if room[giving] <= 0:
                break
            found[giving] -= 1
            over -= 1
    return found


def _lines(row: Sequence[str], widths: Sequence[int], right: frozenset[int], indent: str = "") -> Iterator[str]:
    """One row: its cells folded into their columns."""
    columns = [_cell(text, width) for text, width in zip(row, widths, strict=True)]
    for at in range(max(map(len, columns))):
        parts = (
            cells.filled(column[at] if at < len(column) else "", width, right=number in right)
            for number, (column, width) in enumerate(zip(columns, widths, strict=True))
        )
        yield (indent + _GAP.join(parts)).rstrip()


def _cell(text: str, width: int) -> list[str]:
    found = list(fold(text, width))
    if len(found) <= _MOST:
        return found
    return [*found[: _MOST - 1], cells.pieces(found[_MOST - 1], width - 2)[0].rstrip() + ".."]


def _stacked(
    rows: Sequence[Sequence[str]], rest: int, limits: Sequence[int], right: frozenset[int], width: int
) -> Iterator[tuple[str, ...]]:
    """Each row with its sentence on a line of its own, the columns behind it below, set in where nothing leads it."""
    front = [max(cells.most(row[at]) for row in rows) for at in range(rest)]
    indent = " " * (sum(front) + len(_GAP) * len(front) or _LEAST)
    behind = frozenset(at - rest - 1 for at in right if at > rest)
    tails = [list(row[rest + 1 :]) for row in rows]
    inner = width - len(indent)
    wanted = [min(limit, max(cells.most(tail[at]) for tail in tails)) for at, limit in enumerate(limits[rest + 1 :])]
    least = [min(max(longest_word(tail[at]) for tail in tails), _WORD) for at in range(len(wanted))]
    widths = _fitted(wanted, [least], inner, None)
    for row, tail in zip(rows, tails, strict=True):
        lead = "".join(
            cells.filled(text, cell, right=at in right) + _GAP
            for at, (text, cell) in enumerate(zip(row, front, strict=False))
        )
        yield (*fold(row[rest], width, indent if lead else "", lead), *_lines(tail, widths, behind, indent))


def _trailing(
    rows: Sequence[Sequence[str]], limits: Sequence[int], right: frozenset[int], width: int
) -> Iterator[tuple[str, ...]]:
    """Each row with its last cell, a sentence, on lines of its own below."""
    fronts = table([row[:-1] for row in rows], limits[:-1], right=right, width=width)
    for row, front in zip(rows, fronts, strict=True):
        yield (*front, *(fold(row[-1], width, "    ") if row[-1] else ()))
