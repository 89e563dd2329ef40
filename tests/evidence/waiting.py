"""Simulated shops whose bad days are known → how well the dates of ``outlook`` hold, against plain guesses.

A shop has a usual share of late orders, a weekly rhythm, days that differ more than chance would have them, and one
incident of 3 to 20 days in which far more is late. Every third day after the incident began its report is written from
the days so far; the days that follow say when its window really met the target again.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.tables import Table
from shopscore.intervals.kinds import meets
from shopscore.measure import measure
from shopscore.model import Sums, Target, Window
from shopscore.outlook import outlook
from shopscore.ruleset.metric import Metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Outlook

WINDOW = 30
DAYS = 150
START = dt.date(2026, 1, 1)
CLOSE = 2
"""Days by which a date may be off and still be called right."""
WEEK = (1.1, 1.0, 1.0, 1.0, 1.1, 0.8, 0.7)


@dataclass(frozen=True)
class Plain:
    """A definition without conditions: all that judging days needs."""

    metric: Metric
    minimum: int = 1
    cap: None = None
    damp: None = None
    sides: dict = None
    window: str = "30 days"
    in_force: bool = True
    days_add_up: bool = True
    id: str = "demo.late"
    version: str = ""
    switches: tuple = ()


@dataclass(frozen=True)
class Side:
    of: None = None
    weight_by: None = None


TEXT = {"en": "text", "zh": "文字"}
LATE = Plain(
    Metric.model_validate(
        {
            "id": "late",
            "title": TEXT,
            "why": TEXT,
            "definition": "published",
            "definition_text": TEXT,
            "source": ["s"],
            "dimension": "logistics",
            "kind": "ratio",
            "better": "lower",
        }
    ),
    sides={"": Side()},
)


def history(rng: random.Random) -> tuple[list[tuple[int, int]], int, float]:
    """(late, orders) of every day, the day the incident ends, and the target."""
    volume, usual = rng.choice((15, 40, 120)), rng.uniform(0.01, 0.06)
    begins, lasts, worse = rng.randint(40, 60), rng.randint(3, 20), rng.uniform(4, 10)
    days = []
    for day in range(DAYS):
        orders = max(1, round(volume * WEEK[day % 7] * rng.uniform(0.8, 1.2)))
        share = usual * (worse if begins <= day < begins + lasts else 1) * rng.lognormvariate(0, 0.2)
        days.append((sum(rng.random() < min(share, 0.95) for _ in range(orders)), orders))
    return days, begins + lasts, usual * rng.uniform(1.3, 2.5)


def sums(late: int, orders: int) -> Sums:
    return Sums(rows=orders, hits=late, w=100 * orders, w2=10_000 * orders, wh=100 * late)


def value(days: list[tuple[int, int]]) -> float:
    return sum(late for late, _ in days) / sum(orders for _, orders in days)


def report(days: list[tuple[int, int]], today: int, goal: float) -> Outlook | None:
    """What the report of a day says, from the window before it."""
    known = days[today - WINDOW : today]
    dated = [(START + dt.timedelta(days=today - WINDOW + at), sums(*day)) for at, day in enumerate(known)]
    whole = sums(sum(late for late, _ in known), sum(orders for _, orders in known))
    window = Window(dated[0][0], dated[-1][0], WINDOW)
    found = measure(LATE, whole, window, dated)
    return outlook(LATE, found, dated, Target(goal, "published"), START + dt.timedelta(days=today))


def good(days: list[tuple[int, int]], today: int, goal: float) -> bool:
    """Whether the window of a day's report meets the target."""
    return meets(value(days[today - WINDOW : today]), goal, "lower")


def turned(days: list[tuple[int, int]], today: int, goal: float) -> int | None:
    """In how many days the window really was on the other side first; None if not within a window's length."""
    here = good(days, today, goal)
    return next((k for k in range(1, WINDOW + 1) if good(days, today + k, goal) != here), None)


def ahead(day: dt.date | None, today: int) -> int | None:
    return None if day is None else (day - START).days - today


# ── back to the target ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Again:
    """One way of saying when: of how many reports it named a date, and how good the dates were."""

    who: str
    reports: int
    dated: int
    close: float
    off: float


def again(seeds: int) -> list[Again]:
    """Reports after an incident whose window still misses the target."""
    pairs, naive = [], []
    for seed in range(seeds):
        days, ends, goal = history(random.Random(seed))  # noqa: S311 - invented days are no secret
        for today in range(ends, ends + WINDOW, 3):
            if good(days, today, goal):
                continue
            said, came = report(days, today, goal), turned(days, today, goal)
            pairs.append((ahead(said.meets_on if said else None, today), came))
            naive.append((WINDOW, came))
    return [_again("`outlook`", pairs), _again("all days of the window have left", naive)]


def _again(who: str, pairs: list[tuple[int | None, int | None]]) -> Again:
    dated = [(said, came) for said, came in pairs if said is not None]
    off = [abs(said - came) for said, came in dated if came is not None]
    close = sum(each <= CLOSE for each in off) / max(len(dated), 1)
    return Again(who, len(pairs), len(dated), close, sum(off) / max(len(off), 1))


# ── a budget that runs out ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Turn:
    """What was said of windows that met their target, and how often it came true."""

    said: str
    reports: int
    true: float
    close: str


def turns(seeds: int) -> list[Turn]:
    """Reports of windows that meet the target, before, while and after an incident."""
    pairs = []
    for seed in range(seeds):
        days, _, goal = history(random.Random(seed))  # noqa: S311 - invented days are no secret
        for today in range(WINDOW + 5, DAYS - WINDOW - 10, 3):
            said = report(days, today, goal) if good(days, today, goal) else None
            if said is not None and said.budget is not None:
                pairs.append((ahead(said.budget.runs_out_on, today), turned(days, today, goal)))
    named = [(said, came) for said, came in pairs if said is not None]
    right = sum(came is not None for _, came in named)
    close = sum(came is not None and abs(said - came) <= CLOSE for said, came in named)
    return [
        Turn("misses it from a date on", len(named), right / max(len(named), 1), f"{close / max(right, 1):.0%}"),
        Turn("anything (the base rate)", len(pairs), sum(came is not None for _, came in pairs) / len(pairs), "-"),
    ]


def tables(seeds: int) -> Iterator[Table]:
    """Both, for the page."""
    yield Table(
        "waiting.again",
        ("who says", "reports", "names a date", "within 2 days", "days off, mean"),
        tuple(
            (each.who, f"{each.reports}", f"{each.dated}", f"{each.close:.0%}", f"{each.off:.1f}")
            for each in again(seeds)
        ),
    )
    yield Table(
        "waiting.turns",
        ("said", "reports", "came true", "within 2 days of the date"),
        tuple((each.said, f"{each.reports}", f"{each.true:.0%}", each.close) for each in turns(seeds)),
    )
