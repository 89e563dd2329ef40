"""Clocks of a pack → the rows that have them: those that still run, and the lives of all.

A clock runs from its start until what it asks for is done, until it is over otherwise, or until its deadline has
passed; the last second is in time. This is the one place that says when a clock has stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from shopscore.ledger.fates import Answers, Fate, compiled, fate, fates
from shopscore.ledger.plan import absent, lacking, tasks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.plan import Task
    from shopscore.ruleset.clocks import ClockRules
    from shopscore.ruleset.resolve import Definition, SideRules


class Turn(NamedTuple):
    """One row of one clock.

    Attributes:
        subject: what it is about.
        start, due: from when to when it may take.
        done: when it was done; None: not yet.
        over: when it ended otherwise; None: it did not, or nobody knows when.
        step: which of the clock's steps it has reached, from 0.
        since: when it reached it.
        running: not done, not over, and the deadline has not passed.
        weight: what it weighs; None: the data does not say.
    """

    subject: str
    start: dt.datetime
    due: dt.datetime
    done: dt.datetime | None
    over: dt.datetime | None
    step: int
    since: dt.datetime
    running: bool
    weight: float | None


class Stake(NamedTuple):
    """What a breach does in a metric: its row's weight there, and what a miss costs."""

    weight: float | None
    money: float | None


@dataclass(frozen=True, slots=True)
class Watched:
    """One clock of a shop.

    Attributes:
        rules: the clock.
        until: the moment up to which its fact can be trusted.
        turns: every row with this clock of which an end is known or which still runs, by start and subject.
        stakes: metric → subject → what a breach of a running clock does there; a row the metric does not wait for
            (excluded, unknown, missed already) has none.
    """

    rules: ClockRules
    until: dt.datetime
    turns: tuple[Turn, ...]
    stakes: dict[str, dict[str, Stake]]

    @property
    def running(self) -> tuple[Turn, ...]:
        """The rows whose clock runs."""
        return tuple(each for each in self.turns if each.running)


def watch(facts: Facts, clocks: Sequence[ClockRules], definitions: Sequence[Definition]) -> tuple[Watched, ...]:
    """Look at every clock whose columns the files give; each fact is read once.

    Args:
        facts: the shop's facts.
        clocks: the clocks of its pack.
        definitions: its metrics on that day.
    """
    usable = [clock for clock in clocks if not absent(facts, clock.fact, clock.columns_required)]
    named = {each.id: each for each in definitions}
    found: list[Watched] = []
    for fact in dict.fromkeys(clock.fact for clock in usable):
        own = [clock for clock in usable if clock.fact == fact]
        metrics = (named[name] for name in dict.fromkeys(name for clock in own for name in clock.metrics))
        sides = {each.id: task for each in metrics for task in _task(facts, each, fact)}
        found += _look(facts, fact, own, sides)
    order = {clock.id: at for at, clock in enumerate(clocks)}
    return tuple(sorted(found, key=lambda each: order[each.rules.id]))


def _task(facts: Facts, definition: Definition, fact: str) -> Iterator[Task]:
    """The side of a metric whose rows are the clock's."""
    sides = tasks(definition)
    if len(sides) == 1 and sides[0].rules.fact == fact and not lacking(facts, sides):
        yield sides[0]


def _look(facts: Facts, fact: str, clocks: Sequence[ClockRules], sides: dict[str, Task]) -> Iterator[Watched]:
    wanted = [
        *(expr.alias(f"{at}.{name}") for at, clock in enumerate(clocks) for name, expr in _columns(clock).items()),
        *(expr.alias(f"{name}.{part}") for name, task in sides.items() for part, expr in _stake(task.rules).items()),
    ]
    frame = facts.frames[fact].select(wanted).collect()
    for at, clock in enumerate(clocks):
        kept = frame.filter(f"{at}.kept").sort(f"{at}.start", f"{at}.subject")
        turns = kept.select(f"{at}.{name}" for name in Turn._fields)
        running = kept.filter(f"{at}.running")
        stakes = {
            name: {
                subject: Stake(weight, money)
                for subject, weight, money in running.filter(f"{name}.waits")
                .select(f"{at}.subject", f"{name}.weight", f"{name}.money")
                .iter_rows()
            }
            for name in clock.metrics
            if name in sides
        }
        yield Watched(clock, facts.judged.get(fact, facts.as_of), tuple(map(Turn._make, turns.iter_rows())), stakes)


