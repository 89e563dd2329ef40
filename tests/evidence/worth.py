"""Simulated shops whose future is known → what the order of shortfalls gains, and what several fixes take.

Two questions. *Which gap first*: shops with six metrics, some with an incident that is over, some with a level that
stays until somebody acts; acting on a metric ends what is wrong with it from the next day. What the first actions
gain is counted over the thirty days to come, item points times days on which the item has them. *Together*: metrics
over the same orders, of which many are late in several at once; what all targets take at the least is found by trying.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from typing import TYPE_CHECKING

from evidence.tables import Table
from evidence.waiting import LATE, START, WEEK, WINDOW, sums
from shopscore.intervals.kinds import meets
from shopscore.measure import measure
from shopscore.model import MetricResult, Target, Window, Words
from shopscore.outlook import outlook
from shopscore.score import verdict
from shopscore.shortfall import shortfall
from shopscore.worth import order
from shopscore.worth.together import Gap, fewest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

TODAY = 90
AHEAD = 30
METRICS = 6
_NONE = Words("", "")
Day = tuple[int, int]


# ── which gap first ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Simulated:
    """One metric: its days so far, its days to come if nobody acts and if somebody does, its target and its points."""

    id: str
    past: list[Day]
    left_alone: list[Day]
    acted_on: list[Day]
    goal: float
    points: float

    def gain(self) -> float:
        """Points times days on which the target is met only because somebody acted."""
        return self.points * sum(
            self._meets(self.acted_on, ahead) - self._meets(self.left_alone, ahead) for ahead in range(1, AHEAD + 1)
        )

    def _meets(self, coming: list[Day], ahead: int) -> bool:
        days = [*self.past, *coming[:ahead]][-WINDOW:]
        return meets(sum(late for late, _ in days) / sum(n for _, n in days), self.goal, "lower")


def simulated(rng: random.Random, name: str) -> Simulated:
    """A metric that is fine, has had an incident, or is worse until somebody acts."""
    volume, usual = rng.choice((15, 40, 120)), rng.uniform(0.01, 0.06)
    state = rng.choice(("fine", "over", "lasting", "lasting"))
    lasts, ago = rng.randint(4, 15), rng.randint(1, 14)
    times = rng.uniform(3, 8) if state == "over" else rng.uniform(1.4, 4)
    since = TODAY - rng.randint(10, 60)

    def level(day: int) -> float:
        bad = (state == "over" and TODAY - ago - lasts <= day < TODAY - ago) or (state == "lasting" and day >= since)
        return usual * (times if bad else 1.0)

    past = [_day(rng, volume, level(day), day) for day in range(TODAY - WINDOW, TODAY)]
    alone = [_day(rng, volume, level(day), day) for day in range(TODAY, TODAY + AHEAD)]
    acted = [_day(rng, volume, usual, day) for day in range(TODAY, TODAY + AHEAD)]
    return Simulated(name, past, alone, acted, usual * rng.uniform(1.3, 2.2), rng.choice((0.5, 0.5, 1.0)))


def _day(rng: random.Random, volume: int, share: float, day: int) -> Day:
    orders = max(1, round(volume * WEEK[day % 7] * rng.uniform(0.8, 1.2)))
    late = share * rng.lognormvariate(0, 0.2)
    return sum(rng.random() < min(late, 0.95) for _ in range(orders)), orders


def judged(metric: Simulated) -> MetricResult:
    """What a report says of a metric, its points known from cut-offs."""
    today = START + dt.timedelta(days=TODAY)
    dated = [(today - dt.timedelta(days=WINDOW - at), sums(*each)) for at, each in enumerate(metric.past)]
    whole = sums(sum(late for late, _ in metric.past), sum(n for _, n in metric.past))
    found = measure(LATE, whole, Window(dated[0][0], dated[-1][0], WINDOW), dated)
    goal = Target(metric.goal, "cutoff")
    ahead = outlook(LATE, found, dated, goal, today)
    short = shortfall(LATE, found, goal, metric.points)
    said = verdict(found, goal, "lower")
    result = MetricResult(
        *(metric.id, _NONE, _NONE, "logistics", "published", "score", "ratio", "rate", "lower", found, goal, said),
        *(short, "final"),
        outlook=ahead,
    )
    (ready,) = order.with_worth([result], _PACK, (), {}, today)
    return ready


class _Pack:
    metrics = ()


_PACK = _Pack()


def orders(results: Sequence[MetricResult], rng: random.Random) -> dict[str, list[str]]:
    """Who says what is to be done first."""
    short = [each for each in results if order.ranked(each)]
    shuffled = [each.id for each in short]
    rng.shuffle(shuffled)

    def by(key: Callable[[MetricResult], float]) -> list[str]:
        return [each.id for each in sorted(short, key=lambda each: (-key(each), each.id))]

    return {
        "by worth (`shopscore/worth/order.py`)": list(order.rank(results)),
        "by points alone": by(lambda each: each.shortfall.points),
        "by how often over the target": by(lambda each: each.shortfall.worth),
        "by the gap": by(lambda each: each.shortfall.gap),
        "by chance": shuffled,
    }


@dataclass(frozen=True)
class Gained:
    """What the first one and the first two actions gain, of the most that one and two could."""

    who: str
    first: float
    two: float


def gained(shops: int) -> list[Gained]:
    """Shops with three shortfalls or more."""
    found: dict[str, list[tuple[float, float]]] = {}
    best = []
    for seed in range(shops):
        rng = random.Random(seed)  # noqa: S311 - invented days are no secret
        metrics = {f"demo.{at}": simulated(rng, f"demo.{at}") for at in range(METRICS)}
        said = orders([judged(each) for each in metrics.values()], rng)
        names = next(iter(said.values()))
        if len(names) < 3:
            continue
        gains = {name: metrics[name].gain() for name in names}
        ranked = sorted(gains.values(), reverse=True)
        best.append((ranked[0], sum(ranked[:2])))
        for who, list_ in said.items():
            found.setdefault(who, []).append((gains[list_[0]], sum(gains[name] for name in list_[:2])))
    most = [sum(each[k] for each in best) for k in (0, 1)]
    return [Gained(who, *(sum(each[k] for each in pairs) / most[k] for k in (0, 1))) for who, pairs in found.items()]


# ── together ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Taken:
    """How far off the least number of events two ways of saying it are."""

    who: str
    off: float
    exact: float


def correlated(rng: random.Random) -> tuple[list[Gap], dict[tuple[bool, ...], int]]:
    """Three metrics over the same orders: late in one makes late in another likely."""
    shared: dict[tuple[bool, ...], int] = {}
    orders_ = rng.choice((30, 60, 120))
    base, pull = rng.uniform(0.05, 0.15), rng.uniform(0.2, 0.9)
    for _ in range(orders_):
        late = rng.random() < 2 * base
        flags = tuple(rng.random() < (pull if late else base / 2) for _ in range(3))
        if any(flags):
            shared[flags] = shared.get(flags, 0) + 1
    gaps = []
    for at in range(3):
        bad = sum(count for flags, count in shared.items() if flags[at])
        gaps.append(Gap(f"demo.{at}", rng.randint(min(1, bad), bad)))
    return gaps, shared


def least(gaps: Sequence[Gap], shared: dict[tuple[bool, ...], int]) -> int:
    """The least number of events by trying all: those that count in two or three, then what is left by itself."""
    several = [(flags, count) for flags, count in sorted(shared.items()) if sum(flags) > 1]
    best = None
    for used in product(*(range(count + 1) for _, count in several)):
        done = [
            sum(many for (flags, _), many in zip(several, used, strict=True) if flags[at]) for at in range(len(gaps))
        ]
        lone = [max((gap.fixes or 0) - done[at], 0) for at, gap in enumerate(gaps)]
        kept = {flags.index(True): count for flags, count in shared.items() if sum(flags) == 1}
        if all(many <= kept.get(at, 0) for at, many in enumerate(lone)):
            total = sum(used) + sum(lone)
            best = total if best is None else min(best, total)
    return best if best is not None else sum(gap.fixes or 0 for gap in gaps)


def taken(shops: int) -> list[Taken]:
    """What is said to be needed for three targets at once, against the least there is."""
    pairs: dict[str, list[tuple[int, int]]] = {"together": [], "sum of the parts": [], "the largest part": []}
    for seed in range(shops):
        gaps, shared = correlated(random.Random(seed))  # noqa: S311 - invented orders are no secret
        true = least(gaps, shared)
        if not true:
            continue
        parts = [gap.fixes or 0 for gap in gaps]
        pairs["together"].append((fewest(gaps, range(3), shared), true))
        pairs["sum of the parts"].append((sum(parts), true))
        pairs["the largest part"].append((max(parts), true))
    return [
        Taken(
            who,
            fmean(abs(said - true) / true for said, true in both),
            sum(said == true for said, true in both) / len(both),
        )
        for who, both in pairs.items()
    ]


def tables(seeds: int) -> Iterator[Table]:
    """The tables of the page."""
    yield Table(
        "worth.order",
        ("which gap first", "first action", "first two"),
        tuple((each.who, f"{each.first:.0%}", f"{each.two:.0%}") for each in gained(seeds)),
    )
    yield Table(
        "worth.together",
        ("what three targets take", "off by, mean", "exact"),
        tuple((each.who, f"{each.off:.1%}", f"{each.exact:.1%}") for each in taken(seeds)),
    )
