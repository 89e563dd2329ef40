"""A row and a clock of a pack → whether that runs, has stopped, was late: expressions over the row's fact.

A clock runs from its start until what it asks for is done, until it is over otherwise, or until its deadline has
passed; the last second is in time. This is the one place that says when a clock has stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from shopscore.ledger.fates import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopscore.ruleset.clocks import ClockRules


class Parts(NamedTuple):
    """What decides of a row with a clock, as expressions: over a fact, or over columns that hold them already."""

    where: pl.Expr
    start: pl.Expr
    due: pl.Expr
    done: pl.Expr
    over: pl.Expr
    ended: pl.Expr
    blocked: pl.Expr
    waiting: pl.Expr
    unknown: pl.Expr
    judged: pl.Expr


def parts_of(clock: ClockRules) -> Parts:
    """What a clock of a pack asks of the rows of its fact."""
    over = pl.lit(None, pl.Datetime("us"))
    if clock.over_at:
        over = pl.min_horizontal(compiled(text) for text in clock.over_at)
    # A blank does not say that it is over.
    ended = (compiled(text).fill_null(value=False) for text in clock.over_if)
    return Parts(
        where=pl.lit(value=True) if clock.where is None else compiled(clock.where),
        start=compiled(clock.start),
        due=compiled(clock.due),
        done=compiled(clock.done),
        over=over,
        ended=pl.any_horizontal(pl.lit(value=False), *ended),
        # A blank does not say that nothing can be done.
        blocked=pl.lit(value=False) if clock.blocked is None else compiled(clock.blocked).fill_null(value=False),
        # A blank does not say that it waits.
        waiting=pl.lit(value=True)
        if clock.undated_when is None
        else compiled(clock.undated_when).fill_null(value=False),
        # A blank does not say that it cannot be known.
        unknown=pl.lit(value=False) if clock.unknown is None else compiled(clock.unknown).fill_null(value=False),
        judged=pl.col("judged_at"),
    )


def _has(row: Parts) -> pl.Expr:
    """Which rows have a clock that has started."""
    return _started(row) & row.due.is_not_null()


def _started(row: Parts) -> pl.Expr:
    return row.where & (row.start <= row.judged)


def running(row: Parts) -> pl.Expr:
    """Which rows have a clock that has started and not stopped; never blank."""
    return (_has(row) & ~_stopped(row) & (row.due >= row.judged)).fill_null(value=False)


def _stopped(row: Parts) -> pl.Expr:
    return _ended(row) | row.blocked


def _ended(row: Parts) -> pl.Expr:
    return row.done.is_not_null() | row.over.is_not_null() | row.ended


def kept(row: Parts) -> pl.Expr:
    """The rows of which an end is known or which still run.

    What no file tells the end of leaves no trace but that it was over: it was over just before it would have been done,
    and watching it until then would make all others look slow.
    """
    known = row.done.is_not_null() | row.over.is_not_null() | ~(row.ended | row.blocked)
    told = (known & ~row.unknown) | running(row)
    return (_has(row) & told).fill_null(value=False)  # blank: nobody knows whether the row has this clock


def late(row: Parts) -> pl.Expr:
    """Whether a deadline that has passed was missed; blank before it has, and where the clock was over in time."""
    in_time = (row.done <= row.due) & ~(row.over < row.done).fill_null(value=False)
    spared = (row.over <= row.due).fill_null(value=False)  # blank: it was not over
    missed = pl.when(in_time.fill_null(value=False)).then(pl.lit(value=False)).when(~spared).then(pl.lit(value=True))
    return pl.when(row.due < row.judged).then(missed)


def waits(row: Parts) -> pl.Expr:
    """Which rows have a clock that nothing can be done for yet; never blank."""
    return (_has(row) & row.blocked & ~_ended(row)).fill_null(value=False)  # blank: nobody knows whether it has one


def undated(row: Parts) -> pl.Expr:
    """Which rows have a clock that has started and of which nobody tells by when; never blank."""
    return (_started(row) & row.due.is_null() & row.waiting & ~_stopped(row)).fill_null(value=False)  # blank: likewise


def any_running(clocks: Iterable[ClockRules]) -> pl.Expr:
    """Which rows have any of some clocks of one fact running."""
    return pl.any_horizontal(pl.lit(value=False), *(running(parts_of(clock)) for clock in clocks))


def next_due(clocks: Iterable[ClockRules]) -> pl.Expr:
    """The first deadline of some clocks of one fact that is still ahead and neither met nor over; blank without any.

    A clock of a row that is younger than what can be trusted of the others has one too: the files hold it.
    """
    ahead = []
    for row in map(parts_of, clocks):
        runs = row.where & ~_stopped(row) & (row.due >= row.judged)
        ahead.append(pl.when(runs).then(row.due))  # blank: nobody knows whether the row has this clock
    return pl.min_horizontal(pl.lit(None, pl.Datetime("us")), *ahead)


def of_metric(clocks: Iterable[ClockRules], metric: str, fact: str) -> list[ClockRules]:
    """The clocks a breach of which counts in a metric, over the fact its rows come from."""
    return [clock for clock in clocks if metric in clock.metrics and clock.fact == fact]
