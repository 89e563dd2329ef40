"""Simulated agents and buyers → a shop's questions and answers, and what one more agent in some hours really removes.

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

from shopscore.diagnosis.staffing import staffing
from shopscore.model.staffing import Asked, DutyHours, Hour

if TYPE_CHECKING:
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
