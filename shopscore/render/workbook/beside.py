"""Advice, what measures did, and every file that was read: a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shopscore.render import account, because, beside
from shopscore.render.sheet import Field, filled
from shopscore.render.words import say
from shopscore.render.workbook.metrics import figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import AdviceResult, Effect, FileAccount, MetricResult, Period, Report, ShopReport, Words
    from shopscore.render.sheet import Cell, Sheet


class _Advised(NamedTuple):
    """A piece of advice, and the metric it is about."""

    shop: ShopReport
    metric: MetricResult | None
    advice: AdviceResult


class _Read(NamedTuple):
    """A file, and what its platform is called where one of its shops is told of."""

    file: FileAccount
    platform: Words | None


class _Done(NamedTuple):
    """What a measure, or advice that was applied, did."""

    shop: ShopReport
    metric: MetricResult | None
    what: str
    answer: str
    effect: Effect


def _why(each: _Advised, lang: str) -> Cell:
    return because.sentence(each.advice, each.metric, lang) or None if each.metric else None


def _worked(each: _Advised, lang: str) -> Cell:
    return beside.worked(each.advice.worked, each.metric, lang) if each.advice.worked else None


def _wrong(read: _Read, lang: str) -> Cell:
    each = read.file
    notes = [account.noted(note, lang) for note in account.notes(each)]
    notes += [account.refused_rows(refusal, lang) for refusal in each.refusals]
    notes += [account.refused_cells(cells, lang) for cells in each.cells_refused]
    if each.message:
        notes.append(format(each.message, lang))
    return "; ".join(notes) or None


_ADVICE: tuple[Field[_Advised], ...] = (
    Field("column_platform", "text", 10, lambda each, lang: format(each.shop.platform_title, lang)),
    Field("column_shop", "text", 20, lambda each, _: each.shop.shop),
    Field("wb_metric", "text", 26, lambda each, _: each.advice.metric),
    Field("wb_advice", "text", 12, lambda each, _: each.advice.id),
    Field("wb_text", "text", 60, lambda each, lang: format(each.advice.text, lang)),
    Field("wb_effort", "text", 10, lambda each, lang: say(lang, each.advice.effort)),
    Field("wb_compliance", "text", 12, lambda each, lang: say(lang, each.advice.compliance)),
    Field("wb_compliance_reason", "text", 40, lambda each, lang: _reason(each.advice, lang)),
    Field("wb_why", "text", 60, _why),
    Field("wb_touches", "text", 40, lambda each, lang: _touches(each.advice, lang)),
    Field("wb_worked", "text", 40, _worked),
    Field("wb_source", "text", 24, lambda each, _: ", ".join(each.advice.source)),
)

_MEASURES: tuple[Field[_Done], ...] = (
    Field("column_platform", "text", 10, lambda each, lang: format(each.shop.platform_title, lang)),
    Field("column_shop", "text", 20, lambda each, _: each.shop.shop),
    Field("wb_day", "day", 11, lambda each, _: each.effect.date),
    Field("wb_measure", "text", 34, lambda each, _: each.what),
    Field("wb_metric", "text", 26, lambda each, _: each.effect.metric),
    Field("wb_answer", "text", 30, lambda each, lang: say(lang, each.answer, day="")),
    Field("wb_days", "number", 9, lambda each, _: each.effect.days),
    Field("wb_value_before", "figure", 12, lambda each, _: _side(each, each.effect.before)),
    Field("wb_rows_before", "number", 9, lambda each, _: each.effect.before.rows if each.effect.before else None),
    Field("wb_after", "figure", 12, lambda each, _: _side(each, each.effect.after)),
    Field("wb_rows_after", "number", 9, lambda each, _: each.effect.after.rows if each.effect.after else None),
    Field("wb_difference_low", "figure", 12, lambda each, _: _difference(each, 0)),
    Field("wb_difference_high", "figure", 12, lambda each, _: _difference(each, 1)),
)

_INPUTS: tuple[Field[_Read], ...] = (
    Field("wb_file", "text", 40, lambda each, _: each.file.file),
    Field("wb_digest", "text", 20, lambda each, _: each.file.sha256),
    Field("wb_format", "text", 20, lambda each, _: each.file.format),
    Field("wb_table", "text", 12, lambda each, _: each.file.table),
    Field("wb_encoding", "text", 10, lambda each, _: each.file.encoding),
    Field(
        "column_platform",
        "text",
        10,
        lambda each, lang: format(each.platform, lang) if each.platform else each.file.platform,
    ),
    Field("column_shop", "text", 20, lambda each, _: each.file.shop),
    Field("wb_read", "number", 10, lambda each, _: each.file.rows_read),
    Field("wb_accepted", "number", 10, lambda each, _: each.file.rows_accepted),
    Field("wb_duplicate", "number", 10, lambda each, _: each.file.rows_duplicate),
    Field("wb_refused", "number", 10, lambda each, _: each.file.rows_refused),
    Field("wb_wrong", "text", 60, _wrong),
)


def sheets(report: Report, lang: str) -> Iterator[Sheet]:
    """Advice, measures, files."""
    by_id = [(shop, {metric.id: metric for metric in shop.metrics}) for shop in report.shops]
    advised = [_Advised(shop, known.get(each.metric), each) for shop, known in by_id for each in shop.advice]
    yield filled("advice", _ADVICE, advised, lang)
    yield filled("measures", _MEASURES, [done for shop, known in by_id for done in _done(shop, known)], lang)
    titles = {shop.platform: shop.platform_title for shop in report.shops}
    read = [_Read(file, titles.get(file.platform or "")) for file in report.inputs]
    yield filled("inputs", _INPUTS, read, lang)


def _done(shop: ShopReport, known: dict[str, MetricResult]) -> Iterator[_Done]:
    for each in shop.effects:
        yield _Done(shop, known.get(each.metric), each.what, f"effect_{each.answer}", each)
    for applied in shop.applied:
        if applied.effect is not None:
            what, answer = applied.advice, f"worked_{applied.verdict}"
            yield _Done(shop, known.get(applied.metric), what, answer, applied.effect)


def _reason(advice: AdviceResult, lang: str) -> Cell:
    return format(advice.compliance_reason, lang) if advice.compliance_reason else None


def _touches(advice: AdviceResult, lang: str) -> Cell:
    return "\n".join(because.side_effect(each, lang) for each in advice.touches) or None


def _side(each: _Done, side: Period | None) -> Cell:
    return figure(each.metric, side.value) if each.metric and side else None


def _difference(each: _Done, at: int) -> Cell:
    return figure(each.metric, each.effect.interval[at]) if each.metric and each.effect.interval else None
