"""Advice applied in simulated shops whose truth is known → how often "it worked" is said, and how often it is true.

A shop has a usual share of late orders, a weekly rhythm and days that differ more than chance has it. On a day the
seller applies advice that does nothing, halves the late orders from the next day on, or makes them half as many again;
or applies advice that does nothing in the middle of an incident, which then ends by itself.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

from evidence.tables import Table
from evidence.waiting import LATE, START, WEEK, WINDOW, sums
from shopscore.applied import worked
from shopscore.diagnosis.effects import effect
from shopscore.outlook import present_pace
from shopscore.ruleset.pack import Advice
from shopscore.ruleset.shopfile import Applied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Effect

BY = 30
BEFORE = 40
AFTER = 50
TEXT = {"en": "text", "zh": "文字"}
PIECE = Advice.model_validate(
    {
        "id": "SHIP-01",
        "metric": "late",
        "when": "gap > 0",
        "do": TEXT,
        "effort": "hours",
        "source": ["s"],
        "expects": {"metric": "late", "direction": "down", "by_days": BY},
    }
)
PACK = SimpleNamespace(platform="demo", advice=[PIECE])
PLANS = {"does nothing": 1.0, "halves what is late": 0.5, "makes it half as much again": 1.5}


@dataclass(frozen=True)
class Said:
    """What is said of advice, of a hundred shops, and how often the plain guess (less is late after it) agrees."""

    plan: str
    kept: float
    unclear: float
    no_effect: float
    worse: float
    less: float


def history(rng: random.Random, times: float, incident: bool) -> list[tuple[int, int]]:
    """(late, orders) of every day; the advice is applied on day ``BEFORE``."""
    volume, usual = rng.choice((15, 40, 120)), rng.uniform(0.02, 0.08)
    begins, ends = BEFORE - rng.randint(3, 12), BEFORE + rng.randint(0, 4)
    days = []
    for day in range(BEFORE + AFTER):
        orders = max(1, round(volume * WEEK[day % 7] * rng.uniform(0.8, 1.2)))
        level = usual * (times if day > BEFORE else 1.0) * (4.0 if incident and begins <= day < ends else 1.0)
        share = min(level * rng.lognormvariate(0, 0.2), 0.95)
        days.append((sum(rng.random() < share for _ in range(orders)), orders))
    return days


def told(days: list[tuple[int, int]], today: int = BEFORE + BY + 1) -> str:
    """What a report of a day says of the advice."""
    dated = {START + dt.timedelta(days=at): sums(*day) for at, day in enumerate(days[:today])}

    def around(on: dt.date, advice: str, _metric: str) -> tuple[Effect, bool]:
        before = {day: each for day, each in dated.items() if day < on}
        after = {day: each for day, each in dated.items() if day > on}
        steady = present_pace(LATE, list(before.items())[-WINDOW:]).since == on - dt.timedelta(days=WINDOW)
        return effect(on, advice, LATE, before, after, set(dated), WINDOW), steady

    applied = [Applied(advice="SHIP-01", date=START + dt.timedelta(days=BEFORE))]
    (found,) = worked(PACK, applied, START + dt.timedelta(days=today), around)
    return found.verdict


def said(shops: int) -> list[Said]:
    """Every plan, and advice that does nothing in an incident."""
    plans = [(plan, times, False) for plan, times in PLANS.items()]
    plans.append(("does nothing, applied in an incident that ends by itself", 1.0, True))
    return [_said(plan, times, incident, shops) for plan, times, incident in plans]


def _said(plan: str, times: float, incident: bool, shops: int) -> Said:
    verdicts, less = [], 0
    for seed in range(shops):
        days = history(random.Random(seed), times, incident)  # noqa: S311 - invented days are no secret
        verdicts.append(told(days))
        before, after = days[BEFORE - BY : BEFORE], days[BEFORE + 1 : BEFORE + 1 + BY]
        less += sum(late for late, _ in after) / sum(n for _, n in after) < sum(late for late, _ in before) / sum(
            n for _, n in before
        )
    rates = (verdicts.count(name) / shops for name in ("kept", "unclear", "no_effect", "worse"))
    return Said(plan, *rates, less / shops)


def tables(seeds: int) -> Iterator[Table]:
    """The table of the page."""
    rates = ("kept", "unclear", "no_effect", "worse", "less")
    yield Table(
        "applied",
        ("the advice", "it worked", "better, but unclear", "no effect seen", "it got worse", "less is late after it"),
        tuple((each.plan, *(f"{getattr(each, rate):.1%}" for rate in rates)) for each in said(seeds)),
    )
