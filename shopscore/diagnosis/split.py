"""The segments of two windows → how much of a change came from their shares, how much from their values.

With qᵢ a segment's share of the denominator and rᵢ its value, the change of Σqᵢrᵢ is the sum of Δqᵢ·(r̄ᵢ - R̄), the mix,
and q̄ᵢ·Δrᵢ, the rate, bars being the means of both windows (Kitagawa, JASA 50, 1955, 1168-1194; with two factors it is
Shapley's value). The mix is told against the whole's mean R̄, so that a segment's part is what its growth did: good
where it is better than the shop. Both add up to the change, exactly.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.intervals import kish
from shopscore.intervals.kinds import counts_of, scale, variance, weighted
from shopscore.intervals.scatter import FEWEST_DAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition

_TWO = 2


class Window(Struct, frozen=True):
    """One segment, or the whole, in one window.

    Attributes:
        above, below: the metric's two counts.
        rows: how many independent rows they are worth.
        spread: one row's variance, where the rows tell.
    """

    above: float
    below: float
    rows: float
    spread: float | None = None

    @property
    def value(self) -> float | None:
        """The value; None where there is nothing to divide by."""
        return self.above / self.below if self.below else None


class Part(Struct, frozen=True):
    """One segment's part of a change.

    Attributes:
        before, now: the segment in both windows.
        shares: its part of the denominator, before and now.
        mix, rate: what it did to the whole.
        mean: its value, the mean of both windows.
    """

    before: Window
    now: Window
    shares: tuple[float, float]
    mix: float
    rate: float
    mean: float

    @property
    def share(self) -> float:
        """Its mean part of the denominator."""
        return math.fsum(self.shares) / 2


def window(definition: Definition, sums: Sums) -> Window:
    """What a segment's sums give."""
    above, below = counts_of(definition, sums)
    if definition.metric.kind == "ratio_of":
        return Window(above, below, float(sums.rows))
    rows = kish(sums.w, sums.w2) if weighted(definition) else float(sums.rows)
    if definition.metric.kind != "mean" or sums.rows < _TWO:
        return Window(above, below, rows)
    return Window(above, below, rows, variance(sums.rows, sums.x, sums.x2) / scale(definition) ** 2)


def parts(before: Mapping[str, Window], now: Mapping[str, Window]) -> dict[str, Part]:
    """Every segment's part in the change of the whole's plain ratio; none where a window has nothing to divide by.

    A segment that is there in one window only has no value of its own in the other: all it does is mix. One with events
    and nothing to divide them by, as two clocks make it, does all it does by its value.
    """
    first, second = (math.fsum(each.below for each in side.values()) for side in (before, now))
    if not first or not second:
        return {}
    values = (
        math.fsum(each.above for each in before.values()) / first,
        math.fsum(each.above for each in now.values()) / second,
    )
    nothing, middle = Window(0.0, 0.0, 0.0), math.fsum(values) / 2
    return {
        name: _part(before.get(name, nothing), now.get(name, nothing), (first, second), middle)
        for name in sorted({*before, *now})
    }


def _part(before: Window, now: Window, wholes: tuple[float, float], middle: float) -> Part:
    shares = before.below / wholes[0], now.below / wholes[1]
    grown = shares[1] - shares[0]
    change = now.above / wholes[1] - before.above / wholes[0]
    first, second = before.value, now.value
    if first is None or second is None:
        known = first if second is None else second
        alone = not (before.above if first is None else now.above)
        mean = known if known is not None and alone else 0.0
        return Part(before, now, shares, grown * (mean - middle), change - grown * mean, mean)
    mean = (first + second) / 2
    return Part(before, now, shares, grown * (mean - middle), math.fsum(shares) / 2 * (second - first), mean)


def scaled(part: Part, factor: float) -> Part:
    """A part of the ratio as a part of a value that is damped or capped after that."""
    return Part(part.before, part.now, part.shares, factor * part.mix, factor * part.rate, part.mean)


# ── chance ───────────────────────────────────────────────────────────────────────────────────────────────────────


def noise(kind: str, part: Part) -> float:
    """Variance of the difference between a segment's two values; without end where it cannot be known."""
    if not (part.before.rows and part.now.rows):
        return math.inf
    one = spread(kind, part)
    return one / part.before.rows + one / part.now.rows


def spread(kind: str, part: Part) -> float:
    """One row's variance: p(1-p) of a share (½ hit and ½ miss added), a count's own mean, the rows' of a mean."""
    rows = part.before.rows + part.now.rows
    below = part.before.below + part.now.below
    value = (part.before.above + part.now.above) / below if below else 0.0
    match kind:
        case "ratio":
            share = (value * rows + 0.5) / (rows + 1)
            return share * (1 - share)
        case "ratio_of":
            return (value * rows + 0.5) / (rows + 1)
        case _:
            known = [(each.spread, each.rows) for each in (part.before, part.now) if each.spread is not None]
            weight = math.fsum(count for _, count in known)
            return math.fsum(one * count for one, count in known) / weight if weight else math.inf


def noise_of_mix(kind: str, split: Mapping[str, Part], phi: float) -> float:
    """Variance of the mix: shares are drawn with the rows, and the values that weigh them are not known for certain."""
    middle = math.fsum(part.share * part.mean for part in split.values())
    total = 0.0
    for at in range(_TWO):
        rows = math.fsum((part.now if at else part.before).rows for part in split.values())
        off = [(part.shares[at], part.mean - middle) for part in split.values()]
        total += (math.fsum(q * a * a for q, a in off) - math.fsum(q * a for q, a in off) ** 2) / rows
    for part in split.values():
        grown, counted = part.shares[1] - part.shares[0], [each.rows for each in (part.before, part.now) if each.rows]
        one = spread(kind, part)
        if grown and counted and math.isfinite(one):
            total += phi * grown**2 * math.fsum(one / rows for rows in counted) / len(counted) ** 2
    return total


def scatter_apart(definition: Definition, segment: Sequence[Sums], whole: Sequence[Sums]) -> float:
    """Variance of a segment's value less the rest's in one window, from how both differ day by day.

    ``k/(k-1)·Σ((yᵢ - r·xᵢ)/X - (yᵢ' - r'·xᵢ')/X')²``: what a day does to all alike falls out. Without end where days
    are too few to tell, or one of the two has nothing.
    """
    ours = [counts_of(definition, day) for day in segment]
    theirs = [
        (above - own[0], below - own[1])
        for own, (above, below) in zip(ours, (counts_of(definition, day) for day in whole), strict=True)
    ]
    (above, below), (over, under) = (map(math.fsum, zip(*side, strict=True)) for side in (ours, theirs))
    filled = sum(day[1] > 0 for day in ours)
    if filled < FEWEST_DAYS or not below or not under:
        return math.inf
    off = math.fsum(
        ((y - above / below * x) / below - (others - over / under * size) / under) ** 2
        for (y, x), (others, size) in zip(ours, theirs, strict=True)
    )
    return off * filled / (filled - 1)


def moved(before: Window, now: Window) -> float | None:
    """How far a value moved; None where one of the two is not there."""
    first, second = before.value, now.value
    return None if first is None or second is None else second - first


def together(windows: Sequence[Window]) -> Window:
    """Several segments as one; their rows' variance is the mean of theirs."""
    above, below, rows = (math.fsum(getattr(each, name) for each in windows) for name in ("above", "below", "rows"))
    known = [(each.spread, each.rows) for each in windows if each.spread is not None]
    weight = math.fsum(count for _, count in known)
    return Window(above, below, rows, math.fsum(one * count for one, count in known) / weight if weight else None)
