"""The clocks of a pack in words: from when to when each runs, what stops it, and where a breach counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Fact, Listing, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.ruleset.clocks import Clock
    from shopscore.ruleset.metric import Metric
    from shopscore.ruleset.pack import Pack

_HOLDERS = {"seller": "卖家", "buyer": "买家", "carrier": "快递", "platform": "平台"}


def clocks_of(pack: Pack) -> Listing:
    """Every clock of a pack, in the order the pack writes them."""
    return Listing(
        (Words("clock", "时限"), Words("title", "名称"), Words("from when to when; where a miss counts", "起止；计入")),
        tuple((Words(each.id, each.id), each.title.words, _said(each)) for each in pack.clocks),
        title=Words("Clocks (shopscore due)", "时限（shopscore due）"),
    )


def of_metric(pack: Pack, metric: Metric) -> Iterator[Fact]:
    """The clocks whose breach counts in a metric."""
    for each in pack.clocks:
        if metric.id in each.metrics:
            yield Fact(Words(f"{each.id}: {each.title.en}", f"{each.id}：{each.title.zh}"), _said(each))


def _said(clock: Clock) -> Words:
    """One clock in one line; expressions stand as they are written, marked as the rule's own text."""
    start, due, done = (f"`{' '.join(each.split())}`" for each in (clock.start, clock.due, clock.done))
    holders = list(dict.fromkeys(step.holder for step in clock.steps))
    named, named_zh = (
        ", then ".join(f"the {each}" for each in holders),
        "，再到".join(_HOLDERS[each] for each in holders),
    )
    metrics = ", ".join(clock.metrics)
    sources = f"[{', '.join(clock.source)}]"
    return Words(
        f"rows of `{clock.from_}`: from {start} until {done}, by {due}; with {named}; "
        f"{f'counts in {metrics}' if metrics else 'counts in no metric'}"
        f"{'; it runs out within minutes: only shopscore due looks at it' if clock.live else ''} {sources}",
        f"取自 `{clock.from_}`：从 {start} 到 {done}，不迟于 {due}；在{named_zh}手上；"
        f"{f'计入 {metrics}' if metrics else '不计入任何指标'}"
        f"{'；以分钟计，只有 shopscore due 会看' if clock.live else ''} {sources}",
    )
