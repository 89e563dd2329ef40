"""A series of days → which of them lie outside what is usual, what weekdays do to it, and its last change of level.

Days are held against the level they belong to, with limits that know how many rows a day has, how much more days
differ than chance alone would have them, and which weekday it is. Days of promotions and holidays are no part of what
is usual; they are held against days of their kind.
"""

from __future__ import annotations

import math
from statistics import NormalDist, median
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from shopscore.diagnosis import weekdays
from shopscore.diagnosis.change_points import Count, levels, within
from shopscore.diagnosis.limits import kind_of, limits
from shopscore.diagnosis.weekdays import lifted, variance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.diagnosis.change_points import Kind
    from shopscore.diagnosis.limits import Shape
    from shopscore.intervals import Interval
    from shopscore.model import Direction

FALSE_ALARMS = 0.01
"""The chance of any false alarm among `SPAN` days of one metric; the usual three deviations would mean 8 %."""
SPAN = 30
FAR = NormalDist().inv_cdf(1 - (1 - (1 - FALSE_ALARMS) ** (1 / SPAN)) / 2)
"""How far out a day must lie, as a normal deviate: 3.6."""
LEAST_DAYS = 20
"""Usual days with rows below which nothing can be called usual."""
WEEK = 7
"""Days a level must last to be what days are held against; what is shorter is an incident."""
_RUN = 3
"""Days outside in a row that may be a level of their own; fewer are outliers, and no part of any level."""
_ROUNDS = 3
_NEAR = 2.0
"""Deviations within which no day is outside, however skewed its tail is."""
_MEDIAN = 0.4549
"""The median of a squared normal deviate."""
STRIKING = 14.0
"""As in `change_points`, for twelve weeks instead of one window, which have more places to split."""


class Base(NamedTuple):
    """What days are held against: a level, and the rows and days it was taken from."""

    level: float
    n: float
    days: int


class Usual(Struct, frozen=True):
    """What is usual of a series.

    Attributes:
        shape: how its rows behave.
        kind: what a day's number is.
        days: the usual days that have rows, in order.
        begins: where every level begins, as an index of ``days``.
        bases: what each of ``days`` is held against.
        effects: what each weekday does to the level; empty where they are alike.
        wanted: what each of ``days`` should show: its level, on its weekday.
        off: how far each is from that, in deviations of chance alone.
        excess: the variance between days over that of one row; a day of n rows varies 1 + n·excess as much as chance.
        spread: variance of one row of a mean.
        kept: which days the bases were taken from: all but those outside.
    """

    shape: Shape
    kind: Kind
    days: tuple[tuple[dt.date, Count], ...]
    begins: tuple[int, ...]
    bases: tuple[Base, ...]
    effects: Mapping[int, float]
    wanted: tuple[float, ...]
    off: tuple[float, ...]
    excess: float
    spread: float
    kept: tuple[bool, ...]


# ── what is usual ────────────────────────────────────────────────────────────────────────────────────────────────


def usual(days: Iterable[tuple[dt.date, Count]], shape: Shape) -> Usual | None:
    """What is usual of some days, whatever single days or short incidents among them did; None for too few days.

    Levels, weekdays and scatter are found in turn: what lies outside in one round is left out of the next, and comes
    back if it does not lie outside any more.

    Args:
        days: usual days only, each once, in any order; days without rows say nothing.
        shape: how rows behave.
    """
    known = tuple(sorted((day, count) for day, count in days if count.n > 0))
    if len(known) < LEAST_DAYS:
        return None
    spread = _spread(shape, [count for _, count in known])
    found = _first_look(shape, known, spread)
    for turn in range(_ROUNDS):
        outside = [_may_be_outside(found, at) and signal(found, at) is not None for at in range(len(known))]
        kept = tuple(not each for each in outside)
        effects = _effects(found, kept)
        if turn and (kept, effects) == (found.kept, found.effects):
            break
        found = _fitted(found, kept, _levels(found, effects, _outliers(outside)), effects)
    return found


def _first_look(shape: Shape, known: tuple[tuple[dt.date, Count], ...], spread: float) -> Usual:
    """One level for all days; their scatter is that of the middle day, which a minority of wild ones does not move."""
    base, kind = base_of(shape, [count for _, count in known]), kind_of(shape)
    off = tuple(_deviation(count, base.level, spread, kind) for _, count in known)
    rows = math.fsum(count.n for _, count in known)
    excess = max((median(each * each for each in off) / _MEDIAN - 1) * len(known) / rows, 0.0)
    same = len(known)
    return Usual(
        shape, kind, known, (0,), (base,) * same, {}, (base.level,) * same, off, excess, spread, (True,) * same
    )  # fmt: skip


def _effects(found: Usual, kept: Sequence[bool]) -> dict[int, float]:
    inside = [at for at, each in enumerate(kept) if each]
    days = [(found.days[at][0].isoweekday(), found.days[at][1]) for at in inside]
    return weekdays.pattern(days, [found.bases[at].level for at in inside], found.spread, found.kind) or {}


def _outliers(outside: Sequence[bool]) -> list[bool]:
    """Which days outside stand alone or in pairs."""
    found, at = list(outside), 0
    while at < len(found):
        end = at
        while end < len(found) and found[end]:
            end += 1
        if end - at >= _RUN:
            found[at:end] = [False] * (end - at)
        at = max(end, at + 1)
    return found


