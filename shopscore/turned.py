"""Two audits of a shop → every verdict, the band and the trust that are others than before, beyond chance or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import ShopReport

_NONE = "not_measured"


def turns(before: ShopReport, after: ShopReport) -> Iterator[Turn]:
    """What turned; a metric that is set aside turns nothing, and one that is in one audit only had no verdict."""
    known = {metric.id: metric.verdict for metric in before.metrics}
    for metric in after.metrics:
        was = known.pop(metric.id, _NONE)
        if metric.suppressed is None and was != metric.verdict:
            yield Turn("metric", metric.id, metric.title, was, metric.verdict)
    for metric in before.metrics:
        if metric.id in known and metric.verdict != _NONE and metric.suppressed is None:
            yield Turn("metric", metric.id, metric.title, metric.verdict, _NONE)
    if before.score.band != after.score.band:
        yield Turn("band", "band", None, before.score.band, after.score.band)
    if before.trust.level != after.trust.level:
        yield Turn("trust", "trust", None, before.trust.level, after.trust.level)
