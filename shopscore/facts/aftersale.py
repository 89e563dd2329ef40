"""The after-sale state machine on histories: where a case stands, whether its steps are possible, where time goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.tables import DTYPES

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.ruleset.aftersale import StateMachine, StateSpec
    from shopscore.ruleset.states import State

STEP = ">"
SLOTS = 16
"""Room for a state's place in the machine below a whole second."""


def timed(machine: StateMachine) -> list[tuple[State, StateSpec]]:
    """Return the states a case enters at a moment of its own, in the machine's order."""
    return [(name, spec) for name, spec in machine.states.items() if spec.entered is not None]


def entered(spec: StateSpec) -> pl.Expr:
    """Return the moment a case entered a state; blank where it did not or no one recorded it."""
    moment = pl.col(str(spec.entered))
    return moment if spec.only is None else pl.when(pl.sql_expr(spec.only)).then(moment)


def history(machine: StateMachine) -> pl.Expr:
    """Return the recorded states of a case by time, joined by ``>``; ties stand in the machine's order."""
    states = timed(machine)
    coded = [entered(spec).dt.epoch("s") * SLOTS + place for place, (_, spec) in enumerate(states)]
    places = pl.concat_list(coded).list.drop_nulls().list.sort().list.eval(pl.element() % SLOTS)
    named = pl.element().replace_strict(list(range(len(states))), [name for name, _ in states], return_dtype=pl.String)
    return places.list.eval(named).list.join(STEP)


def with_states(frame: pl.LazyFrame, machine: StateMachine) -> pl.LazyFrame:
    """Add ``state`` and ``history_ok`` to refund cases.

    An end the status names is where the case stands, recorded or not; else the state entered last. A history is
    possible when each step leads from one recorded state to the next over states that may go unrecorded; a step back
    in time is none.
    """
    ended = [pl.when(pl.sql_expr(spec.only)).then(pl.lit(name)) for name, spec in timed(machine) if spec.only]
    kind = pl.col("kind").fill_null("")
    return frame.with_columns(history(machine).alias("_history")).with_columns(
        pl.coalesce(*ended, pl.col("_history").str.split(STEP).list.last()).alias("state"),
        pl.concat_str(kind, "_history", separator=STEP)
        .map_batches(lambda column: _judge(column, machine), return_dtype=pl.Boolean, is_elementwise=True)
        .alias("history_ok"),
    )


def _judge(histories: pl.Series, machine: StateMachine) -> pl.Series:
    """Judge each different history once: a shop has thousands of cases and a few dozen histories."""
    different = histories.unique().drop_nulls()
    verdicts = [possible(*text.split(STEP), machine=machine) for text in different]
    return histories.replace_strict(different, verdicts, default=None, return_dtype=pl.Boolean)


def possible(kind: str, *states: str, machine: StateMachine) -> bool:
    """Whether recorded states, in this order, are a path of the machine for a kind of case (any kind where blank)."""
    passable = {name for name, spec in machine.states.items() if spec.skippable} - set(states)
    steps = [(s.from_, s.to) for s in machine.transitions if not (kind and s.kinds) or kind in s.kinds]

    def leads(start: str, end: str) -> bool:
        reached = {start}
        while more := {to for here, to in steps if here in reached and to in passable} - reached:
            reached |= more
        return any(here in reached and to == end for here, to in steps)

    return all(leads(start, end) for start, end in zip(("none", *states), states, strict=False))


ASKED = (
    *("refund_id", "order_id", "line_id", "kind", "status", "reason", "reason_class", "first_reason_class"),
    *("amount", "last_actor", "applied_at", "finished_at", "first_refused_at"),
    *("agreed_at", "agreed_by", "escalated", "escalated_at", "is_finished", "history_ok", "judged_at"),
)
"""What is asked of a case beside the moments its history is made of."""


def cases(refunds: pl.LazyFrame, machine: StateMachine) -> pl.LazyFrame:
    """Return the columns histories are read from, computed once: reading them is the dear part of a refund."""
    moments = {str(spec.entered) for _, spec in timed(machine)}
    conditions = {name for _, spec in timed(machine) if spec.only for name in pl.sql_expr(spec.only).meta.root_names()}
    return refunds.select(sorted(moments | conditions | {*ASKED})).collect().lazy()


def impossible(refunds: pl.LazyFrame) -> tuple[int, str | None]:
    """Return how many cases have a history the after-sale guide does not allow, and the first of them by number."""
    found = refunds.filter(~pl.col("history_ok")).select(pl.len(), pl.col("refund_id").min()).collect()
    count, first = found.row(0)
    return count, first


