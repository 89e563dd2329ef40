"""Drivers that overlap → those that still explain something once the rows of the larger ones are taken out.

A late carrier makes the warehouse that uses it look late, and the region that warehouse serves. The largest driver is
kept; the others are asked again of what is left, and so on. What they are asked is what they were asked at first:
whether the excess is worth naming and whether chance alone seldom makes it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.diagnosis.drivers import (
    FALSE_DISCOVERIES,
    NOTHING_KNOWN,
    expected_of_counts,
    floor_of,
    tested,
    weakened,
)
from shopscore.diagnosis.excess import excess_interval
from shopscore.model import Sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.diagnosis.drivers import Pick
    from shopscore.model import Driver
    from shopscore.ruleset.resolve import Definition

ALONE, FEWEST_ALONE = 0.05, 20
"""The part of a driver's rows, and their number, that must stand in no other one to speak for all of them."""
NARROWER = 0.9
"""A segment that lies inside the largest driver and holds its excess, each to this part, is the better name for it."""


class _Left(Struct, frozen=True):
    """A driver asked of the rows that are left: its place, its excess, and the rows it stands on."""

    at: int
    excess: float
    rows: float


def apart(  # noqa: PLR0913, PLR0917 - drivers, their rows, and how much days differ
    definition: Definition,
    drivers: Sequence[Driver],
    cells: Mapping[tuple[bool, ...], Sums],
    goal: float | None = None,
    phi: float = 1.0,
    bound: Mapping[Pick, float] = NOTHING_KNOWN,
) -> tuple[Driver, ...]:
    """The drivers that remain when the rows of those before them are taken out, in the order they were taken.

    Two segments over the very same rows cannot be told apart and stay side by side. A narrower segment that holds
    nine tenths of the largest one's excess takes its place.

    Args:
        definition: the metric's definition.
        drivers: what `shopscore.diagnosis.drivers.drivers` found, largest excess first.
        cells: for each combination of their segments that occurs (one flag a driver) the sums of its rows.
        goal: the target, which decides what is worth naming.
        phi: dispersion between days.
        bound: how much each segment is bound to days, as they were found with.
    """
    own = [weakened(phi, bound, (each.dimension, each.segment)) for each in drivers]
    kept: list[int] = []
    waiting = set(range(len(drivers)))
    while waiting:
        rest = {flags: sums for flags, sums in cells.items() if not any(flags[at] for at in kept)}
        floor = floor_of(definition, _sum(rest.values()), goal)
        asked = [_asked(definition, drivers[at], at, rest, own[at]) for at in sorted(waiting)]
        left = [each for each in asked if each is not None and each.excess >= floor > 0]
        if not left:
            break
        first = _best_name(left, rest)
        same = [each.at for each in left if _rows_of(each.at, rest) == _rows_of(first.at, rest)]
        kept += [first.at, *(at for at in same if at != first.at)]
        waiting = {each.at for each in left} - set(kept)
    if len(kept) == 1:
        return (drivers[kept[0]],)
    return tuple(_beside(definition, drivers[at], at, kept, cells, phi) for at in kept)


def _beside(  # noqa: PLR0913, PLR0917 - a driver, its place among the kept, and their rows
    definition: Definition,
    driver: Driver,
    at: int,
    kept: Sequence[int],
    cells: Mapping[tuple[bool, ...], Sums],
    phi: float,
) -> Driver:
    """A driver told against the rows that stand in none of those kept, so that no other one's excess is in its own.

    Its rows in no other are told for all of its rows, where they are enough to speak for them; else it stays as it was.
    What happened in all of its rows is the most: rows that speak for others may not add events that never were.
    """
    if expected_of_counts(definition, driver) is not None:
        return driver
    alone = _sum(sums for flags, sums in cells.items() if flags[at] and sum(flags[other] for other in kept) == 1)
    none = _sum(sums for flags, sums in cells.items() if not any(flags[other] for other in kept))
    own = _sum(sums for flags, sums in cells.items() if flags[at])
    enough = alone.rows >= max(ALONE * own.rows, FEWEST_ALONE)
    found, most = (
        (tested(definition, each, _sum([each, none]), phi) for each in (alone, own)) if enough else (None, None)
    )
    if found is None or most is None or min(found[0], most[0]) <= 0:
        return driver
    times = own.rows / alone.rows
    ends = excess_interval(definition, alone, none, phi)
    excess, total = min(times * found[0], most[0]), driver.excess / driver.share if driver.share else math.inf
    return replace(
        driver,
        excess=excess,
        share=min(excess / total, 1.0),
        interval=None if ends is None else (min(times * ends[0], excess), times * ends[1]),
    )


def _asked(
    definition: Definition, driver: Driver, at: int, rest: Mapping[tuple[bool, ...], Sums], phi: float
) -> _Left | None:
    """A driver asked of the rows that are left; None where chance alone may have made it."""
    here, whole = _sum(sums for flags, sums in rest.items() if flags[at]), _sum(rest.values())
    usual = expected_of_counts(definition, driver)
    if usual is not None:
        return _Left(at, float(here.hits or here.rows) - usual, float(here.hits or here.rows))
    found = tested(definition, here, whole, phi)
    return _Left(at, found[0], here.rows) if found is not None and found[1] <= FALSE_DISCOVERIES else None


def _best_name(left: Sequence[_Left], rest: Mapping[tuple[bool, ...], Sums]) -> _Left:
    """The largest, or what lies nearly all inside it and holds nearly all of it in fewer rows."""
    largest = max(left, key=lambda each: (each.excess, -each.at))
    inside = [
        each
        for each in left
        if each.excess >= NARROWER * largest.excess
        and _weight(rest, each.at, largest.at) >= NARROWER * _weight(rest, each.at)
    ]
    return min(inside, key=lambda each: (each.rows, each.at))


def _rows_of(at: int, rest: Mapping[tuple[bool, ...], Sums]) -> frozenset[tuple[bool, ...]]:
    """The combinations a driver's rows stand in: as good as the rows themselves for comparing drivers."""
    return frozenset(flags for flags in rest if flags[at])


def _weight(rest: Mapping[tuple[bool, ...], Sums], *within: int) -> int:
    """Rows, above and below the line, that stand in all of some drivers."""
    return sum(sums.rows + sums.hits for flags, sums in rest.items() if all(flags[at] for at in within))


def _sum(some: Iterable[Sums]) -> Sums:
    rows = hits = x = x2 = 0
    for sums in some:
        rows, hits, x, x2 = rows + sums.rows, hits + sums.hits, x + sums.x, x2 + sums.x2
    return Sums(rows, hits, x=x, x2=x2)
