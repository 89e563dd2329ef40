"""An audit and what became of its shops → the letter that is sent: the answer, what got worse, what runs out, trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Letter
from shopscore.render.escape import terminal
from shopscore.render.letter.names import harmless
from shopscore.render.letter.shop import WORST, letter_of, verdict_of, well
from shopscore.render.words import joined, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.model import Change, Event, Mood, Report, ShopComparison, ShopReport

_SHOPS = 20
"""Shops a letter tells of; the full report has all."""


def render(
    report: Report, since: Mapping[str, ShopComparison], shops: Sequence[ShopReport], where: str | None, lang: str
) -> Letter:
    """The letter about some shops of an audit.

    Args:
        report: the audit.
        since: what each shop (``platform/shop``) has become since the audit before, where there is one.
        shops: those it tells of.
        where: where the full report is.
        lang: the language.
    """
    order = sorted(shops, key=lambda shop: _rank(shop, since.get(_name(shop))))
    told = tuple(letter_of(shop, since.get(_name(shop)), lang) for shop in order[:_SHOPS])
    foot = [say(lang, "letter_shops_more", count=len(order) - _SHOPS)] if len(order) > _SHOPS else []
    if report.failed:
        foot.append(say(lang, "letter_failed", count=len(report.failed)))
    if where:
        foot.append(say(lang, "letter_where", where=terminal(where)))
    foot.append(say(lang, "letter_source", audit=report.audit_id[:12]))
    title = _title(report, order, since, lang)
    return Letter(_event(order, since), report.audit_id, lang, _mood(report, order), title, told, tuple(foot))


def _title(report: Report, shops: Sequence[ShopReport], since: Mapping[str, ShopComparison], lang: str) -> str:
    short = {_name(shop): len(shop.shortfalls) for shop in shops}
    worse = {_name(shop): len(_worse(since.get(_name(shop)))) for shop in shops}
    prefix = "letter" if len(shops) == 1 else "letter_shops"
    counts = (sum(short.values()), sum(worse.values()))
    if len(shops) != 1:
        counts = (sum(map(bool, short.values())), sum(map(bool, worse.values())))
    parts = [
        say(lang, f"{prefix}_{what}", count=count)
        for what, count in zip(("short", "worse"), counts, strict=True)
        if count
    ]
    if report.failed:
        parts.append(say(lang, "letter_failed", count=len(report.failed)))
    answer = joined(lang, parts or [well(shops, lang)])
    if len(shops) == 1:
        return say(lang, "letter_one", shop=harmless(shops[0].shop, 30), answer=answer)
    return say(lang, "letter_many", count=len(shops), answer=answer) if shops else answer


def _event(shops: Sequence[ShopReport], since: Mapping[str, ShopComparison]) -> Event:
    found = [each for shop in shops if (each := since.get(_name(shop)))]
    if any(each.regressions for each in found):
        return "regression"
    return "change" if any(each.turned for each in found) else "audit"


def _mood(report: Report, shops: Sequence[ShopReport]) -> Mood:
    worst = {verdict_of(shop) for shop in shops}
    if report.failed or "fail" in worst:
        return "bad"
    if worst & {"likely_fail", "undecided"}:
        return "doubtful"
    if not worst & {"pass", "likely_pass"}:
        return "unknown"
    return "good" if all(shop.trust.level == "good" for shop in shops) else "doubtful"


def _name(shop: ShopReport) -> str:
    return f"{shop.platform}/{shop.shop}"


def _worse(since: ShopComparison | None) -> Sequence[Change]:
    return since.regressions if since else ()


def _rank(shop: ShopReport, since: ShopComparison | None) -> tuple[int, int, str, str]:
    verdict = verdict_of(shop)
    place = WORST.index(verdict) if verdict in WORST else len(WORST)
    return (-len(_worse(since)), place, shop.platform, shop.shop)
