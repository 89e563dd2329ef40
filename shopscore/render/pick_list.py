"""What runs out soon → one sheet to pick from, in the order of the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shopscore.render.due import minutes_left
from shopscore.render.sheet import Column, Sheet
from shopscore.render.words import joined, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.model import Due, DueList, ShopDue, ShopReport
    from shopscore.render.sheet import Cell, Kind

_COLUMNS: tuple[tuple[str, Kind, int], ...] = (
    ("column_rank", "number", 6),
    ("column_platform", "text", 10),
    ("column_shop", "text", 20),
    ("column_what", "text", 26),
    ("due_id", "id", 24),
    ("column_todo", "text", 40),
    ("column_holder", "text", 10),
    ("column_deadline", "time", 17),
    ("column_minutes", "number", 12),
    ("column_perhaps", "text", 12),
    ("column_chance", "share", 10),
    ("column_usual", "share", 10),
    ("column_metrics", "text", 30),
    ("column_crosses", "text", 24),
    ("column_points", "number", 8),
    ("column_money", "number", 10),
    ("column_currency", "text", 8),
    ("column_weight", "number", 10),
)


def sheet(found: DueList, lang: str) -> Sheet:
    """All that runs out as one table, in the order of the text."""
    return listed("due", found.shops, lang)


def listed(name: str, shops: Iterable[ShopDue | ShopReport], lang: str) -> Sheet:
    """The clocks of some shops as one table, those of each in their order."""
    columns = tuple(Column(say(lang, head), kind, width) for head, kind, width in _COLUMNS)
    rows = [_cells(rank, due, shop, lang) for shop in shops for rank, due in enumerate(shop.due, 1)]
    return Sheet(name, columns, rows)


def _cells(rank: int, due: Due, shop: ShopDue | ShopReport, lang: str) -> list[Cell]:
    points, money = (
        [each for each in found if each is not None]
        for found in zip(*((each.points, each.money) for each in due.breaches), strict=True)
    ) if due.breaches else ([], [])  # fmt: skip
    return [
        rank,
        format(shop.platform_title, lang),
        shop.shop,
        format(due.title, lang),
        due.subject,
        format(due.todo, lang),
        say(lang, f"due_with_{due.holder}"),
        due.deadline,
        minutes_left(due),
        say(lang, "due_yes" if due.hours_left < 0 else "due_no"),
        due.chance,
        due.usual,
        joined(lang, (format(each.title, lang) for each in due.breaches)) or None,
        joined(lang, (format(each.title, lang) for each in due.breaches if each.crosses)) or None,
        math.fsum(points) if points else None,
        math.fsum(money) if money else None,
        next((each.currency for each in due.breaches if each.currency), None),
        due.weight,
    ]