def _levels(found: Usual, effects: Mapping[int, float], outliers: Sequence[bool]) -> tuple[int, ...]:
    told = [at for at, each in enumerate(outliers) if not each]
    days = [adjusted(found, at, effects) if effects else found.days[at][1] for at in told]
    return tuple(told[begin] if begin else 0 for begin in levels(days, found.kind, STRIKING))


def adjusted(found: Usual, at: int, effects: Mapping[int, float]) -> Count:
    """A day as it would be on a weekday that does nothing to the level: other exposure, or another mean."""
    day, count = found.days[at]
    effect = effects.get(day.isoweekday(), 0.0)
    if not effect:
        return count
    if found.kind == "mean":
        squares = count.squares - 2 * effect * count.amount + count.n * effect * effect
        return Count(count.amount - count.n * effect, count.n, squares)
    level = found.bases[at].level
    return Count(count.amount, max(count.n * lifted(level, effect, found.kind) / level, count.amount))


def _fitted(before: Usual, kept: tuple[bool, ...], begins: tuple[int, ...], effects: Mapping[int, float]) -> Usual:
    """The levels between ``begins`` and the scatter around them, both of the days kept."""
    found = replace(before, kept=kept, begins=begins, effects=effects)
    bases = _bases(found)
    wanted = tuple(
        lifted(base.level, effects.get(day.isoweekday(), 0.0), found.kind) if effects else base.level
        for base, (day, _) in zip(bases, found.days, strict=True)
    )
    off = tuple(
        _deviation(count, level, found.spread, found.kind) for level, (_, count) in zip(wanted, found.days, strict=True)
    )
    inside = [at for at, each in enumerate(kept) if each]
    rows = math.fsum(found.days[at][1].n for at in inside)
    freedom = max(len(inside) - len(begins) - max(len(effects) - 1, 0), 1)
    squares = math.fsum(off[at] ** 2 for at in inside)
    excess = max((squares * len(inside) / freedom - len(inside)) / rows, 0.0) if inside else before.excess
    return replace(found, bases=bases, wanted=wanted, off=off, excess=excess)


def _bases(plain: Usual) -> tuple[Base, ...]:
    """What each day is held against: its own level if that lasts a week, else the one before it (the next, if none)."""
    ends = [*plain.begins[1:], len(plain.days)]
    parts = list(zip(plain.begins, ends, strict=True))
    lasting = [span for span in parts if span[1] - span[0] >= WEEK] or [(0, len(plain.days))]
    bases = {}
    for first, end in lasting:
        inside = [at for at in range(first, end) if plain.kept[at]] or list(range(first, end))
        bases[first, end] = base_of(plain.shape, [adjusted(plain, at, plain.effects) for at in inside])
    found: list[Base] = []
    for first, end in parts:
        own = max((span for span in lasting if span[0] <= first), default=lasting[0])
        found += [bases[own]] * (end - first)
    return tuple(found)


def base_of(shape: Shape, counts: Sequence[Count]) -> Base:
    """The level of some days; half an event more than seen, so that what never happened yet is not impossible."""
    amount, n = math.fsum(each.amount for each in counts), math.fsum(each.n for each in counts)
    if shape == "share":
        return Base((amount + 0.5) / (n + 1), n, len(counts))
    return Base((amount + 0.5 if shape == "rate" else amount) / n, n, len(counts))


def _spread(shape: Shape, counts: Sequence[Count]) -> float:
    """Variance of one row of a mean around its day's mean; around all days' where no day has two rows."""
    if kind_of(shape) != "mean":
        return 0.0
    own = within(counts)
    whole = Count(*(math.fsum(each) for each in zip(*counts, strict=True)))
    return own if own > 0 else max(whole.squares / whole.n - (whole.amount / whole.n) ** 2, 0.0)


# ── a day held against it ────────────────────────────────────────────────────────────────────────────────────────


def _deviation(count: Count, level: float, spread: float, kind: Kind) -> float:
    chance = count.n * variance(level, spread, kind)
    return (count.amount - count.n * level) / math.sqrt(chance) if chance > 0 else 0.0


def _may_be_outside(found: Usual, at: int) -> bool:
    """Whether a day is far enough from its level for its limits to be worth finding."""
    count, base = found.days[at][1], found.bases[at]
    return abs(found.off[at]) > _NEAR * math.sqrt(_phi(found, base, count.n))


def _phi(found: Usual, base: Base, n: float) -> float:
    """Variance of a day of n rows over that of chance: 1 + n·excess of its own, and that of the base it is held to."""
    return 1 + n / base.n + n * found.excess * (1 + 1 / base.days)


def limits_of(found: Usual, at: int) -> Interval:
    """The least and the most a usual day may show."""
    return against(found, found.bases[at], found.days[at][1].n, found.wanted[at])


def against(found: Usual, base: Base, n: float, level: float | None = None) -> Interval:
    """The least and the most that ``n`` rows may show, held against a base; ``level``: its level on that weekday."""
    phi = _phi(found, base, n)
    return limits(found.shape, base.level if level is None else level, n, (FAR, phi), found.spread)


def signal(found: Usual, at: int) -> Direction | None:
    """Whether a usual day lies above or below what is usual."""
    return side_of(found.days[at][1], limits_of(found, at))


def side_of(count: Count, ends: Interval) -> Direction | None:
    """On which side of its limits a day lies; None inside, the limits themselves in."""
    value, room = count.amount / count.n, 1e-9 * max(abs(ends[0]), abs(ends[1]))
    if value > ends[1] + room:
        return "above"
    return "below" if value < ends[0] - room else None
