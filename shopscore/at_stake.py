"""The clocks of a shop and its judged metrics → every running clock with what missing it would do."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.diagnosis.chances import chances
from shopscore.diagnosis.due import by_deadline
from shopscore.diagnosis.survival import FEWEST, Clock
from shopscore.intervals.kinds import meets
from shopscore.model import Aside, Breach, Due
from shopscore.score import banded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from shopscore.ledger.clocks import Stake, Turn, Watched
    from shopscore.model import MetricResult
    from shopscore.prepare import Shop
    from shopscore.ruleset.metric import Metric

_HOUR = 3600
_FIRST = dt.datetime(1970, 1, 1)
"""Any moment; shop-local times have no zone."""


def at_stake(shop: Shop, clocks: Iterable[Watched], results: Sequence[MetricResult]) -> tuple[Due, ...]:
    """Every running clock of a shop, by deadline.

    Args:
        shop: the shop.
        clocks: its clocks.
        results: its metrics, judged.
    """
    by_id = {each.id: each for each in results}
    metrics = {each.id: Judged(shop, each.metric, by_id[each.id]) for each in shop.definitions}

    @cache  # most running clocks weigh alike
    def breach(metric: str, stake: Stake) -> Breach:
        return metrics[metric].breach(stake)

    return by_deadline(each for clock in clocks for each in _of_clock(shop, clock, breach))


def blocked(clocks: Iterable[Watched]) -> tuple[Aside, ...]:
    """What has a deadline and cannot be worked on yet, by clock, then by deadline."""
    return tuple(
        Aside(clock.rules.id, subject, clock.rules.blocked_as or clock.rules.title, deadline, clock.until)
        for clock in clocks
        for subject, deadline in clock.blocked
    )


def undated(clocks: Iterable[Watched]) -> tuple[Aside, ...]:
    """What waits for the shop and of which no file tells by when, by clock, the oldest first."""
    return tuple(
        Aside(clock.rules.id, subject, clock.rules.undated or clock.rules.title, None, clock.until)
        for clock in clocks
        for subject, _ in clock.undated
    )


def _of_clock(shop: Shop, clock: Watched, breach: Callable[[str, Stake], Breach]) -> Iterator[Due]:
    past, lately = ([_clock(turn) for turn in turns] if clock.running else [] for turns in (clock.turns, clock.lately))
    share = clock.missed / clock.passed if clock.passed >= FEWEST else None
    told = chances(past, [_clock(turn) for turn in clock.running], _seconds(clock.until), lately=lately)
    for turn, chance in zip(clock.running, told, strict=True):
        step = clock.rules.steps[turn.step]
        yield Due(
            clock=clock.rules.id,
            subject=turn.subject,
            deadline=turn.due,
            hours_left=(turn.due - shop.as_of).total_seconds() / _HOUR,
            title=clock.rules.title,
            holder=step.holder,
            todo=step.todo,
            since=turn.start,
            seen=clock.until,
            chance=chance,
            usual=share,
            weight=turn.weight,
            first=clock.rules.called if turn.first else None,
            breaches=tuple(
                breach(metric, stakes[turn.subject])
                for metric, stakes in clock.stakes.items()
                if turn.subject in stakes
            ),
        )


def _clock(turn: Turn) -> Clock:
    """A turn in seconds; in other hands than the first is handed over."""
    times = (turn.done, turn.over, turn.since if turn.step else None)
    return Clock(_seconds(turn.start), _seconds(turn.due), *(None if at is None else _seconds(at) for at in times))


def _seconds(moment: dt.datetime) -> float:
    return (moment - _FIRST).total_seconds()


class Judged(Struct, frozen=True):
    """One metric with what its value, score and price say of a further miss."""

    shop: Shop
    metric: Metric
    result: MetricResult

    def breach(self, stake: Stake) -> Breach:
        """What one more miss does, nothing else changing."""
        result, goal = self.result, self.result.target.value
        value, after = result.measurement.value, self.after(stake.weight)
        better, ahead = result.better, result.outlook
        fine = value is not None and goal is not None and meets(value, goal, better)
        return Breach(
            metric=result.id,
            title=result.title,
            unit=result.unit,
            better=better,
            value=value,
            after=after,
            target=goal,
            left=ahead.budget.left if ahead is not None and ahead.budget is not None else None,
            crosses=fine and after is not None and goal is not None and not meets(after, goal, better),
            points=self.points(value, after),
            money=stake.money,
            currency=self.metric.stake.currency if self.metric.stake is not None and stake.money is not None else None,
        )

    def after(self, weight: float | None) -> float | None:
        """The value with one more row of a weight missed; None for what is no share, and without a value."""
        found = self.result.measurement
        if self.metric.kind != "ratio" or weight is None or found.numerator is None or not found.denominator:
            return None
        missed = weight if self.metric.better == "lower" else 0.0
        return (found.numerator + missed) / (found.denominator + weight)

    def points(self, value: float | None, after: float | None) -> float | None:
        """What the step from one value to another loses on the platform's scale, where cut-offs are known."""
        file, bands = self.shop.file, self.shop.loaded.pack.bands
        now, then = banded(self.metric, value, file, bands), banded(self.metric, after, file, bands)
        return None if now is None or then is None or after is None else max(now - then, 0.0)
