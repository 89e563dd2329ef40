"""Simulated agents and buyers whose shortage is known → which hours are named, and how good the effect's size is.

Agents are servers: a question goes to the first agent on duty who is free, in the order asked; some are overlooked,
some need no answer and get none, buyers who wait too long are gone. Nothing here knows how the product reckons. The
truth of an effect is the same shop over again with one more agent in the hours named.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from evidence.tables import Table
from shopscore.diagnosis.staffing import staffing
from shopscore.model.staffing import Asked, DutyHours, Hour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Staffing

MONDAY = dt.date(2026, 1, 5)
LIMIT = 180
OPEN = range(9, 23)
DAY = 86_400
WEEKS = 4
MORE = 99
"""The number of the one more agent."""


@dataclass(frozen=True)
class Shop:
    """A shop's week.

    Attributes:
        name: what is planted.
        short: hours in which more buyers write than the agents can answer; none in a shop without a shortage.
        crowd: how many times as many write then.
        load: the part of their time agents are busy as a rule.
        agents: on duty as a rule.
        work: mean seconds of an answer.
        slow: how many times as long the last agent takes.
        ignored: the part of the questions that get no answer of a person (thanks, and what a bot settled).
        overlooked: the part answered long after.
        lunch: whether one agent fewer, and fewer buyers, are there at noon.
        promotion: the day (of the month) on which four times as many write; none where below 0.
        busy: hours in which four times as many write and three times as many agents are there.
        idle: hours in which a fifth as many write, though all agents are there.
        more, fewer: hours with one agent more, and with one fewer: what is to be tried.
    """

    name: str
    short: tuple[DutyHours, ...] = ()
    crowd: float = 3.0
    load: float = 0.35
    agents: int = 2
    work: float = 100.0
    slow: float = 1.0
    ignored: float = 0.02
    overlooked: float = 0.02
    lunch: bool = False
    promotion: int = -1
    busy: tuple[DutyHours, ...] = ()
    idle: tuple[DutyHours, ...] = ()
    more: tuple[DutyHours, ...] = ()
    fewer: tuple[DutyHours, ...] = ()


class Line(NamedTuple):
    """What a file tells of a question, in seconds since the month began."""

    at: int
    answered: int | None
    agent: int | None


def within(hours: tuple[DutyHours, ...], day: int, hour: int) -> bool:
    return any(each.begins(day % 7 + 1, hour) is not None for each in hours)


def rate(shop: Shop, day: int, hour: int) -> float:
    """Questions an hour."""
    usual = shop.load * shop.agents * 3600 / shop.work if hour in OPEN else 0.0
    usual *= shop.crowd if within(shop.short, day, hour) else 1
    usual *= 4 if within(shop.busy, day, hour) else 1
    usual *= 0.2 if within(shop.idle, day, hour) else 1
    usual *= 0.5 if shop.lunch and hour == 12 else 1
    return usual * (4 if day == shop.promotion else 1)


@cache
def on_duty(shop: Shop, day: int, hour: int) -> tuple[int, ...]:
    """The agents of an hour, by number, on a weekday."""
    if hour not in OPEN:
        return ()
    some = shop.agents * (3 if within(shop.busy, day, hour) else 1)
    some -= (shop.lunch and hour == 12 and shop.agents > 1) + within(shop.fewer, day, hour)
    return (*range(some), *((MORE,) if within(shop.more, day, hour) else ()))


def month(shop: Shop, seed: int, weeks: int = WEEKS) -> list[Line]:
    """Every question of some weeks, in the order asked."""
    luck = random.Random(seed)  # noqa: S311 - invented buyers are no secret
    lines: list[Line] = []
    for day in range(7 * weeks):
        lines += _day(shop, day, luck.lognormvariate(0, 0.15), random.Random(seed * 1000 + day))  # noqa: S311
    return lines


def _day(shop: Shop, day: int, level: float, luck: random.Random) -> list[Line]:
    asked = []
    for hour in range(24):
        mean = rate(shop, day, hour) * level
        at = luck.expovariate(mean / 3600) if mean else 3600
        while at < 3600:
            # Everything a buyer brings is drawn before anybody answers, so that one more agent meets the same buyers.
            asked.append(
                (
                    day * DAY + hour * 3600 + int(at),
                    luck.lognormvariate(0, 0.6) / 1.197 * shop.work,
                    luck.expovariate(1 / 900) + 120,
                    luck.random(),
                    luck.uniform(300, 2400),
                )
            )
            at += luck.expovariate(mean / 3600)
    return _answered(shop, day, asked)


def _answered(shop: Shop, day: int, asked: list[tuple[int, float, float, float, float]]) -> list[Line]:
    """Who answers what, when: a queue in the order asked, served by whoever is free."""
    free = dict.fromkeys((*range(shop.agents * (3 if shop.busy else 1)), MORE), 0.0)
    lines = []
    for at, work, patience, fate, later in asked:
        if fate < shop.ignored:
            lines.append(Line(at, None, None))
            continue
        if fate < shop.ignored + shop.overlooked:
            lines.append(Line(at, at + int(later), int(fate * 1e6) % shop.agents))
            continue
        begun, agent = min(((_free(shop, day, agent, max(at, until)), agent) for agent, until in free.items()))
        if begun - at > patience:
            lines.append(Line(at, None, None))
            continue
        free[agent] = begun + max(work * (shop.slow if agent == shop.agents - 1 else 1), 4)
        lines.append(Line(at, int(free[agent]), agent))
    return lines


def _free(shop: Shop, day: int, agent: int, moment: float) -> float:
    """The first moment from one on at which an agent is on duty; the last hour's end is his last."""
    hour = int(moment - day * DAY) // 3600
    for each in range(hour, 24):
        if agent in on_duty(shop, day % 7, each):
            return max(moment, day * DAY + each * 3600)
    return float("inf")


