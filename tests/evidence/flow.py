"""Simulated refund cases whose slow stage, backlog or defective product is known → what the report says of them.

Cases run through the product's own code from the canonical table on: facts, histories, stages, replays.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from evidence.flow_products import goods
from evidence.flow_rounds import promises
from evidence.refund_cases import DAY, DAYS, HISTORY, HOUR, MACHINE, SHIFT, STATES, STEPS, moment, seen
from evidence.tables import Table
from shopscore.diagnosis.flow import flow_stages
from shopscore.facts import stages
from shopscore.ledger.case_time import case_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# ── a slow stage ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Plan:
    """Mean hours in each of the four stages, and what has become slow since some days: its stage, days ago, hours."""

    name: str
    hours: tuple[float, float, float, float]
    slow: str
    lately: tuple[str, int, float] | None = None
    a_day: float = 5.0


PLANS = (
    Plan("a slow receiving bay; the carrier takes two thirds of it", (10, 20, 40, 60), "received"),
    Plan("a slow carrier; the bay takes two thirds of it", (10, 20, 60, 40), "returned"),
    Plan("slow decisions", (50, 20, 35, 15), "applied"),
    Plan("buyers who take their time", (10, 55, 35, 20), "agreed"),
    Plan(
        "a bay that stopped work 12 days ago: its cases are open", (10, 20, 40, 15), "received", ("received", 12, 900)
    ),
    Plan("decisions that stopped 12 days ago: their cases are open", (8, 20, 40, 15), "applied", ("applied", 12, 900)),
)


class Case(NamedTuple):
    """A simulated return: when it was applied for, and how long it stays in each stage, whatever anybody sees."""

    applied: float
    lengths: tuple[float, ...]


def returns(plan: Plan, luck: random.Random) -> Iterator[Case]:
    """Every return of the history, stages with a scatter as real ones have."""
    at = 0.0
    while (at := at + luck.expovariate(plan.a_day) * DAY) < HISTORY * DAY:
        moving, lengths = at, []
        for state, mean in zip(STATES, plan.hours, strict=True):
            late = plan.lately is not None and state == plan.lately[0] and moving > (HISTORY - plan.lately[1]) * DAY
            hours = plan.lately[2] if late and plan.lately else mean
            lengths.append(hours * HOUR * luck.lognormvariate(SHIFT, 0.6))
            moving += lengths[-1]
        yield Case(at, tuple(lengths))


def row_of(number: int, case: Case) -> dict[str, object]:
    """What an export of today shows of a case."""
    row: dict[str, object] = {"refund_id": f"r{number}", "order_id": f"o{number}", "kind": "return_refund"}
    row |= {"applied_at": moment(case.applied), "status": "open"}
    at = case.applied
    for name, seconds in zip(STEPS, case.lengths, strict=True):
        at += seconds
        row[name] = moment(at) if at < HISTORY * DAY else None
    if row["finished_at"] is not None:
        row |= {"status": "success", "last_actor": "seller"}
    return row


@dataclass(frozen=True)
class Told:
    """What the report and a plain guess from finished cases say of some shops of one plan."""

    plan: str
    first: float
    guess: float
    covered: float
    median_covered: float | None
    off: float
    guess_off: float


def slow(seeds: int) -> list[Told]:
    """One line a plan."""
    return [_told(plan, seeds) for plan in PLANS]


def _told(plan: Plan, seeds: int) -> Told:
    found = [_one(plan, random.Random(f"{plan.name} {seed}")) for seed in range(seeds)]  # noqa: S311 - invented cases
    truth = fmean(each.share for each in found)
    covered = sum(each.interval[0] <= truth <= each.interval[1] for each in found)
    return Told(
        plan.name,
        sum(each.first == plan.slow for each in found) / seeds,
        sum(each.guess == plan.slow for each in found) / seeds,
        covered / seeds,
        None if plan.lately else fmean(each.inside for each in found),
        fmean(each.off for each in found),
        fmean(each.guess_off for each in found),
    )


class One(NamedTuple):
    """One shop: who is named first, the slow stage's share with its interval, and how far off its median is said."""

    first: str
    guess: str
    share: float
    interval: tuple[float, float]
    inside: bool
    off: float
    guess_off: float


def _one(plan: Plan, luck: random.Random) -> One:
    known = list(returns(plan, luck))
    rows = seen([row_of(number, case) for number, case in enumerate(known)])
    time = case_time(rows, DAYS)
    found = flow_stages(time.stages, time.cases, time.squares)
    hops = sorted(stages(rows.lazy(), MACHINE, *DAYS).iter_rows(named=True), key=lambda hop: -hop["seconds"])
    stage = next(each for each in found if each.states == (plan.slow,))
    plain = next((hop["median_seconds"] for hop in hops if hop["from_state"] == plan.slow), 0)
    true = median(_begun(plan.slow, known))
    said, (low, high) = stage.median_seconds, stage.median_interval or (0, None)
    usual = plan.hours[STATES.index(plan.slow)] * HOUR * math.exp(SHIFT)
    return One(
        found[0].states[0],
        hops[0]["from_state"],
        stage.share,
        stage.interval or (0.0, 1.0),
        low <= usual <= (high if high is not None else math.inf),
        abs((said if said is not None else max(time_of(time, plan.slow))) / true - 1),
        abs(plain / true - 1),
    )


def time_of(time, state: str) -> tuple[int, ...]:
    """How long stays in a state have been watched."""
    return next(each.ended + each.running for each in time.stages if each.states == (state,))


def _begun(state: str, known: Sequence[Case]) -> list[float]:
    """How long the stays that began in the window really take."""
    place = STATES.index(state)
    begun = ((case.applied + sum(case.lengths[:place]), case.lengths[place]) for case in known)
    return [length for at, length in begun if (HISTORY - 30) * DAY <= at < HISTORY * DAY]


# ── for the page ─────────────────────────────────────────────────────────────────────────────────────────────────


def tables(seeds: int) -> Iterator[Table]:
    """For the page; one shop in ten, since a shop here is hundreds of cases."""
    some = max(seeds // 10, 1)
    yield Table(
        "flow.stages",
        (
            "planted",
            "named first",
            "a plain guess",
            "share in its interval",
            "median in its",
            "median off",
            "by the guess",
        ),
        tuple(
            (
                each.plan,
                f"{each.first:.0%}",
                f"{each.guess:.0%}",
                f"{each.covered:.0%}",
                "-" if each.median_covered is None else f"{each.median_covered:.0%}",
                f"{each.off:.0%}",
                f"{each.guess_off:.0%}",
            )
            for each in slow(some)
        ),
    )
    yield Table(
        "flow.rounds",
        ("the shop decides", "hours now", "said", "came", "off by", "a plain guess", "shown"),
        tuple(
            (
                each.habit,
                f"{each.now:.1f}",
                f"{each.said:.1f}",
                f"{each.came:.1f}",
                f"{each.off:.1f}",
                f"{each.naive_off:.1f}",
                f"{each.shown:.0%}",
            )
            for each in promises(max(some // 2, 1))
        ),
    )
    yield Table(
        "flow.products",
        ("planted", "named first", "highest rate", "innocent a shop", "its reason named", "rate off by", "unshrunk"),
        tuple(
            (
                each.goods,
                f"{each.first:.0%}" if each.more else "-",
                f"{each.guess:.0%}" if each.more else "-",
                f"{each.innocent:.2f}",
                f"{each.reason:.0%}" if each.more else "-",
                f"{100 * each.off:.1f}",
                f"{100 * each.raw_off:.1f}",
            )
            for each in goods(seeds // 2 or 1)
        ),
    )
