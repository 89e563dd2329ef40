"""One shop's refund cases → how they went: where the time went, whose turn it was, what came back, and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from shopscore import window
from shopscore.diagnosis import reasons, rounds
from shopscore.diagnosis.flow import flow_stages, held, looped, ordered, timeouts
from shopscore.facts import cases, impossible, stages, stays
from shopscore.ledger.case_endings import endings, loops
from shopscore.ledger.case_hours import case_hours
from shopscore.ledger.case_reasons import by_product, by_reason, sold_lines
from shopscore.ledger.case_time import case_time, staged
from shopscore.model import FlowHour, FlowProduct, FlowReasons, FlowRounds, FlowStage, RefundFlow, Stage, Words

if TYPE_CHECKING:
    import polars as pl

    from shopscore.covered import Days
    from shopscore.prepare import Shop

WINDOW = "30 days"
SOLD = "90 days"
"""Over how long products are compared: most sell too little in a month to tell."""

MOST_PRODUCTS = 100


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
    passed = staged(stays(rows, shop.rules.machine, rewound=shop.rewound), shop.rules.machine)
    hops = ordered(Stage(*hop) for hop in stages(passed.lazy(), shop.rules.machine, *days).iter_rows())
    count, first = impossible(rows)
    warning = Words(
        f"refunds: {count} cases have steps in an order the after-sale guide does not allow, such as {first}; "
        "their stages are left out",
        f"退款：{count} 笔的步骤顺序不符合售后流程，例如 {first}；不计入各阶段用时",
    )
    return Flow(hops, _told(shop, rows, passed, days), (warning,) if count else ())


def _told(shop: Shop, rows: pl.LazyFrame, passed: pl.DataFrame, days: Days) -> RefundFlow | None:
    machine, present = shop.rules.machine, shop.facts.present
    time = case_time(passed, days)
    if not time.cases:
        return None
    found = tuple(_counting(shop, each) for each in flow_stages(time.stages, time.cases, time.squares))
    holders, unsplit = held(found)
    hours, weekdays, night, replay = _hours(shop, passed, days)
    sold_days = window.bounds(SOLD, shop.day)
    sold = sold_lines(shop.facts, sold_days)
    return RefundFlow(
        first=days[0],
        last=days[1],
        cases=time.cases,
        seconds=sum(stage.seconds for stage in found),
        unended=time.unended,
        stages=found,
        holders=holders,
        unsplit=unsplit,
        timeouts=timeouts(endings(passed, machine, days)) if "refunds.last_actor" in present else None,
        loops=looped(loops(rows, present, days)),
        reasons=_reasons(shop, rows, days),
        products=_products(sold, "product_id"),
        skus=_products(sold, "sku"),
        hours=hours,
        weekdays=weekdays,
        night_share=night,
        rounds=replay,
        sold_from=None if sold is None else sold_days[0],
    )


def _counting(shop: Shop, stage: FlowStage) -> FlowStage:
    """A stage with the platform's figures that its time counts in."""
    ids = (each.id for each in shop.definitions if each.in_force and set(each.metric.stages) & set(stage.states))
    return replace(stage, metrics=tuple(sorted(ids)))


def _reasons(shop: Shop, rows: pl.LazyFrame, days: Days) -> FlowReasons:
    counts = by_reason(rows, days, rewound=shop.rewound)
    return FlowReasons(*reasons.reasons(counts["classes"]), *reasons.reasons(counts["wordings"]))


def _products(sold: pl.DataFrame | None, dimension: str) -> tuple[FlowProduct, ...]:
    return () if sold is None else reasons.products(by_product(sold, dimension))[:MOST_PRODUCTS]


def _hours(
    shop: Shop, passed: pl.DataFrame, days: Days
) -> tuple[tuple[FlowHour, ...], tuple[FlowHour, ...], float | None, FlowRounds | None]:
    """By hour, by weekday, the night's part and the replay; nothing where no file says when the seller decided."""
    reading = shop.rules.machine.reading
    found = None if reading is None else case_hours(passed, reading, days)
    if reading is None or found is None or not any(hour.decided for hour in found.hours):
        return (), (), None, None
    night = int(reading.night.from_[:2]), int(reading.night.to[:2])
    replay = rounds.rounds(found, reading.rounds.times)
    every = [days[0] + dt.timedelta(days=at) for at in range((days[1] - days[0]).days + 1)]
    weekdays = Counter(day.isoweekday() for day in every)
    return (
        rounds.by_hour(found.hours, len(every)),
        rounds.by_weekday(found.hours, weekdays),
        rounds.night_share(found.hours, night, reading.weekend),
        replay if replay is not None and replay.seen() else None,
    )
