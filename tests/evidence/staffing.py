"""Simulated agents and buyers whose shortage is known → which hours are named, and how good the effect's size is.

Agents are servers: a question goes to the first agent on duty who is free, in the order asked; some are overlooked,
some need no answer and get none, buyers who wait too long are gone. Nothing here knows how the product reckons. The
truth of an effect is the same shop over again with one more agent in the hours named.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from shopscore.model.staffing import Asked, DutyHours, Hour

MONDAY = dt.date(2026, 1, 5)
LIMIT = 180
OPEN = range(9, 23)
DAY = 86_400


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
        weeks: how many weeks of files there are.
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
    weeks: int = 4
    more: tuple[DutyHours, ...] = field(default=())


class Line(NamedTuple):
    """What a file tells of a question, in seconds since the month began."""

    at: int
    answered: int | None
    agent: int | None


def rate(shop: Shop, day: int, hour: int) -> float:
    """Questions an hour."""
    if hour not in OPEN:
        return 0.0
    usual = shop.load * shop.agents * 3600 / shop.work
    if any(shift.begins(day % 7 + 1, hour) is not None for shift in shop.short):
        usual *= shop.crowd
    if shop.lunch and hour == 12:
        usual *= 0.5
    return usual * (4 if day == shop.promotion else 1)


def on_duty(shop: Shop, day: int, hour: int) -> list[int]:
    """The agents of an hour, by number."""
    if hour not in OPEN:
        return []
    some = shop.agents - (shop.lunch and hour == 12 and shop.agents > 1)
    extra = any(shift.begins(day % 7 + 1, hour) is not None for shift in shop.more)
    return [*range(some), *([99] if extra else [])]


def month(shop: Shop, seed: int) -> list[Line]:
    """Every question of a month, in the order asked."""
    luck = random.Random(seed)  # noqa: S311 - invented buyers are no secret
    lines: list[Line] = []
    for day in range(7 * shop.weeks):
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
    free = dict.fromkeys((*range(shop.agents), 99), 0.0)
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
        if agent in on_duty(shop, day, each):
            return max(moment, day * DAY + each * 3600)
    return float("inf")


# ── what the product sees ────────────────────────────────────────────────────────────────────────────────────────


def missed(line: Line) -> bool:
    return line.answered is None or line.answered - line.at > LIMIT


def slots(lines: list[Line]) -> dict[tuple[dt.date, int], Hour]:
    found: dict[tuple[dt.date, int], Hour] = {}
    for line in lines:
        key = (MONDAY + dt.timedelta(days=line.at // DAY), line.at % DAY // 3600)
        known = found.get(key, Hour(0, 0))
        found[key] = Hour(known.rows + 1, known.misses + missed(line))
    return found


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


def share_missed(lines: list[Line]) -> float:
    return sum(map(missed, lines)) / len(lines)


def truth(shop: Shop, shift: DutyHours, months: int = 6) -> float:
    """The part of all misses one more agent really removes, over months nobody has seen."""
    before = after = 0
    for seed in range(90_000, 90_000 + months):
        before += sum(map(missed, month(shop, seed)))
        after += sum(map(missed, month(replace(shop, more=(shift,)), seed)))
    return 1 - after / before


EVENING = DutyHours(1, 7, 20, 2)
WEEKEND = DutyHours(5, 3, 20, 2)
SHOPS = (
    Shop("every evening 20-22", (EVENING,)),
    Shop("Friday to Sunday 20-22", (WEEKEND,), crowd=3.4),
    Shop("weekdays 10-12, three agents, lunch", (DutyHours(1, 5, 10, 2),), agents=3, lunch=True, crowd=2.9),
    Shop("every evening, a slow agent", (EVENING,), slow=1.6, load=0.3, crowd=2.8),
    Shop("every evening, one agent", (EVENING,), agents=1, load=0.25, crowd=3.5),
    Shop("Friday to Sunday, one agent", (WEEKEND,), agents=1, load=0.25, crowd=3.5),
    Shop("every evening, a promotion day", (EVENING,), promotion=13),
    Shop("flat"),
    Shop("flat, a slow agent", slow=2.5, load=0.3),
    Shop("flat, busy all day", load=0.8),
    Shop("flat, a promotion day", promotion=11),
    Shop("flat, much unanswered", ignored=0.12, overlooked=0.05),
)
