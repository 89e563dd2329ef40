"""A cause that was named because it looks large → how large it is, that being so.

Of small segments, only those are named that chance has made look worse than they are (the winner's curse). An excess x
with error s that had to reach c to be named is, on average, μ + s·h((μ - c)/s) with h = φ/Φ. What is beyond μ is taken
off, with μ put in three times (a bias corrected by iteration: Hall, The Bootstrap and Edgeworth Expansion, 1992, 1.4).
No estimate is right for every μ; more rounds take off too much where a cause is found every second time. The interval
holds 95 % of the likelihood of x given that it was named, over all excesses from 0 on.
"""

from __future__ import annotations

import math
from itertools import accumulate
from statistics import NormalDist
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.intervals import LEVEL, Z

if TYPE_CHECKING:
    from shopscore.intervals import Interval
    from shopscore.model import Driver

_NORMAL = NormalDist()
_ROUNDS = 3
_SURE = 5.0
"""Errors beyond the least that is named: there chance has no hand in being named."""
_STEPS = 400
_BEYOND = 5.0
"""Errors above the excess up to which the likelihood is summed."""
_FAR = -8.0


def shrunk(driver: Driver) -> Driver:
    """A named cause with its excess, share and interval as they are given that it was named.

    What has no interval stays as it was counted.
    """
    least, ends = driver.least, driver.interval
    if least is None or ends is None or driver.excess <= 0:
        return driver
    low, high = ((driver.excess - ends[0]) / Z, (ends[1] - driver.excess) / Z)
    if low <= 0 or high <= 0 or (driver.excess - least) / low > _SURE:
        return driver
    excess = low * _corrected(driver.excess / low, least / low)
    interval = (low * _held(driver.excess / low, least / low)[0], high * _held(driver.excess / high, least / high)[1])
    share = driver.share * excess / driver.excess
    return replace(driver, excess=excess, share=share, interval=_around(excess, interval))


def _corrected(seen: float, least: float) -> float:
    """An excess, in errors, less what being named adds to it."""
    true = seen
    for _ in range(_ROUNDS):
        true = max(seen - _hazard(true - least), 0.0)
    return true


def _hazard(over: float) -> float:
    """By how much what was named exceeds the truth on average, of a truth so far above the least: φ/Φ."""
    if over < _FAR:
        return -over
    return _NORMAL.pdf(over) / _NORMAL.cdf(over)


def _held(seen: float, least: float) -> Interval:
    """What holds 95 % of the likelihood of what was seen given that it was named, in errors; nothing is below 0."""
    top = seen + _BEYOND
    grid = [top * (at + 0.5) / _STEPS for at in range(_STEPS)]
    logs = [-((seen - true) ** 2) / 2 - math.log(max(_NORMAL.cdf(true - least), math.ulp(0.0))) for true in grid]
    most = max(logs)
    sums = list(accumulate(math.exp(each - most) for each in logs))
    ends = [
        next(at for at, part in enumerate(sums) if part >= tail * sums[-1])
        for tail in ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    ]
    return grid[ends[0]], grid[ends[1]]


def _around(excess: float, ends: Interval) -> Interval:
    return min(ends[0], excess), max(ends[1], excess)
