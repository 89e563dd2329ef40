"""Every shortfall of every shop → which to close first: thresholds that are likely crossed for an hour of work.

Unlike things are not added up: what is counted are thresholds, of which closing a gap crosses its target, the missed
gates that its score keeps shut, and the next band of the platform's score where the points gained reach it. They count
by the chance that the metric is truly short and by the part of the coming window in which acting makes the difference.
As within a shop, the platform's own thresholds go before advisory ones, and those before the shop's own best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import FleetAction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shopscore.model import MetricResult, ShopReport

TRULY_SHORT = {"fail": 0.99, "likely_fail": 0.86, "undecided": 0.42}
"""How often a verdict's metric is truly short: the table of verdicts in docs/evidence.md."""
_RANKS = {"cutoff": 0, "published": 0, "advisory": 1, "own": 2, "none": 3}


def actions(
    shops: Iterable[ShopReport], work: Mapping[str, float], harder: Mapping[tuple[str, str], float]
) -> tuple[FleetAction, ...]:
    """The shortfalls, most worth an hour of work first; those whose work is not known last.

    Args:
        shops: the reports.
        work: hours behind each word for an effort.
        harder: platform and shop → how many times the usual work takes there; once where it is not said.
    """
    found = [pair for shop in shops for pair in _of_shop(shop, work, harder.get((shop.platform, shop.shop), 1.0))]
    return tuple(action for action, _ in sorted(found, key=_place))


def _of_shop(shop: ShopReport, work: Mapping[str, float], times: float) -> Iterator[tuple[FleetAction, MetricResult]]:
    by_id = {metric.id: metric for metric in shop.metrics}
    for name in shop.shortfalls:
        metric = by_id[name]
        worth = metric.worth
        if worth is None or worth.acting <= 0:
            continue
        hours = work[worth.effort] * times if worth.effort else None
        crossings = TRULY_SHORT[metric.verdict] * worth.acting * (1 + len(worth.gates) + _band(shop, metric))
        fitting = (each for each in shop.advice if each.metric == name and each.compliance != "prohibited")
        yield (
            FleetAction(
                platform=shop.platform,
                shop=shop.shop,
                metric=name,
                advice=next((each.id for each in fitting if each.effort == worth.effort), None),
                effort=worth.effort,
                hours=hours,
                crossings=crossings,
                per_hour=crossings / hours if hours else None,
                at_risk=worth.at_risk,
                currency=metric.stake.currency if metric.stake else None,
            ),
            metric,
        )


def _band(shop: ShopReport, metric: MetricResult) -> int:
    """1 where the points gained reach the next band of the platform's score."""
    points = metric.worth.score_points if metric.worth else None
    if points is None or shop.score.value is None or shop.score.next_band is None:
        return 0
    try:
        return int(shop.score.value + points >= float(shop.score.next_band))
    except ValueError:  # a band with a name and no number
        return 0


def _place(pair: tuple[FleetAction, MetricResult]) -> tuple[float | str, ...]:
    action, metric = pair
    return (
        action.per_hour is None,
        _RANKS[metric.target.basis],
        -(action.per_hour or 0.0),
        -action.crossings,
        -action.at_risk,
        action.platform,
        action.shop,
        action.metric,
    )
