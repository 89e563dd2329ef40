"""Clocks of a pack → the rows that have them: those that still run, and the lives of all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from shopscore.ledger import clock_states as states
from shopscore.ledger.fates import Answers, Fate, compiled, fate, fates
from shopscore.ledger.plan import absent, eclipsed, lacking, tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        first: it comes before others worth as much.
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
    first: bool


class Stake(NamedTuple):
    """What a breach does in a metric: its row's weight there, and what a miss costs."""

    weight: float | None
    money: float | None


class Watched(Struct, frozen=True):
    """One clock of a shop.

    Attributes:
        rules: the clock.
        until: the moment up to which its fact can be trusted.
        running: the rows whose clock runs, by start and subject.
        turns: rows with this clock of which an end is known or which still run, likewise; of a long history every so
            many-eth, `HISTORY` at most.
        lately: those whose deadline ran out in the last days, likewise: what was said of them can be held against it.
        passed: deadlines that have passed and have an outcome, of all rows.
        missed: how many of these were missed.
        blocked: the rows with which nothing can be done yet, whether or not their deadline has passed, with it; by
            deadline and subject.
        undated: the rows that would run but of which no file tells by when, since when; by that and subject.
        stakes: metric → subject → what a breach of a running clock does there; a row the metric does not wait for
            (excluded, unknown, missed already) has none.
    """

    rules: ClockRules
    until: dt.datetime
    running: tuple[Turn, ...]
    turns: tuple[Turn, ...]
    lately: tuple[Turn, ...]
    passed: int
    missed: int
    blocked: tuple[tuple[str, dt.datetime], ...]
    undated: tuple[tuple[str, dt.datetime], ...]
    stakes: dict[str, dict[str, Stake]]


HISTORY = 600
"""Rows a history is thinned to, evenly: more of them change a chance by less than its own error, and cost time."""
LATELY = dt.timedelta(days=8)
"""Whose deadlines are held against what was said of them; of all rows thinned, a large shop had too few of these."""


def watch(facts: Facts, clocks: Sequence[ClockRules], definitions: Sequence[Definition]) -> tuple[Watched, ...]:
    """Look at every clock whose columns the files give; each fact is read once.

    Args:
        facts: the shop's facts.
        clocks: the clocks of its pack.
        definitions: its metrics on that day.
    """
    usable = [_seen(facts, clock) for clock in clocks if _usable(facts, clock)]
    named = {each.id: each for each in definitions}
    found: list[Watched] = []
    for fact in dict.fromkeys(clock.fact for clock in usable):
        own = [clock for clock in usable if clock.fact == fact]
        metrics = (named[name] for name in dict.fromkeys(name for clock in own for name in clock.metrics))
        told = (each for each in metrics if not eclipsed(facts, each, definitions))
        sides = {each.id: task for each in told for task in _task(facts, each, fact)}
        found += _look(facts, fact, own, sides)
    order = {clock.id: at for at, clock in enumerate(clocks)}
    return tuple(sorted(found, key=lambda each: order[each.rules.id]))


def _usable(facts: Facts, clock: ClockRules) -> bool:
    """Whether the files give what a clock asks for, by when or that nobody tells by when."""
    lacking = set(absent(facts, clock.fact, clock.columns_required))
    return not lacking or (
        clock.undated is not None and lacking <= {f"{clock.fact}.{due}" for due in clock.columns_due}
    )


def _seen(facts: Facts, clock: ClockRules) -> ClockRules:
    """A clock as the files let it be seen: without any column for what was done, nobody knows of a row that it was."""
    silent = len(absent(facts, clock.fact, clock.columns_done)) == len(clock.columns_done)
    return replace(clock, unknown="TRUE") if silent else clock


def _task(facts: Facts, definition: Definition, fact: str) -> Iterator[Task]:
    """The side of a metric whose rows are the clock's."""
    sides = tasks(definition)
    if len(sides) == 1 and sides[0].rules.fact == fact and not lacking(facts, sides):
        yield sides[0]


