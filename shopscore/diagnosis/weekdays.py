"""Days and their usual level → what each weekday adds to it, where weekdays really differ."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.diagnosis.change_points import Count, Kind

BELIEVED = 0.01
"""The chance at which a pattern is believed: among shops whose weekdays are alike one in a hundred gets one."""
LEAST_DAYS = 3
"""Days of a weekday that a pattern is taken from."""
_KINDS_OF_DAY = 2


def pattern(
    days: Sequence[tuple[int, Count]], levels: Sequence[float], spread: float, kind: Kind
) -> dict[int, float] | None:
    """What each weekday does to the level (`lifted`); None where weekdays differ no more than days do.

    The scatter between weekdays is held against that of days of the same weekday by an F test, and what is believed is
    shrunk by 1 - 1/F, so that a pattern barely believed changes little (Efron & Morris, JASA 70, 1975).

    Args:
        days: (1 Monday to 7 Sunday, counts) of days with rows.
        levels: what each of them should show were all weekdays alike.
        spread: variance of one row of a mean; of shares and rates it follows from the level.
        kind: what a day's number is.
    """
    by_weekday: dict[int, list[tuple[Count, float]]] = defaultdict(list)
    for (weekday, count), level in zip(days, levels, strict=True):
        by_weekday[weekday].append((count, level))
    enough = {name: same for name, same in sorted(by_weekday.items()) if len(same) >= LEAST_DAYS}
    between, within = _scatter(list(enough.values()), spread, kind)
    freedom = (len(enough) - 1, sum(map(len, enough.values())) - len(enough))
    if len(enough) < _KINDS_OF_DAY or freedom[1] <= 0:
        return None
    # Days never differ less than chance has it, however alike they look.
    ratio = between / freedom[0] / max(within / freedom[1], 1.0)
    if f_tail(ratio, *freedom) > BELIEVED:
        return None
    return {name: (1 - 1 / ratio) * _effect(same, kind) for name, same in enough.items()}


def lifted(level: float, effect: float, kind: Kind) -> float:
    """A level on a weekday: an effect moves the log odds of a share, the logarithm of a rate, a mean itself."""
    if kind == "mean":
        return level + effect
    raised = level * math.exp(effect)
    return raised if kind == "rate" else raised / (1 - level + raised)


def _scatter(weekdays: Sequence[Sequence[tuple[Count, float]]], spread: float, kind: Kind) -> tuple[float, float]:
    """Squared deviations of weekdays from their levels, and of days from their weekday, in units of chance."""
    whole = between = 0.0
    for same in weekdays:
        off = [(count.amount - count.n * level, count.n * variance(level, spread, kind)) for count, level in same]
        whole += math.fsum(each * each / chance for each, chance in off if chance > 0)
        chance = math.fsum(each[1] for each in off)
        between += math.fsum(each[0] for each in off) ** 2 / chance if chance > 0 else 0.0
    return between, whole - between


def variance(level: float, spread: float, kind: Kind) -> float:
    """The variance of one row (of one unit of exposure) by chance alone."""
    if kind == "mean":
        return spread
    return level * (1 - level) if kind == "share" else level


def _effect(same: Sequence[tuple[Count, float]], kind: Kind) -> float:
    n = math.fsum(count.n for count, _ in same)
    seen = math.fsum(count.amount for count, _ in same)
    wanted = math.fsum(count.n * level for count, level in same)
    if kind == "mean":
        return (seen - wanted) / n
    if kind == "rate":
        return math.log((seen + 0.5) / (wanted + 0.5))
    return math.log((seen + 0.5) / (n - seen + 0.5)) - math.log((wanted + 0.5) / (n - wanted + 0.5))


def f_tail(ratio: float, above: int, below: int) -> float:
    """P(F ≥ ratio) for F with so many degrees of freedom (Paulson, Ann. Math. Stat. 13, 1942), 1 at or below 0."""
    if ratio <= 0:
        return 1.0
    first, second, root = 2 / (9 * above), 2 / (9 * below), ratio ** (1 / 3)
    deviate = ((1 - second) * root - (1 - first)) / math.sqrt(second * root * root + first)
    return math.erfc(deviate / math.sqrt(2)) / 2
