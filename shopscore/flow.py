"""One shop's refund cases → how they went: where the time went, whose turn it was, what came back, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shopscore import window
from shopscore.diagnosis.flow import flow_stages, held, ordered
from shopscore.facts import cases, impossible, stages
from shopscore.ledger.case_time import case_time
from shopscore.model import RefundFlow, Stage, Words

if TYPE_CHECKING:
    import polars as pl

    from shopscore.prepare import Days, Shop

WINDOW = "30 days"


class Flow(NamedTuple):
    """What is said of a shop's refund cases."""

    hops: tuple[Stage, ...] = ()
    told: RefundFlow | None = None
    warnings: tuple[Words, ...] = ()


def flow(shop: Shop) -> Flow:
    """How the refund cases of the last 30 days went; nothing without a file of them."""
    if "refunds" not in shop.facts.frames:
        return Flow()
    rows, days = cases(shop.facts.frames["refunds"], shop.rules.machine), window.bounds(WINDOW, shop.day)
    hops = ordered(Stage(*hop) for hop in stages(rows, shop.rules.machine, *days).iter_rows())
    count, first = impossible(rows)
    warning = Words(
        f"refunds: {count} cases have steps in an order the after-sale guide does not allow, such as {first}; "
        "their stages are left out",
        f"退款：{count} 笔的步骤顺序不符合售后流程，例如 {first}；不计入各阶段用时",
    )
    return Flow(hops, _told(shop, rows, days), (warning,) if count else ())


def _told(shop: Shop, rows: pl.LazyFrame, days: Days) -> RefundFlow | None:
    time = case_time(rows, shop.rules.machine, shop.facts.present, days, rewound=shop.rewound)
    if not time.cases:
        return None
    found = flow_stages(time.stages, time.cases, time.squares)
    holders, unsplit = held(found)
    return RefundFlow(
        first=days[0],
        last=days[1],
        cases=time.cases,
        seconds=sum(stage.seconds for stage in found),
        unended=time.unended,
        stages=found,
        holders=holders,
        unsplit=unsplit,
    )
