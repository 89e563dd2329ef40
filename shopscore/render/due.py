"""What runs out soon → lines for a terminal, a sheet to pick from, JSON: by what to do, first what is worth most."""

from __future__ import annotations

import datetime as dt
import json
import math
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopscore.render import json_due, numbers
from shopscore.render.layout import Line, fold, table
from shopscore.render.sheet import Column, Sheet
from shopscore.render.words import joined, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shopscore.model import Breach, Due, DueList, ShopDue
    from shopscore.render.sheet import Cell, Kind

WIDTH = 100
_SHOWN = 10
"""Rows of a group in the text; all of them are in the other formats."""
_DAYS_FROM = 48
_MINUTES = 60


def render(found: DueList, lang: str, width: int = WIDTH) -> Iterator[Line]:
    """Every shop: the answer, then what to do, group by group."""
    for number, shop in enumerate(found.shops):
        if number:
            yield Line("")
        yield from _head(shop, found.within, lang, width)
        for group in _groups(shop.due):
            yield from _group(group, lang, width)
        for old in shop.too_old:
            text = say(
                lang, "due_too_old", title=format(old.title, lang), seen=f"{old.seen:%m-%d %H:%M}", count=old.running
            )
            yield from (Line(line, "yellow") for line in fold(text, width, "  ", "! "))
    if any(shop.due for shop in found.shops):
        yield Line("")
        yield from (Line(line, "dim") for line in fold(say(lang, "due_order"), width))
    yield from (Line(text, "yellow") for warning in found.warnings for text in fold(format(warning, lang), width))


def _head(shop: ShopDue, within: dt.timedelta, lang: str, width: int) -> Iterator[Line]:
    platform = format(shop.platform_title, lang)
    title = say(
        lang, "due_head", shop=shop.shop, platform=platform, now=f"{shop.now:%Y-%m-%d %H:%M}", zone=shop.timezone
    )
    yield from (Line(line, "bold") for line in fold(title, width))
    age = say(lang, "due_age", seen=f"{shop.seen:%m-%d %H:%M}", age=span(shop.now - shop.seen, lang))
    yield from (Line(line, "bold") for line in fold(_answer(shop, within, lang), width))
    yield from (Line(line) for line in fold(age, width, "  "))


def _answer(shop: ShopDue, within: dt.timedelta, lang: str) -> str:
    length = span(within, lang)
    if not shop.due:
        return say(lang, "due_none", within=length)
    parts = [say(lang, "due_answer", count=len(shop.due), within=length)]
    perhaps = sum(each.hours_left < 0 for each in shop.due)
    if perhaps:
        parts.append(say(lang, "due_perhaps", count=perhaps))
    likely = [each.chance for each in shop.due if each.chance is not None]
    if len(likely) == len(shop.due) and (count := round(math.fsum(likely))):
        parts.append(say(lang, "due_likely", count=count))
    parts += [say(lang, "due_money", amount=amount) for amount in _amounts(shop.due, lang)]
    crossing = dict.fromkeys(format(each.title, lang) for due in shop.due for each in due.breaches if each.crosses)
    if crossing:
        parts.append(say(lang, "due_crossing", titles=joined(lang, crossing)))
    return joined(lang, parts)


def _amounts(clocks: Iterable[Due], lang: str) -> Iterator[str]:
    """What all of them would cost, one amount a currency."""
    sums: dict[str | None, float] = {}
    for each in (breach for due in clocks for breach in due.breaches if breach.money is not None):
        sums[each.currency] = sums.get(each.currency, 0.0) + (each.money or 0.0)
    yield from (numbers.money(amount, currency, lang) for currency, amount in sorted(sums.items(), key=str))


def _groups(clocks: Sequence[Due]) -> list[list[Due]]:
    """Clocks by what to do about them, the group with the most worth first."""
    groups: dict[tuple[str, str, str], list[Due]] = {}
    for each in clocks:
        groups.setdefault((each.clock, each.holder, each.todo.en), []).append(each)
    return list(groups.values())


def _group(clocks: Sequence[Due], lang: str, width: int) -> Iterator[Line]:
    first = clocks[0]
    title, todo = format(first.title, lang), format(first.todo, lang)
    holder = say(lang, f"due_with_{first.holder}")
    yield Line("")
    text = say(lang, "due_group", title=title, count=len(clocks), holder=holder, todo=todo)
    yield from (Line(line, "bold") for line in fold(text, width, "  ", ""))
    yield from (Line(line) for text in _budgets(clocks, lang) for line in fold(text, width, "    ", "  "))
    head = [say(lang, key) for key in ("due_id", "due_by", "due_time_left", "due_chance", "due_miss")]
    rows = [_row(each, lang) for each in islice(clocks, _SHOWN)]
    lines = list(table([head, *rows], (40, 11, 26, 8, 0), width=width - 2))
    yield Line(f"  {lines[0]}", "dim")
    yield from (Line(f"  {line}") for line in lines[1:])
    if len(clocks) > _SHOWN:
        yield Line(f"  {say(lang, 'due_more', count=len(clocks) - _SHOWN)}", "dim")


