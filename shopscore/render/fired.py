"""Gates that failed → one sentence each: which, in which shop, and for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render import numbers
from shopscore.render.escape import terminal
from shopscore.render.words import joined, labelled, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.model import Fired, MetricResult, Report, ShopComparison

_SHOWN = 3


def lines(fired: Iterable[Fired], report: Report, lang: str) -> Iterator[str]:
    """A line for each gate and shop."""
    metrics = {(shop.platform, shop.shop): {each.id: each for each in shop.metrics} for shop in report.shops}
    for each in fired:
        known = metrics[each.platform, each.shop]
        texts = [_one(each.gate, known.get(name), name, lang) for name in each.about[:_SHOWN]]
        if len(each.about) > _SHOWN:
            texts.append(say(lang, "fired_more", count=len(each.about) - _SHOWN))
        place = labelled(lang, say(lang, "gate_fired", gate=each.gate), f"{each.platform}/{each.shop}")
        yield terminal(labelled(lang, place, joined(lang, texts or [say(lang, "fired_trust")])))


def _one(gate: str, metric: MetricResult | None, name: str, lang: str) -> str:
    """``Orders shipped as promised 84.8% (needs >= 93.0%) FAIL``; what is no metric by its name."""
    if metric is None:
        return f"{name} {say(lang, 'fired_worse')}"
    title = format(metric.title, lang)
    if metric.measurement.status == "error":
        return f"{title} {say(lang, 'fired_error')}"
    value = numbers.value(metric.measurement.value, metric.unit, lang, metric.currency)
    goal = numbers.limit(metric.target.value, metric.unit, metric.better, lang, metric.currency)
    needs = f" ({say(lang, 'diff_needs', limit=goal)})" if metric.target.value is not None else ""
    worse = f" {say(lang, 'fired_worse')}" if gate == "regression" else ""
    return f"{title} {value}{needs} {say(lang, metric.verdict)}{worse}"


def unanswered(
    report: Report, asked: Sequence[str], since: Mapping[str, ShopComparison] | None, lang: str
) -> Iterator[str]:
    """A line for each shop that is asked for regressions and has no audit to be compared with."""
    for shop in report.shops:
        name = f"{shop.platform}/{shop.shop}"
        wanted = asked if shop.fail_on is None else shop.fail_on
        if "regression" in wanted and name not in (since or {}):
            yield terminal(say(lang, "since_no_history" if since is None else "since_none", shop=name))
