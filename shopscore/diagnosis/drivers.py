"""Which segment explains a gap: one dimension at a time, tested against the rest of the shop.

A segment is named when its bad events exceed what the rest's rate would have given in its place, when chance alone
would seldom do that (Benjamini & Hochberg, JRSS B 57, 1995, q = 0.05 over all segments of the metric), and when the
excess is worth naming.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.diagnosis.chance import benjamini_hochberg, binomial_tail, deviate, fisher_tail, welch_tail, widened
from shopscore.diagnosis.events import allowed_events, bad_events
from shopscore.diagnosis.excess import even_interval, excess_interval
from shopscore.intervals.kinds import bare_value, scale, summed, variance
from shopscore.model import Driver, Sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from shopscore.intervals import Interval
    from shopscore.ruleset.resolve import Definition

FALSE_DISCOVERIES = 0.05
FEWEST_EVENTS = 2.0
LEAST_PART = 0.1
FEWEST_ROWS_OF_A_MEAN = 5
FEWEST_NAMED = 5
"""Rows below which a segment is not named: it says little, and may be one person."""

Pick = tuple[str, str]
"""A dimension and one of its segments."""
NOTHING_KNOWN: Mapping[Pick, float] = MappingProxyType({})

_OF_VALUES = ("mean", "quantile")

REST = "rest"
NUMERATOR_ONLY = frozenset({"reason", "reason_class", "first_reason_class", "liability", "last_actor", "stage"})
"""Dimensions that describe a case and not what it is a case of: a ratio of counts has them above the line only."""


class Part(Struct, frozen=True):
    """One segment put to the test.

    Attributes:
        numerator: the metric's numerator in this segment, in its unit.
        denominator: its denominator; the whole numerator where the dimension describes the numerator only.
        excess: bad events beyond what is expected; for means units of the metric's Σx.
        chance: how likely such an excess or more is if the segment were like the rest.
        interval: finds where the excess lies, 95 %; few segments are asked.
    """

    dimension: str
    segment: str
    numerator: float
    denominator: float
    excess: float
    chance: float
    interval: Callable[[], Interval | None]


def drivers(  # noqa: PLR0913, PLR0917 - a metric's segments, and how much its days differ
    definition: Definition,
    whole: Sums,
    segments: Mapping[str, Mapping[str | None, Sums]],
    goal: float | None = None,
    phi: float = 1.0,
    bound: Mapping[Pick, float] = NOTHING_KNOWN,
) -> tuple[Driver, ...]:
    """The segments that explain a metric's bad events, largest excess first.

    ``ratio``: bad rows of the segment against the rest's rate, Fisher's exact tail. ``ratio_of``: events given
    exposure, the exact conditional binomial. ``mean`` and ``quantile``: Welch's t on the rows' values. Where the
    dimension describes the numerator only, nothing can be expected of a segment: it is compared with an even split of
    the events over the segments seen, which finds concentration, not cause.

    Args:
        definition: the metric's definition.
        whole: the sums of its window.
        segments: dimension → segment → sums. The blank segment and ``rest`` count, and are never named.
        goal: the target; an excess below a tenth of what is beyond it is not worth naming.
        phi: dispersion between days (`shopscore.intervals.dispersion`), which weakens a test as far as its segment is
            bound to days, and widens every interval.
        bound: how much each segment is bound to days (`shopscore.diagnosis.day_bound`); wholly where it is not said.

    Returns:
        Drivers with the metric's numerator and denominator in the segment, the excess in bad events (for means in
        units) and its share of all bad events.
    """
    total = bad_events(definition, whole, goal)
    floor = floor_of(definition, whole, goal)
    parts = list(
        chain.from_iterable(
            _parts(definition, dimension, whole, known, phi, bound) for dimension, known in segments.items()
        )
    )
    kept = benjamini_hochberg([part.chance for part in parts], FALSE_DISCOVERIES)
    limit = FALSE_DISCOVERIES * sum(kept) / max(len(parts), 1)
    found = [part for part, keep in zip(parts, kept, strict=True) if keep and part.excess >= floor > 0]
    found.sort(key=lambda part: (-part.excess, part.dimension, part.segment))
    return tuple(
        Driver(
            part.dimension,
            part.segment,
            part.numerator,
            part.denominator,
            part.excess,
            min(part.excess / total, 1.0) if total > 0 else 0.0,
            part.interval(),
            max(_least(part, limit), floor),
            even=_is_even(definition, part.dimension, segments[part.dimension]),
        )
        for part in found
    )


def _least(part: Part, limit: float) -> float:
    """The excess at which chance would just have made it so seldom that it is named: deviates grow with the excess."""
    seen = deviate(part.chance)
    return part.excess * deviate(limit) / seen if seen > 0 else 0.0


def floor_of(definition: Definition, whole: Sums, goal: float | None) -> float:
    """The least excess worth naming: a tenth of what is beyond the target, and two events."""
    total = bad_events(definition, whole, goal)
    over = total - allowed_events(definition, whole, goal)
    least = 0.0 if definition.metric.kind in _OF_VALUES else FEWEST_EVENTS
    return max(LEAST_PART * (over if over > 0 else total), least)


# ── one segment at a time ────────────────────────────────────────────────────────────────────────────────────────


def _parts(  # noqa: PLR0913, PLR0917 - a dimension of a metric, and how much its days differ
    definition: Definition,
    dimension: str,
    whole: Sums,
    known: Mapping[str | None, Sums],
    phi: float,
    bound: Mapping[Pick, float],
) -> Iterator[Part]:
    if _is_even(definition, dimension, known):
        yield from _even_split(definition, dimension, known, phi)
        return
    for segment, sums in known.items():
        if not segment or segment == REST or max(sums.rows, sums.hits) < FEWEST_NAMED:
            continue
        found = tested(definition, sums, whole, weakened(phi, bound, (dimension, segment)))
        if found is not None:
            ends = partial(_ends, definition, sums, whole, phi)
            yield Part(dimension, segment, *_counts(definition, sums), *found, ends)


def likely(definition: Definition, whole: Sums, segments: Mapping[str, Mapping[str | None, Sums]]) -> list[Pick]:
    """The segments whose days must be looked at: were days alike, chance alone would seldom make their excess."""
    parts = chain.from_iterable(
        _parts(definition, dimension, whole, known, 1.0, NOTHING_KNOWN) for dimension, known in segments.items()
    )
    return [(part.dimension, part.segment) for part in parts if part.chance <= FALSE_DISCOVERIES]


def weakened(phi: float, bound: Mapping[Pick, float], pick: Pick) -> float:
    """The dispersion between days as far as it is a segment's."""
    return 1 + (phi - 1) * bound.get(pick, 1.0)


