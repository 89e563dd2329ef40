"""A metric's change by every dimension → the one that explains most of it.

Any dimension splits a change exactly (`shopscore.diagnosis.split`). One explains it where shares moved beyond chance,
or a segment's value moved otherwise than the rest's (false discoveries controlled over all dimensions); the one that
explains most of the change is named, and none where the change is within chance or alike everywhere.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.diagnosis.chance import benjamini_hochberg, normal_tail
from shopscore.diagnosis.drivers import FALSE_DISCOVERIES, LEAST_PART, NUMERATOR_ONLY, REST
from shopscore.diagnosis.split import Part, Window, moved, noise, noise_of_mix, parts, scaled, scatter_apart, together
from shopscore.diagnosis.split import window as window_of
from shopscore.intervals.kinds import scatter
from shopscore.model import MovedSegment, Movement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from shopscore.diagnosis.change import Side
    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition

FEWEST_NAMED = 5
"""Rows in both windows together below which a segment is not named."""
MOST_SEGMENTS = 12
"""Segments told of a dimension; the others are told together."""
MOST_SUSPECTS = 10
MOST_BLANK = 0.05
"""By how much the part of rows without a name may have moved: beyond it the named ones are others than before."""
LARGE = 0.05
"""The part of the denominator from which a segment must have moved against the whole for that to be said."""
SPLIT = ("ratio", "ratio_of", "mean")
_TWO = 2

Pick = tuple[str, str]
"""A dimension and one of its segments."""


# ── asking each dimension ────────────────────────────────────────────────────────────────────────────────────────


class Asked(Struct, frozen=True):
    """One thing that may explain a change: a dimension's mix (no segment) or a segment's value.

    Attributes:
        amount: how much of the change it explains, in its direction.
        chance: how likely that or more is if it changed like the rest.
    """

    dimension: str
    segment: str | None
    amount: float
    chance: float


class Compared(Struct, frozen=True):
    """The dimensions of a change: each one's parts, and what may explain it were all rows independent."""

    splits: Mapping[str, Mapping[str, Part]]
    asked: Sequence[Asked]

    @property
    def suspects(self) -> tuple[Pick, ...]:
        """The segments whose days must be looked at before they are believed, the largest amounts first."""
        likely = [each for each in self.asked if each.segment is not None and each.chance <= FALSE_DISCOVERIES]
        likely.sort(key=lambda each: (-each.amount, each.dimension, each.segment))
        return tuple((each.dimension, each.segment or "") for each in likely[:MOST_SUSPECTS])


def compared(  # noqa: PLR0913, PLR0917 - a metric, its two windows and what may be said of them
    definition: Definition,
    found: Movement,
    sides: tuple[Side, Side],
    before: Mapping[str, Mapping[str | None, Sums]],
    now: Mapping[str, Mapping[str | None, Sums]],
    few: Collection[Pick] = (),
) -> Compared:
    """A change by every dimension.

    Args:
        definition: the metric.
        found: what `change` made of the two windows; only what is beyond chance is compared.
        sides: before and now.
        before: dimension → segment → sums; a dimension's segments hold all of the window's rows.
        now: the same of the later window.
        few: segments that too few buyers stand behind to be named; they count with the rest.
    """
    if definition.metric.kind not in SPLIT or not found.beyond_chance:
        return Compared({}, ())
    phi = max(scatter(definition, side.sums, side.days).phi for side in sides)
    splits = {
        dimension: split
        for dimension in sorted({*before} & {*now})
        if dimension not in NUMERATOR_ONLY or definition.metric.kind != "ratio_of"
        if (split := _split(definition, found, before[dimension], now[dimension], _hidden(few, dimension)))
    }
    kind = definition.metric.kind
    asked = [each for name, split in splits.items() for each in asked_of(kind, name, split, found.difference, phi)]
    return Compared(splits, asked)


def _split(
    definition: Definition,
    found: Movement,
    before: Mapping[str | None, Sums],
    now: Mapping[str | None, Sums],
    hidden: Collection[str],
) -> dict[str, Part]:
    first, second = ({name or "": window_of(definition, sums) for name, sums in side.items()} for side in (before, now))
    return split_by(found.difference, first, second, hidden)


def _hidden(few: Collection[Pick], dimension: str) -> set[str]:
    return {segment for each, segment in few if each == dimension}


def split_by(
    difference: float, before: Mapping[str, Window], now: Mapping[str, Window], hidden: Collection[str] = ()
) -> dict[str, Part]:
    """A dimension's parts of a difference, in the unit of the value; none where it cannot be compared."""
    sides = before, now
    small = {*hidden} | {
        name for name in {*before, *now} - {""} if sum(side[name].rows for side in sides if name in side) < FEWEST_NAMED
    }
    split = parts(*(_folded(side, small) for side in sides))
    if "" in split and abs(split[""].shares[1] - split[""].shares[0]) > MOST_BLANK:
        return {}
    plain = math.fsum(part.mix + part.rate for part in split.values())
    factor = difference / plain if plain else 0.0
    return {name: scaled(part, factor) for name, part in split.items()} if factor > 0 else {}


def _folded(side: Mapping[str, Window], small: set[str]) -> dict[str, Window]:
    """The segments too small to be named together with the rest."""
    folded = [each for name, each in side.items() if name in small or name == REST]
    named = {name: each for name, each in side.items() if name not in small and name != REST}
    return named | {REST: together(folded)} if folded else named


