"""A segment's counts in many shops → whether it is worse than the rest of each, in several of them.

Every shop is a stratum of its own (Mantel & Haenszel, JNCI 22, 1959): its bad rows in the segment are held against what
its own share of bad rows would have given there, so that a shop that is worse as a whole blames no carrier. Two things
then say how sure the sum over shops is: chance within each shop, widened where its days differ, and how much the shops
differ among themselves about what they have in common; the larger one counts. The test is asked once for every shop
left out, and the least sure answer stands: what one shop alone brings about is no shared cause.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.diagnosis.chance import student_tail
from shopscore.intervals import student

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_SHOPS = 3
"""Shops below which nothing is called shared: with one of them left out two must remain to differ."""


class Stratum(Struct, frozen=True):
    """One shop's counts.

    Attributes:
        bad, rows: in the segment.
        all_bad, all_rows: in the shop, the segment's among them.
        phi: how much more its days differ than chance has it, at least 1.
    """

    bad: int
    rows: int
    all_bad: int
    all_rows: int
    phi: float = 1.0

    @property
    def beyond(self) -> float:
        """Bad rows beyond the shop's own share of them."""
        return self.bad - self.rows * self.all_bad / self.all_rows

    @property
    def variance(self) -> float:
        """Of that, by chance alone, with the shop's margins given."""
        here, bad, all_ = self.rows, self.all_bad, self.all_rows
        return here * (all_ - here) * bad * (all_ - bad) / (all_ * all_ * (all_ - 1))

    @property
    def excess(self) -> float:
        """Bad rows beyond what the rest of the shop would have had in the segment's place."""
        return self.bad - self.rows * (self.all_bad - self.bad) / (self.all_rows - self.rows)


class Pooled(Struct, frozen=True):
    """What the shops say together.

    Attributes:
        excess: bad rows beyond what the rest of each shop would have had there.
        interval: where that lies, 95 %.
        chance: of such an excess or more by chance, with the shop left out that tells most.
    """

    excess: float
    interval: tuple[float, float]
    chance: float


def tells(stratum: Stratum) -> bool:
    """Whether a shop says anything of a segment: there are rows beside it, and rows of both kinds."""
    return 0 < stratum.rows < stratum.all_rows and 0 < stratum.all_bad < stratum.all_rows


def pooled(strata: Sequence[Stratum]) -> Pooled | None:
    """What shops say of a segment together; None where too few of them say anything.

    Args:
        strata: one a shop, in any order.
    """
    known = [each for each in strata if tells(each)]
    if len(known) < FEWEST_SHOPS:
        return None
    sums = _Sums.of(known)
    excess = math.fsum(each.excess for each in known)
    half = student(sums.shops - 1) * math.sqrt(sums.spread())
    # The test is on the margins' scale; the excess is told against the rest of the shop.
    ratio = excess / sums.beyond if sums.beyond > 0 else 1.0
    interval = (excess - half * ratio, excess + half * ratio)
    chance = max(sums.without(each).chance() for each in known)
    return Pooled(excess, interval, chance)


class _Sums(Struct, frozen=True):
    """Of some shops: the excess, its variance by chance and with days that differ, and products of both."""

    shops: int
    beyond: float
    variance: float
    widened: float
    squared: float
    crossed: float
    variance_squared: float

    @classmethod
    def of(cls, strata: Sequence[Stratum]) -> _Sums:
        rows = [_terms(each) for each in strata]
        return cls(len(rows), *(math.fsum(column) for column in zip(*rows, strict=True)))

    def without(self, stratum: Stratum) -> _Sums:
        """The same with one shop left out."""
        beyond, variance, widened, squared, crossed, product = _terms(stratum)
        return _Sums(
            self.shops - 1,
            self.beyond - beyond,
            self.variance - variance,
            self.widened - widened,
            self.squared - squared,
            self.crossed - crossed,
            self.variance_squared - product,
        )

    def spread(self) -> float:
        """Variance of the excess: chance within shops, or what shops differ by, whichever is more.

        What they have in common is an excess in proportion to each shop's variance; Σ(dᵢ - r·vᵢ)² is what is left.
        """
        if self.variance <= 0:
            return self.widened
        common = self.beyond / self.variance
        left = self.squared - 2 * common * self.crossed + common * common * self.variance_squared
        return max(self.widened, left * self.shops / (self.shops - 1))

    def chance(self) -> float:
        """P of such an excess or more, by Student's t on one degree of freedom fewer than shops."""
        spread = self.spread()
        if self.beyond <= 0 or spread <= 0:
            return 1.0
        return student_tail(self.beyond / math.sqrt(spread), self.shops - 1)


def _terms(stratum: Stratum) -> tuple[float, float, float, float, float, float]:
    beyond, variance = stratum.beyond, stratum.variance
    return (
        beyond,
        variance,
        stratum.phi * variance,
        beyond * beyond,
        beyond * variance,
        variance * variance,
    )
