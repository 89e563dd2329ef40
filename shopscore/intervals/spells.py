"""Days of a share → its design effect, bad days that come together allowed for.

Whether bad days last is not seen for sure in some weeks, and to ask first whether it is would cost those shops their
coverage in which it is missed. So nothing is decided: each of the ways in which days may differ (`SWINGS`, `LASTING`,
or none) is weighed by how well it explains them, and what each would do to the window's value is averaged (Hoeting,
Madigan, Raftery & Volinsky, Stat. Sci. 14, 1999, 382-417). How well is told from cosines of all frequencies, whose
squares are nearly independent and as large as the way has it (Whittle, J. R. Stat. Soc. B 15, 1953, 125-139). One more
way is a level that changed once and stays: a change is no spell, and is not to be hidden by the width it would make.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import accumulate
from operator import add, mul, sub, truediv
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from shopscore.intervals.scatter import Days

ALIKE = 0.85
"""Of twenty shops 17 are taken to have days that differ by chance alone, before their days are seen."""
SWINGS = (0.03, 0.1, 0.3, 1.0, 3.0, 9.0)
"""Variances a day's level may have on the logarithmic scale of odds: from a sixth up or down to twentyfold."""
LASTING = (0.0, 0.6, 0.9)
"""How much of that may stay the next day: nothing, more than half (for days), or nearly all (for a week or two)."""
CHANGE = 3.0
"""By how many times the logarithm of the number of days one change of level must explain them better where they are
independent (Zhang & Siegmund, Biometrics 63, 2007, 22-32)."""
A_DAY = 1 / 6
"""By how much more for each day: spells make levels that differ, too, and the more days there are the more of them."""
SHORTEST = 3
"""Days a level lasts at least."""
SEEN = 0.3
"""Part of a cosine that must be left where weekdays have levels of their own, for it to say anything."""


class _Band(NamedTuple):
    """Neighbouring frequencies up to twice the lowest: what days may be like is smooth on that scale.

    Attributes:
        odd, even: the first half of each cosine, whose other half mirrors it, of odd ones with the other sign.
        spectra: how strong each way of lasting makes them.
    """

    odd: tuple[tuple[float, ...], ...]
    even: tuple[tuple[float, ...], ...]
    spectra: tuple[float, ...]


def design_effect(
    days: Days,
    window: Days,
    step: int,
    swings: tuple[float, ...] = SWINGS,
    lasting: tuple[float, ...] = LASTING,
) -> float:
    """The variance of a window's share over that of independent rows, at least 1.

    With q rows that one shares its day with, itself among them, m rows a day and τ the correlation of two of a day, a
    cosine's square is ``1 + τ·(q - 1 + m·(f - 1))`` times that of independent rows, f the spectrum of how days hang
    together. τ is a swing times p(1-p), the slope of a share on the scale of odds. The average of φ is the variance of
    a mixture of normals, of which 95 % lie within about two deviations: no freedom is asked for. How often such
    intervals hold the truth is counted in docs/evidence.md.

    Args:
        days: all of the window's level that are known, in order and without a gap.
        window: those the share is of.
        step: days after which levels repeat: 7 where each weekday has its own, else 1.
        swings: as `SWINGS`.
        lasting: as `LASTING`.
    """
    hits, rows, squares = zip(*days, strict=True)
    above, whole, weight = math.fsum(hits), math.fsum(rows), math.fsum(squares)
    variance = above * (whole - above) / whole**2
    if variance <= 0:
        return 1.0
    bands, off = _bands(len(days), step, lasting), _off(hits, rows, step)
    seen = [each / (variance * weight) for each in _powers(bands, off)]
    sizes = [len(band.odd) + len(band.even) for band in bands]
    together, a_day = math.fsum(map(mul, rows, rows)) / weight, whole**2 / weight / len(days)
    tied, rest = [min(swing * variance, 1.0) for swing in swings], (1 - ALIKE) / len(swings)
    steady, alone = _Seen([sum(sizes)], [math.fsum(seen)], [together - 1]), _together(window, 0.0)
    found = _ways([0.0], steady, 1.0, ALIKE)
    for at, lasts in enumerate(lasting):
        excess = [together - 1 + a_day * (band.spectra[at] - 1) for band in bands]
        told = (_Seen(sizes, seen, excess), _together(window, lasts)) if lasts else (steady, alone)
        found += _ways(tied, *told, rest / len(lasting))
    left = len(days) * _apart(off, rows) / (variance * weight)
    changed = _Seen([len(days) - step - 1], [left], [together - 1])
    dear = CHANGE * math.log(len(days)) + A_DAY * len(days)
    for misfit, believed, phi in _ways([0.0], changed, alone, ALIKE) + _ways(tied, changed, alone, rest):
        found.append((misfit + dear, believed, phi))
    return _averaged(found)


class _Seen(NamedTuple):
    """Bands of frequencies.

    Attributes:
        sizes: how many cosines each holds.
        powers: what days project on them, squared and added, by what each cosine has of independent rows.
        excess: how much more that is expected to be, per unit of τ.
    """

    sizes: list[int]
    powers: list[float]
    excess: list[float]


_Way = tuple[float, float, float]
"""A way in which days may differ: how badly it explains them, how far it is believed beforehand, and its φ."""


