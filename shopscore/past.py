"""An audit and its history → what each shop has become since its last comparable audit.

A metric that audit did not measure is held against the last comparable one that did: a night without data is neither a
beginning nor an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import diff, history
from shopscore.turned import turns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from shopscore.model import Change, MetricResult, Report, ShopComparison, ShopReport


def since(kept: str, report: Report) -> dict[str, ShopComparison]:
    """The comparison of each shop (``platform/shop``) that has an earlier audit alike."""
    opened: dict[int, Report] = {}
    found = {f"{shop.platform}/{shop.shop}": _since(kept, report, shop, opened) for shop in report.shops}
    return {name: each for name, each in found.items() if each is not None}


def _since(kept: str, report: Report, shop: ShopReport, opened: dict[int, Report]) -> ShopComparison | None:
    audit = _last_alike(kept, report, shop, opened)
    if audit is None:
        return None
    (last,) = audit.shops
    before, moments = dict(_judged(last)), dict[str, "dt.datetime"]()
    while missing := _judged(shop).keys() - before.keys():
        older = _last_alike(kept, report, shop, opened, missing)
        if older is None:
            break
        again = {name: metric for name, metric in _judged(older.shops[0]).items() if name in missing}
        before |= again
        moments |= dict.fromkeys(again, older.shops[0].as_of)
    filled = {metric.id: metric for metric in last.metrics} | before
    compared = diff.shops(audit, replace(last, metrics=tuple(filled.values())), report, shop)
    return _dated(replace(compared, turned=tuple(turns(last, shop))), moments)


def _last_alike(
    kept: str, report: Report, shop: ShopReport, opened: dict[int, Report], judged: Collection[str] = ()
) -> Report | None:
    """The last audit alike, with this shop only; of those that judged one of some metrics, where they are given."""
    for audit in history.earlier(kept, report, shop, opened, judged):
        if not any(diff.unlike(audit, audit.shops[0], report, shop)):
            return audit
    return None


def _judged(shop: ShopReport) -> dict[str, MetricResult]:
    return {metric.id: metric for metric in shop.metrics if metric.verdict != "not_measured"}


def _dated(found: ShopComparison, moments: Mapping[str, dt.datetime]) -> ShopComparison:
    """Changes that say as of when they are held against another audit than the last."""

    def dated(changes: tuple[Change, ...]) -> tuple[Change, ...]:
        return tuple(
            replace(each, before_as_of=moments.get(each.id)) if each.kind == "metric" else each for each in changes
        )

    return replace(
        found,
        regressions=dated(found.regressions),
        improvements=dated(found.improvements),
        unsure=dated(found.unsure),
    )
