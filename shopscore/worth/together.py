"""Several gaps closed at once → what that takes, no event done twice, and what the platform makes of it.

Two questions that must not be answered gap by gap. *What it takes*: of the events that are bad in several metrics at
once each is made good once, so the whole is less than its parts. *What it gains*: gates ask for all of their scores,
and composites have steps, so one gap closed alone often changes nothing. Both are asked of sets.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.model import Step, Taken, Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from shopscore.model import Outcome, Words

MOST = 6
"""Gaps looked at together: their sets are gone through one by one."""
_LUMP = 16
"""Events are given out in lumps of a sixteenth of what is left of the largest gap, one by one at the end."""


class Gap(Struct, frozen=True):
    """A metric short of its target and the events that takes; None where they cannot be counted."""

    metric: str
    fixes: int | None


def together(
    gaps: Sequence[Gap],
    shared: Mapping[tuple[bool, ...], int],
    outcome: Callable[[frozenset[str]], Outcome],
    titles: Mapping[str, tuple[Words, Words]],
) -> Together | None:
    """What closing several gaps takes and gains together; None where there are not two of them.

    Args:
        gaps: ranked, the first ones most worth acting on; at most `MOST` are looked at.
        shared: bad events by the metrics in which they are bad at once, a flag for each of ``gaps``.
        outcome: what the platform makes of the shop with some metrics at their targets.
        titles: title and gain of gates by id.

    Returns:
        The smallest set of gaps after which the outcome is that of all of them, the one with the fewest events among
        equals. Where no set changes anything that is known, the gaps that share events.
    """
    gaps, outcome = gaps[:MOST], cache(outcome)
    same = _sharing(gaps, shared)
    chosen = _smallest(gaps, shared, outcome) or same
    if len(chosen) < 2:  # noqa: PLR2004 - several are at least two
        return None
    before, steps = outcome(frozenset()), tuple(_steps(gaps, chosen, shared, outcome))
    after = steps[-1].after
    opened = tuple(titles[name] for name in after.gates if name not in before.gates and name in titles)
    return Together(steps, _taken(gaps, chosen, shared), before, after, opened, _taken(gaps, same, shared))


def _taken(gaps: Sequence[Gap], places: Sequence[int], shared: Mapping[tuple[bool, ...], int]) -> Taken | None:
    counted = [at for at in places if gaps[at].fixes is not None]
    if not counted:
        return None
    apart = sum(gaps[at].fixes or 0 for at in counted)
    return Taken(tuple(gaps[at].metric for at in counted), fewest(gaps, counted, shared), apart)


def _sharing(gaps: Sequence[Gap], shared: Mapping[tuple[bool, ...], int]) -> tuple[int, ...]:
    """The gaps of which some events are bad in another one too, where that spares some of them."""
    countable = [at for at, gap in enumerate(gaps) if gap.fixes]
    touched: set[int] = set()
    for flags, count in shared.items():
        inside = [at for at in countable if at < len(flags) and flags[at]]
        if count and len(inside) > 1:
            touched.update(inside)
    found = tuple(sorted(touched))
    return found if fewest(gaps, found, shared) < sum(gaps[at].fixes or 0 for at in found) else ()


# ── what it gains ────────────────────────────────────────────────────────────────────────────────────────────────


def _smallest(
    gaps: Sequence[Gap], shared: Mapping[tuple[bool, ...], int], outcome: Callable[[frozenset[str]], Outcome]
) -> tuple[int, ...]:
    """The smallest set with the outcome of all; nothing where that is the outcome of none."""
    places = range(len(gaps))
    best, nothing = outcome(_names(gaps, places)), outcome(frozenset())
    if best == nothing:
        return ()
    for size in range(1, len(gaps) + 1):
        enough = [each for each in combinations(places, size) if outcome(_names(gaps, each)) == best]
        if enough:
            return min(enough, key=lambda each: (fewest(gaps, each, shared), each))
    return ()


def _names(gaps: Sequence[Gap], places: Sequence[int]) -> frozenset[str]:
    return frozenset(gaps[at].metric for at in places)


def _steps(
    gaps: Sequence[Gap],
    chosen: Sequence[int],
    shared: Mapping[tuple[bool, ...], int],
    outcome: Callable[[frozenset[str]], Outcome],
) -> Iterator[Step]:
    """One gap after the other: first what changes the outcome, then what takes the fewest events more, then by rank."""
    last, left, taken = outcome(_names(gaps, chosen)), list(chosen), 0
    done: list[int] = []
    while left:
        here = outcome(_names(gaps, done))

        def place(at: int, done: Sequence[int] = tuple(done), here: Outcome = here) -> tuple[bool, int, int]:
            changes = outcome(_names(gaps, [*done, at])) != here
            return not changes, fewest(gaps, [*done, at], shared), chosen.index(at)

        at = min(left, key=place)
        left.remove(at)
        done.append(at)
        total = max(fewest(gaps, done, shared), taken)
        without = [each for each in chosen if each != at]
        yield Step(
            metric=gaps[at].metric,
            alone=gaps[at].fixes,
            events=None if gaps[at].fixes is None else total - taken,
            needed=outcome(_names(gaps, without)) != last,
            after=outcome(_names(gaps, done)),
        )
        taken = total


# ── what it takes ────────────────────────────────────────────────────────────────────────────────────────────────


def fewest(gaps: Sequence[Gap], places: Sequence[int], shared: Mapping[tuple[bool, ...], int]) -> int:
    """The fewest events to be otherwise so that each of some gaps is closed, an event counting wherever it is bad.

    A covering by small whole numbers, done greedily: next comes an event that is bad in most of the gaps still open,
    among equals where most is still to do. It never takes more than the parts by themselves, and never less than the
    largest; how often it is the least there is: ``docs/evidence.md``.
    """
    need = {at: gaps[at].fixes or 0 for at in places}
    stock: dict[tuple[int, ...], int] = {}
    for flags, count in shared.items():
        inside = tuple(at for at in need if at < len(flags) and flags[at])
        stock[inside] = stock.get(inside, 0) + count
    taken = 0
    while any(need.values()):
        open_ones = [
            (sum(need[at] > 0 for at in inside), sum(need[at] for at in inside), inside)
            for inside, count in stock.items()
            if count and any(need[at] for at in inside)
        ]
        if not open_ones:
            return taken + sum(need.values())
        inside = max(open_ones)[2]
        lump = max(max(need.values()) // _LUMP, 1)
        many = min(lump, stock[inside], *(need[at] for at in inside if need[at]))
        stock[inside] -= many
        taken += many
        for at in inside:
            need[at] = max(need[at] - many, 0)
    return taken
