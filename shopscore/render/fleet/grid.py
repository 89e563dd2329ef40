"""A matrix of shops and metrics as lines: short words for verdicts, as many metrics as the width holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.fleet import sentences
from shopscore.render.layout import Line, fold
from shopscore.render.table import table
from shopscore.render.words import joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.render.fleet.matrix import Column, Matrix, Row

WORDS = {"pass": "ok", "likely_pass": "ok?", "undecided": "?", "likely_fail": "X?", "fail": "X", "not_measured": "-"}
"""Letters, so that columns stay aligned in every terminal, encoding and font."""
_CELL = 3
_GAP = 2
_NAME = 28
_NARROWEST = 10


def lines(found: Matrix, lang: str, width: int) -> Iterator[Line]:
    """The shops that fall short or are undecided, group by group; those in which nothing does by name only."""
    rows = [row for row in found.rows if row.told.state in ("short", "undecided")]
    room = max(min(_NAME, width // 3), _NARROWEST)
    shown = found.columns[: max((width - room - 6) // (_CELL + _GAP), 1)]
    if rows:
        yield from _grid(rows, shown, room, lang)
        yield from _legend(found, shown, lang, width)
    fine = [row.told.shop for row in found.rows if row not in rows]
    if fine:
        text = say(lang, "fleet_fine", count=len(fine), list=say(lang, "fleet_comma").join(fine))
        yield from (Line(line) for line in fold(text, width, "    ", "  "))


def _grid(rows: list[Row], shown: tuple[Column, ...], room: int, lang: str) -> Iterator[Line]:
    head = [say(lang, "fleet_shop"), *(str(at) for at in range(1, len(shown) + 1)), say(lang, "fleet_short")]
    cells = [head, *(_row(row, shown) for row in rows)]
    limits = (room, *(_CELL for _ in shown), 6)
    first, *rest = table(cells, limits, width=sum(limits) + _GAP * len(limits))
    yield from (Line(f"  {text}", "dim") for text in first)
    whose = ""
    for row, texts in zip(rows, rest, strict=True):
        name = sentences.member(row.told.group, row.told.owner)
        if name != whose:
            whose = name
            yield from (Line(line, "bold") for line in fold(name or say(lang, "fleet_nobody"), room + 40, " ", " "))
        yield from (Line(f"  {text}") for text in texts)


def _row(row: Row, shown: tuple[Column, ...]) -> list[str]:
    verdicts = (row.metrics[each.id].verdict if each.id in row.metrics else "not_measured" for each in shown)
    return [row.told.shop, *(WORDS[verdict] for verdict in verdicts), f"{row.told.short}/{row.told.judged}"]


def _legend(found: Matrix, shown: tuple[Column, ...], lang: str, width: int) -> Iterator[Line]:
    named = (
        say(lang, "fleet_column", number=at, title=format(each.title, lang), short=each.short, judged=each.judged)
        for at, each in enumerate(shown, 1)
    )
    text = labelled(lang, say(lang, "fleet_columns"), joined(lang, named))
    yield from (Line(line) for line in fold(text, width, "    ", "  "))
    more = found.columns[len(shown) :]
    if more:
        text = say(lang, "fleet_more_columns", count=len(more), short=max(each.short for each in more))
        yield from (Line(line, "dim") for line in fold(text, width, "    ", "  "))
