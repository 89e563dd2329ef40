"""The report for a terminal, a pipe or a mail: the answer on one screen, what to do last; details on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import (
    ahead,
    because,
    beside,
    due,
    figures,
    flow,
    integrity,
    numbers,
    other_rules,
    overview,
    rest,
    staffing,
    to_do,
    trend,
    trusted,
    verdicts,
    why,
    worth,
)
from shopscore.render.layout import STYLES, WIDTH, Line, fold, section
from shopscore.render.table import table
from shopscore.render.words import WORDS, joined, labelled, say, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Lost, MetricResult, Report, ShopReport, Words

_SHOWN_SHORTFALLS = 10
_BRIEF_SHORTFALLS = 5
_BRIEF_WARNINGS = 3
_SHOWN_ACTIONS = 3
_FURTHEST = 3
"""Items of the platform's score that the first lines name."""
_A_FEW_SHOPS = 8
"""Shops that each have a page below the table of all of them; of more, pages are asked for."""


def render(report: Report, lang: str, width: int = WIDTH, *, whole: bool = False) -> list[Line]:
    """Several shops in a table, then each on a page of its own, then the files that need a word.

    Args:
        report: the report.
        lang: the language.
        width: cells a line may take.
        whole: every shop with all its details, instead of what answers.
    """
    lines: list[Line] = []
    several = len(report.shops) > 1
    if several:
        lines += overview.lines(report, lang, width)
    warnings = [Line(text, "yellow") for warning in report.warnings for text in fold(format(warning, lang), width)]
    if warnings and several:
        lines += [Line(""), *warnings]
    if whole or len(report.shops) <= _A_FEW_SHOPS:
        for shop in overview.ranked(report):
            lines += [Line(""), Line("=" * width), Line("")] if several else []
            lines += _shop(shop, report, lang, width, whole=whole)
    if not whole:
        key = "see_more" if len(report.shops) <= _A_FEW_SHOPS else "shops_open"
        lines += [Line(""), *(Line(text, "dim") for text in fold(say(lang, key), width))]
    return lines if several else [*lines, *warnings]


def _shop(shop: ShopReport, report: Report, lang: str, width: int, *, whole: bool) -> Iterator[Line]:
    ranked = verdicts.ranked(shop)
    yield from _head(shop, report, lang, width, whole=whole)
    shown = _SHOWN_SHORTFALLS if whole else _BRIEF_SHORTFALLS
    yield from section(say(lang, "shortfalls"), _ranked(shop, ranked, shown, lang, width))
    if not whole:
        yield from beside.money_in_brief(shop, lang, width, shown)
        yield from section(say(lang, "why"), why.in_brief(ranked, lang, width))
        yield from section(say(lang, "soon"), ahead.soon(shop, lang, width))
        yield from section(say(lang, "not_measured"), rest.export_first(shop, lang, width))
        yield from section(say(lang, "under"), other_rules.lines(shop, lang, width))
        yield from section(say(lang, "integrity"), integrity.lines(shop, report.inputs, lang, width))
    yield from section(to_do.heading(shop, lang), to_do.lines(shop, ranked, lang, width))
    if whole:
        yield from _details(shop, report, ranked[:_SHOWN_SHORTFALLS], lang, width)


def _details(shop: ShopReport, report: Report, ranked: list[MetricResult], lang: str, width: int) -> Iterator[Line]:
    yield from section(say(lang, "why"), why.lines(ranked, lang, width))
    yield from beside.blocks(shop, lang, width)
    yield from section(say(lang, "soon"), ahead.soon(shop, lang, width))
    yield from section(say(lang, "staffing"), staffing.lines(shop, lang, width))
    yield from section(say(lang, "refund_flow"), flow.section(shop, lang, width))
    yield from section(say(lang, "trend"), trend.lines(shop, lang, width))
    yield from section(say(lang, "guide"), _numbered(shop.guide, lang, width))
    others = rest.others(shop, report.inputs, [metric.id for metric in ranked], lang, width)
    yield from section(say(lang, "others"), others)
    yield from section(say(lang, "integrity"), integrity.lines(shop, report.inputs, lang, width))
    yield from section(say(lang, "not_measured"), rest.not_measured(shop, lang, width))
    yield from section(say(lang, "account"), rest.files(shop, report, lang, width))
    yield from section(say(lang, "avoid"), _avoid(shop, lang, width))


def _head(shop: ShopReport, report: Report, lang: str, width: int, *, whole: bool) -> Iterator[Line]:
    versions = " ".join(f"{used.platform}@{used.version}" for used in report.rules if used.platform == shop.platform)
    title = f"{shop.shop} | {format(shop.platform_title, lang)} | {say(lang, 'as_of')} {shop.as_of:%Y-%m-%d %H:%M}"
    yield from (
        Line(text, "bold") for text in fold(f"{title} {shop.timezone} | {say(lang, 'rules')} {versions}", width)
    )
    yield from trusted.lines(shop.trust, lang, width)
    if silent := due.silent(shop, lang):
        yield from (Line(text, "yellow") for text in fold(silent, width, "    ", "  ! "))
    yield from (Line(text, "bold") for text in fold(answer(shop, lang), width))
    doubted = sum(metric.doubt is not None for metric in shop.metrics)
    if doubted:
        yield from (Line(text, "bold") for text in fold(say(lang, "answer_doubt", count=doubted), width))
    if whole:
        known = ((name, count) for name, count in shop.rows if name in WORDS)
        rows = joined(lang, (say(lang, "rows", count=f"{count:,}", table=say(lang, name)) for name, count in known))
        yield from (Line(text) for text in fold(labelled(lang, say(lang, "tables"), rows), width, "  ", ""))
    yield from (Line(text) for text in fold(score(shop, lang, brief=not whole), width, "  ", ""))
    yield from set_aside(shop, lang, width)
    shown = shop.warnings if whole else shop.warnings[:_BRIEF_WARNINGS]
    for warning in shown:
        yield from (Line(text, "yellow") for text in fold(format(warning, lang), width, "  ", "! "))
    if more := len(shop.warnings) - len(shown):
        yield from (Line(text, "yellow") for text in fold(say(lang, "more_warnings", count=more), width, "  "))