def _look(facts: Facts, fact: str, clocks: Sequence[ClockRules], sides: dict[str, Task]) -> Iterator[Watched]:
    wanted = [
        *(expr.alias(f"{at}.{name}") for at, clock in enumerate(clocks) for name, expr in _asked(clock).items()),
        *(expr.alias(f"{name}.{part}") for name, task in sides.items() for part, expr in _stake(task.rules).items()),
    ]
    rows = facts.frames[fact].select(wanted).collect()
    for at, clock in enumerate(clocks):
        told = rows.lazy().with_columns(expr.alias(f"{at}.{name}") for name, expr in _worked_out(clock, at).items())
        kept = told.filter(f"{at}.kept").sort(f"{at}.start", f"{at}.subject").collect()
        running = kept.filter(f"{at}.running")
        until = facts.judged.get(fact, facts.as_of)
        lately = kept.filter(pl.col(f"{at}.due").is_between(until - LATELY, until, closed="none"))
        outcome = kept.get_column(f"{at}.late").drop_nulls()
        yield Watched(
            rules=clock,
            until=until,
            running=_turns(running, at),
            turns=_turns(thinned(kept), at),
            lately=_turns(thinned(lately), at),
            passed=outcome.len(),
            missed=int(outcome.sum() or 0),
            blocked=() if clock.blocked is None else _named(told, at, "waits", "due"),
            undated=() if clock.undated is None else _named(told, at, "undated", "start"),
            stakes={name: _stakes(running, at, name) for name in clock.metrics if name in sides},
        )


def thinned(rows: pl.DataFrame) -> pl.DataFrame:
    """Every so many-eth row of a long history, the last one always."""
    stride = -(-rows.height // HISTORY)
    return rows.gather_every(stride, (rows.height - 1) % stride) if stride > 1 else rows


def _named(rows: pl.LazyFrame, at: int, which: str, by: str) -> tuple[tuple[str, dt.datetime], ...]:
    found = rows.filter(f"{at}.{which}").select(f"{at}.subject", f"{at}.{by}").sort(f"{at}.{by}", f"{at}.subject")
    return tuple(found.collect().iter_rows())


def _turns(rows: pl.DataFrame, at: int) -> tuple[Turn, ...]:
    return tuple(map(Turn._make, rows.select(f"{at}.{name}" for name in Turn._fields).iter_rows()))


def _stakes(running: pl.DataFrame, at: int, metric: str) -> dict[str, Stake]:
    waiting = running.filter(f"{metric}.waits").select(f"{at}.subject", f"{metric}.weight", f"{metric}.money")
    return {subject: Stake(weight, money) for subject, weight, money in waiting.iter_rows()}


def _asked(clock: ClockRules) -> dict[str, pl.Expr]:
    """What is asked of a fact for one clock; the rest is worked out from these columns."""
    return {
        **states.parts_of(clock)._asdict(),
        "subject": pl.col(clock.subject),
        "weight": pl.lit(1.0) if clock.weight_by is None else compiled(clock.weight_by).cast(pl.Float64),
        # A blank does not say that it does.
        "first": pl.lit(value=False) if clock.first is None else compiled(clock.first).fill_null(value=False),
        **{f"since{at}": compiled(each.since) for at, each in enumerate(clock.steps) if each.since is not None},
    }


def _worked_out(clock: ClockRules, at: int) -> dict[str, pl.Expr]:
    """Whether each row runs, counts and was late, and which step it has reached since when."""
    row = states.Parts(*(pl.col(f"{at}.{name}") for name in states.Parts._fields))
    step, since = pl.lit(0, pl.Int64), row.start
    for number, each in enumerate(clock.steps):
        if each.since is not None:
            reached = pl.col(f"{at}.since{number}")
            step = pl.when(reached <= row.judged).then(number).otherwise(step)
            since = pl.when(reached <= row.judged).then(reached).otherwise(since)
    asked = (states.running, states.kept, states.late, states.waits, states.undated)
    return {"step": step, "since": since, **{each.__name__: each(row) for each in asked}}


def _stake(rules: SideRules) -> dict[str, pl.Expr]:
    """Whether a metric waits for a row, what the row weighs there, and what a miss costs."""
    code = fate(rules, lambda text: Answers(compiled(text)), lambda text: compiled(text).is_null())
    return {
        "waits": code == fates(rules).index(Fate("pending")),
        "weight": pl.lit(1.0) if rules.weight_by is None else compiled(rules.weight_by).cast(pl.Float64),
        "money": pl.lit(None, pl.Float64) if rules.stake is None else compiled(rules.stake).cast(pl.Float64),
    }
