"""Simulated shops whose true level is known → how often the printed 95 % interval holds it, and verdicts are right."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from evidence.levels import WEIGHTS, Level, added, buyers, counts, durations, ninety, shares, stars
from evidence.plain import definition
from evidence.tables import Table
from shopscore.diagnosis.same_level import same_level
from shopscore.intervals import wilson
from shopscore.intervals.kinds import meets, value_of
from shopscore.intervals.scatter import WEEK, Scatter
from shopscore.intervals.spells import design_effect
from shopscore.model import Measurement, Target
from shopscore.score import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence.levels import Shop
    from evidence.plain import Plain
    from shopscore.model import Sums, Verdict

RATIO, WEIGHTED, OF = definition("ratio"), definition("ratio", weight_by="buyer_weight"), definition("ratio_of")
MEAN, STARS = definition("mean", unit="hours"), definition("mean", "higher", unit="stars")
P90 = definition("quantile", unit="hours", quantile=0.9)
DAY = dt.date(2026, 9, 1)
"""The first day of every window."""
LEAST = 1e-6
"""A width that counts as none."""


@dataclass(frozen=True)
class Case:
    """A kind of metric in a kind of shop, and what the plain interval is."""

    name: str
    kind: Plain
    draw: partial[Shop]
    naive: str


ON_ROWS, NORMAL, RANKS = "Wilson on rows", "normal on rows", "ranks of rows"
ALIKE = {"differ": Level(alike=(0.005, 0.1)), "volume": (10, 100), "level": (0.02, 0.98)}
RARE = {"volume": (10, 100), "level": (0.01, 0.1)}
DIFFER = {"spread": (0.1, 0.4), "volume": (5, 40)}
SPELLS = Level(tail=0.5, lasting=0.7)
FEW = (0.2, 1.7)
"""Rows a day that make 5 to 50 in 30 days."""
CASES = (
    Case("a share, orders independent", RATIO, partial(shares), ON_ROWS),
    Case("a share, orders independent, a week", RATIO, partial(shares, days=7), ON_ROWS),
    Case("a share of 5 to 50 rows", RATIO, partial(shares, volume=FEW, level=(0.05, 0.95)), ON_ROWS),
    Case("a share near 0 (0.5 to 3 %)", RATIO, partial(shares, level=(0.005, 0.03)), ON_ROWS),
    Case("a share, days that differ", RATIO, partial(shares, **ALIKE), ON_ROWS),
    Case("a share, days that differ, a week", RATIO, partial(shares, days=7, **ALIKE), ON_ROWS),
    Case("a share, days that differ, 90 days", RATIO, partial(shares, days=90, **ALIKE), ON_ROWS),
    Case("a share, a few very bad days", RATIO, partial(shares, differ=Level(tail=0.8), **RARE), ON_ROWS),
    Case("a share, weekends twice as bad", RATIO, partial(shares, days=28, differ=Level(weekends=2), **RARE), ON_ROWS),
    Case("a share, bad spells that last", RATIO, partial(shares, differ=SPELLS, **RARE), ON_ROWS),
    Case("a share, orders independent; 12 weeks known", RATIO, partial(shares, before=54), ON_ROWS),
    Case("a share, orders independent, a week of 12 known", RATIO, partial(shares, days=7, before=77), ON_ROWS),
    Case("a share, days that differ; 12 weeks known", RATIO, partial(shares, before=54, **ALIKE), ON_ROWS),
    Case("a share, days that differ, a week of 12 known", RATIO, partial(shares, days=7, before=77, **ALIKE), ON_ROWS),
    Case(
        "a share, bad spells that last; 12 weeks known",
        RATIO,
        partial(shares, before=54, differ=SPELLS, **RARE),
        ON_ROWS,
    ),
    Case(
        "a share, 2.5 times as bad until 10 days before",
        RATIO,
        partial(shares, before=54, differ=Level(was=2.5), **RARE),
        ON_ROWS,
    ),
    Case("a share of weighted buyers", WEIGHTED, partial(shares, weights=WEIGHTS, level=(0.02, 0.98)), ON_ROWS),
    Case("a share of weighted buyers, days that differ", WEIGHTED, partial(shares, weights=WEIGHTS, **ALIKE), ON_ROWS),
    Case("a share of buyers, each once", RATIO, partial(buyers), "Wilson on orders"),
    Case("a ratio of counts", OF, partial(counts), NORMAL),
    Case("a ratio of counts, days that differ", OF, partial(counts, spread=0.5), NORMAL),
    Case("a mean", MEAN, partial(durations), NORMAL),
    Case("a mean of 5 to 50 rows", MEAN, partial(durations, volume=FEW), NORMAL),
    Case("a mean, days that differ", MEAN, partial(durations, **DIFFER), NORMAL),
    Case("a mean, days that differ, a week", MEAN, partial(durations, days=7, **DIFFER), NORMAL),
    Case("a mean with a long tail", MEAN, partial(durations, long=(1, 1.2)), NORMAL),
    Case("a mean of stars", STARS, partial(stars), NORMAL),
    Case("a 90 % quantile", P90, partial(ninety), RANKS),
    Case("a 90 % quantile, days that differ", P90, partial(ninety, **DIFFER), RANKS),
)


@dataclass(frozen=True)
class Covered:
    """Of some shops of one case: how often each interval holds the truth or lies below or above it, and the widths."""

    held: float
    below: float
    above: float
    naive: float
    wider: float


def covered(case: Case, seeds: int) -> Covered:
    """How often the intervals of a case hold the truth."""
    held, below, above, naive, widths = [], [], [], [], []
    for seed in range(seeds):
        shop = case.draw(random.Random(f"{case.name} {seed}"))  # noqa: S311 - invented orders are no secret
        ends = value_of(case.kind, added(shop.days), shop.days, known_of(case.kind, shop)).interval
        if ends is None:
            continue
        held.append(ends[0] <= shop.truth <= ends[1])
        below.append(ends[1] < shop.truth)
        above.append(shop.truth < ends[0])
        naive.append(shop.naive[0] <= shop.truth <= shop.naive[1])
        widths.append(math.log(max(ends[1] - ends[0], LEAST) / max(shop.naive[1] - shop.naive[0], LEAST)))
    asked = len(held)
    return Covered(*(sum(each) / asked for each in (held, below, above, naive)), math.exp(sum(widths) / asked))


def known_of(kind: Plain, shop: Shop) -> list[Sums]:
    """The days of a shop that run at its window's level, as an audit finds them."""
    days = [(DAY + dt.timedelta(days=at - len(shop.before)), each) for at, each in enumerate(shop.before + shop.days)]
    return same_level(kind, days, DAY) if shop.before else []


