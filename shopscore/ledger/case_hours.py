"""Refund cases → when they come in, are decided and wait, hour by hour, and what deciding at fixed times would do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.ruleset.aftersale import Reading

_HOUR, _DAY = 3600, 86_400
_WEEK = 168
_SITTING = 1800
"""Longer sittings count as several: that makes requests look put off more often, and rounds promise less."""
WAITING = "applied>seller"
"""The stage in which a request surely waits for the seller's decision."""
ANSWERS = ("agreed", "refused")
"""States that are the seller's answer; the end is his where he made it."""
_MONDAY = 4 * _DAY
"""The first Monday of the count of seconds, which begins on a Thursday."""


class HourCount(NamedTuple):
    """One hour of the week: requests that came in, that were decided, and the seconds that requests waited in it."""

    weekday: int
    hour: int
    came: int
    decided: int
    waited: int


class DayReplay(NamedTuple):
    """The requests that came in on one day: how long they waited, and how long they would have with fixed rounds."""

    cases: int
    now: int
    then: int


class Hours(NamedTuple):
    """The hours of the week in which anything happened, the replay day by day, and what it rests on.

    Attributes:
        hours: the hours.
        days: the replay.
        decisions: requests decided at any time, but for those decided at once.
        sittings: in how many sittings.
    """

    hours: tuple[HourCount, ...]
    days: tuple[DayReplay, ...]
    decisions: int
    sittings: int


def case_hours(stays: pl.DataFrame, reading: Reading, days: tuple[dt.date, dt.date]) -> Hours:
    """Count the wait for the seller's decision.

    A request waits from the application to the next step, or until the data ends. Where the files do not tell that it
    was the seller's turn all along, nobody knows how long it waited for him, and it is left out. A step within
    `at_once_seconds` was taken by a setting: such a request waits for nobody.

    Args:
        stays: what `shopscore.ledger.case_time.staged` returns.
        reading: how the guides' words are read: the rounds, and what counts as at once.
        days: the first and the last day, both in.
    """
    first, last = (int((each - _EPOCH).total_seconds()) for each in (_midnight(days[0]), _midnight(days[1]) + _ONE))
    rows = _waits(stays, reading.at_once_seconds)
    times = sorted(int(each[:2]) * _HOUR + int(each[3:]) * 60 for each in reading.rounds.times)
    decided = rows.filter(pl.col("decided") & pl.col("waits"))["end"]
    looks = _sittings(decided)
    return Hours(_grid(rows, first, last), _replayed(rows, looks, (first, last), times), len(decided), len(looks))


_ONE, _EPOCH = dt.timedelta(days=1), dt.datetime(1970, 1, 1)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _waits(stays: pl.DataFrame, at_once: int) -> pl.DataFrame:
    """``came`` and ``end`` in seconds; ``decided``: the seller ended the wait; ``waits``: longer than at once."""
    answered = pl.col("to_state").is_in(ANSWERS) | (
        (pl.col("to_state") == "refunded") & (pl.col("last_actor") == "seller")
    )
    # What the system agreed to for him is an answer, and not his.
    answered &= pl.col("agreed_by").ne_missing("system") | (pl.col("to_state") != "agreed")
    came, end = pl.col("begin").dt.epoch("s"), pl.col("end").dt.epoch("s")
    return stays.filter(pl.col("stage") == WAITING, pl.col("end").is_not_null()).select(
        came.alias("came"),
        end.alias("end"),
        answered.fill_null(value=False).alias("decided"),
        (end - came > at_once).alias("waits"),
    )


# ── hours of the week ────────────────────────────────────────────────────────────────────────────────────────────


def _grid(rows: pl.DataFrame, first: int, last: int) -> tuple[HourCount, ...]:
    """What happened in each hour of the week."""
    came, end, hour = pl.col("came"), pl.col("end"), pl.col("hour")
    hours = (
        rows.filter(pl.col("waits") & (end > first) & (came < last))
        .select(came.clip(first), end.clip(upper_bound=last))
        .with_columns(pl.int_ranges(came // _HOUR, (end - 1) // _HOUR + 1).alias("hour"))
        .explode("hour")
    )
    inside = pl.min_horizontal(end, (hour + 1) * _HOUR) - pl.max_horizontal(came, hour * _HOUR)
    within = (pl.col("at") >= first) & (pl.col("at") < last)
    decided = rows.filter(pl.col("decided") & pl.col("waits")).select(at="end")
    counts = [
        hours.select(_of_week(hour * _HOUR), inside.alias("n")).group_by("of_week").agg(pl.col("n").sum()),
        *(
            frame.filter(within).select(_of_week(pl.col("at"))).group_by("of_week").len()
            for frame in (rows.select(at="came"), decided)
        ),
    ]
    waited, arrived, answered = (dict(frame.iter_rows()) for frame in counts)
    return tuple(
        HourCount(at // 24 + 1, at % 24, arrived.get(at, 0), answered.get(at, 0), waited.get(at, 0))
        for at in sorted({*waited, *arrived, *answered})
    )


def _of_week(seconds: pl.Expr) -> pl.Expr:
    """The hour of the week, 0 for Monday from midnight on."""
    return ((seconds - _MONDAY) // _HOUR % _WEEK).cast(pl.Int64).alias("of_week")


# ── fixed rounds ─────────────────────────────────────────────────────────────────────────────────────────────────


def _replayed(
    rows: pl.DataFrame, looks: pl.Series, window: tuple[int, int], rounds: Sequence[int]
) -> tuple[DayReplay, ...]:
    """Each request of the days decided in as many looks as it took, the looks at fixed times.

    A look is a sitting of at most half an hour in which the shop decided any request. A request decided in the third
    sitting after it came in is decided in the third round after it came in: what was put off is put off as often.
    """
    asked = rows.filter(pl.col("came").is_between(*window, closed="left")).sort("came", "end")
    before = looks.search_sorted(asked["came"], side="left")
    passed = looks.search_sorted(asked["end"], side="left")
    number = (passed - before + 1).cast(pl.Int64)
    day, of_day = pl.col("came") // _DAY, pl.col("came") % _DAY
    gone = pl.sum_horizontal((of_day >= each).cast(pl.Int64) for each in rounds)
    place = day * len(rounds) + gone + pl.col("_number") - 1
    clock = pl.lit(pl.Series(rounds, dtype=pl.Int64)).gather(place % len(rounds))
    decided_then = place // len(rounds) * _DAY + clock
    then = pl.when(pl.col("decided")).then(decided_then).otherwise(pl.min_horizontal(decided_then, "end"))
    found = (
        asked.with_columns(_number=number)
        .with_columns(pl.when("waits").then(then).otherwise("end").alias("_then"))
        .group_by(day.alias("_day"))
        .agg(
            pl.len().alias("cases"),
            (pl.col("end") - pl.col("came")).sum().alias("now"),
            (pl.col("_then") - pl.col("came")).sum().alias("then"),
        )
        .sort("_day")
    )
    return tuple(DayReplay(*map(int, row[1:])) for row in found.iter_rows())


def _sittings(decided: pl.Series) -> pl.Series:
    """The last decision of each sitting: decisions that follow on each other's heels, half an hour of them at most."""
    moments = decided.unique().sort().rename("at").to_frame()
    fresh = pl.when((pl.col("at") - pl.col("at").shift()).fill_null(_DAY) > _SITTING).then("at")
    begun = fresh.forward_fill()
    return (
        moments.with_columns(begun.alias("_begun"))
        .group_by("_begun", ((pl.col("at") - pl.col("_begun")) // _SITTING).alias("_place"))
        .agg(pl.col("at").max())["at"]
        .sort()
    )
