"""A report, and what runs out soon → records: of each shop what it is, its metrics by rank, causes, advice, clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import trusted
from shopscore.render.plain.records import moment, record, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import (
        AdviceResult,
        Aside,
        Due,
        DueList,
        MetricResult,
        OpenCase,
        Report,
        ShopDue,
        ShopReport,
        Words,
    )
    from shopscore.render.layout import Line

_NIGHT = 24


def report(found: Report, lang: str) -> Iterator[Line]:
    """Every shop, then what failed and what is to be known of all."""
    versions = {used.platform: used.version for used in found.rules}
    for shop in found.shops:
        yield _shop(shop, versions.get(shop.platform, ""), found.audit_id)
        yield from _parts(shop, lang)
    yield from _rest(found.failed, found.warnings, lang)


def due(found: DueList, lang: str) -> Iterator[Line]:
    """Every clock, in the order of its worth; then what is not listed."""
    for shop in found.shops:
        yield from (_clock(each, (shop.platform, shop.shop), shop.timezone, lang) for each in shop.due)
        if trusted.unread(shop.trust):
            yield record("warning", shop.platform, shop.shop, words(trusted.caveat(shop.trust, lang), lang))
        for old in shop.too_old:
            seen, title = moment(old.seen, shop.timezone), words(format(old.title, lang), lang)
            yield record("not_listed", shop.platform, shop.shop, seen, old.running, title)
        yield from (_aside("blocked", each, shop, lang) for each in shop.blocked)
        yield from (_aside("undated", each, shop, lang) for each in shop.undated)
        yield from _open(shop.open_cases, (shop.platform, shop.shop), shop.timezone)
    yield from _rest(found.failed, found.warnings, lang)


def _aside(kind: str, each: Aside, shop: ShopDue, lang: str) -> Line:
    by = None if each.deadline is None else moment(each.deadline, shop.timezone)
    seen, why = moment(each.seen, shop.timezone), words(format(each.why, lang), lang)
    return record(kind, shop.platform, shop.shop, each.clock, each.subject, by, seen, why)


def _rest(failed: Iterable[str], warnings: Iterable[Words], lang: str) -> Iterator[Line]:
    yield from (record("failed", name) for name in failed)
    yield from (record("warning", None, None, words(format(each, lang), lang)) for each in warnings)


def _shop(shop: ShopReport, version: str, audit_id: str) -> Line:
    verdicts = [metric.verdict for metric in shop.metrics]
    return record(
        "shop", shop.platform, shop.shop, moment(shop.as_of, shop.timezone), version, audit_id,
        shop.trust.level, shop.trust.files, shop.trust.rows, shop.trust.refused, shop.score.value, shop.score.basis,
        sum(each != "not_measured" for each in verdicts), sum(each in ("fail", "likely_fail") for each in verdicts),
        sum(each.hours_left <= _NIGHT for each in shop.due),
    )  # fmt: skip


def _parts(shop: ShopReport, lang: str) -> Iterator[Line]:
    ranks = {name: at for at, name in enumerate(shop.shortfalls, 1)}
    whose = (shop.platform, shop.shop)
    for warning in shop.warnings:
        yield record("warning", *whose, words(format(warning, lang), lang))
    for each in shop.set_aside:
        yield record("set_aside", *whose, each.metric, each.owner, each.expires, each.reason)
    for result in sorted(shop.metrics, key=lambda one: (ranks.get(one.id, len(ranks) + 1), one.id)):
        yield metric(result, whose, ranks.get(result.id), lang)
    for result in shop.metrics:
        for cause in result.drivers:
            counts = (cause.numerator, cause.denominator, cause.excess, cause.share)
            yield record("cause", *whose, result.id, cause.dimension, cause.segment, *counts)
    yield from (advice(each, whose, lang) for each in shop.advice)
    yield from (_clock(each, whose, shop.timezone, lang) for each in shop.due)
    yield from _open(shop.unlisted, whose, shop.timezone)


def _open(cases: Iterable[OpenCase], whose: tuple[str, str], zone: str) -> Iterator[Line]:
    for each in cases:
        since = None if each.since is None else moment(each.since, zone)
        yield record("open_case", *whose, each.subject, since, moment(each.seen, zone))


def metric(result: MetricResult, whose: tuple[str, str], rank: int | None, lang: str) -> Line:
    """One metric."""
    found, short = result.measurement, result.shortfall
    low, high = found.interval or (None, None)
    return record(
        "metric", *whose, result.id, result.verdict, found.status, found.value, low, high, result.unit, result.better,
        result.target.value, result.target.basis, found.numerator, found.denominator, found.pending, found.unknown,
        sum(count for _, count in found.excluded), short.gap if short else None, short.fixes if short else None, rank,
        found.window.first if found.window else None, found.window.last if found.window else None,
        words(format(result.title, lang), lang),
    )  # fmt: skip


def advice(each: AdviceResult, whose: tuple[str, str], lang: str) -> Line:
    """One piece of advice."""
    text = words(format(each.text, lang), lang)
    return record("advice", *whose, each.metric, each.id, each.compliance, each.effort, text)


def _clock(each: Due, whose: tuple[str, str], zone: str, lang: str) -> Line:
    title, todo = (words(format(text, lang), lang) for text in (each.title, each.todo))
    left = round(each.hours_left, 4)
    return record(
        "due",
        *whose,
        each.clock,
        each.subject,
        moment(each.deadline, zone),
        left,
        each.holder,
        each.chance,
        title,
        todo,
    )
