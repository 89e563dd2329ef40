"""Simulated years of days whose incidents, weekends, promotions and measures are known → what is said of them.

A shop has a usual share of late orders, half of them a week in which some days are worse, days that differ more than
chance has it, and promotions with five times the orders and three times the share. Every day its chart is drawn again.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.tables import Table
from evidence.waiting import LATE, sums
from shopscore.diagnosis.before import EVEN
from shopscore.diagnosis.change_points import Count
from shopscore.diagnosis.chart import SPAN, chart
from shopscore.diagnosis.effects import HISTORY, difference_interval, effect
from shopscore.diagnosis.sides import side
from shopscore.model import SpecialDay, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.model import Control, Effect

START = dt.date(2026, 1, 5)
DAY = dt.timedelta(days=1)
YEAR = 365
BUSY = (1.1, 1.0, 1.0, 1.0, 1.1, 0.8, 0.7)
UNEVEN = (0.8, 0.7, 0.9, 0.8, 1.0, 1.9, 1.6)
SALE = SpecialDay("sale", Words("sale", "大促"), promotion=True)
SALES = ((150, 3), (300, 3))
"""First day and length of a year's promotions."""
WINDOW = 30


@dataclass(frozen=True)
class Shop:
    """What is true of a shop: orders a day, usual share, what each weekday does to it, how much days differ."""

    volume: int
    usual: float
    week: tuple[float, ...]
    scatter: float

    def share(self, at: int, times: float = 1.0) -> float:
        """The true share of a day, but for what makes days differ."""
        return min(self.usual * self.week[at % 7] * times, 0.95)


def shop(rng: random.Random) -> Shop:
    week = UNEVEN if rng.random() < 0.5 else (1.0,) * 7
    return Shop(rng.choice((15, 40, 120)), rng.uniform(0.02, 0.08), week, rng.choice((0.0, 0.2, 0.4)))


def day(rng: random.Random, what: Shop, at: int, times: float = 1.0, busy: float = 1.0) -> tuple[int, int]:
    """(late, orders) of a day."""
    orders = max(1, round(what.volume * BUSY[at % 7] * busy * rng.uniform(0.8, 1.2)))
    share = what.share(at, times) * rng.lognormvariate(-(what.scatter**2) / 2, what.scatter)
    return sum(rng.random() < share for _ in range(orders)), orders


Days = list[tuple[int, int]]


def charted(days: Days, today: int, special: dict[dt.date, SpecialDay]) -> Control | None:
    """The chart of a day's report."""
    first = max(today - SPAN, 0)
    known = [(START + at * DAY, sums(*days[at])) for at in range(first, today)]
    return chart(LATE, known, (START + (today - WINDOW) * DAY, START + (today - 1) * DAY), special)


# ── plain guesses ────────────────────────────────────────────────────────────────────────────────────────────────


def deviations(days: Days, today: int, far: float) -> bool:
    """Whether a plain p-chart of the same days calls the newest day bad; three deviations are usual."""
    known = days[max(today - SPAN, 0) : today]
    level = sum(late for late, _ in known) / sum(orders for _, orders in known)
    late, orders = days[today - 1]
    return late / orders > level + far * math.sqrt(level * (1 - level) / orders)


def twice(days: Days, today: int) -> bool:
    """Whether the newest day is twice as bad as the thirty before it."""
    known = days[today - 1 - WINDOW : today - 1]
    level = sum(late for late, _ in known) / sum(orders for _, orders in known)
    return days[today - 1][0] / days[today - 1][1] > 2 * level


def plain(days: Days, today: int) -> tuple[bool, bool, bool]:
    """What three plain ways say of the newest day."""
    return deviations(days, today, 3), deviations(days, today, 6), twice(days, today)


# ── alarms ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Alarms:
    """What one way of watching says: false alarms a stationary shop-year, and what it finds of what is planted."""

    who: str
    false: float
    shifts: float | None
    bad_day: float
    worse: float
    delay: float