# ── what could be known of spells ────────────────────────────────────────────────────────────────────────────────

LASTING = ("a share, bad spells that last", "a share, bad spells that last; 12 weeks known")


@dataclass(frozen=True)
class Possible:
    """Of shops whose bad days last: how often an interval holds the truth, and how wide ours is by the best.

    Attributes:
        ours: as a report gives it.
        shaped: of who knows how far days swing and how they hang together if they do, and not whether they do.
        knowing: of who knows that too, and needs no days to learn it from.
        wider: ours by theirs in width.
    """

    ours: float
    shaped: float
    knowing: float
    wider: float


def possible(case: Case, seeds: int) -> Possible:
    """What could be known of spells."""
    differ, held, widths = case.draw.keywords["differ"], [], []
    for seed in range(seeds):
        shop = case.draw(random.Random(f"{case.name} {seed}"))  # noqa: S311 - invented orders are no secret
        rows, known = [day.rows for day in shop.days], known_of(case.kind, shop)
        found = value_of(case.kind, added(shop.days), shop.days, known)
        if found.value is None or found.interval is None:
            continue
        days, window = ([(day.wh, day.w, day.w2) for day in each] for each in (known or shop.days, shop.days))
        swing = (math.expm1(differ.tail**2),)
        shaped = design_effect(days, window, WEEK, swing, (differ.lasting,))
        best = scatter_of_spells(differ, shop.truth, rows)
        ends = [found.interval, *(wilson(found.value, sum(rows), Scatter(phi)) for phi in (shaped, best))]
        held.append([low <= shop.truth <= high for low, high in ends])
        widths.append(math.log((ends[0][1] - ends[0][0]) / (ends[2][1] - ends[2][0])))
    shares_held = (sum(each) / len(held) for each in zip(*held, strict=True))
    return Possible(*shares_held, math.exp(sum(widths) / len(widths)))


