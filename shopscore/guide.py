"""The platform guide's steps: who must act, where the shop stands, how far the standard is, which items are weak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore import digits
from shopscore.model import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.model import MetricResult, Score
    from shopscore.ruleset.pack import Bands


def steps(
    bands: Bands | None, score: Score, results: Sequence[MetricResult], cutoffs: Mapping[str, Mapping[str, float]]
) -> tuple[Words, ...]:
    """The four steps for a platform whose pack gives a standard; nothing for others.

    Stars and item scores are only what the seller entered or what entered cut-offs say; without them each step names
    what to type in.
    """
    if bands is None or bands.standard is None:
        return ()
    return (
        _who_must_act(bands, score),
        _standing(bands, score),
        _gap(bands, score, results, cutoffs),
        _weak_items(bands, results),
    )


def _who_must_act(bands: Bands, score: Score) -> Words:
    if score.value is None:
        return Words(
            "Must this shop act? The stars on your dashboard are not typed in: set `displayed:` in shop.yaml.",
            "要不要改？还没填后台显示的星级：请在 shop.yaml 填 displayed。",
        )
    if bands.standard is not None and score.value < bands.standard:
        return Words(
            f"Must this shop act? Yes: {score.value:g} is below {bands.standard:g}.",
            f"要不要改？要：当前 {score.value:g} 星，低于 {bands.standard:g} 星。",
        )
    return Words(
        f"Must this shop act? Hold it: {score.value:g} is at or above {bands.standard:g}.",
        f"要不要改？保持即可：当前 {score.value:g} 星，不低于 {bands.standard:g} 星。",
    )


def _standing(bands: Bands, score: Score) -> Words:
    reached = [step for step in bands.steps if score.value is not None and step <= score.value]
    text = bands.texts.get(f"{reached[-1]:g}".replace(".", "_")) if reached else None
    if text is None:
        return Words("Where it stands: not known without the stars.", "现状如何？没有星级，无法说明。")
    return Words(f"Where it stands: {text.en}", f"现状如何？{text.zh}")


def _gap(
    bands: Bands, score: Score, results: Sequence[MetricResult], cutoffs: Mapping[str, Mapping[str, float]]
) -> Words:
    goals = [step for step in bands.steps if bands.standard is not None and step >= bands.standard]
    ahead = [goal for goal in goals if score.value is not None and goal > score.value]
    stars = _joined(
        (f"{goal - (score.value or 0):g} to {goal:g}", f"距 {goal:g} 星差 {goal - (score.value or 0):g}")
        for goal in ahead
    )
    needs = {
        result: {goal: cutoffs[short][f"{goal:g}"] for goal in goals if f"{goal:g}" in cutoffs[short]}
        for result in results
        if (short := result.id.split(".", 1)[1]) in cutoffs and result.measurement.value is not None
    }
    items = _joined(
        _item(result, missing)
        for result, wanted in needs.items()
        if (missing := {goal: need for goal, need in wanted.items() if not _meets(result, need)})
    )
    if not items.en:
        items = (
            Words("every cut-off typed in is met", "已填的截止值都达到了")
            if needs
            else Words("no cut-off typed in (cutoffs: in shop.yaml)", "还没填截止值（shop.yaml 的 cutoffs）")
        )
    ends = f"{bands.standard:g}/{bands.steps[-1]:g}"
    return Words(
        f"How far to {ends}: {'. '.join(part for part in (stars.en, items.en) if part)}.",
        f"离 {ends} 星标准还差多少？{'。'.join(part for part in (stars.zh, items.zh) if part)}。",
    )


def _item(result: MetricResult, missing: Mapping[float, float]) -> tuple[str, str]:
    now = _number(result, result.measurement.value)
    needs = {f"{goal:g}": _number(result, need) for goal, need in missing.items()}
    english = ", ".join(f"{need.en} for {goal}" for goal, need in needs.items())
    chinese = "，".join(f"{goal} 星要 {need.zh}" for goal, need in needs.items())
    return f"{result.title.en} {now.en}: needs {english}", f"{result.title.zh}现 {now.zh}，{chinese}"


def _joined(pairs: Iterable[tuple[str, str]]) -> Words:
    both = list(pairs)
    return Words("; ".join(english for english, _ in both), "；".join(chinese for _, chinese in both))


def _meets(result: MetricResult, need: float) -> bool:
    value = result.measurement.value
    return value is not None and (value >= need if result.better == "higher" else value <= need)


def _number(result: MetricResult, number: float | None) -> Words:
    english, chinese = (digits.value(number, result.unit, lang, result.currency) for lang in ("en", "zh-Hans"))
    return Words(english, chinese)


def _weak_items(bands: Bands, results: Sequence[MetricResult]) -> Words:
    limit = bands.weak_below
    scored = [result for result in results if result.score is not None]
    if limit is None or not scored:
        return Words(
            "Which items are weak: no item scores typed in (scores: in shop.yaml).",
            "哪些单项是短板？还没填单项分（shop.yaml 的 scores）。",
        )
    weak = [result for result in scored if result.score is not None and result.score < limit]
    if not weak:
        return Words(f"Which items are weak: none below {limit:g}.", f"哪些单项是短板？没有低于 {limit:g} 分的。")
    return Words(
        f"Weak items, below {limit:g}: " + ", ".join(f"{each.title.en} {each.score:g}" for each in weak),
        f"短板（低于 {limit:g} 分）：" + "，".join(f"{each.title.zh} {each.score:g}" for each in weak),
    )
