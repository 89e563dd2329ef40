"""Against what a value is held, what the evidence says, and what is known of the platform's own score."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

from shopscore.intervals import Z
from shopscore.intervals.kinds import meets
from shopscore.model import Lost, Score, Target, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.doubt import Room
    from shopscore.doubt.uncovered import Ends
    from shopscore.intervals import Interval
    from shopscore.model import Measurement, MetricResult, ScoreBasis, Verdict
    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Bands, Pack
    from shopscore.ruleset.shopfile import ShopFile

LIKELY = NormalDist().inv_cdf(0.8) / Z
"""How much of the way from a value to its 95 % end the one-sided 80 % bound lies (0.43, on the normal scale)."""

SELDOM = 0.05
"""As often as this chance may make a shop at its target look as bad as one that is said to fail for sure."""
_NO_TARGET = Target(None, "none")


def target(
    metric: Metric, value: float | None, own_best: float | None, shop: ShopFile, own_range: Interval | None = None
) -> Target:
    """The first rung of the ladder that is there.

    The cut-off the seller entered (of the lowest band the value does not reach yet, the top band's when it reaches all)
    → the published limit → an advised one → the shop's own best earlier window → none.

    Args:
        metric: the metric with its published and advised limits.
        value: its value, in its unit.
        own_best: the best earlier window's value.
        shop: what the seller entered.
        own_range: where the best earlier window's value lies by rights.
    """
    needed = sorted(shop.cutoffs.get(metric.id, {}).values(), reverse=metric.better != "higher")
    if needed:
        reached = [] if value is None else [need for need in needed if meets(value, need, metric.better)]
        return Target(needed[min(len(reached), len(needed) - 1)], "cutoff", ("shop.yaml",))
    if metric.targets.published is not None:
        return Target(metric.targets.published.value, "published", tuple(metric.targets.published.source))
    if metric.targets.advisory is not None:
        return Target(metric.targets.advisory.value, "advisory", tuple(metric.targets.advisory.source))
    return _NO_TARGET if own_best is None else Target(own_best, "own", interval=own_range)


def _rungs(metric: Metric, shop: ShopFile) -> list[tuple[float, float]]:
    """The entered cut-offs as (value needed, band), easiest first; a band that is no number is no score."""
    entered = shop.cutoffs.get(metric.id, {})
    rungs = [(need, band) for text, need in entered.items() if (band := _number(text)) is not None]
    return sorted(rungs, key=lambda rung: (rung[0] if metric.better == "higher" else -rung[0], rung[1]))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def verdict(  # noqa: PLR0913 - each is a fact of its own, all by name
    measurement: Measurement,
    goal: Target,
    better: str,
    *,
    judged: bool = True,
    room: Room | None = None,
    rest: Ends | None = None,
    chance: float | None = None,
) -> Verdict:
    """What the evidence says of a value and its target.

    - ``pass``, ``fail``: the whole 95 % interval lies on the good (bad) side. A value without an interval (a count, an
      entered score) is what it is, and passes or fails.
    - ``likely_pass``, ``likely_fail``: the value lies on that side and so does its one-sided 80 % bound towards the
      target, taken at 43 % of the way from the value to that end of its interval (`LIKELY`).
    - ``undecided``: neither.
    - ``not_measured``: nothing to hold against anything: not measured or unscored, no target, or a definition that is
      only assumed (``judged`` false).

    A target that chance has a part in, the shop's own best, stands off by its own interval: what is judged is the
    difference of both.

    Rows that were lost leave the value room: then it is judged as if it stood at the end of its room that faces the
    target, for ``pass`` and ``fail`` wherever all the lost rows could take it, for the likely ones wherever their
    share could. What was lost without a bound leaves at most a likely verdict where the trust is fair, none where it
    is low.

    A few bad events may be chance though the interval leaves the target out (``chance``: how often a shop at the target
    would show as many): from one time in twenty on (`SELDOM`) that is likely a failure and no sure one.

    Days that no file speaks of (``rest``: where the window's value lies whatever happened on them) leave a verdict sure
    only if they could not turn it; likely is what holds if they were like the others.
    """
    value = measurement.value
    if not judged or measurement.status != "measured" or value is None or goal.value is None:
        return "not_measured"
    good = meets(value, goal.value, better)
    # The end of the interval that faces the target: the lower one of a good high value, and so on.
    facing = 0 if good == (better == "higher") else 1
    reach = _together(
        0.0 if measurement.interval is None else measurement.interval[facing] - value,
        0.0 if goal.interval is None else goal.value - goal.interval[1 - facing],
    )
    surely, likely = (value if band is None else band[facing] for band in (_certain(room), _likely(room)))
    trust = "good" if room is None else room.level
    others = value if rest is None else rest[facing]
    could_turn = others is None or meets(surely + others - value, goal.value, better) != good
    few = not good and chance is not None and chance > SELDOM
    if trust == "good" and not could_turn and not few and meets(surely + reach, goal.value, better) == good:
        return "pass" if good else "fail"
    if trust != "low" and meets(likely + LIKELY * reach, goal.value, better) == good:
        return "likely_pass" if good else "likely_fail"
    return "undecided"


def _together(reach: float, of_target: float) -> float:
    """How far a value reaches towards a target that chance has a part in too, both seen from the same side.

    The end of the interval of their difference (MOVER: Zou & Donner, Stat. Med. 27, 2008, 1693-1702).
    """
    return math.copysign(math.hypot(reach, of_target), reach or of_target)


def _certain(room: Room | None) -> Interval | None:
    return None if room is None else room.certain


def _likely(room: Room | None) -> Interval | None:
    return None if room is None else room.likely


# ── item scores ──────────────────────────────────────────────────────────────────────────────────────────────────


def item_score(metric: Metric, value: float | None, shop: ShopFile, bands: Bands | None = None) -> float | None:
    """A metric's score on the platform's scale: the entered one, else the highest band whose cut-off the value meets.

    Below every cut-off it is the step under the lowest of them, where the pack names one. A better value never gets a
    lower score. None without an entry and without cut-offs: scores are relative to peers and are not made up.
    """
    if metric.id in shop.scores:
        return shop.scores[metric.id]
    return banded(metric, value, shop, bands)


def banded(metric: Metric, value: float | None, shop: ShopFile, bands: Bands | None = None) -> float | None:
    """The score the entered cut-offs give a value, whatever score was entered."""
    rungs = _rungs(metric, shop)
    if value is None or not rungs:
        return None
    reached = [band for need, band in rungs if meets(value, need, metric.better)]
    if reached:
        return max(reached)
    lowest = min(band for _, band in rungs)
    return max((step for step in (bands.steps if bands else ()) if step < lowest), default=None)


def points(
    metric: Metric, value: float | None, goal: Target, shop: ShopFile, bands: Bands | None = None
) -> float | None:
    """What reaching the target gains on the platform's scale; None where the entered cut-offs cannot say."""
    now, then = banded(metric, value, shop, bands), banded(metric, goal.value, shop, bands)
    return None if now is None or then is None else max(then - now, 0.0)


def known_scores(
    measured: Iterable[tuple[Metric, float | None]],
    shop: ShopFile,
    bands: Bands | None = None,
    called: Mapping[str, str] | None = None,
) -> dict[str, float]:
    """Item scores by name, for composites: what the entered cut-offs give, and over it what was entered.

    Args:
        measured: metrics with their values.
        shop: what the seller entered.
        bands: the platform's scale.
        called: the names of items that are not called like their metric (`item_names`).
    """
    names = called or {}
    given = {names.get(metric.id, metric.id): banded(metric, value, shop, bands) for metric, value in measured}
    return {name: value for name, value in given.items() if value is not None} | shop.scores


def item_names(pack: Pack) -> dict[str, str]:
    """Under which name a composite asks for the score of a metric, where that is not the metric's own id."""
    return {each.of: each.score for each in pack.inputs if each.of != each.score}


# ── the composite ────────────────────────────────────────────────────────────────────────────────────────────────


def counts_for_score(result: MetricResult) -> bool:
    """Whether a metric belongs to what a score is made of and could be measured from a shop's own files."""
    return (
        result.purpose == "score"
        and result.definition not in ("assumed", "not_found")
        and result.kind not in ("none", "composite")
        and result.bound is None
        and result.bound_of is None
        and result.measurement.status != "not_applicable"
    )


def score(pack: Pack, results: Sequence[MetricResult], shop: ShopFile) -> Score:
    """The platform's composite as far as it can be known.

    The displayed one, if the seller entered it; else the pack's composite metric over entered item scores; else null
    with basis ``none``: it ranks against peers and is never computed from raw values alone.

    Args:
        pack: the platform's rules, for the bands.
        results: the shop's judged metrics.
        shop: what the seller entered.
    """
    counted = [result for result in results if counts_for_score(result)]
    measured = sum(result.measurement.status == "measured" for result in counted)
    coverage = measured / len(counted) if counted else 0.0
    value, basis = _composite(pack, results, shop)
    band, following = reached(pack.bands, value)
    text = None if value is not None else _unknown(results)
    return Score(value, basis, band, following, coverage, text, lost(pack, shop.scores))


def lost(pack: Pack, entered: Mapping[str, float]) -> tuple[Lost, ...]:
    """The items of a score of added points that are short of their full marks, those that lack most first.

    Args:
        pack: the platform's rules: a composite's weights are full marks where it says that its points add up.
        entered: item scores as the platform shows them.
    """
    parts = (part for metric in pack.metrics if metric.is_overall and metric.adds_up for part in metric.inputs)
    found = [
        Lost(part.title.words, part.weight - entered[part.score], part.weight)
        for part in parts
        if part.score in entered and entered[part.score] < part.weight
    ]
    return tuple(sorted(found, key=lambda each: -each.points))


def _composite(pack: Pack, results: Sequence[MetricResult], shop: ShopFile) -> tuple[float | None, ScoreBasis]:
    if shop.displayed is not None:
        return shop.displayed, "published"
    inputs = {f"{pack.platform}.{metric.id}": {each.score for each in metric.inputs} for metric in pack.metrics}
    for result in results:
        value = result.measurement.value
        if _is_overall(result) and value is not None:
            return value, "published" if inputs.get(result.id, set()) <= shop.scores.keys() else "cutoffs"
    return None, "none"


def _is_overall(result: MetricResult) -> bool:
    return (
        result.kind == "composite"
        and result.purpose == "score"
        and result.dimension == "overall"
        and result.definition != "assumed"
        and result.measurement.status == "measured"
    )


def reached(bands: Bands | None, value: float | None) -> tuple[str | None, str | None]:
    """The highest step a score reaches, and the next one."""
    if bands is None or value is None:
        return None, None
    steps = sorted(bands.steps)
    below = [step for step in steps if meets(value, step, "higher")]
    ahead = [step for step in steps if not meets(value, step, "higher")]
    return (f"{below[-1]:g}" if below else None), (f"{ahead[0]:g}" if ahead else None)


def _unknown(results: Sequence[MetricResult]) -> Words:
    scores = [result.score for result in results if result.score is not None]
    if not scores:
        return Words(
            en="The platform's score compares shops and cannot be computed from one shop's files. "
            "Enter what the dashboard shows in shop.yaml: displayed, scores, cutoffs.",
            zh="平台分数由同行比较得出，无法从单个店铺的数据算出。"
            "请把后台显示的内容填入 shop.yaml：displayed、scores、cutoffs。",
        )
    low, high = min(scores), max(scores)
    return Words(
        en=f"Item scores known: {len(scores)}, from {low:g} to {high:g}. Their weights are not published, "
        "so no composite is computed. Enter the displayed one in shop.yaml: displayed.",
        zh=f"已知单项分 {len(scores)} 个，介于 {low:g} 与 {high:g} 之间。权重未公布，因此不计算综合分。"
        "请把后台显示的综合分填入 shop.yaml：displayed。",
    )
