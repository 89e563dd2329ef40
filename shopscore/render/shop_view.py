"""One shop → what every page says of it: the sentences of the text report, unbroken, and what goes together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.render import account as accounts
from shopscore.render import ahead, beside, due, integrity, rest, text, trend, trusted, verdicts
from shopscore.render.words import WORDS, joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import AdviceResult, FileAccount, MetricResult, Report, ShopReport
    from shopscore.render.layout import Line

UNFOLDED = 1_000_000
"""A width at which no sentence is broken."""


class ShopView(Struct, frozen=True):
    """One shop as a page shows it; sentences in its language."""

    shop: ShopReport
    anchor: str
    versions: str
    answer: str
    score: str
    trust: tuple[str, ...]
    tables: str
    ranked: tuple[MetricResult, ...]
    others: tuple[MetricResult, ...]
    linked: frozenset[str]
    set_aside: tuple[str, ...]
    beside: tuple[tuple[str, tuple[str, ...]], ...]
    soon: tuple[str, ...]
    trend: tuple[str, ...]
    integrity: tuple[str, ...]
    missing: tuple[str, ...]
    files: tuple[FileAccount, ...]
    account: str
    advice: tuple[AdviceResult, ...]
    avoid: tuple[AdviceResult, ...]


def of_shop(shop: ShopReport, report: Report, lang: str) -> ShopView:
    """Gather what a page says of a shop."""
    ranked = tuple(verdicts.ranked(shop))
    known = [(name, count) for name, count in shop.rows if name in WORDS]
    rows = joined(lang, (say(lang, "rows", count=f"{count:,}", table=say(lang, name)) for name, count in known))
    own = tuple(each for each in report.inputs if (each.platform, each.shop) == (shop.platform, shop.shop))
    held = [metric for metric in shop.metrics if metric.measurement.value is not None and metric.bound_of is None]
    others = tuple(metric for metric in held if metric.id not in shop.shortfalls and not metric.suppressed)
    return ShopView(
        shop=shop,
        anchor=f"shop-{report.shops.index(shop) + 1}",
        versions=" ".join(f"{used.platform}@{used.version}" for used in report.rules if used.platform == shop.platform),
        answer=text.answer(shop, lang),
        score=text.score(shop, lang),
        trust=(
            *told(trusted.lines(shop.trust, lang, UNFOLDED)),
            *([silent] if (silent := due.silent(shop, lang)) else []),
        ),
        tables=labelled(lang, say(lang, "tables"), rows),
        ranked=ranked,
        others=others,
        linked=frozenset(metric.id for metric in (*ranked, *others)),
        set_aside=told(text.set_aside(shop, lang, UNFOLDED)),
        beside=tuple(blocks(beside.blocks(shop, lang, UNFOLDED))),
        soon=told(ahead.soon(shop, lang, UNFOLDED)),
        trend=told(trend.lines(shop, lang, UNFOLDED)),
        integrity=told(integrity.lines(shop, report.inputs, lang, UNFOLDED)),
        missing=told(rest.not_measured(shop, lang, UNFOLDED)),
        files=own,
        account=accounts.total(list(own), lang) if own else "",
        advice=_advice(shop),
        avoid=tuple(each for each in shop.advice if each.compliance == "prohibited"),
    )


def _advice(shop: ShopReport) -> tuple[AdviceResult, ...]:
    """The advice to take, that of the first shortfalls first."""
    place = {name: at for at, name in enumerate(shop.shortfalls)}
    found = [each for each in shop.advice if each.compliance != "prohibited"]
    return tuple(sorted(found, key=lambda each: (place.get(each.metric, len(place)), each.id)))


def told(lines: Iterable[Line]) -> tuple[str, ...]:
    """Lines as sentences, without what marks them as a list."""
    return tuple(each for line in lines if (each := line.text.strip().removeprefix("- ").removeprefix("! ")))


def blocks(lines: Iterable[Line]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Titled blocks: a title is bold and stands after an empty line."""
    title, body = "", list[str]()
    for line in lines:
        if line.style == "bold" and not line.text.startswith(" "):
            if body:
                yield title, tuple(body)
            title, body = line.text, []
        elif line.text.strip():
            body += told([line])
    if body:
        yield title, tuple(body)
