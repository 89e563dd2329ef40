"""Every metric as a row, and what falls short of its target as another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from shopscore.render import figures, why
from shopscore.render.sheet import Field, Figure, filled
from shopscore.render.words import WORDS, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopscore.model import Budget, MetricResult, Report, ShopReport
    from shopscore.render.sheet import Cell, Sheet

Row = TypeVar("Row")


class Held(NamedTuple):
    """A metric of a shop."""

    shop: ShopReport
    metric: MetricResult


def figure(of: MetricResult, number: float | None) -> Figure | None:
    """A number in a metric's unit."""
    return None if number is None else Figure(number, of.unit)


WHERE: tuple[Field[Held], ...] = (
    Field("column_platform", "text", 10, lambda each, lang: format(each.shop.platform_title, lang)),
    Field("column_shop", "text", 20, lambda each, _: each.shop.shop),
    Field("wb_metric", "text", 26, lambda each, _: each.metric.id),
    Field("wb_title", "text", 34, lambda each, lang: format(each.metric.title, lang)),
)
"""What every line about a metric begins with."""


def where(of: Callable[[Row], Held]) -> tuple[Field[Row], ...]:
    """The same for things that belong to a metric."""

    def via(cell: Callable[[Held, str], Cell]) -> Callable[[Row, str], Cell]:
        return lambda thing, lang: cell(of(thing), lang)

    return tuple(Field(each.head, each.kind, each.width, via(each.cell)) for each in WHERE)


_JUDGED: tuple[Field[Held], ...] = (
    Field("wb_verdict", "text", 14, lambda each, lang: figures.stated(each.metric, lang)),
    Field("wb_value", "figure", 10, lambda each, _: figure(each.metric, each.metric.measurement.value)),
    Field("wb_low", "figure", 10, lambda each, _: _end(each.metric, 0)),
    Field("wb_high", "figure", 10, lambda each, _: _end(each.metric, 1)),
    Field("wb_target", "figure", 10, lambda each, _: figure(each.metric, each.metric.target.value)),
    Field("wb_basis", "text", 12, lambda each, lang: _basis(each.metric, lang)),
)

METRICS: tuple[Field[Held], ...] = (
    *WHERE,
    *_JUDGED,
    Field("wb_better", "text", 9, lambda each, lang: say(lang, f"wb_better_{each.metric.better}")),
    Field("wb_unit", "text", 9, lambda each, lang: _unit(each.metric, lang)),
    Field("wb_currency", "text", 9, lambda each, _: each.metric.currency),
    Field("wb_numerator", "number", 12, lambda each, _: each.metric.measurement.numerator),
    Field("wb_denominator", "number", 12, lambda each, _: each.metric.measurement.denominator),
    Field("wb_excluded", "number", 9, lambda each, _: sum(n for _, n in each.metric.measurement.excluded)),
    Field("wb_pending", "number", 9, lambda each, _: each.metric.measurement.pending),
    Field("wb_unknown", "number", 9, lambda each, _: each.metric.measurement.unknown),
    Field("wb_undated", "number", 9, lambda each, _: each.metric.measurement.undated),
    Field("wb_before_exclusions", "figure", 12, lambda each, _: _before_exclusions(each.metric)),
    Field(
        "wb_from",
        "day",
        11,
        lambda each, _: each.metric.measurement.window.first if each.metric.measurement.window else None,
    ),
    Field(
        "wb_to",
        "day",
        11,
        lambda each, _: each.metric.measurement.window.last if each.metric.measurement.window else None,
    ),
    Field("wb_covered", "number", 9, lambda each, _: _covered(each.metric)),
    Field("wb_without_losses", "text", 14, lambda each, lang: _undoubted(each.metric, lang)),
    Field("wb_set_aside", "text", 20, lambda each, _: each.metric.suppressed),
    Field("wb_message", "text", 40, lambda each, lang: _message(each.metric, lang)),
    Field("wb_source", "text", 24, lambda each, _: ", ".join(each.metric.source)),
    Field("wb_left", "number", 12, lambda each, _: budget.left if (budget := _budget(each.metric)) else None),
    Field("wb_used_up", "day", 12, lambda each, _: budget.runs_out_on if (budget := _budget(each.metric)) else None),
)

