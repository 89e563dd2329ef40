"""What runs out soon → lines for a terminal: by what to do, first what is worth most."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from shopscore.render import ahead, numbers, trusted
from shopscore.render.layout import WIDTH, Line, fold
from shopscore.render.table import table
from shopscore.render.words import clauses, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shopscore.model import Aside, Breach, Due, DueList, ShopDue, ShopReport

_SHOWN = 10
"""Rows of a group in the text; all of them are in the other formats."""
_FIRST = 3
"""Clocks an audit names."""
_NIGHT = 24
"""Hours an audit looks ahead."""
_DAYS_FROM = 48
_MINUTES = 60
_HOUR = 3600


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
        for told in beside(shop, lang):
            yield from (Line(line, "yellow") for line in fold(told, width, "  ", "! "))
    if any(shop.due for shop in found.shops):
        yield Line("")
        yield from (Line(line, "dim") for line in fold(say(lang, "due_order"), width))
    yield from (Line(text, "yellow") for warning in found.warnings for text in fold(format(warning, lang), width))


def beside(shop: ShopDue, lang: str) -> Iterator[str]:
    """What stands in no row of the list: what cannot be done yet, and what waits without a known deadline."""
    yield from asides((*shop.blocked, *shop.undated), lang)
    if undated := ahead.unlisted(shop.open_cases, lang):
        yield undated


def asides(rows: Iterable[Aside], lang: str, *, key: str = "due_blocked") -> Iterator[str]:
    """Rows without a clock that runs, a sentence for each reason: how many, and the first of them."""
    kinds: dict[str, list[Aside]] = {}
    for each in rows:
        kinds.setdefault(each.why.en, []).append(each)
    for found in kinds.values():
        first = [
            say(lang, "due_one", subject=each.subject, deadline=f"{each.deadline:%m-%d %H:%M}")
            if each.deadline
            else each.subject
            for each in found[:_FIRST]
        ]
        more = [say(lang, "ahead_more", count=len(found) - _FIRST)] if len(found) > _FIRST else []
        seen = f"{min(each.seen for each in found):%m-%d %H:%M}"
        why = format(found[0].why, lang)
        yield say(lang, key, count=len(found), why=why, list=joined(lang, [*first, *more]), seen=seen)


def within_a_night(shop: ShopReport) -> list[Due]:
    """The clocks an audit has a word about."""
    return [each for each in shop.due if each.hours_left <= _NIGHT]


def until(shop: ShopReport) -> str:
    """The end of the time an audit has a word about."""
    return f"{shop.as_of + dt.timedelta(hours=_NIGHT):%m-%d %H:%M}"


def of_the_night(shop: ShopReport, lang: str) -> str:
    """What an audit says of the clocks of the next day; nothing where none runs out."""
    soon = within_a_night(shop)
    if not soon:
        return ""
    counts = Counter(format(each.title, lang) for each in soon)
    kinds = joined(lang, (say(lang, "due_kind", title=title, count=count) for title, count in counts.items()))
    first = (
        say(lang, "due_one", subject=each.subject, deadline=f"{each.deadline:%m-%d %H:%M}") for each in soon[:_FIRST]
    )
    said = say(lang, "due", count=len(soon), until=until(shop), kinds=kinds, list=joined(lang, first))
    return clauses(lang, [said, *perhaps_late(soon, lang)])


def perhaps_late(soon: Sequence[Due], lang: str) -> list[str]:
    """That the deadlines of some have passed since the data ends; nothing where those of none have."""
    count = sum(each.hours_left < 0 for each in soon)
    return [say(lang, "due_perhaps", count=count)] if count else []


def silent(shop: ShopReport, lang: str) -> str:
    """That no file speaks of the days before the moment judged; nothing where some file does."""
    last = shop.silent_since
    return say(lang, "data_ends", seen=f"{last:%m-%d %H:%M}", age=span(shop.as_of - last, lang)) if last else ""


def _head(shop: ShopDue, within: dt.timedelta, lang: str, width: int) -> Iterator[Line]:
    platform = format(shop.platform_title, lang)
    title = say(
        lang, "due_head", shop=shop.shop, platform=platform, now=f"{shop.now:%Y-%m-%d %H:%M}", zone=shop.timezone
    )
    yield from (Line(line, "bold") for line in fold(title, width))
    age = say(lang, "due_age", seen=f"{shop.seen:%m-%d %H:%M}", age=span(shop.now - shop.seen, lang))
    yield from (Line(line, "bold") for line in fold(_answer(shop, within, lang), width))
    yield from (Line(line) for line in fold(age, width, "  "))
    if shop.trust.level != "good":
        yield from trusted.lines(shop.trust, lang, width)


def _answer(shop: ShopDue, within: dt.timedelta, lang: str) -> str:
    length = span(within, lang)
    unread = trusted.unread(shop.trust)
    beside = [say(lang, "due_unread", caveat=trusted.caveat(shop.trust, lang))] if unread else []
    if not shop.due:
        key = "due_none" if shop.trust.level == "good" and not shop.undated else "due_none_known"
        return joined(lang, [say(lang, key, within=length), *beside])
    perhaps = sum(each.hours_left < 0 for each in shop.due)
    if perhaps == len(shop.due):
        parts = [say(lang, "due_all_perhaps", count=perhaps)]
    else:
        parts = [say(lang, "due_answer", count=len(shop.due), within=length)]
        parts += [say(lang, "due_perhaps", count=perhaps)] if perhaps else []
    likely = [each.chance for each in shop.due if each.chance is not None]
    if len(likely) == len(shop.due) and (count := round(math.fsum(likely))):
        parts.append(say(lang, "due_likely", count=count))
    parts += [say(lang, "due_money", amount=amount) for amount in _amounts(shop.due, lang)]
    crossing = dict.fromkeys(format(each.title, lang) for due in shop.due for each in due.breaches if each.crosses)
    if crossing:
        parts.append(say(lang, "due_crossing", titles=joined(lang, crossing)))
    return joined(lang, [*parts, *beside])


def _amounts(clocks: Iterable[Due], lang: str) -> Iterator[str]:
    """What all of them would cost, one amount a currency; what two clocks of one order ask for is paid once."""
    prices = {
        (each.metric, due.subject): (each.currency, each.money)
        for due in clocks
        for each in due.breaches
        if each.money is not None
    }
    for currency in sorted({currency for currency, _ in prices.values()}, key=str):
        amount = math.fsum(money for own, money in prices.values() if own == currency)
        yield numbers.money(amount, currency, lang)


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
    about = [*_budgets(clocks, lang), *_usual(clocks, lang)]
    yield from (Line(line) for text in about for line in fold(text, width, "    ", "  "))
    head = [say(lang, key) for key in ("due_id", "due_by", "due_time_left", "due_chance", "due_miss")]
    rows = [_row(each, lang) for each in islice(clocks, _SHOWN)]
    for number, lines in enumerate(table([head, *rows], (40, 11, 26, 8, 0), width=width - 2)):
        yield from (Line(f"  {line}", "" if number else "dim") for line in lines)
    if len(clocks) > _SHOWN:
        more = say(lang, "due_more", count=len(clocks) - _SHOWN)
        yield from (Line(line, "dim") for line in fold(more, width, "  "))


def _budgets(clocks: Sequence[Due], lang: str) -> Iterator[str]:
    """For each metric behind a group: how it stands against its target, and how many more it can bear."""
    seen: dict[str, list[Breach]] = {}
    for each in (breach for due in clocks for breach in due.breaches):
        seen.setdefault(each.metric, []).append(each)
    for breaches in seen.values():
        first = breaches[0]
        if first.value is None or first.target is None:
            continue
        # Of a metric that is shown only, no more than its value and target is known.
        known = "due_stands" if first.left is None else "due_left"
        yield say(
            lang,
            "due_short" if first.is_short else known,
            title=format(first.title, lang),
            value=numbers.value(first.value, first.unit, lang),
            target=numbers.limit(first.target, first.unit, first.better, lang),
            left=first.left,
            running=len(breaches),
        )


def _usual(clocks: Sequence[Due], lang: str) -> Iterator[str]:
    """Where no chance is told: how many were missed so far, which is what stands behind the order then."""
    usual = clocks[0].usual
    if usual is not None and all(each.chance is None for each in clocks):
        yield say(lang, "due_usual", usual=numbers.chance(usual) if usual else "0%")


def _row(due: Due, lang: str) -> list[str]:
    left = dt.timedelta(hours=due.hours_left)
    if due.hours_left >= 0:
        length = span(dt.timedelta(minutes=minutes_left(due)), lang)
    else:
        length = say(lang, "due_late", length=span(-left, lang))
    return [due.subject, f"{due.deadline:%m-%d %H:%M}", length, numbers.chance(due.chance), _miss(due, lang)]


def minutes_left(due: Due) -> int:
    """Whole minutes: half of one is not promised."""
    return round(due.hours_left * _HOUR) // _MINUTES


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
    if due.first is not None:
        parts.append(format(due.first, lang))
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
