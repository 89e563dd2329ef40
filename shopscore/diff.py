"""Two reports → what got worse, what got better, what cannot be compared; what became of each metric: `became`."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from shopscore.became import Fate, became, is_judged, strictness
from shopscore.model import Change, Comparison, NotCompared, ShopComparison, Standing, Unlike, Words
from shopscore.turned import turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import GateResult, MetricResult, Report, ShopReport, Window

_MONTHS_DIFFER_BY = 3
"""Days by which the windows of two calendar months, or of two half-years, may differ."""
_SCORE = Words("Platform score", "平台评分")


def compare(before: Report, after: Report) -> Comparison:
    """Every shop that is in both reports; where each holds one shop, these two, whatever they are called."""
    first = {(shop.platform, shop.shop): shop for shop in before.shops}
    second = {(shop.platform, shop.shop): shop for shop in after.shops}
    common = [(first[name], second[name]) for name in sorted(first.keys() & second.keys())]
    if not common and len(before.shops) == len(after.shops) == 1:
        only = shops(before, before.shops[0], after, after.shops[0])
        return Comparison(before.audit_id, after.audit_id, (only,))
    return Comparison(
        before.audit_id,
        after.audit_id,
        tuple(shops(before, one, after, other) for one, other in common),
        only_before=tuple("/".join(name) for name in sorted(first.keys() - second.keys())),
        only_after=tuple("/".join(name) for name in sorted(second.keys() - first.keys())),
    )


def shops(before: Report, first: ShopReport, after: Report, second: ShopReport) -> ShopComparison:
    """One shop in two audits."""
    known = {metric.id: metric for metric in first.metrics}
    pairs = [(known.get(metric.id), metric) for metric in second.metrics]
    judged = [pair for pair in pairs if is_judged(pair[1]) or (pair[0] is not None and is_judged(pair[0]))]
    left_out = list(_left_out(judged))
    ids = {each.id for each in left_out}
    compared = [pair for pair in judged if pair[1].id not in ids]
    strict = strictness(sum(one is not None and is_judged(one) for one, _ in compared))
    found = [became(one, other, strict) for one, other in compared]
    turned = [*_gates(first.gates, second.gates), *_scores(first, second)]
    order = {name: at for at, name in enumerate(second.shortfalls)}
    found.sort(key=lambda each: (order.get(each[0].id, len(order)), each[0].id))
    fates = {fate: tuple(change for change, its in found if its == fate) for fate in get_args(Fate)}
    return ShopComparison(
        platform=second.platform,
        platform_title=second.platform_title,
        shop=second.shop,
        timezone=second.timezone,
        before_as_of=first.as_of,
        after_as_of=second.as_of,
        unlike=tuple(unlike(before, first, after, second)),
        regressions=(*fates["worse"], *(change for change, is_worse in turned if is_worse)),
        improvements=(*fates["better"], *(change for change, is_worse in turned if not is_worse)),
        unsure=fates["unsure"],
        same=len(fates["same"]),
        not_compared=tuple(left_out),
        turned=tuple(turns(first, second)),
        new=fates["new"],
    )


# ── alike or not ─────────────────────────────────────────────────────────────────────────────────────────────────


def unlike(before: Report, first: ShopReport, after: Report, second: ShopReport) -> Iterator[Unlike]:
    """In what two audits of a shop are not alike."""
    if first.platform != second.platform:
        yield Unlike("platform", first.platform, second.platform)
    elif first.shop != second.shop:
        yield Unlike("shop", first.shop, second.shop)
    if first.platform == second.platform and (rules := (_rules(before, first), _rules(after, second)))[0] != rules[1]:
        yield Unlike("rules", *rules)
    known = {metric.id: metric for metric in first.metrics}
    for metric in second.metrics:
        other = known.get(metric.id)
        if other is None or not (is_judged(metric) and is_judged(other)):
            continue
        if (readings := (_reading(other), _reading(metric)))[0] != readings[1]:
            yield Unlike("reading", *(f"{metric.id} {reading}" for reading in readings))
        windows = (other.measurement.window, metric.measurement.window)
        if not _as_long(*windows):
            yield Unlike("window", *(f"{metric.id} {_days(each)} d" for each in windows))


def _rules(report: Report, shop: ShopReport) -> str:
    """The rules a shop was judged by: the pack's version, and whose day's they are where that was asked for."""
    version = next((used.version for used in report.rules if used.platform == shop.platform), "?")
    asked = shop.rules_as_of not in (None, shop.as_of.date())
    return f"{shop.platform}@{version}" + (f" {shop.rules_as_of}" if asked else "")


def _reading(metric: MetricResult) -> str:
    """What a metric counts, as far as a report tells."""
    return " ".join(
        (metric.kind, metric.unit, metric.better, *(f"{name}={option}" for name, option in metric.switches))
    )


def _as_long(one: Window | None, other: Window | None) -> bool:
    return one is None or other is None or abs(one.days - other.days) <= _MONTHS_DIFFER_BY


def _days(window: Window | None) -> int:
    return window.days if window else 0


# ── metrics ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _left_out(pairs: Sequence[tuple[MetricResult | None, MetricResult]]) -> Iterator[NotCompared]:
    for one, other in pairs:
        if other.suppressed is not None:
            yield NotCompared(other.id, other.title, "suppressed")
        elif not is_judged(other):
            yield NotCompared(other.id, other.title, "no_longer_measured")
        elif one is not None and is_judged(one) and (one.unit, one.better) != (other.unit, other.better):
            yield NotCompared(other.id, other.title, "defined_otherwise")


# ── what was entered ─────────────────────────────────────────────────────────────────────────────────────────────


def _gates(before: Sequence[GateResult], after: Sequence[GateResult]) -> Iterator[tuple[Change, bool]]:
    """Gates met before and missed now, or the other way around."""
    known = {gate.id: gate.state for gate in before}
    for gate in after:
        if {known.get(gate.id), gate.state} == {"met", "missed"}:
            one, other = (Standing(None, None, None, state) for state in (known[gate.id], gate.state))
            change = Change("gate", gate.id, gate.title, "", None, "", one, other, None, None, ("verdict",))
            yield change, gate.state == "missed"


def _scores(before: ShopReport, after: ShopReport) -> Iterator[tuple[Change, bool]]:
    """The platform's composite, where it is another one."""
    one, other = (Standing(shop.score.value, None, None, "") for shop in (before, after))
    if one.value is None or other.value is None or one == other or before.score.basis != after.score.basis:
        return
    difference = other.value - one.value
    yield Change("score", "score", _SCORE, "", None, "higher", one, other, difference, None, ("value",)), difference < 0