SHORTFALLS: tuple[Field[Held], ...] = (
    Field("column_rank", "number", 6, lambda each, _: each.shop.shortfalls.index(each.metric.id) + 1),
    *WHERE,
    *_JUDGED,
    Field("wb_gap", "figure", 10, lambda each, _: _gap(each.metric)),
    Field("wb_fixes", "number", 10, lambda each, _: each.metric.shortfall.fixes if each.metric.shortfall else None),
    Field("wb_points", "number", 9, lambda each, _: each.metric.shortfall.points if each.metric.shortfall else None),
    Field(
        "wb_before",
        "figure",
        10,
        lambda each, _: figure(each.metric, each.metric.change.before) if each.metric.change else None,
    ),
    Field("wb_cause", "text", 34, lambda each, lang: why.cause(each.metric, lang) or None),
    Field("wb_running", "number", 9, lambda each, _: each.metric.outlook.running if each.metric.outlook else None),
    Field("wb_dilute", "number", 9, lambda each, _: each.metric.outlook.dilute if each.metric.outlook else None),
    Field("wb_meets_on", "day", 12, lambda each, _: each.metric.outlook.meets_on if each.metric.outlook else None),
    Field("wb_soonest", "day", 12, lambda each, _: each.metric.outlook.soonest if each.metric.outlook else None),
    Field("wb_way", "text", 22, lambda each, lang: _way(each.metric, lang)),
    Field("wb_at_risk", "number", 12, lambda each, _: each.metric.worth.at_risk if each.metric.worth else None),
    Field("wb_effort", "text", 9, lambda each, lang: _effort(each.metric, lang)),
)


def _budget(metric: MetricResult) -> Budget | None:
    return metric.outlook.budget if metric.outlook else None


def sheets(report: Report, lang: str) -> Iterator[Sheet]:
    """All metrics, then the shortfalls by rank."""
    yield filled("metrics", METRICS, held(report), lang)
    ranked = [
        Held(shop, by_id[name])
        for shop in report.shops
        for by_id in [{metric.id: metric for metric in shop.metrics}]
        for name in shop.shortfalls
    ]
    yield filled("shortfalls", SHORTFALLS, ranked, lang)


def held(report: Report) -> list[Held]:
    """Every metric of every shop."""
    return [Held(shop, metric) for shop in report.shops for metric in shop.metrics]


def _end(metric: MetricResult, at: int) -> Cell:
    interval = metric.measurement.interval
    return None if interval is None else Figure(interval[at], metric.unit)


def _basis(metric: MetricResult, lang: str) -> Cell:
    return None if metric.target.value is None else say(lang, metric.target.basis)


def _unit(metric: MetricResult, lang: str) -> str:
    key = f"wb_unit_{metric.unit}"
    return say(lang, key) if key in WORDS else metric.unit


def _before_exclusions(metric: MetricResult) -> Cell:
    before = metric.measurement.before_exclusions
    return None if before is None else figure(metric, before[0])


def _covered(metric: MetricResult) -> Cell:
    return metric.measurement.window.covered_days if metric.measurement.window else None


def _undoubted(metric: MetricResult, lang: str) -> Cell:
    return None if metric.doubt is None else say(lang, metric.doubt.verdict)


def _message(metric: MetricResult, lang: str) -> Cell:
    return None if metric.measurement.message is None else format(metric.measurement.message, lang)


def _gap(metric: MetricResult) -> Cell:
    return figure(metric, metric.shortfall.gap) if metric.shortfall else None


def _way(metric: MetricResult, lang: str) -> Cell:
    return say(lang, f"wb_way_{metric.worth.way}") if metric.worth else None


def _effort(metric: MetricResult, lang: str) -> Cell:
    return say(lang, metric.worth.effort) if metric.worth and metric.worth.effort else None