def scatter_of_spells(differ: Level, truth: float, rows: Sequence[int]) -> float:
    """The variance of a share over that of independent orders, from what its days are drawn with."""
    of_day = [math.exp(differ.tail**2 * differ.lasting**gap) - 1 for gap in range(len(rows))]
    tied = sum(of_day[abs(at - to)] * here * there for at, here in enumerate(rows) for to, there in enumerate(rows))
    alone = sum(rows) * (1 - truth * (1 + of_day[0]))
    return (alone + truth * tied) / (sum(rows) * (1 - truth))


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────────

TARGET = 0.05
VERDICTS: tuple[Verdict, ...] = ("pass", "likely_pass", "undecided", "likely_fail", "fail")


def verdicts(seeds: int) -> dict[Verdict, tuple[int, int, int]]:
    """Shops by verdict, and of how many the true level meets the target; and of how many the value alone does.

    The share of late orders may be 5 %; the truth lies between 2.5 and 10 %, on days that differ.
    """
    told: Counter[Verdict] = Counter()
    meeting: Counter[Verdict] = Counter()
    plain: Counter[Verdict] = Counter()
    draw = partial(shares, volume=(3, 60), level=(0.025, 0.1), differ=Level(alike=(0.001, 0.03)))
    for seed in range(seeds):
        shop = draw(random.Random(f"verdict {seed}"))  # noqa: S311 - invented orders are no secret
        found = value_of(RATIO, added(shop.days), shop.days)
        said = verdict(Measurement("measured", None, found.value, found.interval), Target(TARGET, "published"), "lower")
        good = meets(shop.truth, TARGET, "lower")
        told[said] += 1
        meeting[said] += good
        plain[said] += good == meets(found.value or 0.0, TARGET, "lower")
    return {name: (told[name], meeting[name], plain[name]) for name in VERDICTS}


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────


def tables(seeds: int) -> Iterator[Table]:
    """For the page; many shops for each one asked for, since single percents are at stake."""
    head = ("of", "holds the truth", "lies below it", "above it", "a plain interval holds it", "width, ours by plain")
    yield Table("intervals.coverage", head, tuple(_line(case, covered(case, 16 * seeds)) for case in CASES))
    yield Table(
        "intervals.possible",
        ("of", "holds the truth", "by who knows how spells are", "and that there are", "width, ours by theirs"),
        tuple(
            (case.name, *(f"{each:.1%}" for each in (found.ours, found.shaped, found.knowing)), f"{found.wider:.2f}")
            for case in CASES
            if case.name in LASTING
            for found in [possible(case, 4 * seeds)]
        ),
    )
    yield Table(
        "intervals.verdicts",
        ("verdict", "shops", "the true level meets the target", "the value's side of the target is right"),
        tuple(
            (name, f"{shops}", f"{good / max(shops, 1):.1%}", f"{right / max(shops, 1):.1%}")
            for name, (shops, good, right) in verdicts(4 * seeds).items()
        ),
    )


def _line(case: Case, found: Covered) -> tuple[str, ...]:
    shares_of = (f"{each:.1%}" for each in (found.held, found.below, found.above))
    return case.name, *shares_of, f"{found.naive:.1%} ({case.naive})", f"{found.wider:.2f}"
