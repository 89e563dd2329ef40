"""The advice of a metric in words: what to do, when, how much work it is, what it risks, and what should be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import AdviceText, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Advice, Pack

_CHINESE = {
    "minutes": "几分钟",
    "hours": "几小时",
    "days": "几天",
    "weeks": "几周",
    "risky": "有风险",
    "prohibited": "违规",
    "up": "上升",
    "down": "下降",
}


def of_metric(pack: Pack, metric: Metric) -> Iterator[AdviceText]:
    """What the pack advises for a metric, in its order."""
    titles = {each.id: each.title.words for each in pack.metrics}
    for each in pack.advice:
        if each.metric == metric.id:
            en, zh = zip(*((part.en, part.zh) for part in _about(each, titles)), strict=True)
            yield AdviceText(each.id, each.when, each.do.words, Words("; ".join(en), "；".join(zh)))


def _about(advice: Advice, titles: dict[str, Words]) -> Iterator[Words]:
    """Effort, why it is risky or prohibited, what it does besides, what is expected of it, and who says so."""
    yield Words(f"takes {advice.effort}", f"需{_CHINESE[advice.effort]}")
    if advice.compliance != "ok":
        why = advice.compliance_reason
        en, zh = (f": {why.en.rstrip('.')}", f"：{why.zh.rstrip('。')}") if why else ("", "")
        yield Words(advice.compliance + en, _CHINESE[advice.compliance] + zh)
    for effect in advice.side_effects:
        yield Words(f"besides: {effect.text.en.rstrip('.')}", f"另外：{effect.text.zh.rstrip('。')}")
    if (seen := advice.expects) is not None:
        title, way = titles[seen.metric], seen.direction
        yield Words(
            f"expected within {seen.by_days} days: {title.en} {way}",
            f"预期 {seen.by_days} 天内：{title.zh}{_CHINESE[way]}",
        )
    sources = f"[{', '.join(advice.source)}]"
    yield Words(sources, sources)
