"""The clocks of a shop and its judged metrics → every running clock with what missing it would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.diagnosis.due import by_deadline
from shopscore.model import Breach, Due

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.ledger.clocks import Turn, Watched
    from shopscore.model import MetricResult
    from shopscore.prepare import Shop

_HOUR = 3600


def at_stake(shop: Shop, clocks: Iterable[Watched], results: Sequence[MetricResult]) -> tuple[Due, ...]:
    """Every running clock of a shop, by deadline.

    Args:
        shop: the shop.
        clocks: its clocks.
        results: its metrics, judged.
    """
    by_id = {each.id: each for each in results}
    return by_deadline(_due(shop, clock, turn, by_id) for clock in clocks for turn in clock.running)


def _due(shop: Shop, clock: Watched, turn: Turn, results: Mapping[str, MetricResult]) -> Due:
    step = clock.rules.steps[turn.step]
    return Due(
        clock=clock.rules.id,
        subject=turn.subject,
        deadline=turn.due,
        hours_left=(turn.due - shop.as_of).total_seconds() / _HOUR,
        title=clock.rules.title,
        holder=step.holder,
        todo=step.todo,
        since=turn.start,
        seen=clock.until,
        weight=turn.weight,
        breaches=tuple(_breaches(clock, turn, results)),
    )


def _breaches(clock: Watched, turn: Turn, results: Mapping[str, MetricResult]) -> Iterator[Breach]:
    for name, stakes in clock.stakes.items():
        if (stake := stakes.get(turn.subject)) is not None:
            result = results[name]
            yield Breach(name, result.title, money=stake.money, currency=_currency(result))


def _currency(result: MetricResult) -> str | None:
    return result.stake.currency if result.stake else None
