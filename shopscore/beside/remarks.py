"""A shop, its ``shop.yaml`` and its dashboard's figures → what is to be said of how they fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.applied import short_id
from shopscore.model import SetAside, Words
from shopscore.shown import score_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.prepare import Shop


def warnings(shop: Shop) -> Iterator[Words]:
    """What a reader should know before the numbers: a moment in the past, names that mean nothing, what has expired."""
    if shop.rewound:
        yield Words(
            "as_of lies before the newest event: later events are blanked, statuses of that day are not known",
            "截止时间早于最新事件：之后的事件已清空，当天的状态无法得知",
        )
    for place in _unknown_names(shop):
        yield Words(
            f"shop.yaml: {place}: {shop.loaded.pack.platform} has no use for it; it changes nothing",
            f"shop.yaml：{place}：{shop.loaded.pack.platform} 用不到这一项，不起作用",
        )
    yield from _of_platform_scores(shop)
    for suppression in shop.file.suppressions:
        if suppression.expires < shop.day:
            yield Words(
                f"the suppression of {suppression.metric} expired on {suppression.expires}",
                f"{suppression.metric} 的搁置已于 {suppression.expires} 到期",
            )


def set_aside(shop: Shop) -> Iterator[SetAside]:
    """The metrics that are set aside on this day."""
    for each in shop.file.suppressions:
        metric = next((one.id for one in shop.definitions if each.metric in (one.id, one.metric.id)), None)
        if metric is not None and each.expires >= shop.day:
            yield SetAside(metric, each.reason, each.owner, each.expires)


def _of_platform_scores(shop: Shop) -> Iterator[Words]:
    if shop.shown.unknown:
        names = ", ".join(shop.shown.unknown)
        yield Words(
            f"platform_scores: no metric or score of {shop.loaded.pack.platform} is called {names}",
            f"platform_scores：{shop.loaded.pack.platform} 没有名为 {names} 的指标或分数",
        )
    if shop.shown.overruled:
        names = ", ".join(shop.shown.overruled)
        yield Words(
            f"{names}: shop.yaml gives another score than platform_scores; that of shop.yaml is used",
            f"{names}：shop.yaml 与 platform_scores 的分数不同，以 shop.yaml 为准",
        )


def _unknown_names(shop: Shop) -> Iterator[str]:
    """Keys of ``shop.yaml`` that name nothing of the pack: a slip of the pen would go unnoticed."""
    pack, file = shop.loaded.pack, shop.file
    metrics = {metric.id for metric in pack.metrics}
    full = {f"{pack.platform}.{name}" for name in metrics}
    checks = {each.id for each in shop.suspects}
    named = (
        ("cutoffs", file.cutoffs, metrics),
        ("scores", file.scores, metrics | score_names(pack)),
        ("shown", file.shown, metrics),
        (
            "suppressions",
            [each.metric for each in file.suppressions],
            metrics | full | checks,
        ),
        ("measures", [each.metric for each in file.measures], metrics),
        ("applied", [short_id(each.advice, pack.platform) for each in file.applied], {each.id for each in pack.advice}),
    )
    yield from (f"{key}.{name}" for key, names, known in named for name in names if name not in known)
    excused = any("is_exempt" in side.columns_optional for each in shop.definitions for side in each.sides.values())
    if file.exempted_orders and not excused:
        yield "exempted_orders"
    if file.closed_days and not any(each.local for each in pack.facts.stopped):
        yield "closed_days"
