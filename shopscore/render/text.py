"""The report for a terminal, a pipe or a cron mail: the answer first, what to do tonight last, 100 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.layout import Line, fold, section, table
from shopscore.render.words import WORDS, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import AdviceResult, Driver, FileAccount, MetricResult, Report, ShopReport, Words

WIDTH = 100
_STYLES = {"fail": "red", "likely_fail": "yellow", "undecided": "", "likely_pass": "green", "pass": "green"}
_SHOWN_SHORTFALLS = 10
_SHOWN_DRIVERS = 3
_SHOWN_ACTIONS = 3


def render(report: Report, lang: str, width: int = WIDTH) -> list[Line]:
    """All shops, one after the other, then the files that need a word."""
    lines: list[Line] = []
    for number, shop in enumerate(report.shops):
        if number:
            lines += [Line(""), Line("=" * width), Line("")]
        lines += _shop(shop, report, lang, width)
    lines += [Line(text) for warning in report.warnings for text in fold(format(warning, lang), width)]
    return lines


def _shop(shop: ShopReport, report: Report, lang: str, width: int) -> Iterator[Line]:
    by_id = {metric.id: metric for metric in shop.metrics}
    ranked = [by_id[name] for name in shop.shortfalls]
    yield from _head(shop, report, ranked, lang, width)
    yield from section(say(lang, "shortfalls"), _ranked(ranked[:_SHOWN_SHORTFALLS], lang))
    yield from section(say(lang, "why"), _why(ranked[:_SHOWN_SHORTFALLS], lang, width))
    yield from section(say(lang, "guide"), _numbered(shop.guide, lang, width))
    yield from section(say(lang, "others"), _others(shop, lang, width))
    yield from section(say(lang, "not_measured"), _not_measured(shop, lang, width))
    yield from section(say(lang, "account"), _account(shop, report, lang, width))
    yield from section(say(lang, "avoid"), _avoid(shop, lang, width))
    yield from section(say(lang, "tonight"), _tonight(shop, ranked, lang, width))


def _head(shop: ShopReport, report: Report, ranked: list[MetricResult], lang: str, width: int) -> Iterator[Line]:
    versions = " ".join(f"{used.platform}@{used.version}" for used in report.rules if used.platform == shop.platform)
    title = f"{shop.shop} | {format(shop.platform_title, lang)} | {say(lang, 'as_of')} {shop.as_of:%Y-%m-%d %H:%M}"
    yield from (
        Line(text, "bold") for text in fold(f"{title} {shop.timezone} | {say(lang, 'rules')} {versions}", width)
    )
    yield from (Line(text, "bold") for text in fold(_answer(shop, ranked, lang), width))
    rows = ", ".join(
        say(lang, "rows", count=f"{count:,}", table=say(lang, name)) for name, count in shop.rows if name in WORDS
    )
    yield from (Line(text) for text in fold(f"{say(lang, 'data')}: {rows}", width, "  ", ""))
    yield from (Line(text) for text in fold(_score(shop, lang), width, "  ", ""))
    for warning in shop.warnings:
        yield from (Line(text, "yellow") for text in fold(format(warning, lang), width, "  ", "! "))


def _answer(shop: ShopReport, ranked: list[MetricResult], lang: str) -> str:
    judged = [metric for metric in shop.metrics if metric.verdict != "not_measured"]
    measured = [metric for metric in shop.metrics if metric.measurement.status == "measured"]
    short = [metric for metric in ranked if metric.verdict in ("fail", "likely_fail")]
    if short:
        first = short[0]
        driver = first.drivers[0] if first.drivers else None
        where = f" ({say(lang, driver.dimension)} {driver.segment})" if driver else ""
        return say(lang, "answer_short", short=len(short), judged=len(judged), first=format(first.title, lang) + where)
    if measured:
        return say(lang, "answer_ok", measured=len(measured), all=len(shop.metrics))
    return say(lang, "answer_none")


def _score(shop: ShopReport, lang: str) -> str:
    score = shop.score
    parts = [say(lang, "score")]
    if score.value is None:
        parts.append(say(lang, "score_unknown"))
    else:
        parts.append(f"{score.value:g}")
        if score.next_band:
            parts.append(say(lang, "next_band", band=score.next_band))
    if score.text:
        parts.append(format(score.text, lang))
    parts.append(say(lang, "coverage", percent=f"{100 * score.coverage:.0f}%"))
    return " | ".join(parts)


def _ranked(ranked: list[MetricResult], lang: str) -> Iterator[Line]:
    if not ranked:
        return
    head = ["#", *(say(lang, key) for key in ("metric", "now", "interval", "target", "short_by", "verdict"))]
    rows = [head, *(_ranked_row(number, metric, lang) for number, metric in enumerate(ranked, 1))]
    lines = list(table(rows, (2, 30, 9, 13, 22, 12, 12), right=frozenset({0})))
    yield Line(lines[0], "dim")
    for line, metric in zip(lines[1:], ranked, strict=True):
        yield Line(line, _STYLES.get(metric.verdict, ""))


def _ranked_row(number: int, metric: MetricResult, lang: str) -> list[str]:
    found = metric.measurement
    shortfall = metric.shortfall
    if shortfall is None:
        gap = "-"
    elif shortfall.fixes is not None:
        gap = say(lang, "fix_events", count=f"{shortfall.fixes:,}")
    else:
        gap = numbers.value(shortfall.gap, metric.unit, lang)
    goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang)
    return [
        str(number),
        format(metric.title, lang),
        numbers.value(found.value, metric.unit, lang),
        numbers.span(found.interval, metric.unit),
        f"{goal} {say(lang, metric.target.basis)}",
        gap,
        say(lang, metric.verdict),
    ]


def _why(ranked: list[MetricResult], lang: str, width: int) -> Iterator[Line]:
    for number, metric in enumerate(ranked, 1):
        yield from (Line(text) for text in fold(_counts(metric, lang), width, "    ", f"{number:>2}  "))
        for driver in metric.drivers[:_SHOWN_DRIVERS]:
            yield from (Line(text) for text in fold(_driver(metric, driver, lang), width, "      ", "    - "))
        if not metric.drivers and metric.verdict in ("fail", "likely_fail"):
            yield Line(f"    - {say(lang, 'no_driver')}")
        for consequence in metric.consequences[:1]:
            text = f"{say(lang, 'gain')}: {format(consequence, lang)}"
            yield from (Line(line, "dim") for line in fold(text, width, "      ", "    - "))


def _counts(metric: MetricResult, lang: str) -> str:
    found = metric.measurement
    parts = [f"{format(metric.title, lang)} ({metric.id})"]
    if metric.kind in ("ratio", "ratio_of") and found.numerator is not None and found.denominator is not None:
        parts.append(
            say(
                lang,
                "of",
                numerator=numbers.count(found.numerator),
                denominator=numbers.count(found.denominator),
            )
        )
    excluded = sum(count for _, count in found.excluded)
    for key, count in (
        ("excluded_rows", excluded),
        ("pending_rows", found.pending),
        ("unknown_rows", found.unknown),
        ("undated_rows", found.undated),
    ):
        if count:
            parts.append(say(lang, key, count=f"{count:,}"))
    if excluded and found.before_exclusions and found.before_exclusions[0] is not None:
        before = numbers.value(found.before_exclusions[0], metric.unit, lang)
        parts.append(say(lang, "before_exclusions", value=before))
    if found.window:
        parts.append(f"{found.window.first:%m-%d}..{found.window.last:%m-%d}")
    if found.message:
        parts.append(format(found.message, lang))
    return ", ".join(parts)


def _driver(metric: MetricResult, driver: Driver, lang: str) -> str:
    dimension = say(lang, driver.dimension)
    share = f"{100 * driver.share:.0f}%"
    if metric.kind in ("mean", "quantile"):
        excess = numbers.value(driver.excess, metric.unit, lang)
        rows = numbers.count(driver.denominator)
        return say(
            lang, "driver_mean", dimension=dimension, segment=driver.segment, rows=rows, excess=excess, share=share
        )
    bad = driver.denominator - driver.numerator if metric.better == "higher" else driver.numerator
    return say(
        lang,
        "driver",
        share=share,
        dimension=dimension,
        segment=driver.segment,
        bad=numbers.count(bad),
        rows=numbers.count(driver.denominator),
        excess=f"{driver.excess:,.0f}",
    )


def _numbered(texts: tuple[Words, ...], lang: str, width: int) -> Iterator[Line]:
    for number, text in enumerate(texts, 1):
        yield from (Line(line) for line in fold(format(text, lang), width, "    ", f"{number:>2}  "))


def _others(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    shown = set(shop.shortfalls[:_SHOWN_SHORTFALLS])
    rest = [
        metric
        for metric in shop.metrics
        if metric.id not in shown and metric.measurement.value is not None and metric.bound_of is None
    ]
    if rest:
        lines = table([_other_row(metric, lang) for metric in rest], (30, 10, 26, 12, 24))
        yield from (Line(line, _STYLES.get(metric.verdict, "")) for line, metric in zip(lines, rest, strict=True))
    for metric in shop.metrics:
        if metric.bound_of and metric.measurement.value is not None and metric.bound:
            found = metric.measurement
            text = say(
                lang,
                "bound_line",
                title=format(metric.title, lang),
                bound=say(lang, metric.bound),
                value=numbers.value(found.value, metric.unit, lang),
                numerator=numbers.count(found.numerator or 0),
                denominator=numbers.count(found.denominator or 0),
            )
            yield from (Line(line) for line in fold(text, width, "  ", ""))


def _other_row(metric: MetricResult, lang: str) -> list[str]:
    goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang)
    known = metric.target.value is not None
    if metric.suppressed:
        verdict = say(lang, "suppressed")
    elif metric.verdict == "not_measured":
        verdict = say(lang, "too_few") if metric.measurement.status == "too_few" else ""
    else:
        verdict = say(lang, metric.verdict)
    note = say(lang, "assumed") if metric.definition == "assumed" else ""
    return [
        format(metric.title, lang),
        numbers.value(metric.measurement.value, metric.unit, lang),
        f"{goal} {say(lang, metric.target.basis)}" if known else "",
        verdict,
        note,
    ]


def _not_measured(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    by_need: dict[str, list[str]] = {}
    for metric in shop.metrics:
        found = metric.measurement
        if found.value is not None or found.status in ("measured", "no_definition", "not_applicable"):
            continue
        for reason in _reasons(metric, lang):
            by_need.setdefault(reason, []).append(format(metric.title, lang))
    for reason, titles in sorted(by_need.items(), key=lambda item: (-len(item[1]), item[0])):
        text = f"{reason} -> {say(lang, 'gives')}: {', '.join(titles)}"
        yield from (Line(line) for line in fold(text, width, "    ", "  - "))
    for status in ("no_definition", "not_applicable"):
        titles = [format(metric.title, lang) for metric in shop.metrics if metric.measurement.status == status]
        if titles:
            text = say(lang, status, titles=", ".join(titles))
            yield from (Line(line, "dim") for line in fold(text, width, "    ", "  - "))


def _reasons(metric: MetricResult, lang: str) -> list[str]:
    if metric.measurement.status == "no_table" and metric.needs:
        return [
            say(lang, "need_export", exports=" / ".join(format(text, lang) for text in need.exports), days=need.days)
            for need in metric.needs
        ]
    return [format(metric.measurement.message, lang) if metric.measurement.message else metric.measurement.status]


def _account(shop: ShopReport, report: Report, lang: str, width: int) -> Iterator[Line]:
    own = [
        account
        for account in report.inputs
        if (account.platform, account.shop) in ((shop.platform, shop.shop), (None, None))
    ]
    if not own:
        return
    text = say(
        lang,
        "account_line",
        files=len(own),
        read=f"{sum(account.rows_read for account in own):,}",
        accepted=f"{sum(account.rows_accepted for account in own):,}",
        duplicate=f"{sum(account.rows_duplicate for account in own):,}",
        refused=f"{sum(account.rows_refused for account in own):,}",
    )
    yield from (Line(line) for line in fold(text, width, "  ", "  "))
    for account in own:
        yield from (Line(line) for line in _file(account, lang, width))


def _file(account: FileAccount, lang: str, width: int) -> Iterator[str]:
    """A file is worth a line when something in it was left out or could not be read."""
    notes = [say(lang, "refusal_line", count=refusal.count, reason=refusal.reason) for refusal in account.refusals]
    notes += [
        say(
            lang,
            "cells_line",
            count=cells.count,
            column=cells.column,
            example=cells.examples[0].shape if cells.examples else "-",
        )
        for cells in account.cells_refused
    ]
    if account.message:
        notes.append(account.message)
    if notes:
        yield from fold(f"{account.file}: {'; '.join(notes)}", width, "      ", "    - ")


def _avoid(shop: ShopReport, lang: str, width: int) -> Iterator[Line]:
    for advice in shop.advice:
        if advice.compliance == "prohibited":
            reason = f" ({format(advice.compliance_reason, lang)})" if advice.compliance_reason else ""
            text = f"{format(advice.text, lang)}{reason} [{advice.id}]"
            yield from (Line(line) for line in fold(text, width, "    ", "  - "))


def _tonight(shop: ShopReport, ranked: list[MetricResult], lang: str, width: int) -> Iterator[Line]:
    if shop.due:
        first, last = shop.due[0], shop.due[-1]
        titles = {metric.id: format(metric.title, lang) for metric in shop.metrics}
        text = say(
            lang,
            "due",
            count=len(shop.due),
            until=f"{last.deadline:%m-%d %H:%M}",
            first=f"{first.deadline:%m-%d %H:%M}",
            subject=first.subject,
            metric=titles.get(first.clock, first.clock),
        )
        yield from (Line(line, "bold") for line in fold(text, width, "    ", "  - "))
    actions = _actions(shop, ranked)
    for advice in actions:
        text = f"{format(advice.text, lang)} [{advice.id}, {say(lang, advice.effort)}]"
        yield from (Line(line, "bold") for line in fold(text, width, "    ", "  - "))
    if not shop.due and not actions:
        yield Line(f"  - {say(lang, 'tonight_nothing')}")
    rest = [advice for advice in shop.advice if advice not in actions and advice.compliance != "prohibited"]
    more = f"{say(lang, 'more_advice', count=len(rest))}: {', '.join(item.id for item in rest)}. " if rest else ""
    name = (ranked[0].id if ranked else shop.metrics[0].id) if shop.metrics else "METRIC"
    yield from (
        Line(line, "dim")
        for line in fold(f"{more}{say(lang, 'open_up')}: shopscore explain {name} PATH", width, "    ", "  ")
    )


def _actions(shop: ShopReport, ranked: list[MetricResult]) -> list[AdviceResult]:
    """The first fitting piece of advice of each of the first shortfalls."""
    chosen: list[AdviceResult] = []
    for metric in ranked:
        fitting = [item for item in shop.advice if item.metric == metric.id and item.compliance == "ok"]
        if fitting:
            chosen.append(fitting[0])
        if len(chosen) == _SHOWN_ACTIONS:
            break
    return chosen
