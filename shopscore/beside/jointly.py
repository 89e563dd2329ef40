"""Ranked shortfalls → what closing several of them takes and gains together: rows counted, scores asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore import score, standing
from shopscore.ledger.shared import shared
from shopscore.measure import measure
from shopscore.model import Outcome
from shopscore.worth.together import MOST, Gap, together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shopscore.ledger.amounts import Window
    from shopscore.ledger.parts import Ledger
    from shopscore.model import MetricResult, Origin, Together
    from shopscore.prepare import Shop

_SURE = ("fail", "likely_fail")
_SHOWN_TO = 0.05
"""Scores are shown to a tenth: a composite that is farther from the displayed one is made of something else."""


def jointly(
    shop: Shop,
    ledger: Ledger,
    results: Sequence[MetricResult],
    ranked: Sequence[str],
    windows: Mapping[str, Window],
) -> Together | None:
    """What the first shortfalls take and gain together; None where fewer than two are sure.

    Args:
        shop: the shop.
        ledger: its counts.
        results: its judged metrics.
        ranked: ids of its shortfalls, most worth acting on first.
        windows: the days of each metric that counts rows.
    """
    by_id = {each.id: each for each in results}
    first = [by_id[name] for name in ranked if by_id[name].verdict in _SURE][:MOST]
    gaps = [Gap(each.id, each.shortfall.fixes if each.shortfall else None) for each in first]
    if len(gaps) < 2:  # noqa: PLR2004 - several are at least two
        return None
    definitions = {each.id: each for each in shop.definitions}
    countable = {gap.metric: windows[gap.metric] for gap in gaps if gap.fixes and gap.metric in windows}
    bad = shared(ledger, [definitions[gap.metric] for gap in gaps], countable)
    gates = standing.gates(shop.loaded.pack, shop.rules_day, shop.shown.scores)
    titles = {gate.id: (gate.title, gate.opens) for gate in gates}
    return together(gaps, bad, _outcome(shop, first, results), titles)


def _outcome(
    shop: Shop, first: Sequence[MetricResult], results: Sequence[MetricResult]
) -> Callable[[frozenset[str]], Outcome]:
    """What the platform makes of the shop with some metrics at their targets, by what is published and entered."""
    pack, bands = shop.loaded.pack, shop.loaded.pack.bands
    called = score.item_names(pack)
    metrics = {each.id: each.metric for each in shop.definitions}
    raised = {each.id: score.banded(metrics[each.id], each.target.value, shop.file, bands) for each in first}
    values = [(metrics[each.id], each.measurement.value) for each in results]
    known = score.known_scores(values, shop.file, bands, called)

    def outcome(done: frozenset[str]) -> Outcome:
        better: dict[str, float] = {}
        for name in done:
            short, then = called.get(metrics[name].id, metrics[name].id), raised[name]
            if then is not None:
                better[short] = max(then, known.get(short, then))
        typed: dict[str, tuple[float, Origin]] = {name: (value, "shop.yaml") for name, value in better.items()}
        open_now = standing.gates(pack, shop.rules_day, {**shop.shown.scores, **typed})
        value = _composite(shop, known, better)
        met = tuple(gate.id for gate in open_now if gate.state == "met")
        return Outcome(value, score.reached(bands, value)[0], met)

    return outcome


def _composite(shop: Shop, known: Mapping[str, float], better: Mapping[str, float]) -> float | None:
    """The platform's published composite over known scores; None where there is none, or another one is displayed."""
    for each in shop.definitions:
        if not each.metric.is_overall:
            continue
        now, then = (measure(each, None, None, scores={**known, **more}).value for more in ({}, better))
        shown = shop.file.displayed
        if now is not None and (shown is None or abs(now - shown) < _SHOWN_TO):
            return then
    return None
