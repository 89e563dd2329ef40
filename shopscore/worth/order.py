"""Judged metrics, advice that fits, gates → which gap to close first: what acting gains, then what it costs.

One order, unit by unit, never a sum of unlike things: whose limit it is (what may be within chance of the shop's own
best comes after all that is not), points of the platform's score (those its item lacks, where no value is known to be
worth points), points of the item, gates that are missed, money that can still be saved, the part of the coming window
in which acting makes the difference, the evidence, how often over its limit a metric is, the effort of the least advice
that fits, and last the exact figures and the name. Points count for that part of the window only: what comes back by
itself gains little from acting, and so does what cannot come back before most of the window is over.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.advice import EFFORTS
from shopscore.model import Worth

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.model import AdviceResult, GateResult, MetricResult, StructureResult, Way
    from shopscore.ruleset.pack import Pack

_VERDICTS = {"fail": 0, "likely_fail": 1, "undecided": 2}
_BASES = {"cutoff": 0, "published": 0, "advisory": 1, "own": 2}
_PARTS = 5
"""Into how many parts the coming window is cut: finer than this nobody can tell what acting gains."""
_LEAST = 1e-9
"""Below this a distance is none: its doubling is not asked for."""


def ranked(result: MetricResult) -> bool:
    """Whether a shortfall is ranked."""
    return result.shortfall is not None and result.verdict in _VERDICTS and result.counts


def rank(results: Iterable[MetricResult]) -> tuple[str, ...]:
    """Ids of the metrics short of their target, most worth acting on first; the order of the results is no matter."""
    return tuple(result.id for result in sorted(filter(ranked, results), key=_key))


def _key(result: MetricResult) -> tuple[float | str, ...]:
    worth, over = result.worth or Worth(), result.shortfall.worth if result.shortfall else 0.0
    part = math.floor(_PARTS * worth.acting) / _PARTS
    return (
        _BASES.get(result.target.basis, len(_BASES)),
        # A platform takes a value as it is; that the shop could do better is all that its own best says.
        result.target.basis == "own" and result.verdict == "undecided",
        -(worth.lacking if worth.score_points is None else worth.score_points) * part,
        -(worth.item_points or 0.0) * part,
        -len(worth.gates),
        -worth.at_risk,
        -part,
        _VERDICTS[result.verdict],
        # Within a factor of two the nearer one is no less worth: the lighter work goes first.
        -math.floor(math.log2(max(over, _LEAST))),
        EFFORTS.index(worth.effort) if worth.effort else len(EFFORTS),
        -worth.acting,
        -over,
        result.id,
    )


# ── what acting gains ────────────────────────────────────────────────────────────────────────────────────────────


def with_worth(  # noqa: PLR0913 - each is a fact of its own
    results: Iterable[MetricResult],
    pack: Pack,
    advice: Sequence[AdviceResult],
    missed: Mapping[str, tuple[str, ...]],
    today: dt.date,
    *,
    entered: Mapping[str, float] | None = None,
) -> tuple[MetricResult, ...]:
    """The results, those that are ranked with what acting on them is worth.

    Args:
        results: judged metrics with their outlook.
        pack: the platform's rules, for what its composites are made of.
        advice: what fits, for the effort.
        missed: the missed gates by the full id of a metric that is in them (`gates_of`).
        today: T.
        entered: the scores that the platform shows, by their names.
    """
    efforts, items = _efforts(advice), _items(pack)

    def found(result: MetricResult) -> Worth:
        points = result.shortfall.points if result.shortfall else None
        item = items.get(result.id)
        way, acting = _acting(result, today)
        return Worth(
            score_points=None if points is None or item is None else points * item.share,
            item_points=points,
            gates=missed.get(result.id, ()),
            at_risk=result.stake.at_risk if result.stake else 0.0,
            effort=efforts.get(result.id),
            way=way,
            acting=acting,
            lacking=0.0 if item is None else item.lacking(entered or {}),
        )

    return tuple(replace(each, worth=found(each)) if ranked(each) else each for each in results)


def _acting(result: MetricResult, today: dt.date) -> tuple[Way, float]:
    """What brings a metric back, and for which part of the coming window acting makes the difference.

    What is open can be made good today. What is final leaves the window, or is diluted: not before ``soonest``, however
    good the days to come; at the present level not before ``meets_on``, if at all.
    """
    window, ahead = result.measurement.window, result.outlook
    if window is None or ahead is None:
        return ("fix" if result.reversibility == "open" else "act"), 1.0
    length = window.days
    back = length if ahead.meets_on is None else (ahead.meets_on - today).days
    soonest = (ahead.soonest - today).days if ahead.soonest and result.reversibility != "open" else 0
    acting = min(max(back - soonest, 0) / length, 1.0)
    if result.reversibility == "open":
        return "fix", acting
    return ("act" if ahead.meets_on is None else "wait"), acting


class _Item(Struct, frozen=True):
    """An item of a published score: by how much that moves with it, and its full marks where points are added up."""

    score: str
    share: float
    full: float | None

    def lacking(self, entered: Mapping[str, float]) -> float:
        """The points between what the platform shows for the item and its full marks: the most there is to gain."""
        shown = entered.get(self.score)
        return 0.0 if self.full is None or shown is None else max(self.full - shown, 0.0)


def _items(pack: Pack) -> dict[str, _Item]:
    """The items of the platform's own score by the full id of the metric that each is the score of."""
    found: dict[str, _Item] = {}
    for each in pack.metrics:
        if not each.is_overall:
            continue
        whole = math.fsum(part.weight for part in each.inputs)
        for part in each.inputs:
            item = _Item(part.score, 1.0, part.weight) if each.adds_up else _Item(part.score, part.weight / whole, None)
            found.setdefault(f"{pack.platform}.{part.of}", item)
    return found


def _efforts(advice: Sequence[AdviceResult]) -> dict[str, str]:
    """The least effort of what may be done for each metric."""
    found: dict[str, str] = {}
    for each in advice:
        if each.compliance != "prohibited":
            known = found.get(each.metric, each.effort)
            found[each.metric] = min(known, each.effort, key=EFFORTS.index)
    return found


def gates_of(
    gates: Sequence[GateResult], structure: StructureResult | None, platform: str
) -> dict[str, tuple[str, ...]]:
    """The missed gates by the full ids of the metrics whose score, or whose factor's score, keeps them shut."""
    factors = {each.score.name: each.metrics for each in structure.factors} if structure else {}
    found: dict[str, list[str]] = {}
    for gate in gates:
        if gate.state != "missed":
            continue
        for score in gate.missing:
            for metric in {f"{platform}.{score.name}", *factors.get(score.name, ())}:
                found.setdefault(metric, []).append(gate.id)
    return {metric: tuple(sorted(set(ids))) for metric, ids in found.items()}
