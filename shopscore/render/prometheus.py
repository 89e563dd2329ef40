"""A report → gauges for the textfile collector of Prometheus' node_exporter.

Its conventions: base units (shares from 0 to 1, seconds), one `# HELP` and `# TYPE` a name, no timestamps behind
samples (the collector refuses such a file), labels of few values only: platform, shop, metric; never an order. Shares
come as numerator and denominator, so that they can be added up over shops. What is not measured has no sample.

The names and their help are English in every language: queries and alerts depend on them.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from shopscore.render import verdicts
from shopscore.render.escape import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.model import MetricResult, Report, ShopReport

_SECONDS = {"seconds": 1, "hours": 3_600, "days": 86_400}
_VERDICTS = {"pass": 2, "likely_pass": 1, "undecided": 0, "likely_fail": -1, "fail": -2}
_TRUST = {"good": 2, "fair": 1, "low": 0}
_NIGHT = 24
"""Hours ahead in which clocks count as at risk."""

FAMILIES: Mapping[str, str] = {
    "shopscore_as_of_timestamp_seconds": "Moment the shop was judged as of; old when exports stop coming.",
    "shopscore_data_trust": "How far the files read can be trusted: 2 good, 1 fair, 0 low.",
    "shopscore_score": "The platform's score as entered or computed, in the platform's own points or stars.",
    "shopscore_at_risk": "Clocks that run out within 24 hours of the moment judged.",
    "shopscore_shortfalls": "Metrics that fail or likely fail.",
    "shopscore_metric_numerator": "What counts of a share, in events or weights.",
    "shopscore_metric_denominator": "Rows or weights a share or mean is made of.",
    "shopscore_metric_value_ratio": "Value of a share that is not its numerator by its denominator, 0 to 1.",
    "shopscore_metric_target_ratio": "Target of a share, 0 to 1.",
    "shopscore_metric_value_seconds": "Value of a metric that is a time.",
    "shopscore_metric_target_seconds": "Target of a metric that is a time.",
    "shopscore_metric_value": "Value of a metric that is neither share nor time: events, stars, times, money.",
    "shopscore_metric_target": "Target of such a metric.",
    "shopscore_metric_verdict": "2 pass, 1 likely pass, 0 undecided, -1 likely fail, -2 fail.",
    "shopscore_metric_set_aside": "1 where the metric is set aside for now.",
    "shopscore_shops_failed": "Shops whose audit failed as a whole.",
}
"""Every name there is, with what it says; all are gauges."""


class Sample(NamedTuple):
    """One number."""

    family: str
    labels: tuple[tuple[str, str], ...]
    value: float


def render(report: Report, lang: str) -> str:  # noqa: ARG001 - the same in every language
    """The text exposition format, each name's samples together."""
    found: dict[str, list[Sample]] = {name: [] for name in FAMILIES}
    taken: set[tuple[str, str]] = set()
    for shop in report.shops:
        for sample in _of_shop(shop, _named(shop, taken)):
            found[sample.family].append(sample)
    found["shopscore_shops_failed"].append(Sample("shopscore_shops_failed", (), len(report.failed)))
    return "".join(_family(name, samples) for name, samples in found.items() if samples)


def _named(shop: ShopReport, taken: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The labels of a shop; two whose names differ only in what an eye does not see are kept apart by a number."""
    platform, plain = terminal(shop.platform), terminal(shop.shop)
    name, number = plain, 2
    while (platform, name) in taken:
        name, number = f"{plain} ({number})", number + 1
    taken.add((platform, name))
    return (("platform", platform), ("shop", name))


def _of_shop(shop: ShopReport, labels: tuple[tuple[str, str], ...]) -> Iterator[Sample]:
    as_of = shop.as_of.replace(tzinfo=ZoneInfo(shop.timezone)).astimezone(dt.UTC)
    yield Sample("shopscore_as_of_timestamp_seconds", labels, int(as_of.timestamp()))
    yield Sample("shopscore_data_trust", labels, _TRUST[shop.trust.level])
    if shop.score.value is not None:
        yield Sample("shopscore_score", labels, shop.score.value)
    yield Sample("shopscore_at_risk", labels, sum(each.hours_left <= _NIGHT for each in shop.due))
    yield Sample("shopscore_shortfalls", labels, len(verdicts.failing(shop)))
    for metric in shop.metrics:
        yield from _of_metric(metric, (*labels, ("metric", metric.id)))


def _of_metric(metric: MetricResult, labels: tuple[tuple[str, str], ...]) -> Iterator[Sample]:
    found, target = metric.measurement, metric.target.value
    if found.value is None:
        return
    scale = _SECONDS.get(metric.unit, 1)
    ending = "_ratio" if metric.unit == "rate" else "_seconds" if metric.unit in _SECONDS else ""
    is_quotient = metric.unit == "rate" and _is_quotient(metric)
    if is_quotient and found.numerator is not None:
        yield Sample("shopscore_metric_numerator", labels, found.numerator)
    if found.denominator is not None:
        yield Sample("shopscore_metric_denominator", labels, found.denominator)
    if not is_quotient:
        yield Sample(f"shopscore_metric_value{ending}", labels, found.value * scale)
    if target is not None:
        yield Sample(f"shopscore_metric_target{ending}", labels, target * scale)
    if metric.verdict in _VERDICTS:
        yield Sample("shopscore_metric_verdict", labels, _VERDICTS[metric.verdict])
    if metric.suppressed:
        yield Sample("shopscore_metric_set_aside", labels, 1)


def _is_quotient(metric: MetricResult) -> bool:
    """Whether a share is its numerator by its denominator; a platform may shape it further."""
    found = metric.measurement
    if found.value is None or found.numerator is None or not found.denominator:
        return False
    return math.isclose(found.numerator / found.denominator, found.value, rel_tol=1e-9)


def _family(name: str, samples: list[Sample]) -> str:
    lines = [f"# HELP {name} {FAMILIES[name]}", f"# TYPE {name} gauge"]
    return "".join(f"{line}\n" for line in (*lines, *map(_line, samples)))


def _line(sample: Sample) -> str:
    labels = ",".join(f'{name}="{_escaped(value)}"' for name, value in sample.labels)
    number = f"{sample.value:.15g}" if isinstance(sample.value, float) else str(sample.value)
    return f"{sample.family}{{{labels}}} {number}" if labels else f"{sample.family} {number}"


def _escaped(value: str) -> str:
    """A label's value: control characters, line ends among them, are gone already."""
    return value.replace("\\", "\\\\").replace('"', '\\"')