def _columns(clock: ClockRules) -> dict[str, pl.Expr]:
    """Every field of `Turn`, and ``kept``: the rows of which an end is known or which still run."""
    over, step, since = over_at(clock), pl.lit(0, pl.Int64), compiled(clock.start)
    for at, each in enumerate(clock.steps):
        if each.since is not None:
            reached = compiled(each.since) <= pl.col("judged_at")
            step = pl.when(reached).then(at).otherwise(step)
            since = pl.when(reached).then(compiled(each.since)).otherwise(since)
    ended = compiled(clock.done).is_not_null() | over.is_not_null() | ~_over_if(clock)
    return {
        "subject": pl.col(clock.subject),
        "start": compiled(clock.start),
        "due": compiled(clock.due),
        "done": compiled(clock.done),
        "over": over,
        "step": step,
        "since": since,
        "running": is_running(clock),
        "weight": pl.lit(1.0) if clock.weight_by is None else compiled(clock.weight_by).cast(pl.Float64),
        "kept": (_has(clock) & ended).fill_null(value=False),  # blank: nobody knows whether the row has this clock
    }


def over_at(clock: ClockRules) -> pl.Expr:
    """When a clock ended otherwise than done."""
    if not clock.over_at:
        return pl.lit(None, pl.Datetime("us"))
    return pl.min_horizontal(compiled(text) for text in clock.over_at)


def _over_if(clock: ClockRules) -> pl.Expr:
    # A blank does not say that it is over.
    return pl.any_horizontal(pl.lit(value=False), *(compiled(text).fill_null(value=False) for text in clock.over_if))


def _has(clock: ClockRules) -> pl.Expr:
    """Which rows have a clock that has started."""
    where = pl.lit(value=True) if clock.where is None else compiled(clock.where)
    return where & (compiled(clock.start) <= pl.col("judged_at")) & compiled(clock.due).is_not_null()


def is_running(clock: ClockRules) -> pl.Expr:
    """Which rows have a clock that has started and not stopped; never blank."""
    stopped = compiled(clock.done).is_not_null() | over_at(clock).is_not_null() | _over_if(clock)
    return (_has(clock) & ~stopped & (compiled(clock.due) >= pl.col("judged_at"))).fill_null(value=False)


def any_running(clocks: Iterable[ClockRules]) -> pl.Expr:
    """Which rows have any of some clocks of one fact running."""
    return pl.any_horizontal(pl.lit(value=False), *(is_running(clock) for clock in clocks))


def of_metric(clocks: Iterable[ClockRules], metric: str, fact: str) -> list[ClockRules]:
    """The clocks a breach of which counts in a metric, over the fact its rows come from."""
    return [clock for clock in clocks if metric in clock.metrics and clock.fact == fact]


def _stake(rules: SideRules) -> dict[str, pl.Expr]:
    """Whether a metric waits for a row, what the row weighs there, and what a miss costs."""
    code = fate(rules, lambda text: Answers(compiled(text)), lambda text: compiled(text).is_null())
    return {
        "waits": code == fates(rules).index(Fate("pending")),
        "weight": pl.lit(1.0) if rules.weight_by is None else compiled(rules.weight_by).cast(pl.Float64),
        "money": pl.lit(None, pl.Float64) if rules.stake is None else compiled(rules.stake).cast(pl.Float64),
    }