def stays(refunds: pl.LazyFrame, machine: StateMachine, *, rewound: bool = False) -> pl.LazyFrame:
    """Return one row per stay of a case in a state it can leave.

    Args:
        refunds: the refunds fact, or what `cases` returns.
        machine: the after-sale guide.
        rewound: later events are blanked, but statuses are those of today: an end without a time has not come yet.

    Returns:
        ``refund_id``, ``kind``, ``last_actor``, ``agreed_by``, ``is_finished``, ``finished_at``; ``from_state``;
        ``to_state``, blank while the stay runs on; ``begin`` and ``end``, which is ``judged_at`` while it runs and
        blank where a case ended no one knows when; ``running``; ``called``: the last stay of a case in which the
        platform was called in, no one knows when. Cases with an impossible history are left out: their times cannot
        be trusted.
    """
    states = timed(machine)
    place = {name: number for number, name in enumerate(machine.states)}
    last = [name for name, spec in machine.states.items() if spec.only is not None]
    open_still = pl.lit(value=True) if rewound else (pl.col("status") == "open").fill_null(value=True)
    own = ("refund_id", "kind", "last_actor", "agreed_by", "is_finished", "finished_at", "called", "_until", "_open")
    # What the platform ended was before it, whether a file says so or not.
    called = pl.col("escalated").fill_null(value=False) | pl.col("last_actor").eq_missing(pl.lit("platform"))
    goes_on = pl.col("refund_id") == pl.col("refund_id").shift(-1)
    return (
        refunds.filter("history_ok")
        .with_columns(
            pl.coalesce("finished_at", pl.when(open_still).then("judged_at")).alias("_until"),
            (open_still & pl.col("finished_at").is_null()).alias("_open"),
            (called & pl.col("escalated_at").is_null()).alias("called"),
        )
        .select(*own, *(entered(spec).alias(name) for name, spec in states))
        .unpivot(index=own, variable_name="from_state", value_name="begin")
        .drop_nulls("begin")
        .with_columns(pl.col("from_state").replace_strict(place, return_dtype=DTYPES["integer"]).alias("_place"))
        .sort("refund_id", "begin", "_place")
        .with_columns(
            pl.when(goes_on).then(pl.col("from_state").shift(-1)).alias("to_state"),
            pl.when(goes_on).then(pl.col("begin").shift(-1)).otherwise("_until").alias("end"),
            (pl.col("_open") & ~goes_on.fill_null(value=False)).alias("running"),
        )
        .filter(~pl.col("from_state").is_in(last))
        .with_columns(pl.col("called") & (pl.col("to_state").is_null() | pl.col("to_state").is_in(last)))
        .select(*own[:7], "from_state", "to_state", "begin", "end", "running")
    )


def holder(machine: StateMachine, state: State, kind: str | None) -> str | None:
    """Return who holds the clock of a case of some kind in a state."""
    spec = machine.states[state]
    return spec.holder_by_kind.get(kind or "", spec.holder)


def stages(stays: pl.LazyFrame, machine: StateMachine, first: dt.date, last: dt.date) -> pl.DataFrame:
    """Return how long cases stay between two recorded states, for cases finished on the days ``first`` to ``last``.

    Args:
        stays: what `stays` returns.
        machine: the after-sale guide.
        first: the first day, by ``finished_at``.
        last: the last day, in.

    Returns:
        One row per hop and holder: ``from_state``, ``to_state``, ``holder`` (who has to act in ``from_state``),
        ``cases``, ``seconds`` (their sum), ``median_seconds``, ``p90_seconds``; by ``from_state`` and ``to_state`` in
        the machine's order. Cases with an impossible history are left out: their times cannot be trusted.
    """
    finished = pl.col("is_finished") & pl.col("finished_at").dt.date().is_between(first, last)
    seconds = (pl.col("end") - pl.col("begin")).dt.total_seconds().alias("seconds")
    place = {name: number for number, name in enumerate(machine.states)}
    return (
        with_holder(stays.drop_nulls("to_state").filter(finished), machine)
        .group_by("from_state", "to_state", "holder")
        .agg(
            pl.len().cast(pl.Int64).alias("cases"),
            seconds.sum(),
            seconds.median().round().cast(pl.Int64).alias("median_seconds"),
            seconds.quantile(0.9, "nearest").cast(pl.Int64).alias("p90_seconds"),
        )
        .sort(
            *(pl.col(end).replace_strict(place, return_dtype=pl.Int64) for end in ("from_state", "to_state")), "holder"
        )
        .select("from_state", "to_state", "holder", "cases", "seconds", "median_seconds", "p90_seconds")
        .collect()
    )


def with_holder(stays: pl.LazyFrame, machine: StateMachine) -> pl.LazyFrame:
    """Add ``holder``: who has to act in ``from_state``."""
    usual = {name: spec.holder for name, spec in machine.states.items()}
    special = {
        f"{name} {kind}": actor for name, spec in machine.states.items() for kind, actor in spec.holder_by_kind.items()
    }
    by_kind = pl.concat_str("from_state", "kind", separator=" ")
    return stays.with_columns(
        pl.coalesce(
            by_kind.replace_strict(special, default=None, return_dtype=pl.String),
            pl.col("from_state").replace_strict(usual, return_dtype=pl.String),
        ).alias("holder")
    )
