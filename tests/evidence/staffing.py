"""Simulated shops whose shortage of agents is known → which hours are named, and how good the effect's size is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.agents import (
    DAY,
    FLAT,
    SHORT,
    WEEKS,
    Line,
    Shop,
    busiest,
    hours_of,
    missed,
    month,
    said,
    slot,
    truth,
)
from evidence.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model.staffing import DutyHours


@dataclass(frozen=True)
class Named:
    """Of shops with one shortage: how often hours were named, the right ones, and what the week after said of them.

    Attributes:
        right: named hours that share more than half with the planted ones (of all hours in either), per shop.
        held: named hours in which the fifth week misses at least twice what its other hours miss, per hours named.
        share: the part of the fifth week's misses in the hours named.
        busiest: the part in the busiest hours.
    """

    shop: str
    named: float
    right: float
    held: float
    share: float
    busiest: float


def naming(shop: Shop, seeds: int) -> Named:
    """Hours named from four weeks, held against the fifth."""
    named = right = held = 0
    shares: list[tuple[float, float]] = []
    for seed in range(seeds):
        lines = month(shop, seed, WEEKS + 1)
        known = [line for line in lines if line.at < WEEKS * 7 * DAY]
        windows = said(known).windows
        if not windows:
            continue
        hours, after = windows[0].shift, lines[len(known) :]
        named += 1
        both = hours_of(hours), hours_of(shop.short[0])
        right += 2 * len(both[0] & both[1]) > len(both[0] | both[1])
        inside, outside = _rates(after, hours)
        held += inside[1] / max(inside[0], 1) >= 2 * outside[1] / max(outside[0], 1)
        shares.append((_part(after, hours), _part(after, busiest(known, hours))))
    ours, plain = (sum(column) / max(len(shares), 1) for column in zip(*shares, strict=True)) if shares else (0, 0)
    return Named(shop.name, named / seeds, right / seeds, held / max(named, 1), ours, plain)


def _rates(lines: list[Line], hours: DutyHours) -> tuple[list[int], list[int]]:
    sides = [0, 0], [0, 0]
    for line in lines:
        day, hour = slot(line.at)
        side = sides[hours.begins(day.isoweekday(), hour) is None]
        side[0] += 1
        side[1] += missed(line)
    return sides


def _part(lines: list[Line], hours: DutyHours) -> float:
    inside, outside = _rates(lines, hours)
    return inside[1] / (inside[1] + outside[1])


@dataclass(frozen=True)
class Sized:
    """Of shops with one shortage: the effect said, and the true one of the hours named.

    Attributes:
        true: the part of all misses one more agent in the hours named removes, in unseen months.
        off: by how much the effect said is off, mean.
        plain: by how much it would be off if all misses in these hours fell away.
        holds: how often the interval holds the true effect.
        reach: half the interval's width.
    """

    shop: str
    true: float
    off: float
    plain: float
    holds: float
    reach: float


def sizing(shop: Shop, seeds: int) -> Sized:
    """The effect said of four weeks, held against months with one more agent in the hours named."""
    found = []
    for seed in range(seeds):
        windows = said(month(shop, seed)).windows
        if windows and windows[0].removed is not None:
            worst = windows[0]
            # A promotion comes when it comes: the effect is said of weeks without one.
            true = truth(replace(shop, more=(worst.shift,), promotion=-1))
            low, high = worst.interval
            off = abs(worst.removed - true), abs(worst.share - true)
            found.append((true, *off, low <= true <= high, (high - low) / 2))
    return Sized(shop.name, *(sum(column) / len(found) for column in zip(*found, strict=True)))


def alarms(shop: Shop, seeds: int) -> float:
    """How often hours are named in a shop that has no shortage of its own hours."""
    return sum(bool(said(month(shop, seed)).windows) for seed in range(seeds)) / seeds


@dataclass(frozen=True)
class Moved:
    """Of shops with little to do at some hours: how often they are named, and what a move of one agent changes.

    Attributes:
        named: per shop.
        moved: the part of all misses removed where one agent goes from there to the hours named.
        added: the same with one more agent instead of a move.
    """

    shop: str
    named: float
    moved: float
    added: float


def moving(shop: Shop, seeds: int) -> Moved:
    """What a move of one agent out of the hours named for it changes."""
    found = []
    for seed in range(seeds):
        told = said(month(shop, seed))
        if told.moved_from is not None:
            more, fewer = (told.windows[0].shift,), (told.moved_from.shift,)
            found.append((truth(replace(shop, more=more, fewer=fewer)), truth(replace(shop, more=more))))
    moved, added = (sum(column) / len(found) for column in zip(*found, strict=True)) if found else (0.0, 0.0)
    return Moved(shop.name, len(found) / seeds, moved, added)


def tables(seeds: int) -> Iterator[Table]:
    """For the page; few shops, since each takes months of thousands of questions to know the truth of."""
    many, some, few, least = (max(seeds * each // 1000, 1) for each in (20, 12, 5, 2))
    yield Table(
        "staffing.named",
        ("planted", "hours named", "the right ones", "hold in week 5", "misses of week 5 in them", "in the busiest"),
        tuple(
            (each.shop, *(f"{part:.0%}" for part in (each.named, each.right, each.held, each.share, each.busiest)))
            for each in (naming(shop, some) for shop in SHORT)
        ),
    )
    yield Table(
        "staffing.effect",
        ("planted", "really removed", "said, off by", "if all fell away, off by", "interval holds it", "its reach"),
        tuple(
            (
                each.shop,
                *(f"{part:.1%}" for part in (each.true, each.off, each.plain)),
                f"{each.holds:.0%}",
                f"{each.reach:.1%}",
            )
            for each in (sizing(shop, few) for shop in SHORT)
        ),
    )
    yield Table(
        "staffing.flat",
        ("no shortage, but", "hours named"),
        tuple((shop.name, f"{alarms(shop, many):.0%}") for shop in FLAT),
    )
    yield Table(
        "staffing.moved",
        ("shop", "hours to move from named", "removed by the move", "by one more agent"),
        tuple(
            (
                each.shop,
                f"{each.named:.0%}",
                *(f"{part:.1%}" if each.named else "-" for part in (each.moved, each.added)),
            )
            for each in (moving(shop, least) for shop in (SHORT[0], SHORT[1], SHORT[-1]))
        ),
    )
