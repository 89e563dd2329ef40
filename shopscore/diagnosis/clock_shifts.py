"""Hours between causes and effects, and hours of the day → by how many hours the clock of a table is off, if it is.

Two signs, each of which speaks for itself. Neither says anything of a shop that keeps odd hours in all of its tables.

*Lags.* An effect cannot come before its cause. If a table is written k hours too early, exactly those effects come
first that truly followed within k hours, and none comes earlier still: the lags end sharply at -k. Payments entered
later, buyers who confirm before delivery and clocks that differ by minutes have no such edge.

*Hours.* Buyers order, write and complain when they are awake. The hours of a table are those at which orders are
placed, moved by k, and not those hours as they are. How far they are apart is the Kullback-Leibler divergence a row
(Ann. Math. Stat. 22, 1951), less what chance alone makes of it: (24 - 1) / 2 for each row of either. Tables whose
hours differ in more than a move, such as chats of an office and orders of an evening, say nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FEWEST = 10
"""Effects before their causes below which nothing is said."""
LEAST_PART = 0.05
"""Of all effects, the least part that comes up to k hours early: some shops send goods before the order is typed in."""
MOST_EARLIER = 0.1
"""Effects that come more than k hours early, for each one that comes up to k hours early, at most."""
FEWEST_HOURS = 150
"""Rows of a table below which their hours are not looked at."""
MOST_APART = 0.1
"""How far the moved hours may be from the usual ones, at most."""
LEAST_GAIN = 0.35
"""How much nearer they are than those as they stand, at least."""
_DAY = 24


def shift_of_lags(lags: Mapping[int, int], hours: Iterable[int]) -> int | None:
    """By how many hours effects are written too early against their causes; None where nothing says so.

    Args:
        lags: whole hours from cause to effect, rounded down, and how often each occurs. The hour before the cause,
            -1, is what clocks may differ by, and no sign.
        hours: the differences between time zones that are to be expected here.
    """
    for size in sorted({abs(each) for each in hours} - {0}):
        before = sum(count for lag, count in lags.items() if -size <= lag < -1)
        earlier = sum(count for lag, count in lags.items() if lag < -size)
        enough = before >= max(FEWEST, LEAST_PART * sum(lags.values()))
        if enough and earlier <= MOST_EARLIER * before:
            return -size
    return None


def shift_of_hours(usual: Sequence[int], found: Sequence[int], hours: Iterable[int]) -> int | None:
    """By how many hours the rows of a table are written off against the hours at which orders are placed.

    Args:
        usual: orders placed in each of the 24 hours of the day.
        found: rows of the table in each of them.
        hours: the differences between time zones that are to be expected here; both directions are looked at.
    """
    if min(sum(found), sum(usual)) < FEWEST_HOURS:
        return None
    sizes = sorted({abs(each) for each in hours} - {0})
    apart = {signed: _apart(usual, found, signed) for size in sizes for signed in (-size, size)}
    nearest = min(apart, key=lambda signed: (apart[signed], abs(signed), signed), default=0)
    fits = apart.get(nearest, math.inf) <= MOST_APART
    return nearest if fits and _apart(usual, found, 0) - apart[nearest] >= LEAST_GAIN else None


def like(usual: Sequence[int], found: Sequence[int]) -> bool:
    """Whether rows come at the hours at which orders are placed, as they stand."""
    return bool(sum(found) and sum(usual)) and _apart(usual, found, 0) <= MOST_APART


def _apart(usual: Sequence[int], found: Sequence[int], shift: int) -> float:
    """How far hours are from the usual ones moved by some hours; about 0 where only chance tells them apart."""
    rows, total = sum(found), sum(usual) + _DAY
    divergence = math.fsum(
        count / rows * math.log(count / rows * total / (usual[(hour - shift) % _DAY] + 1))
        for hour, count in enumerate(found)
        if count
    )
    return divergence - (_DAY - 1) / 2 * (1 / rows + 1 / total)
