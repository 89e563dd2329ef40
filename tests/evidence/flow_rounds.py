"""Simulated shops that decide refunds by habit → what three rounds a day are said to bring, and what they bring."""

from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from evidence.refund_cases import DAY, DAYS, HISTORY, HOUR, MACHINE, moment, seen
from shopscore.diagnosis.rounds import rounds
from shopscore.ledger.case_hours import case_hours

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Habit:
    """When a shop looks at its requests: hours of the day, weekdays, and how many of those waiting it decides then."""

    name: str
    hours: tuple[float, ...]
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    decides: float = 0.9
    a_day: int = 6


HABITS = (
    Habit("once, in the evening", (20,)),
    Habit("once, in the evening; half are put off", (20,), decides=0.5),
    Habit("twice, on weekdays only", (10, 16), (0, 1, 2, 3, 4)),
    Habit("morning, noon and evening already", (9, 14, 20)),
    Habit("every hour from 9 to 18", tuple(range(9, 19))),
    Habit("every hour from 9 to 18; half are put off", tuple(range(9, 19)), decides=0.5),
    Habit("every hour, most are put off; one request a day", tuple(range(9, 19)), decides=0.2, a_day=1),
    Habit("once, in the evening; one request a day", (20,), a_day=1),
    Habit("every hour from 9 to 18; most are put off", tuple(range(9, 19)), decides=0.2),
)
GUIDE = Habit("the guide's three times", (9, 14, 20))


def waits(habit: Habit, arrivals: Sequence[float], decides: float, luck: random.Random) -> list[float | None]:
    """When each request is decided; None where that is after today."""
    looks = [
        day * DAY + hour * HOUR
        for day in range(HISTORY + 30)
        if moment(day * DAY).weekday() in habit.weekdays
        for hour in habit.hours
    ]
    found: list[float | None] = []
    for at in arrivals:
        decided = next(look for look in looks if look >= at and luck.random() < decides)
        found.append(decided + luck.uniform(0, 20 * 60))
    return found


@dataclass(frozen=True)
class Promise:
    """What was promised to some shops with one habit: mean hours now, said and come; how far off; how often shown."""

    habit: str
    now: float
    said: float
    came: float
    off: float
    naive_off: float
    shown: float


def promises(seeds: int) -> list[Promise]:
    """One line a habit: the replay against the same requests really decided three times a day."""
    return [_promise(habit, seeds) for habit in HABITS]


def _promise(habit: Habit, seeds: int) -> Promise:
    found = [_replay(habit, random.Random(f"{habit.name} {seed}")) for seed in range(seeds)]  # noqa: S311
    now, said, came, naive, shown = zip(*found, strict=True)
    return Promise(
        habit.name,
        fmean(now),
        fmean(said),
        fmean(came),
        fmean(abs(here - there) for here, there in zip(said, came, strict=True)),
        fmean(abs(here - there) for here, there in zip(naive, came, strict=True)),
        fmean(shown),
    )


def _replay(habit: Habit, luck: random.Random) -> tuple[float, float, float, float, bool]:
    """Mean hours now, as said, as it came, and by the plain guess (the next round), and whether it is shown."""
    arrivals = [
        day * DAY + luck.triangular(7, 25, 21) % 24 * HOUR for day in range(HISTORY) for _ in range(habit.a_day)
    ]
    decided = waits(habit, arrivals, habit.decides, luck)
    rows = [
        {
            "refund_id": f"r{number}",
            "order_id": f"o{number}",
            "kind": "refund_only",
            "applied_at": moment(at),
            **_decided(end),
        }
        for number, (at, end) in enumerate(zip(arrivals, decided, strict=True))
    ]
    assert MACHINE.reading is not None
    hours = case_hours(seen(rows), MACHINE.reading, DAYS)
    told = rounds(hours, MACHINE.reading.rounds.times)
    assert told is not None
    begun = [at for at in arrivals if at >= (HISTORY - 30) * DAY]
    came = waits(GUIDE, begun, habit.decides, luck)
    naive = waits(GUIDE, begun, 1.0, luck)
    shown = told.pays()
    return told.now_seconds / HOUR, told.then_seconds / HOUR, _mean(begun, came), _mean(begun, naive), shown


def _mean(begun: Sequence[float], ended: Sequence[float | None]) -> float:
    """Mean hours, up to today for what is decided later."""
    today = HISTORY * DAY
    return (
        fmean(min(end if end is not None else today, today) - at for at, end in zip(begun, ended, strict=True)) / HOUR
    )


def _decided(end: float | None) -> dict[str, object]:
    if end is None or end >= HISTORY * DAY:
        return {"status": "open"}
    return {"status": "success", "agreed_at": moment(end), "finished_at": moment(end), "last_actor": "seller"}