def tested(definition: Definition, here: Sums, whole: Sums, phi: float) -> tuple[float, float] | None:
    """(excess, chance) of a segment's rows within some rows; None where they say nothing of each other."""
    test = _TESTS.get(definition.metric.kind)
    return test(definition, here, whole, phi) if test is not None and 0 < here.rows < whole.rows else None


def expected_of_counts(definition: Definition, driver: Driver) -> float | None:
    """The even share a driver of counted events was held against; None where it was held against the rest's rate."""
    kind = definition.metric.kind
    if kind == "count" or (kind == "ratio_of" and driver.dimension in NUMERATOR_ONLY):
        return driver.numerator - driver.excess
    return None


def _ends(definition: Definition, sums: Sums, whole: Sums, phi: float) -> Interval | None:
    return excess_interval(definition, sums, less(whole, sums), phi)


def _counts(definition: Definition, sums: Sums) -> tuple[float, float]:
    # A segment's values are not kept apart: a quantile's segments are told by their mean.
    if definition.metric.kind == "quantile":
        return sums.x / scale(definition), float(sums.rows)
    found = bare_value(definition, sums)
    return found.numerator, found.denominator or 0.0


def _is_even(definition: Definition, dimension: str, known: Mapping[str | None, Sums]) -> bool:
    """Whether nothing is known of what a dimension's events are a part of, so that only an even split is expected."""
    kind = definition.metric.kind
    above_only = dimension in NUMERATOR_ONLY or not any(sums.rows for sums in known.values())
    return kind == "count" or (kind == "ratio_of" and above_only)


def less(whole: Sums, part: Sums) -> Sums:
    """The rows of some sums without those of a part of them."""
    return Sums(whole.rows - part.rows, whole.hits - part.hits, x=whole.x - part.x, x2=whole.x2 - part.x2)


def _share(definition: Definition, sums: Sums, whole: Sums, phi: float) -> tuple[float, float]:
    """(excess, chance) of the bad among a segment's rows, against the rest's share."""
    bad, total = int(bad_events(definition, sums)), int(bad_events(definition, whole))
    expected = sums.rows * (total - bad) / (whole.rows - sums.rows)
    return bad - expected, widened(fisher_tail(bad, sums.rows, total, whole.rows), phi)


def _events(definition: Definition, sums: Sums, whole: Sums, phi: float) -> tuple[float, float] | None:
    """(excess, chance) of a segment's events given its part of the exposure, against the rest's rate; None of sums."""
    if summed(definition, "n") or summed(definition, "d"):
        # Rows are no events where each of them adds an amount.
        return None
    expected = sums.rows * (whole.hits - sums.hits) / (whole.rows - sums.rows)
    part = sums.rows / whole.rows
    if definition.metric.better == "higher":
        lacking = binomial_tail(whole.hits - sums.hits, whole.hits, 1 - part)
        return expected - sums.hits, widened(lacking, phi)
    return sums.hits - expected, widened(binomial_tail(sums.hits, whole.hits, part), phi)


def _mean(definition: Definition, sums: Sums, whole: Sums, phi: float) -> tuple[float, float] | None:
    """(excess, chance) of a segment's mean over the rest's; None where rows are too few for a spread."""
    others = whole.rows - sums.rows
    if min(sums.rows, others) < FEWEST_ROWS_OF_A_MEAN:
        return None
    difference = sums.x / sums.rows - (whole.x - sums.x) / others
    if definition.metric.better == "higher":
        difference = -difference
    here = variance(sums.rows, sums.x, sums.x2), sums.rows
    there = variance(others, whole.x - sums.x, whole.x2 - sums.x2), others
    return difference * sums.rows / scale(definition), welch_tail(difference, here, there, phi)


_TESTS: Mapping[str, Callable[[Definition, Sums, Sums, float], tuple[float, float] | None]] = {
    "ratio": _share,
    "ratio_of": _events,
    "mean": _mean,
    "quantile": _mean,
}


def _even_split(definition: Definition, dimension: str, known: Mapping[str | None, Sums], phi: float) -> Iterator[Part]:
    """Events of a segment against an even share of all events whose segment is known."""
    events = {
        segment: sums.rows if definition.metric.kind == "count" else sums.hits
        for segment, sums in known.items()
        if segment
    }
    events = {segment: count for segment, count in events.items() if count}
    total, even = sum(events.values()), 1 / len(events) if events else 1.0
    if len(events) == 1:
        return
    least = 0 if dimension in NUMERATOR_ONLY else FEWEST_NAMED
    for segment, count in events.items():
        if segment != REST and count >= least:
            chance = widened(binomial_tail(count, total, even), phi)
            ends = partial(even_interval, count, total, even, phi)
            yield Part(dimension, segment, float(count), float(total), count - total * even, chance, ends)
