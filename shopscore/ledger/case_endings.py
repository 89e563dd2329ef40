"""Refund cases that ended in some days → which of them ran into a time-out, whose, and which went round again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from shopscore.ledger.case_time import between, unrecorded

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.ruleset.aftersale import StateMachine
    from shopscore.ruleset.states import State


class Endings(NamedTuple):
    """Who ended cases, as far as the files tell.

    Attributes:
        ended: cases that ended.
        blank: of these with a last step by nobody knows whom.
        at_once: ended by the system as soon as they got there: a setting, no time-out.
        lapsed: by whose clock ran out, where the system ended them: ``seller``, ``buyer``, ``nobody`` where the
            after-sale guide has the system take that step without one, ``untold`` where the files leave it open. What
            it paid out after agreeing itself (``agreed_by``) counts by the clock before the agreement.
        waits: how long the seller's clock ran in those that lapsed, in seconds, sorted.
    """

    ended: int
    blank: int
    at_once: int
    lapsed: tuple[tuple[str, int], ...]
    waits: tuple[int, ...]


class Loop(NamedTuple):
    """Cases that went round again in one way: how many, the time it took, and of how many the files do not tell."""

    cases: int
    seconds: int
    unknown: int


class Loops(NamedTuple):
    """Of some cases that ended: how many went round again in any way, the time it took, and each way."""

    ended: int
    cases: int
    seconds: int
    ways: tuple[tuple[str, Loop], ...]


def endings(stays: pl.DataFrame, machine: StateMachine, days: tuple[dt.date, dt.date]) -> Endings:
    """Tell time-outs from other ends, by who took the last step and what the after-sale guide says of that step.

    Args:
        stays: what `shopscore.ledger.case_time.staged` returns.
        machine: the after-sale guide.
        days: the first and the last day, both in, by ``finished_at``.
    """
    last = [name for name, spec in machine.states.items() if spec.only is not None]
    at_once = machine.reading.at_once_seconds if machine.reading is not None else -1
    before = {f"_{name}": pl.col(name).shift().over("refund_id") for name in ("from_state", "seconds")}
    rows = (
        stays.sort("refund_id", "begin", maintain_order=True)
        .with_columns((pl.col("end") - pl.col("begin")).dt.total_seconds().alias("seconds"))
        .with_columns(**before)
        .filter(pl.col("to_state").is_in(last), pl.col("finished_at").dt.date().is_between(*days))
    )
    told = rows.filter(pl.col("last_actor") == "system").with_columns(_since_the_application(machine))
    late = told.filter(pl.col("seconds") > at_once)
    blank, lapsed, waits = unrecorded(machine, stays), Counter[str](), list[int]()
    hops = ("from_state", "to_state", "kind")
    for start, end, kind, seconds in late.group_by(hops).agg(pl.col("seconds")).iter_rows():
        whose = _lapse(machine, start, end, kind, blank)
        lapsed[whose] += len(seconds)
        waits += seconds if whose == "seller" else []
    counts = tuple(sorted(lapsed.items()))
    return Endings(
        rows.height, rows["last_actor"].null_count(), told.height - late.height, counts, tuple(sorted(waits))
    )


def _since_the_application(machine: StateMachine) -> tuple[pl.Expr, ...]:
    """The step before, where the system paid out what it had agreed to: it agreed since a clock had run out then."""
    agreed = [name for name, spec in machine.states.items() if spec.entered == "agreed_at"]
    owed = [t.to for t in machine.transitions if t.from_ in agreed and "system" in t.actor and t.lapse is None]
    its = pl.col("agreed_by") == "system", pl.col("from_state").is_in(agreed), pl.col("to_state").is_in(owed)
    joint = pl.all_horizontal(*its, pl.col("_from_state").is_not_null()).fill_null(value=False)
    earlier = {"from_state": "_from_state", "to_state": "from_state", "seconds": "_seconds"}
    return tuple(pl.when(joint).then(old).otherwise(name).alias(name) for name, old in earlier.items())


def _lapse(machine: StateMachine, start: State, end: State, kind: str | None, blank: set[State]) -> str:
    """Whose clock ran out where the system took a step, by the guide and by where the case may have stood."""
    starts = {start, *between(machine, start, end, kind, blank)}
    steps = [t for t in machine.transitions if t.from_ in starts and t.to == end and "system" in t.actor]
    whose = {t.lapse or "nobody" for t in steps if not (kind and t.kinds) or kind in t.kinds}
    return whose.pop() if len(whose) == 1 else "untold"


# ── round again ──────────────────────────────────────────────────────────────────────────────────────────────────


def loops(cases: pl.LazyFrame, present: frozenset[str], days: tuple[dt.date, dt.date]) -> Loops:
    """Count the cases that ended in the days and had gone round again, and the time that took.

    A case of an order (of its line, where cases name lines) that was applied for after another one of it had been
    closed is the same request again; the time since that one began was spent in vain. A refusal that did not hold cost
    the time until the agreement or the end.
    """
    moment = {name: pl.col(name).dt.epoch("s") for name in _MOMENTS}
    known = {"refunds.first_reason_class", "refunds.reason_class"} <= present
    refused, agreed, ended = (moment[name] for name in ("first_refused_at", "agreed_at", "finished_at"))
    # What the platform ended was brought before it, and a refund was not the seller's giving in.
    judged = pl.col("last_actor").eq_missing(pl.lit("platform"))
    gave_in = pl.min_horizontal(
        pl.when(agreed >= refused).then(agreed), pl.when((pl.col("status") == "success") & ~judged).then(ended)
    )
    changed = (pl.col("first_reason_class") != pl.col("reason_class")) & known
    costs = {
        "again": pl.col("_again"),
        "kind_changed": pl.when(pl.col("_kind") != pl.col("kind")).then("_again"),
        "refused_then_agreed": gave_in - refused,
        "escalated_after_refusal": pl.when(judged | (moment["escalated_at"] >= refused)).then(ended - refused),
        "reason_changed": pl.when(changed).then(0),
    }
    untold = pl.col("escalated") & moment["escalated_at"].is_null() & refused.is_not_null() & ~judged
    rows = (
        _after_another(cases)
        .filter("history_ok", pl.col("finished_at").dt.date().is_between(*days))
        .select(untold.fill_null(value=False).alias("untold"), *(cost.alias(way) for way, cost in costs.items()))
        .collect()
    )
    ways = list(costs)
    # A refusal that was given up and brought before the platform is one stretch of time.
    after = pl.max_horizontal("refused_then_agreed", "escalated_after_refusal").fill_null(0)
    looped, lost = rows.select(
        pl.any_horizontal(pl.col(ways).is_not_null()).sum().alias("looped"),
        (pl.col("again").fill_null(0) + after).sum().alias("lost"),
    ).row(0)
    unknown = {"reason_changed": 0 if known else rows.height, "escalated_after_refusal": int(rows["untold"].sum())}
    told = (
        (way, Loop(rows.height - rows[way].null_count(), int(rows[way].sum()), unknown.get(way, 0))) for way in ways
    )
    return Loops(rows.height, looped, lost, tuple(told))


_MOMENTS = ("first_refused_at", "agreed_at", "escalated_at", "finished_at")


def _after_another(cases: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``_again``, the seconds since the application of the case before where that one was closed, and its kind."""
    whose = ("order_id", "line_id")
    before = {name: pl.col(name).shift() for name in ("status", "finished_at", "applied_at", "kind")}
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift()) for name in whose)
    closed = (before["status"] == "closed") & (before["finished_at"] <= pl.col("applied_at"))
    since = (pl.col("applied_at") - before["applied_at"]).dt.total_seconds()
    return cases.sort(*whose, "applied_at", "refund_id").with_columns(
        pl.when(same & closed).then(since).alias("_again"), pl.when(same & closed).then(before["kind"]).alias("_kind")
    )