def alarms(seeds: int) -> list[Alarms]:
    """Charts against plain guesses; a year and three planted incidents a shop."""
    ways = ("`control`", "three deviations, all days alike", "six deviations", "twice the thirty days before")
    years = [_year(seed) for seed in range(seeds)]
    bad = [_bad_day(seed) for seed in range(10 * seeds)]
    delays = [_worse(seed) for seed in range(4 * seeds)]
    found = []
    for number, who in enumerate(ways):
        told = sorted(each[number] for each in delays)
        found.append(
            Alarms(
                who,
                sum(each[number] for each in years) / seeds,
                sum(each[-1] for each in years) / seeds if number == 0 else None,
                sum(each[number] for each in bad) / len(bad),
                sum(each <= WORSE for each in told) / len(told),
                told[len(told) // 2],
            )
        )
    return found


def _year(seed: int) -> tuple[int, ...]:
    """Days of a stationary year that each way calls bad, and changes of level told."""
    rng = random.Random(seed)  # noqa: S311 - invented days are no secret
    what = shop(rng)
    sale = {first + at for first, length in SALES for at in range(length)}
    days = [day(rng, what, at, *((3.0, 5.0) if at in sale else (1.0, 1.0))) for at in range(YEAR)]
    special = {START + at * DAY: SALE for at in sale}
    said: set[dt.date] = set()
    shifts, shown = 0, None
    for today in range(SPAN, YEAR + 1):
        told = charted(days, today, special)
        if told is None:
            continue
        said |= {each.day for each in told.days if each.signal == "above" and each.day >= START + SPAN * DAY}
        shifts += told.shift is not None and shown is None
        shown = told.shift
    others = [plain(days, today) for today in range(SPAN + 1, YEAR + 1)]
    return len(said), *(sum(each) for each in zip(*others, strict=True)), shifts


def _bad_day(seed: int) -> tuple[bool, ...]:
    """Whether each way tells of yesterday, on which four times as many were late."""
    rng = random.Random(10_000 + seed)  # noqa: S311 - invented days are no secret
    what = shop(rng)
    days = [day(rng, what, at) for at in range(SPAN + 7)]
    at = SPAN + rng.randrange(7)
    days = [*days[:at], day(rng, what, at, 4.0)]
    told = charted(days, len(days), {})
    ours = told is not None and any(each.signal == "above" and each.day == START + at * DAY for each in told.days)
    return ours, *plain(days, len(days))


WORSE = 14
"""Days after which a lasting change is looked for in vain."""


def _worse(seed: int) -> tuple[int, ...]:
    """Days until each way first tells that twice and a half as many are late from a day on."""
    rng = random.Random(20_000 + seed)  # noqa: S311 - invented days are no secret
    what = shop(rng)
    days = [day(rng, what, at, 2.5 if at >= SPAN else 1.0) for at in range(SPAN + WORSE)]
    since = START + (SPAN - 3) * DAY
    first = [WORSE + 1] * 4
    for after in range(1, WORSE + 1):
        today = SPAN + after
        told = charted(days, today, {})
        shift = told.shift if told else None
        seen = bool(told) and any(each.signal == "above" and each.day >= START + SPAN * DAY for each in told.days)
        risen = shift is not None and shift.after > shift.before and shift.day >= since
        for number, said in enumerate((seen or risen, *plain(days, today))):
            first[number] = min(first[number], after) if said else first[number]
    return tuple(first)


# ── measures ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Plan:
    """What is true around a measure: how many times the usual share, before it, shortly before it, and after it."""

    name: str
    after: float
    shortly: float = 1.0
    run: int = 0


PLANS = (
    Plan("nothing: a day on which nothing was done", 1.0),
    Plan("nothing, but a bad week before it ended by itself", 1.0, 4.0, 7),
    Plan("nothing, it had become half as bad ten days before", 0.5, 0.5, 10),
    Plan("half as many late since", 0.5),
    Plan("twice as many late since", 2.0),
)
SOLD = 0.3
"""In how many cases a promotion lies between the days after the measure."""


@dataclass(frozen=True)
class Judged:
    """Of many measures of one plan: how often each way says it worked or harmed, and holds the true difference."""

    plan: str
    worked: float
    harmed: float
    moved: float
    held: float
    plain_worked: float
    plain_harmed: float
    plain_held: float


def judged(plan: Plan, seeds: int) -> Judged:
    """The effect as a report gives it, and the plain difference of as many days before and after."""
    found = [_measure(plan, seed) for seed in range(seeds)]
    answers = [said.answer for said, _, _, _ in found]
    known = [(said.interval, truth) for said, truth, _, _ in found if said.interval]
    return Judged(
        plan.name,
        *(answers.count(name) / seeds for name in ("worked", "harmed")),
        (answers.count("came_back") + answers.count("moved_before")) / seeds,
        sum(ends[0] <= truth <= ends[1] for ends, truth in known) / max(len(known), 1),
        sum(ends[1] < 0 for _, _, ends, _ in found) / seeds,
        sum(ends[0] > 0 for _, _, ends, _ in found) / seeds,
        sum(ends[0] <= truth <= ends[1] for _, _, ends, truth in found) / seeds,
    )


def _measure(plan: Plan, seed: int) -> tuple[Effect, float, tuple[float, float], float]:
    """What is said of a measure, the true difference; the plain interval, and the true difference of its days."""
    rng = random.Random(30_000 + seed)  # noqa: S311 - invented days are no secret
    what = shop(rng)
    at, lasts = HISTORY + rng.randrange(7), rng.choice((7, 14, 28))
    shortly = dict.fromkeys(range(at - plan.run, at), plan.shortly)
    times = [shortly.get(each, plan.after if each > at else 1.0) for each in range(at + lasts + 1)]
    sale = at + 3 if rng.random() < SOLD else None
    days = [day(rng, what, each, *((3.0, 5.0) if each == sale else (times[each], 1.0))) for each in range(len(times))]
    dated = {START + each * DAY: sums(*days[each]) for each in range(len(days)) if each != at}
    date = START + at * DAY
    before, after = ({when: dated[when] for when in dated if (when > date) == later} for later in (False, True))
    usable = dated.keys() - {START + each * DAY for each in range(len(days)) if each == sale}
    said = effect(date, "", LATE, before, after, usable, WINDOW)
    usual = sum(busy * what.share(each) for each, busy in enumerate(BUSY)) / sum(BUSY)
    sides = range(at - lasts, at), range(at + 1, len(days))
    first, second = ([days[each] for each in side_of] for side_of in sides)
    interval = difference_interval(*_alone(first), *_alone(second))
    lone = [_true(what, times, days, side_of, sale) for side_of in sides]
    return said, usual * (plan.after - plan.shortly), interval, lone[1] - lone[0]


def _alone(days: Sequence[tuple[int, int]]) -> tuple[float, tuple[float, float]]:
    found = side([Count(*each) for each in days], "share", EVEN)
    return found.value, found.ends


def _true(what: Shop, times: Sequence[float], days: Days, places: range, sale: int | None) -> float:
    wanted = sum(what.share(at, 3.0 if at == sale else times[at]) * days[at][1] for at in places)
    return wanted / sum(days[at][1] for at in places)


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


ALARMS = (
    "who watches",
    "false alarms a shop-year",
    "false changes of level a year",
    "a bad day, on the next",
    "worse for good, within 14 days",
    "after days, median",
)
MEASURES = (
    "what is true",
    "worked",
    "harmed",
    "had moved before",
    "interval holds the truth",
    "plain: better",
    "plain: worse",
    "plain: holds the truth",
)


def tables(seeds: int) -> Iterator[Table]:
    """Alarms of a twenty-fifth of the shops, a year each; measures of all of them."""
    watched = alarms(max(seeds // 25, 2))
    yield Table("trend.alarms", ALARMS, tuple(_watched(each) for each in watched))
    yield Table("trend.measures", MEASURES, tuple(_told(judged(plan, seeds)) for plan in PLANS))


def _watched(each: Alarms) -> tuple[str, ...]:
    shifts = "-" if each.shifts is None else f"{each.shifts:.1f}"
    return each.who, f"{each.false:.1f}", shifts, f"{each.bad_day:.0%}", f"{each.worse:.0%}", f"{each.delay:.0f}"


def _told(each: Judged) -> tuple[str, ...]:
    ours = (each.worked, each.harmed, each.moved, each.held)
    others = (each.plain_worked, each.plain_harmed, each.plain_held)
    return each.plan, *(f"{100 * share:.1f}%" for share in (*ours, *others))