def asked_of(  # noqa: PLR0913, PLR0917 - a dimension, its change, and how sure its parts are
    kind: str,
    dimension: str,
    split: Mapping[str, Part],
    difference: float,
    phi: float,
    rows: float = 1.0,
    mix: float = 1.0,
) -> list[Asked]:
    """What may explain a change in one dimension: its mix, and each segment's value against the rest's.

    ``rows`` is what a segment's variance is of that of independent rows, ``mix`` what the mix's is of that of windows
    which share no row. What rows without a name did explains nothing: a question nobody answered has no agent, and more
    of them are no larger part of anybody's.
    """
    sign = math.copysign(1, difference)
    moved_by = sign * math.fsum(part.mix for name, part in split.items() if name)
    asked = [Asked(dimension, None, moved_by, normal_tail(moved_by, mix * noise_of_mix(kind, split, phi)))]
    for name, part in split.items():
        others = _others(split, name)
        ours, theirs = moved(part.before, part.now), moved(others.before, others.now)
        if name in ("", REST) or ours is None or theirs is None:
            continue
        off = sign * (ours - theirs)
        chance = normal_tail(off, rows * (noise(kind, part) + noise(kind, others)))
        asked.append(Asked(dimension, name, part.share * off, chance))
    return asked


def _others(split: Mapping[str, Part], name: str) -> Part:
    """All segments but one as if they were one."""
    others = [part for other, part in split.items() if other != name]
    shares = 1 - split[name].shares[0], 1 - split[name].shares[1]
    return Part(together([each.before for each in others]), together([each.now for each in others]), shares, 0, 0, 0)


# ── explaining ───────────────────────────────────────────────────────────────────────────────────────────────────


def explained(
    definition: Definition,
    found: Movement,
    sides: tuple[Side, Side],
    by: Compared,
    days: Mapping[Pick, tuple[Sequence[Sums], Sequence[Sums]]],
) -> Movement:
    """A change with the dimension that explains most of it, split into mix and rate.

    Args:
        definition: the metric.
        found: the change.
        sides: before and now.
        by: its dimensions, from `compared`.
        days: the days of each of its suspects, before and now, as those of the sides.
    """
    asked = []
    for each in by.asked:
        chance, pick = each.chance, (each.dimension, each.segment or "")
        if each.segment is not None and chance <= FALSE_DISCOVERIES:
            split = by.splits[each.dimension]
            chance = _chance_by_days(definition, split, each.segment, sides, days[pick]) if pick in days else 1.0
        asked.append(replace(each, chance=chance))
    return believed(found, asked, by.splits)


def believed(found: Movement, asked: Sequence[Asked], splits: Mapping[str, Mapping[str, Part]]) -> Movement:
    """A change with the dimension that explains most of it beyond chance; as it was where none does."""
    kept = benjamini_hochberg([each.chance for each in asked], FALSE_DISCOVERIES) if asked else []
    worth: dict[str, list[Asked]] = defaultdict(list)
    for each, keep in zip(asked, kept, strict=True):
        if keep and each.amount > 0:
            worth[each.dimension].append(each)
    amounts = {dimension: math.fsum(each.amount for each in several) for dimension, several in worth.items()}
    amounts = {name: amount for name, amount in amounts.items() if amount >= LEAST_PART * abs(found.difference)}
    if not amounts:
        return found
    best = min(amounts, key=lambda name: (-amounts[name], name))
    return _told(found, best, splits[best], worth[best])


def _chance_by_days(
    definition: Definition,
    split: Mapping[str, Part],
    segment: str,
    sides: tuple[Side, Side],
    days: tuple[Sequence[Sums], Sequence[Sums]],
) -> float:
    """How likely a suspect moved so against the rest by chance, from how both differ day by day."""
    part, others, kind = split[segment], _others(split, segment), definition.metric.kind
    seen = math.fsum(scatter_apart(definition, of_days, side.days) for of_days, side in zip(days, sides, strict=True))
    off = (moved(part.before, part.now) or 0.0) - (moved(others.before, others.now) or 0.0)
    return normal_tail(abs(off), max(seen, noise(kind, part) + noise(kind, others)))


def _told(found: Movement, dimension: str, split: Mapping[str, Part], why: Sequence[Asked]) -> Movement:
    striking = {each.segment for each in why}
    ranked = sorted(split, key=lambda name: (name == REST, -abs(split[name].mix) - abs(split[name].rate), name))
    shown, others = ranked[:MOST_SEGMENTS], ranked[MOST_SEGMENTS:]
    told = [_segment(name, [split[name]], striking=name in striking) for name in shown if name != REST]
    small = [split[name] for name in (*others, *(name for name in shown if name == REST))]
    mix, rate = (math.fsum(getattr(part, name) for part in split.values()) for name in ("mix", "rate"))
    return replace(
        found,
        dimension=dimension,
        mix=mix,
        rate=rate,
        segments=(*told, *([_segment(REST, small)] if small else [])),
        simpson=None in striking and _against(found.difference, split),
    )


def _segment(name: str, of: Sequence[Part], *, striking: bool = False) -> MovedSegment:
    before, now = together([part.before for part in of]), together([part.now for part in of])
    return MovedSegment(
        name,
        (math.fsum(part.shares[0] for part in of), math.fsum(part.shares[1] for part in of)),
        (before.value, now.value),
        math.fsum(part.mix for part in of),
        math.fsum(part.rate for part in of),
        striking,
    )


def _against(difference: float, split: Mapping[str, Part]) -> bool:
    """Whether every segment of some size moved against the whole."""
    large = [part for part in split.values() if part.share >= LARGE]
    steps = [each for part in large if (each := moved(part.before, part.now)) is not None]
    return len(steps) >= _TWO and all(each * difference < 0 for each in steps)
