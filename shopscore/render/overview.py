"""Several shops → one table, those with most to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import due, trusted, verdicts, why
from shopscore.render.layout import STYLES, Line, fold
from shopscore.render.table import table
from shopscore.render.words import labelled, say, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Report, ShopReport


def lines(report: Report, lang: str, width: int) -> Iterator[Line]:
    """The answer for all shops, then a row for each."""
    shops = ranked(report)
    failing = sum(bool(verdicts.failing(shop)) for shop in shops)
    soon = sum(len(due.within_a_night(shop)) for shop in shops)
    answer = say(lang, "shops_answer", shops=len(shops), short=failing, due=f"{soon:,}")
    if unread := sum(bool(trusted.unread(shop.trust)) for shop in shops):
        answer = spaced(lang, [answer, say(lang, "fleet_unread", count=unread) + say(lang, "fleet_stop")])
    if report.failed:
        answer += " " + say(lang, "shops_failed", count=len(report.failed))
    yield from (Line(text, "bold") for text in fold(answer, width))
    yield Line("")
    keys = ("shop", "taken_platform", "shops_short", "shops_due", "trust_word", "shops_first")
    rows = [["#", *(say(lang, key) for key in keys)]]
    rows += [[str(number), *_row(shop, lang)] for number, shop in enumerate(shops, 1)]
    found = table(rows, (4, 24, 16, 10, 13, 8, 0), right=frozenset({0}), width=width)
    yield from (Line(text, "dim") for text in next(found))
    for texts, shop in zip(found, shops, strict=True):
        style = next((STYLES[metric.verdict] for metric in verdicts.failing(shop)), "")
        yield from (Line(text, style) for text in texts)
    for shop in shops:
        if silent := due.silent(shop, lang):
            told = labelled(lang, shop.shop, silent)
            yield from (Line(text, "yellow") for text in fold(told, width, "    ", "  ! "))


def ranked(report: Report) -> list[ShopReport]:
    """The shops with most metrics short of target first, those where more of them fail before others."""
    return sorted(report.shops, key=verdicts.most_to_do)


def _row(shop: ShopReport, lang: str) -> list[str]:
    return [
        shop.shop,
        format(shop.platform_title, lang),
        say(lang, "shops_short_of", short=len(shop.shortfalls), judged=verdicts.judged(shop)),
        _running(shop),
        say(lang, f"trust_{shop.trust.level}"),
        verdicts.first(shop, lang, lambda each: why.named(each, lang)) or "-",
    ]


def _running(shop: ShopReport) -> str:
    """How many clocks run out within a day; where a file could not be read there may be more."""
    count = len(due.within_a_night(shop))
    if trusted.unread(shop.trust):
        return f"{count}+" if count else "?"
    return str(count or "-")
