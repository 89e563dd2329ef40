"""Shops whose buyers are awake at known hours, scans and chats right or eight hours off → whom the checks accuse."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopscore.diagnosis.clock_shifts import shift_of_hours, shift_of_lags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_AWAKE = (3, 1.5, 0.8, 0.5, 0.5, 0.8, 1.5, 3, 5, 6, 7, 7, 7, 6, 6, 6, 6, 6, 6, 7, 9, 10, 9, 6)
HABITS = {
    "day": _AWAKE,
    "night": tuple(_AWAKE[(hour - 5) % 24] for hour in range(24)),
    "round the clock": (1,) * 24,
    "evening": (2, 0.8, 0.3, 0.2, 0.2, 0.3, 0.5, 1, 1.5, 2, 2, 2, 2.5, 2, 2, 2, 2.5, 4, 7, 10, 14, 15, 10, 5),
    "office": (0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.1, 0.3, 2, 6, 8, 7, 5, 7, 8, 8, 7, 4, 1.5, 0.8, 0.5, 0.4, 0.3, 0.2),
}
"""How likely people are awake and buying in each hour of the day."""
SENDING = ("same day", "evening", "next morning", "slow")
"""When parcels are handed to the carrier."""


@dataclass(frozen=True)
class Clock:
    """A shop: when its buyers are awake, when they chat, when parcels leave, what is innocent and odd in it."""

    habit: str
    chats: str
    sending: str
    goods_first: float = 0.0


CLOCKS = tuple(
    Clock(habit, chats, sending)
    for habit in HABITS
    for chats in dict.fromkeys((habit, "day", "office"))
    for sending in SENDING
) + tuple(Clock(habit, habit, sending, goods_first=0.03) for habit in HABITS for sending in SENDING)


def orders_and_scans(clock: Clock, luck: random.Random, orders: int = 600) -> list[tuple[float, float]]:
    """(order, first scan) of a shop's orders, in hours."""
    found = []
    for number in range(orders):
        day, hour = number % 30, luck.choices(range(24), HABITS[clock.habit])[0] + luck.random()
        placed = 24 * day + hour
        evening = 24 * day + luck.gauss(18.5, 0.8)
        handed = {
            "same day": placed + luck.uniform(0.5, 6),
            "evening": evening if evening > placed + 0.3 else evening + 24,
            "next morning": 24 * (day + 1) + luck.gauss(9, 1),
            "slow": placed + luck.uniform(26, 60),
        }[clock.sending]
        if luck.random() < clock.goods_first:
            # The goods went over the counter, and the order was typed in afterwards.
            handed = placed - luck.uniform(0.2, 7)
        found.append((placed, handed))
    return found


def _profile(hours: Iterable[float]) -> tuple[int, ...]:
    counted = Counter(math.floor(hour) % 24 for hour in hours)
    return tuple(counted[hour] for hour in range(24))


@dataclass(frozen=True)
class Told:
    """Of shops without a wrong clock those accused; of those with one, those of which the right hours are said."""

    sign: str
    accused: float
    right: float


LAGS, HOURS = "`shifted_hours`: lags", "`shifted_hours`: hours"
PLAIN_LAGS, PLAIN_HOURS = "1 % of the scans before their orders", "busiest hours six or more apart"


def told(seeds: int) -> list[Told]:
    """What lags and hours tell of shops, beside plain rules."""
    shops = [(clock, 1000 * seed + at) for seed in range(seeds) for at, clock in enumerate(CLOCKS)]
    answers = [each for clock, seed in shops for each in _asked(clock, seed)]
    found = []
    for sign in (LAGS, PLAIN_LAGS, HOURS, PLAIN_HOURS):
        right = [said == shift for name, shift, said in answers if name == sign and shift]
        accused = [said is not None for name, shift, said in answers if name == sign and not shift]
        found.append(Told(sign, sum(accused) / len(accused), sum(right) / len(right)))
    return found


def _asked(clock: Clock, seed: int) -> Iterator[tuple[str, int, int | None]]:
    """(sign, the truth, what it says) of a shop whose second table is right, in UTC, or moved the other way."""
    luck = random.Random(seed)  # noqa: S311 - invented orders are no secret
    pairs = orders_and_scans(clock, luck)
    chats = [luck.choices(range(24), HABITS[clock.chats])[0] for _ in range(400)]
    usual = _profile(placed for placed, _ in pairs)
    for shift in (0, -8, 8):
        hours = _profile(chat + shift for chat in chats)
        yield HOURS, shift, shift_of_hours(usual, hours, [8])
        yield PLAIN_HOURS, shift, _busiest(usual, hours)
        # Effects that are told too late stand after their causes whatever happens: lags say nothing of them.
        if shift <= 0:
            lags = Counter(math.floor(scan + shift - placed) for placed, scan in pairs)
            early = sum(count for lag, count in lags.items() if lag < 0)
            yield LAGS, shift, shift_of_lags(lags, [8])
            yield PLAIN_LAGS, shift, -8 if early > 0.01 * len(pairs) else None


def _busiest(usual: tuple[int, ...], hours: tuple[int, ...]) -> int | None:
    apart = (hours.index(max(hours)) - usual.index(max(usual)) + 12) % 24 - 12
    return (8 if apart > 0 else -8) if abs(apart) >= 6 else None
