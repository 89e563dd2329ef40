"""One shop → its part of the letter: the answer, what moved, what runs out, trust."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopscore.model import ShopLetter
from shopscore.render import due as clocks
from shopscore.render import numbers, trusted, verdicts
from shopscore.render.escape import terminal
from shopscore.render.letter import moves
from shopscore.render.letter.names import harmless
from shopscore.render.words import clauses, joined, labelled, say, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shopscore.model import MetricResult, ShopComparison, ShopReport

WORST = ("fail", "likely_fail", "undecided", "likely_pass", "pass")
"""Verdicts, the worst first."""


def letter_of(shop: ShopReport, since: ShopComparison | None, lang: str) -> ShopLetter:
    """What the letter says of a shop.

    Args:
        shop: the shop.
        since: what it has become since the audit before, where there is one.
        lang: the language.
    """
    due = len(clocks.within_a_night(shop))
    head = say(
        lang,
        "letter_head",
        shop=harmless(shop.shop),
        platform=harmless(format(shop.platform_title, lang)),
        as_of=f"{shop.as_of:%Y-%m-%d %H:%M}",
    )
    return ShopLetter(
        platform=shop.platform,
        shop=terminal(shop.shop),
        as_of=shop.as_of.replace(tzinfo=ZoneInfo(shop.timezone)).isoformat(timespec="seconds"),
        verdict=verdict_of(shop),
        trust=shop.trust.level,
        head=head,
        lines=tuple(_lines(shop, since, lang)),
        changes=tuple(moves.changes(since, lang)) if since else (),
        counts=(("judged", verdicts.judged(shop)), ("short", len(verdicts.failing(shop))), ("due_24h", due)),
    )


def _lines(shop: ShopReport, since: ShopComparison | None, lang: str) -> Iterator[str]:
    yield _answer(shop, lang)
    if since:
        day = f"{since.before_as_of:%m-%d}"
        for key, changes in (("letter_got_worse", since.regressions), ("letter_got_better", since.improvements)):
            if changes:
                yield say(lang, key, day=day, what=moves.named(changes, lang))
        yield from moves.others(since, lang)
    soon = Counter(format(each.title, lang) for each in clocks.within_a_night(shop))
    if soon:
        kinds = joined(lang, (say(lang, "due_kind", title=harmless(title), count=n) for title, n in soon.items()))
        said = say(lang, "letter_due", count=soon.total(), until=clocks.until(shop), kinds=kinds)
        yield clauses(lang, [said, *clocks.perhaps_late(clocks.within_a_night(shop), lang)])
    if shop.set_aside:
        yield say(lang, "letter_set_aside", count=len(shop.set_aside))
    read, level = shop.trust, say(lang, f"trust_{shop.trust.level}")
    counts = {"files": read.files, "rows": f"{read.rows:,}", "refused": f"{read.refused:,}"}
    doubt = [trusted.caveat(read, lang, named=False)] if trusted.unread(read) else []
    silent = [said] if (said := clocks.silent(shop, lang)) else []
    parts = [say(lang, "data_line", **counts, level=level), *doubt, *silent]
    yield labelled(lang, say(lang, "data"), joined(lang, parts))


def _answer(shop: ShopReport, lang: str) -> str:
    if not shop.shortfalls:
        return well([shop], lang)
    first = verdicts.first(shop, lang, lambda each: _needs(each, lang))
    return spaced(lang, [verdicts.counted(shop, lang), *([say(lang, "answer_first", first=first)] if first else [])])


def well(shops: Sequence[ShopReport], lang: str) -> str:
    """What is said where no shop has a metric short of target: no all-clear on data that is not there."""
    if not any(map(verdicts.judged, shops)):
        return say(lang, "letter_nothing")
    doubted = [shop for shop in shops if shop.trust.level != "good"]
    if not doubted:
        return say(lang, "letter_well")
    if len(shops) == 1:
        return say(lang, "letter_well_but", caveat=trusted.caveat(shops[0].trust, lang, named=False))
    return say(lang, "letter_well_doubted", count=len(doubted))


def _needs(first: MetricResult, lang: str) -> str:
    value = numbers.value(first.measurement.value, first.unit, lang, first.currency)
    return say(lang, "letter_now", title=_title_of(first, lang), value=value, limit=_limit(first, lang))


def _limit(metric: MetricResult, lang: str) -> str:
    goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang, metric.currency)
    return goal.replace(">= ", "≥").replace("<= ", "≤")


def verdict_of(shop: ShopReport) -> str:
    """The worst verdict of what counts: what is ranked, else what was judged."""
    ranked = {metric.verdict for metric in verdicts.ranked(shop)}
    judged: Iterable[str] = ranked or {metric.verdict for metric in shop.metrics if metric.suppressed is None}
    found = [verdict for verdict in WORST if verdict in judged]
    return found[0] if found else "not_measured"


def _title_of(metric: MetricResult, lang: str) -> str:
    return harmless(format(metric.title, lang))