def _ways(tied: Sequence[float], seen: _Seen, of_window: float, believed: float) -> list[_Way]:
    """Of each τ what it explains, where so many rows of the window hang together."""
    found = []
    for each in tied:
        expected = [1 + each * more for more in seen.excess]
        misfit = math.fsum(map(mul, seen.sizes, map(math.log, expected))) + math.fsum(
            map(truediv, seen.powers, expected)
        )
        found.append((misfit, believed, 1 + each * (of_window - 1)))
    return found


def _averaged(ways: Sequence[_Way]) -> float:
    """The mean of φ.

    A misfit is twice what a likelihood's logarithm lacks, so that likelihoods count squared: what explains the days
    less well is let go of sooner, and days that do not differ pay less for what they might have been.
    """
    best = min(misfit for misfit, _, _ in ways)
    weights = [believed * math.exp(best - misfit) for misfit, believed, _ in ways]
    return math.fsum(weight * phi for weight, (_, _, phi) in zip(weights, ways, strict=True)) / math.fsum(weights)


def _apart(off: Sequence[float], rows: Sequence[float]) -> float:
    """The squares, added, of what days are off the level of their side of the one change that leaves least of them."""
    columns: list[list[float]] = [list(off), list(rows), list(map(mul, off, rows)), list(map(mul, rows, rows))]
    amount, whole, tied, squares = (math.fsum(column) for column in columns)
    total: float = math.fsum(map(mul, off, off))
    least = total
    sides = list(zip(*map(accumulate, columns), strict=True))[SHORTEST - 1 : -SHORTEST]
    for above, below, of_tied, of_squares in sides:
        if 0 < below < whole:
            first, second = above / below, (amount - above) / (whole - below)
            explained = 2 * (first * of_tied + second * (tied - of_tied))
            least = min(least, total - explained + first**2 * of_squares + second**2 * (squares - of_squares))
    return max(least, 0.0)


def _off(hits: Sequence[float], rows: Sequence[float], step: int) -> list[float]:
    """By how much each day is off its weekday's level, or that of all.

    A day pulls the level it is held against by its part x/X of it, a busy one by more: ``√((1 - s/T)/(1 - x/X))``.
    """
    off, usual = [0.0] * len(hits), max(1 - step / len(hits), 0.0)
    for first in range(step):
        above, below = hits[first::step], rows[first::step]
        whole = math.fsum(below) or 1
        ratio = math.fsum(above) / whole
        off[first::step] = [
            (top - ratio * bottom) * math.sqrt(usual / (1 - bottom / whole)) if bottom < whole else 0.0
            for top, bottom in zip(above, below, strict=True)
        ]
    return off


def _together(days: Days, lasts: float) -> float:
    """How many rows one hangs together with, itself among them: ``Σᵢⱼ xᵢ·xⱼ·λ^|i-j| / Σw²``."""
    carried = tied = 0.0
    for _, rows, _ in days:
        tied += rows * (rows + 2 * carried)
        carried = lasts * (carried + rows)
    return tied / math.fsum(day[2] for day in days)


def _powers(bands: Sequence[_Band], off: Sequence[float]) -> list[float]:
    """Of each band the sum of what days off their level project on its cosines, squared."""
    back = off[::-1]
    odd, even = list(map(sub, off, back)), list(map(add, off, back))
    return [
        math.fsum([math.fsum(map(mul, cosine, odd)) ** 2 for cosine in band.odd])
        + math.fsum([math.fsum(map(mul, cosine, even)) ** 2 for cosine in band.even])
        for band in bands
    ]


@lru_cache(maxsize=64)
def _bands(count: int, step: int, lasting: tuple[float, ...]) -> tuple[_Band, ...]:
    """What so many days are projected on."""
    bands, first = [], 1
    while first < count:
        waves = range(first, min(2 * first, count))
        scaled = {wave: cosine for wave in waves if (cosine := _scaled(wave, count, step))}
        if scaled:
            odd, even = (tuple(each for wave, each in scaled.items() if wave % 2 == side) for side in (1, 0))
            bands.append(_Band(odd, even, tuple(_spectrum(scaled, count, lasts) for lasts in lasting)))
        first *= 2
    return tuple(bands)


def _scaled(wave: int, count: int, step: int) -> tuple[float, ...]:
    """Half a cosine, scaled by what weekdays leave of it; nothing where that is too little."""
    cosine = [math.cos(math.pi * wave * (at + 0.5) / count) for at in range(count)]
    parts = [cosine[first::step] for first in range(min(step, count))]
    left = math.fsum(each * each for each in cosine) - math.fsum(math.fsum(part) ** 2 / len(part) for part in parts)
    if left < SEEN * count / 2:
        return ()
    middle = [each / 2 for each in cosine[count // 2 : (count + 1) // 2]]
    return tuple(math.sqrt(count / left) * each for each in cosine[: count // 2] + middle)


def _spectrum(waves: Collection[int], count: int, lasts: float) -> float:
    """Of days of which so much stays the next day (an autoregression of the first order), 1 on average of all waves."""
    found = [(1 - lasts**2) / (1 - 2 * lasts * math.cos(math.pi * wave / count) + lasts**2) for wave in waves]
    return math.fsum(found) / len(found)
