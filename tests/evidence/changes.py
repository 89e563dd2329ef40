"""Two windows of a simulated shop, what changed between them known → what is said of the change."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import structs

from evidence.causes import DAYS, DIMENSIONS, Plan, orders
from evidence.levels import plain
from evidence.tables import Table
from evidence.waiting import LATE
from shopscore.diagnosis.change import Side, change
from shopscore.diagnosis.changed_by import compared, explained
from shopscore.diagnosis.changed_since import changed_since, kept
from shopscore.diagnosis.effects import difference_interval
from shopscore.diagnosis.split import parts, window
from shopscore.intervals import as_sure
from shopscore.intervals.kinds import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Movement, Sums

FIRST = dt.date(2026, 9, 1)
LARGE = 60_000
"""Orders from which a plan's own split is read."""
FEWEST = 20
"""Rows in both windows a plain guess asks of a segment."""


@dataclass(frozen=True)
class Turn:
    """A shop before and now, and which dimension explains what changed (none: nothing, or all alike)."""

    name: str
    before: Plan
    now: Plan
    dimension: str | None = None


USUAL = Plan("usual", (), preferred=0.4)
SLOW = replace(USUAL, causes=((("carrier", "c5"), 0.25),))
MORE_SLOW = (4, 3, 2, 2, 6, 0.3)
WORSE = replace(USUAL, causes=((("carrier", "c2"), 0.15),))
PRODUCT = replace(USUAL, causes=((("product_id", "p1"), 0.3),))
TURNS = (
    Turn("nothing", USUAL, USUAL),
    Turn("nothing, on days that differ by half", replace(USUAL, scatter=0.5), replace(USUAL, scatter=0.5)),
    Turn("nothing, weekends three times as late", replace(USUAL, weekends=3), replace(USUAL, weekends=3)),
    Turn("twice as many are late, everywhere", USUAL, replace(USUAL, usual=0.08)),
    Turn("one carrier got worse by 15 points", USUAL, WORSE, "carrier"),
    Turn("the same, on one day of three", USUAL, replace(WORSE, once=True), "carrier"),
    Turn("one product of 10 % got worse by 30 points", USUAL, PRODUCT, "product_id"),
    Turn("more went by the slow carrier", SLOW, replace(SLOW, carriers=MORE_SLOW), "carrier"),
    Turn(
        "the same, and every carrier got better (Simpson)",
        SLOW,
        replace(USUAL, usual=0.03, causes=((("carrier", "c5"), 0.22),), carriers=MORE_SLOW),
        "carrier",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """One window by segment, and the days of each segment."""

    whole: Side
    segments: dict[str, dict[str, Sums]]
    days: dict[tuple[str, str], list[Sums]]


@lru_cache(maxsize=128)
def counted(plan: Plan, seed: str, first: dt.date) -> Counts:
    """What a ledger would hold of a plan's orders; the same shop is asked after 7 days and after 30."""
    by_day: Counter[tuple[int, bool]] = Counter()
    by: dict[tuple[str, str], Counter[tuple[int, bool]]] = defaultdict(Counter)
    for where, late in orders(plan, seed):
        day = int(where["day"]), late
        by_day[day] += 1
        for dimension in DIMENSIONS:
            by[dimension, where[dimension]][day] += 1
    segments: dict[str, dict[str, Sums]] = defaultdict(dict)
    for (dimension, name), counts in by.items():
        segments[dimension][name] = added(counts)
    side = Side(first, first + dt.timedelta(days=DAYS - 1), added(by_day), of_days(by_day))
    return Counts(side, segments, {pick: of_days(counts) for pick, counts in by.items()})


def added(counts: Counter[tuple[int, bool]]) -> Sums:
    late = sum(count for (_, late), count in counts.items() if late)
    return plain(late, counts.total())


def of_days(counts: Counter[tuple[int, bool]]) -> list[Sums]:
    return [plain(counts[day, True], counts[day, True] + counts[day, False]) for day in range(DAYS)]


def told(before: Counts, now: Counts) -> Movement:
    """What the report would say."""
    sides = before.whole, now.whole
    found = change(LATE, *sides)
    by = compared(LATE, found, sides, before.segments, now.segments)
    empty = [plain(0, 0)] * DAYS
    days = {pick: (before.days.get(pick, empty), now.days.get(pick, empty)) for pick in by.suspects}
    return explained(LATE, found, sides, by, days)


def since(before: Counts, now: Counts, apart: int) -> Movement:
    """What would be said of two audits so many days apart from what a history keeps; all changed on the first day."""
    later, alike = shifted(before, now, apart), (DAYS - apart) / DAYS
    found = change(LATE, before.whole, later.whole)
    one, other = (value_of(LATE, each.whole.sums, each.whole.days) for each in (before, later))
    intervals = one.interval, other.interval
    if alike:
        intervals = as_sure(
            (one.value, one.denominator, one.interval), (other.value, other.denominator, other.interval)
        )
    ends = difference_interval(one.value, intervals[0], other.value, intervals[1], alike)
    found = structs.replace(found, interval=ends, beyond_chance=not ends[0] <= 0 <= ends[1])
    if not found.beyond_chance:
        return found
    cells = [kept(LATE, each.whole.sums, each.whole.days, each.segments) for each in (before, later)]
    return changed_since("ratio", found, *cells, alike)


def shifted(before: Counts, now: Counts, apart: int) -> Counts:
    """The window that ends so many days after the first: its last days and the first days of the second."""
    empty = [plain(0, 0)] * DAYS
    picks = {*before.days, *now.days}
    days = {pick: [*before.days.get(pick, empty)[apart:], *now.days.get(pick, empty)[:apart]] for pick in sorted(picks)}
    whole = [*before.whole.days[apart:], *now.whole.days[:apart]]
    segments: dict[str, dict[str, Sums]] = defaultdict(dict)
    for (dimension, name), counts in days.items():
        if any(each.rows for each in counts):
            segments[dimension][name] = totalled(counts)
    first = before.whole.first + dt.timedelta(days=apart)
    return Counts(Side(first, first + dt.timedelta(days=DAYS - 1), totalled(whole), whole), segments, days)


def totalled(days: list[Sums]) -> Sums:
    return plain(sum(each.hits for each in days), sum(each.rows for each in days))


def guessed(before: Counts, now: Counts) -> str:
    """The plain guess: the dimension whose segment's own share of late orders rose most."""
    rises = []
    for dimension, segments in now.segments.items():
        for name, sums in segments.items():
            earlier = before.segments[dimension].get(name, plain(0, 0))
            if min(sums.rows, earlier.rows) >= FEWEST:
                rises.append((sums.hits / sums.rows - earlier.hits / earlier.rows, dimension))
    return max(rises)[1]


@cache
def true_mix(turn: Turn) -> float:
    """What the mix of the dimension does, read from very many orders."""
    sides = [counted(replace(plan, orders=LARGE), f"large {turn.name}", FIRST) for plan in (turn.before, turn.now)]
    windows = [{name: window(LATE, sums) for name, sums in side.segments[turn.dimension].items()} for side in sides]
    return sum(part.mix for part in parts(*windows).values())


@dataclass(frozen=True)
class Told:
    """Of some shops of one turn: a change said, the right dimension (or none) named, and the mix's mean error."""

    name: str
    said: float
    right: float
    guess: float | None
    off: float | None
    simpson: float


def measured(turn: Turn, seeds: int) -> Told:
    """What is said of so many shops."""
    said = right = simpson = guess = 0
    off = []
    for seed in range(seeds):
        before, now = counted(turn.before, f"{seed} before", FIRST), counted(turn.now, f"{seed} now", FIRST)
        found = told(before, now)
        said += found.beyond_chance
        right += found.dimension == turn.dimension
        simpson += found.simpson
        if turn.dimension is not None:
            guess += guessed(before, now) == turn.dimension
            if found.dimension == turn.dimension:
                off.append(abs(found.mix - true_mix(turn)))
    known = turn.dimension is not None
    return Told(
        turn.name, said / seeds, right / seeds, guess / seeds if known else None,
        sum(off) / len(off) if off else None, simpson / seeds,
    )  # fmt: skip


APART = (7, 30)


@dataclass(frozen=True)
class Since:
    """Of some shops of one turn: a change between audits said, the right dimension (or none), its mix's error."""

    name: str
    apart: int
    said: float
    right: float
    off: float | None


def measured_since(turn: Turn, apart: int, seeds: int) -> Since:
    """What is said of so many shops that were audited twice."""
    said, right, off = 0, 0, []
    for seed in range(seeds):
        before, now = counted(turn.before, f"{seed} before", FIRST), counted(turn.now, f"{seed} now", FIRST)
        found = since(before, now, apart)
        said += found.beyond_chance
        # A change that is not said has no dimension, rightly where there is none.
        right += found.dimension == turn.dimension
        if apart == DAYS and turn.dimension is not None and found.dimension == turn.dimension:
            off.append(abs(found.mix - true_mix(turn)))
    return Since(turn.name, apart, said / seeds, right / seeds, sum(off) / len(off) if off else None)


def tables(seeds: int) -> Iterator[Table]:
    """For the page; one shop in ten, since a shop here is thousands of orders."""
    found = [measured(turn, max(seeds // 10, 1)) for turn in TURNS]
    yield Table(
        "changes",
        ("changed", "said to have changed", "dimension right", "plain guess right", "mix off, points", "said: Simpson"),
        tuple(
            (
                each.name,
                f"{each.said:.0%}",
                f"{each.right:.0%}",
                "-" if each.guess is None else f"{each.guess:.0%}",
                "-" if each.off is None else f"{100 * each.off:.2f}",
                f"{each.simpson:.0%}",
            )
            for each in found
        ),
    )
    later = [measured_since(turn, apart, max(seeds // 50, 1)) for turn in TURNS for apart in APART]
    yield Table(
        "changes.since",
        ("changed", "days apart", "said to have changed", "dimension right", "mix off, points"),
        tuple(
            (
                each.name,
                str(each.apart),
                f"{each.said:.0%}",
                f"{each.right:.0%}",
                "-" if each.off is None else f"{100 * each.off:.2f}",
            )
            for each in later
        ),
    )