def set_aside(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    """What is set aside, by whom and until when: it is never hidden."""
    titles = {metric.id: metric.title for metric in shop.metrics}
    for each in shop.set_aside:
        told = {"reason": each.reason, "owner": each.owner, "day": str(each.expires)}
        text = say(lang, "set_aside_one", title=format(titles[each.metric], lang), **told)
        yield from (Line(line) for line in fold(labelled(lang, say(lang, "set_aside"), text), width, "  ", ""))


def answer(shop: ShopReport, lang: str) -> str:
    """The sentences that matter: how many metrics are short of target, how surely, and which to begin with."""
    if shop.shortfalls:
        first = verdicts.first(shop, lang, lambda each: why.named(each, lang))
        return spaced(
            lang, [verdicts.counted(shop, lang), *([say(lang, "answer_first", first=first)] if first else [])]
        )
    measured = [metric for metric in shop.metrics if metric.measurement.status == "measured"]
    if measured and not verdicts.judged(shop):
        return say(lang, "answer_unjudged", measured=len(measured), all=len(shop.metrics))
    if measured:
        fine = say(lang, "answer_ok", measured=len(measured), all=len(shop.metrics))
        doubt = trusted.caveat(shop.trust, lang)
        return spaced(lang, [fine, *([say(lang, "answer_but", caveat=doubt)] if doubt else [])])
    return say(lang, "answer_none")


def score(shop: ShopReport, lang: str, *, brief: bool = False) -> str:
    """What is known of the platform's score.

    Args:
        shop: the shop.
        lang: the language.
        brief: with what the score keeps shut, which has a block of its own elsewhere, and no word on its coverage where
            all of it is measured.
    """
    known = shop.score
    parts = [say(lang, "score")]
    if known.value is None:
        parts.append(say(lang, "score_not_known" if known.text else "score_unknown"))
    else:
        parts.append(say(lang, "stars_shown" if known.band else "points_shown", value=f"{known.value:g}"))
        if known.next_band:
            parts.append(say(lang, "next_band", band=known.next_band))
    if known.lost:
        items = (_of_full(each, lang) for each in known.lost[:_FURTHEST])
        parts.append(say(lang, "furthest", items=joined(lang, items)))
    if known.text:
        parts.append(format(known.text, lang))
    if not brief or known.coverage < 1:
        parts.append(say(lang, "coverage", percent=f"{100 * known.coverage:.0f}%"))
    if brief and (missed := beside.missed_in_brief(shop, lang)):
        parts.append(missed)
    return " | ".join(parts)


def _of_full(item: Lost, lang: str) -> str:
    """``Not-as-described disputes 6 of 15``."""
    told = {"points": f"{item.full - item.points:g}", "full": f"{item.full:g}"}
    return say(lang, "of_full", title=format(item.title, lang), **told)


def _ranked(shop: ShopReport, ranked: list[MetricResult], most: int, lang: str, width: int) -> Iterator[Line]:
    if not ranked:
        return
    head = ["#", *(say(lang, key) for key in ("metric", "now", "interval", "target", "short_by", "verdict"))]
    shown = ranked[:most]
    rows = [head, *(_ranked_row(number, metric, lang) for number, metric in enumerate(shown, 1))]
    found = table(rows, (2, 0, 10, 14, 26, 12, 12), right=frozenset({0}), width=width)
    yield from (Line(line, "dim") for line in next(found))
    for lines, metric in zip(found, shown, strict=True):
        yield from (Line(line, STYLES.get(metric.verdict, "")) for line in lines)
    if more := len(ranked) - len(shown):
        key = "more_short" if most < _SHOWN_SHORTFALLS else "more_short_below"
        yield from (Line(line, "dim") for line in fold(say(lang, key, count=more), width, "    "))
    yield from worth.joint(shop, lang, width, most)


def _ranked_row(number: int, metric: MetricResult, lang: str) -> list[str]:
    found = metric.measurement
    goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang, metric.currency)
    return [
        str(number),
        format(metric.title, lang),
        numbers.value(found.value, metric.unit, lang, metric.currency),
        numbers.span(found.interval, metric.unit),
        f"{goal} {say(lang, metric.target.basis)}",
        figures.short_by(metric, lang),
        say(lang, metric.verdict),
    ]


def _numbered(texts: tuple[Words, ...], lang: str, width: int) -> Iterator[Line]:
    for number, text in enumerate(texts, 1):
        yield from (Line(line) for line in fold(format(text, lang), width, "    ", f"{number:>2}  "))


def _avoid(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    for advice in shop.advice:
        if advice.compliance == "prohibited":
            text = f"{because.forbidden(advice, lang)} [{advice.id}]"
            yield from (Line(line) for line in fold(text, width, "    ", "  - "))
