"""What is asked of an audit, as people write it (``--fail-on``, ``fail_on:``), and what of it fails.

========================  ==========================================================================================
``level:fail``            a ranked metric fails (``fail`` for short)
``level:likely_fail``     a ranked metric fails or likely fails (``likely_fail`` for short)
``evidence:likely``       a scored metric does not at least likely meet its target: "undecided" is not enough
``metric:ID``             this metric, or one of a glob, fails or likely fails; without its platform: on any platform
``regression``            something is worse than in the last comparable audit (``--history``)
``error``                 a metric could not be computed
``low_trust``             what was read cannot be trusted
========================  ==========================================================================================

A metric that is set aside (``suppressions:``) fires nothing.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from shopscore.errors import NotThisError
from shopscore.model import Fired

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.model import MetricResult, Report, ShopComparison, ShopReport

GATES = ("level:fail", "level:likely_fail", "evidence:likely", "metric:ID", "regression", "error", "low_trust")
REGRESSION = "regression"
_SHORT = {"fail": "level:fail", "likely_fail": "level:likely_fail"}
_FAILING = ("fail", "likely_fail")
_METRIC = "metric:"


def parse(texts: Iterable[str]) -> tuple[str, ...]:
    """Gates, each once, from texts that may hold several with commas.

    Raises:
        NotThisError: one is not known; the message names those that are.
    """
    names = [name.strip() for text in texts for name in text.split(",")]
    found = dict.fromkeys(_SHORT.get(name, name) for name in names if name)
    for name in found:
        if name not in GATES and not (name.startswith(_METRIC) and name != _METRIC):
            raise NotThisError(
                f"{name}: not known; write one of {', '.join(GATES)}",
                f"{name}：没有这个选择；可以写 {'、'.join(GATES)}",
            )
    return tuple(found)


def of_shop(shop: ShopReport, asked: Sequence[str]) -> tuple[str, ...]:
    """What is asked of a shop: its own ``fail_on:``, else what is asked of all."""
    return tuple(asked) if shop.fail_on is None else shop.fail_on


def unknown(report: Report, asked: Sequence[str]) -> str | None:
    """The first ``metric:ID`` that names no metric of any shop it is asked of."""
    names = {shop: {metric.id for metric in shop.metrics} for shop in report.shops}
    for gate in dict.fromkeys(gate for shop in report.shops for gate in of_shop(shop, asked)):
        meant = (ids for shop, ids in names.items() if gate in of_shop(shop, asked))
        if gate.startswith(_METRIC) and not any(_matches(gate, name) for ids in meant for name in ids):
            return gate
    return None


def fired(report: Report, asked: Sequence[str], since: Mapping[str, ShopComparison]) -> tuple[Fired, ...]:
    """The gates that fail, shop by shop.

    Args:
        report: the audit.
        asked: what is asked of every shop that does not ask something of its own.
        since: what each shop (``platform/shop``) has become since its last comparable audit, where there is one.
    """
    return tuple(
        Fired(gate, shop.platform, shop.shop, tuple(about))
        for shop in report.shops
        for gate in of_shop(shop, asked)
        if (about := _about(gate, shop, since.get(f"{shop.platform}/{shop.shop}"))) is not None
    )


def _about(gate: str, shop: ShopReport, since: ShopComparison | None) -> list[str] | None:
    """What makes a gate fail: the ids of metrics (none for the whole shop); None where it does not."""
    if gate == "low_trust":
        return [] if shop.trust.level == "low" else None
    if gate == REGRESSION:
        return ([change.id for change in since.regressions] if since else []) or None
    return [metric.id for metric in _failing(gate, shop)] or None


def _failing(gate: str, shop: ShopReport) -> Iterator[MetricResult]:
    by_id = {metric.id: metric for metric in shop.metrics}
    ranked = [by_id[name] for name in shop.shortfalls if name in by_id]
    order = [*ranked, *(metric for metric in shop.metrics if metric.id not in shop.shortfalls)]
    for metric in order:
        is_ranked, verdict = metric.id in shop.shortfalls, metric.verdict
        fails = {
            "level:fail": is_ranked and verdict == "fail",
            "level:likely_fail": is_ranked and verdict in _FAILING,
            "evidence:likely": metric.purpose != "display" and verdict in (*_FAILING, "undecided"),
            "error": metric.measurement.status == "error",
        }.get(gate, _matches(gate, metric.id) and verdict in _FAILING)
        if fails and not metric.suppressed:
            yield metric


def _matches(gate: str, name: str) -> bool:
    if not gate.startswith(_METRIC):
        return False
    wanted = gate.removeprefix(_METRIC)
    return fnmatchcase(name if "." in wanted else name.partition(".")[2], wanted)
