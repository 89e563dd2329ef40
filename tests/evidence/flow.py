"""Simulated refund cases whose slow stage, backlog or defective product is known → what the report says of them.

Cases run through the product's own code from the canonical table on: facts, histories, stages, replays.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import yaml

from evidence.tables import Table
from shopscore.diagnosis.flow import flow_stages
from shopscore.diagnosis.reasons import products
from shopscore.diagnosis.rounds import rounds
from shopscore.facts import build, cases, stages, stays
from shopscore.ledger.case_hours import case_hours
from shopscore.ledger.case_reasons import ProductCount
from shopscore.ledger.case_time import case_time, staged
from shopscore.ruleset.aftersale import StateMachine
from shopscore.ruleset.fact_settings import FactSettings
from shopscore.tables import ShopTables, table_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MACHINE = StateMachine.model_validate(
    yaml.safe_load((Path(__file__).parents[2] / "rules" / "aftersale.yaml").read_text(encoding="utf-8"))
)
SETTINGS = FactSettings({}, None, None, frozenset(), MACHINE)
TODAY = dt.date(2026, 3, 2)
DAYS = (TODAY - dt.timedelta(days=30), TODAY - dt.timedelta(days=1))
NOW = dt.datetime.combine(TODAY, dt.time())
HISTORY, HOUR, DAY = 75, 3600, 86_400
STEPS = ("agreed_at", "returned_at", "return_signed_at", "finished_at")
SHIFT = -0.18
"""Of the logarithm: the mean of what is multiplied by stays about the mean."""
STATES = ("applied", "agreed", "returned", "received")


def shop_of(rows: Sequence[dict[str, object]]) -> ShopTables:
    schema = {name: kind for name, kind in table_schema("refunds").items() if any(name in row for row in rows)}
    return ShopTables("p", "s", {"refunds": pl.DataFrame(rows, schema=schema)}, {})


def moment(seconds: float) -> dt.datetime:
    """Seconds since the history began."""
    return NOW - dt.timedelta(days=HISTORY) + dt.timedelta(seconds=round(seconds))


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
    facts = build(shop_of([row_of(number, case) for number, case in enumerate(known)]), SETTINGS, NOW)
    rows = staged(stays(cases(facts.frames["refunds"], MACHINE), MACHINE), MACHINE)
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


# ── fixed rounds ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Habit:
    """When a shop looks at its requests: hours of the day, weekdays, and how many of those waiting it decides then."""

    name: str
    hours: tuple[float, ...]
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    decides: float = 0.9
    a_day: int = 6


HABITS = (
    Habit("once, in the evening", (20,)),
    Habit("once, in the evening; half are put off", (20,), decides=0.5),
    Habit("twice, on weekdays only", (10, 16), (0, 1, 2, 3, 4)),
    Habit("morning, noon and evening already", (9, 14, 20)),
    Habit("every hour from 9 to 18", tuple(range(9, 19))),
    Habit("every hour from 9 to 18; half are put off", tuple(range(9, 19)), decides=0.5),
    Habit("every hour, most are put off; one request a day", tuple(range(9, 19)), decides=0.2, a_day=1),
    Habit("once, in the evening; one request a day", (20,), a_day=1),
    Habit("every hour from 9 to 18; most are put off", tuple(range(9, 19)), decides=0.2),
)
GUIDE = Habit("the guide's three times", (9, 14, 20))


def waits(habit: Habit, arrivals: Sequence[float], decides: float, luck: random.Random) -> list[float | None]:
    """When each request is decided; None where that is after today."""
    looks = [
        day * DAY + hour * HOUR
        for day in range(HISTORY + 30)
        if moment(day * DAY).weekday() in habit.weekdays
        for hour in habit.hours
    ]
    found: list[float | None] = []
    for at in arrivals:
        decided = next(look for look in looks if look >= at and luck.random() < decides)
        found.append(decided + luck.uniform(0, 20 * 60))
    return found


@dataclass(frozen=True)
class Promise:
    """What was promised to some shops with one habit: mean hours now, said and come; how far off; how often shown."""

    habit: str
    now: float
    said: float
    came: float
    off: float
    naive_off: float
    shown: float


def promises(seeds: int) -> list[Promise]:
    """One line a habit: the replay against the same requests really decided three times a day."""
    return [_promise(habit, seeds) for habit in HABITS]


def _promise(habit: Habit, seeds: int) -> Promise:
    found = [_replay(habit, random.Random(f"{habit.name} {seed}")) for seed in range(seeds)]  # noqa: S311
    now, said, came, naive, shown = zip(*found, strict=True)
    return Promise(
        habit.name,
        fmean(now),
        fmean(said),
        fmean(came),
        fmean(abs(here - there) for here, there in zip(said, came, strict=True)),
        fmean(abs(here - there) for here, there in zip(naive, came, strict=True)),
        fmean(shown),
    )


def _replay(habit: Habit, luck: random.Random) -> tuple[float, float, float, float, bool]:
    """Mean hours now, as said, as it came, and by the plain guess (the next round), and whether it is shown."""
    arrivals = [
        day * DAY + luck.triangular(7, 25, 21) % 24 * HOUR for day in range(HISTORY) for _ in range(habit.a_day)
    ]
    decided = waits(habit, arrivals, habit.decides, luck)
    rows = [
        {
            "refund_id": f"r{number}",
            "order_id": f"o{number}",
            "kind": "refund_only",
            "applied_at": moment(at),
            **_decided(end),
        }
        for number, (at, end) in enumerate(zip(arrivals, decided, strict=True))
    ]
    facts = build(shop_of(rows), SETTINGS, NOW)
    assert MACHINE.reading is not None
    rows_seen = staged(stays(cases(facts.frames["refunds"], MACHINE), MACHINE), MACHINE)
    hours = case_hours(rows_seen, MACHINE.reading, DAYS)
    told = rounds(hours, MACHINE.reading.rounds.times)
    assert told is not None
    begun = [at for at in arrivals if at >= (HISTORY - 30) * DAY]
    came = waits(GUIDE, begun, habit.decides, luck)
    naive = waits(GUIDE, begun, 1.0, luck)
    shown = told.pays()
    return told.now_seconds / HOUR, told.then_seconds / HOUR, _mean(begun, came), _mean(begun, naive), shown


def _mean(begun: Sequence[float], ended: Sequence[float | None]) -> float:
    """Mean hours, up to today for what is decided later."""
    today = HISTORY * DAY
    return (
        fmean(min(end if end is not None else today, today) - at for at, end in zip(begun, ended, strict=True)) / HOUR
    )


def _decided(end: float | None) -> dict[str, object]:
    if end is None or end >= HISTORY * DAY:
        return {"status": "open"}
    return {"status": "success", "agreed_at": moment(end), "finished_at": moment(end), "last_actor": "seller"}


# ── products ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Goods:
    """40 products of uneven sales, 6 % come back; one of them more often, for a reason of its own."""

    name: str
    lines: int
    more: float
    place: int = 4


GOODS = (
    Goods("a product of 3 %, 15 points more", 3000, 0.15),
    Goods("a product of 3 %, 8 points more", 3000, 0.08),
    Goods("a product of 1 %, 20 points more", 3000, 0.20, 19),
    Goods("nothing", 3000, 0.0),
    Goods("nothing, 400 lines", 400, 0.0),
)
USUAL, KINDS = 0.06, ("no_reason", "quality", "description", "damage")
PRODUCTS = 40


@dataclass(frozen=True)
class Named:
    """Of some shops: the planted product named first, by the report and by the highest rate; innocent ones named;
    its reason named; and how far off the rates are, shrunk and as they are."""

    goods: str
    more: float
    first: float
    guess: float
    innocent: float
    reason: float
    off: float
    raw_off: float


def goods(seeds: int) -> list[Named]:
    """One line a plan."""
    return [_named(plan, seeds) for plan in GOODS]


def _named(plan: Goods, seeds: int) -> Named:
    first = guess = innocent = reason = 0
    off, raw_off = [], []
    planted = f"p{plan.place:02d}" if plan.more else ""
    for seed in range(seeds):
        counts, rates = sold(plan, random.Random(f"{plan.name} {seed}"))  # noqa: S311 - invented products
        found = products(counts)
        named = [each.product for each in found if each.stands_out]
        first += bool(named) and named[0] == planted
        innocent += len(set(named) - {planted})
        raw = max(found, key=lambda each: each.refunded / each.lines)
        guess += raw.product == planted
        reason += any(r.reason == "quality" for each in found if each.product == planted for r in each.reasons)
        off += [abs(each.rate - rates[each.product]) for each in found]
        raw_off += [abs(each.refunded / each.lines - rates[each.product]) for each in found]
    return Named(
        plan.name, plan.more, first / seeds, guess / seeds, innocent / seeds, reason / seeds, fmean(off), fmean(raw_off)
    )


def sold(plan: Goods, luck: random.Random) -> tuple[list[ProductCount], dict[str, float]]:
    """What was sold and came back, and the true rates."""
    weights = [1 / (1 + at) ** 0.8 for at in range(PRODUCTS)]
    lines = [0] * PRODUCTS
    for at in luck.choices(range(PRODUCTS), weights, k=plan.lines):
        lines[at] += 1
    counts, rates = [], {}
    for at in range(PRODUCTS):
        name, more = f"p{at:02d}", plan.more if at == plan.place else 0.0
        rates[name] = USUAL + more
        why = [luck.choices(KINDS, (5, 2, 1, 1))[0] for _ in range(lines[at]) if luck.random() < USUAL]
        why += ["quality" for _ in range(lines[at]) if luck.random() < more]
        reasons = tuple(sorted((kind, why.count(kind)) for kind in set(why)))
        if lines[at]:
            counts.append(ProductCount(name, lines[at], lines[at], lines[at], len(why), reasons))
    return counts, rates


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
