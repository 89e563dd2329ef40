"""Simulated years with promotions and no other change → how often they are called worse than before.

The shops are those of `evidence.trend`. Every third day a report is made; its window of 30 days is held against the one
before, and against the best of the earlier ones. Then a shop in which twice as many are late since the first of its
days, with and without a promotion among them.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.tables import Table
from evidence.trend import DAY, SALES, START, YEAR, day, shop
from evidence.waiting import LATE, sums
from shopscore.diagnosis.like import like, own_target, usual_days
from shopscore.intervals.kinds import value_of
from shopscore.measure import own_best
from shopscore.model import Measurement, Target
from shopscore.score import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Sums

WINDOW = 30
EVERY = 3
SALE_DAYS = frozenset(START + (first + at) * DAY for first, length in SALES for at in range(length))

Days = list[tuple[dt.date, "Sums"]]


@dataclass
class Said:
    """Of so many reports: how many say worse than the window before, and short of the own best; plainly and by us."""

    reports: int = 0
    worse: int = 0
    plain_worse: int = 0
    short: int = 0
    plain_short: int = 0

    def of(self, what: str) -> str:
        return f"{getattr(self, what) / self.reports:.1%}" if self.reports else "-"


def year(seed: int, *, twice_since: int | None = None, sale: bool = True) -> Days:
    """A shop's year of days; twice as many late from a day on."""
    rng = random.Random(f"{seed} like")  # noqa: S311 - invented days are no secret
    what = shop(rng)
    days = []
    for at in range(YEAR):
        special = sale and START + at * DAY in SALE_DAYS
        times = (3.0 if special else 1.0) * (2.0 if twice_since is not None and at >= twice_since else 1.0)
        days.append((START + at * DAY, sums(*day(rng, what, at, times, 5.0 if special else 1.0))))
    return days


def whole(days: Days) -> Sums:
    return usual_days(LATE, days, ())


def ask(days: Days, today: int, said: Said) -> None:
    """One report."""
    now, before = days[today - WINDOW : today], days[today - 2 * WINDOW : today - WINDOW]
    said.reports += 1
    here = value_of(LATE, whole(now), [each for _, each in now])
    said.plain_worse += value_of(LATE, whole(before)).value < here.interval[0]
    alike = like(LATE, before, now, SALE_DAYS)
    said.worse += alike is not None and alike.worse("lower")
    earlier = [days[end - WINDOW : end] for end in range(today - WINDOW, WINDOW - 1, -WINDOW)]
    best = min(value_of(LATE, whole(each)).value for each in earlier)
    said.plain_short += best < here.interval[0]
    usual = [usual_days(LATE, each, SALE_DAYS) for each in earlier]
    best = own_best(LATE, usual, [each for _, each in now])
    goal, *ends = (own_target(LATE, each, now, SALE_DAYS) for each in (best.value, *best.interval))
    found = Measurement("measured", None, value=here.value, interval=here.interval)
    said.short += verdict(found, Target(goal, "own", interval=tuple(ends)), "lower") == "fail"


def measured(seeds: int) -> dict[str, Said]:
    """What is said, by what is true."""
    found = {name: Said() for name in (
        "nothing changed, a promotion in this window only",
        "nothing changed, a promotion in the one before only",
        "nothing changed, no promotion",
        "twice as many late since the window began",
        "the same, and a promotion in it",
    )}  # fmt: skip
    names = list(found)
    for seed in range(seeds):
        days = year(seed)
        for today in range(2 * WINDOW, YEAR + 1, EVERY):
            sides = [
                any(at in SALE_DAYS for at, _ in days[today - back : today - back + WINDOW])
                for back in (WINDOW, 2 * WINDOW)
            ]
            name = names[0] if sides == [True, False] else names[1] if sides == [False, True] else names[2]
            ask(days, today, found[name])
        since = SALES[0][0] - WINDOW // 2
        for name, sale in ((names[3], False), (names[4], True)):
            ask(year(seed, twice_since=since, sale=sale), since + WINDOW, found[name])
    return found


def tables(seeds: int) -> Iterator[Table]:
    """For the page; one shop-year in ten."""
    yield Table(
        "like",
        ("what is true", "reports", "worse", "plainly worse", "short of its own best", "plainly short"),
        tuple(
            (name, str(said.reports), *map(said.of, ("worse", "plain_worse", "short", "plain_short")))
            for name, said in measured(max(seeds // 10, 1)).items()
        ),
    )