def _budgets(clocks: Sequence[Due], lang: str) -> Iterator[str]:
    """For each metric behind a group: how it stands against its target, and how many more it can bear."""
    seen: dict[str, list[Breach]] = {}
    for each in (breach for due in clocks for breach in due.breaches):
        seen.setdefault(each.metric, []).append(each)
    for breaches in seen.values():
        first = breaches[0]
        if first.value is None or first.target is None:
            continue
        key = "due_short" if first.left is None else "due_left"
        yield say(
            lang,
            key,
            title=format(first.title, lang),
            value=numbers.value(first.value, first.unit, lang),
            target=numbers.limit(first.target, first.unit, first.better, lang),
            left=first.left,
            running=len(breaches),
        )


def _row(due: Due, lang: str) -> list[str]:
    left = dt.timedelta(hours=due.hours_left)
    length = span(left, lang) if due.hours_left >= 0 else say(lang, "due_late", length=span(-left, lang))
    chance = "-" if due.chance is None else _chance(due.chance)
    return [due.subject, f"{due.deadline:%m-%d %H:%M}", length, chance, _miss(due, lang)]


def _chance(share: float) -> str:
    """A chance in whole percents; neither certain nor impossible unless it is."""
    percents = min(max(round(100 * share), 1), 99) if 0 < share < 1 else round(100 * share)
    return f"{percents}%"


def _miss(due: Due, lang: str) -> str:
    """What a miss does: points, money, targets crossed, a buyer who weighs more."""
    parts = [say(lang, "due_points", points=f"-{each.points:g}") for each in due.breaches if each.points]
    parts += [numbers.money(each.money, each.currency, lang) for each in due.breaches if each.money is not None]
    for each in due.breaches:
        if each.crosses:
            key = "due_falls" if each.better == "higher" else "due_rises"
            parts.append(
                say(lang, key, title=format(each.title, lang), value=numbers.value(each.after, each.unit, lang))
            )
    if due.weight is not None and due.weight != 1:
        parts.append(say(lang, "due_buyer", weight=f"{due.weight:g}"))
    return joined(lang, parts) or "-"


def span(length: dt.timedelta, lang: str) -> str:
    """A length of time: ``35 min``, ``6 h``, ``1 h 20 min``, ``3 d``; below zero is none."""
    minutes = max(round(length.total_seconds() / _MINUTES), 0)
    hours, rest = divmod(minutes, _MINUTES)
    if not hours:
        return say(lang, "due_minutes", count=minutes)
    if hours < _DAYS_FROM:
        return say(lang, "due_hours_minutes" if rest else "due_hours", count=hours, rest=rest)
    days, over = divmod(hours, 24)
    return say(lang, "due_days_hours" if over else "due_days", count=days, rest=over)


# ── the pick list ────────────────────────────────────────────────────────────────────────────────────────────────

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
    columns = tuple(Column(say(lang, head), kind, width) for head, kind, width in _COLUMNS)
    rows = [_cells(rank, due, shop, lang) for shop in found.shops for rank, due in enumerate(shop.due, 1)]
    return Sheet("due", columns, rows)


def _cells(rank: int, due: Due, shop: ShopDue, lang: str) -> list[Cell]:
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
        round(due.hours_left * _MINUTES),
        say(lang, "due_yes" if due.hours_left < 0 else "due_no"),
        due.chance,
        due.usual,
        joined(lang, (format(each.title, lang) for each in due.breaches)) or None,
        joined(lang, (format(each.title, lang) for each in due.breaches if each.crosses)) or None,
        sum(points) if points else None,
        sum(money) if money else None,
        next((each.currency for each in due.breaches if each.currency), None),
        due.weight,
    ]


def as_json(found: DueList, lang: str) -> str:
    """The list as JSON: times with their offset, ids as text."""
    told = {
        "within_hours": found.within.total_seconds() / 3600,
        "shops": [_told(shop, lang) for shop in found.shops],
        "warnings": [format(each, lang) for each in found.warnings],
        "failed": list(found.failed),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def _told(shop: ShopDue, lang: str) -> dict[str, object]:
    zone = ZoneInfo(shop.timezone)

    def time(moment: dt.datetime) -> str:
        return moment.replace(tzinfo=zone).isoformat(timespec="seconds")

    return {
        "platform": shop.platform,
        "shop": shop.shop,
        "now": time(shop.now),
        "seen_until": time(shop.seen),
        "due": [json_due.whole(each, lang, zone) for each in shop.due],
        "not_listed": [
            {"title": format(each.title, lang), "seen_until": time(each.seen), "running": each.running}
            for each in shop.too_old
        ],
    }