# ── what the product sees ────────────────────────────────────────────────────────────────────────────────────────


def missed(line: Line) -> bool:
    return line.answered is None or line.answered - line.at > LIMIT


def slots(lines: list[Line]) -> dict[tuple[dt.date, int], Hour]:
    """What a ledger would hold of them; nobody looks at how many waited at once here."""
    found: dict[tuple[dt.date, int], list] = {}
    for line in lines:
        here = found.setdefault(slot(line.at), [0, 0, set()])
        here[0] += 1
        here[1] += missed(line)
        if line.answered is not None:
            found.setdefault(slot(line.answered), [0, 0, set()])[2].add(line.agent)
    return {key: Hour(rows, bad, rows, len(agents)) for key, (rows, bad, agents) in found.items()}


def slot(at: int) -> tuple[dt.date, int]:
    return MONDAY + dt.timedelta(days=at // DAY), at % DAY // 3600


def asked(lines: list[Line]) -> list[Asked]:
    origin = MONDAY.toordinal() * DAY
    return [
        Asked(
            origin + line.at,
            None if line.answered is None else origin + line.answered,
            line.agent,
            number if missed(line) else None,
        )
        for number, line in enumerate(lines)
    ]


def said(lines: list[Line]) -> Staffing:
    """What the product says of a month."""
    return staffing("demo.replies", slots(lines), lambda: asked(lines), LIMIT)


def hours_of(hours: DutyHours) -> set[tuple[int, int]]:
    return {(day, hour) for day in range(1, 8) for hour in range(24) if hours.begins(day, hour) is not None}


def busiest(lines: list[Line], like: DutyHours) -> DutyHours:
    """The plain guess where to staff: of as many hours on the same days those in which most is asked."""
    asked_in = slots(lines)
    return max(
        (DutyHours(like.first_day, like.days, first, like.hours) for first in range(24 - like.hours + 1)),
        key=lambda hours: sum(
            each.rows for (day, hour), each in asked_in.items() if hours.begins(day.isoweekday(), hour) == 0
        ),
    )


@cache
def truth(shop: Shop, months: int = 6) -> float:
    """The part of all misses of a shop as it is that the hours tried really remove, in months nobody has seen."""
    plain = replace(shop, more=(), fewer=())
    before, after = (
        sum(missed(line) for seed in range(90_000, 90_000 + months) for line in month(each, seed))
        for each in (plain, shop)
    )
    return 1 - after / before


EVENING = DutyHours(1, 7, 20, 2)
WEEKEND = DutyHours(5, 3, 20, 2)
WEEKDAYS = DutyHours(1, 5, 10, 2)
SHORT = (
    Shop("every evening, two agents", (EVENING,)),
    Shop("Friday to Sunday evening, two agents", (WEEKEND,), crowd=3.4),
    Shop("weekday mornings, three agents, a lunch break", (WEEKDAYS,), agents=3, lunch=True, crowd=2.9),
    Shop("every evening, one agent", (EVENING,), agents=1, load=0.25, crowd=3.5),
    Shop("every evening, one of two agents slow", (EVENING,), slow=1.6, load=0.3, crowd=2.8),
    Shop("every evening, and a promotion day", (EVENING,), promotion=13),
    Shop("every evening, busier and well staffed at noon", (EVENING,), busy=(DutyHours(1, 7, 13, 2),)),
    Shop("every evening, little to do in the morning", (EVENING,), idle=(DutyHours(1, 7, 9, 3),)),
)
FLAT = (
    Shop("nothing"),
    Shop("a slow agent", slow=2.5, load=0.3),
    Shop("busy all day", load=0.8),
    Shop("a promotion day", promotion=11),
    Shop("much left unanswered at all hours", ignored=0.12, overlooked=0.05),
)


# ── what is measured ─────────────────────────────────────────────────────────────────────────────────────────────


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
