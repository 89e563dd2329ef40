"""A reply metric's rows and the shop's questions → what was due, missed, asked and answered, hour by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.ledger.evidence import told
from shopscore.ledger.plan import lacking, tasks
from shopscore.model.staffing import Asked, Hour

if TYPE_CHECKING:
    from shopscore.facts import Facts
    from shopscore.ledger.amounts import Window
    from shopscore.model.staffing import Slot
    from shopscore.ruleset.reply_limit import ReplyLimit
    from shopscore.ruleset.resolve import Definition

_ORDINAL_OF_1970 = 719_163
_DAY = 86_400
_SLOT = ("day", "hour")


class Replies(Struct, frozen=True):
    """What a reply metric counts in its window, and everything that was asked there.

    Attributes:
        rows: the metric's settled rows: ``buyer_id``, ``moment`` (the question that decides the row) and ``missed``;
            a missed row has a number, ``row``.
        rounds: the shop's questions of these days in the order asked: ``buyer_id``, ``asked_at``, ``answered_at``,
            ``agent_id``.
        reasons: the questions that made rows miss: ``buyer_id``, ``asked_at``, ``row``.
        limit: the longest wait that still hits, in seconds.
    """

    rows: pl.DataFrame
    rounds: pl.DataFrame
    reasons: pl.DataFrame
    limit: int


def replies(facts: Facts, definition: Definition, limit: ReplyLimit, window: Window) -> Replies | None:
    """Read a reply metric's rows and the questions around them; None without the tables.

    A row stands in the hour of the question that decides it: the one it is about, or, where any late answer of a day
    fails the whole day, the first that was answered late; if none was, the day's first.
    """
    sides = tasks(definition)
    if not sides or lacking(facts, sides) or "rounds" not in facts.frames:
        return None
    (task,) = sides
    in_service = limit.asked == "any_in_service"
    first = pl.coalesce(*(["asked_in_service_at"] if in_service else []), "asked_at", task.rules.at)
    settled = (
        told(facts, task)
        .filter(pl.col("fate").is_in(["hit", "miss"]), pl.col("day").is_between(*window))
        .select("buyer_id", first.alias("moment"), (pl.col("fate") == "miss").alias("missed"))
    )
    asked = (
        facts.frames["rounds"]
        .filter(pl.col("asked_at").dt.date().is_between(*window))
        .select("buyer_id", "asked_at", "answered_at", "agent_id", "in_service_hours")
    )
    rows = settled.collect().sort("moment", "buyer_id", "missed", nulls_last=True)
    rows = rows.with_columns(pl.when("missed").then(pl.col("missed").cum_sum()).alias("row"))
    rounds = asked.collect().sort("asked_at", "buyer_id", nulls_last=True)
    if limit.asked == "first":
        reasons = rows.filter("missed").select("buyer_id", "row", asked_at="moment")
    else:
        reasons = _late(rows, rounds, limit.seconds, in_service=in_service)
        firsts = reasons.group_by("row").agg(pl.col("asked_at").min().alias("late_at"))
        rows = rows.join(firsts, on="row", how="left", maintain_order="left")
        rows = rows.with_columns(pl.coalesce("late_at", "moment").alias("moment")).drop("late_at")
    return Replies(rows, rounds.drop("in_service_hours"), reasons, limit.seconds)


def _late(rows: pl.DataFrame, rounds: pl.DataFrame, limit: int, *, in_service: bool) -> pl.DataFrame:
    """The questions that failed their buyer's day."""
    waited = (pl.col("answered_at") - pl.col("asked_at")).dt.total_seconds()
    late = rounds.filter((waited <= limit).fill_null(value=False).not_())
    if in_service:
        late = late.filter("in_service_hours")
    day = pl.col("moment").dt.date().alias("_day")
    missed = rows.filter("missed").select("buyer_id", "row", day)
    found = late.with_columns(pl.col("asked_at").dt.date().alias("_day")).join(missed, on=["buyer_id", "_day"])
    return found.select("buyer_id", "row", "asked_at")


# ── hour by hour ─────────────────────────────────────────────────────────────────────────────────────────────────


def hours(found: Replies) -> dict[Slot, Hour]:
    """Each hour of each day in which something was due or asked, in order."""
    due = found.rows.select(at="moment", rows=1, misses=pl.col("missed").cast(pl.Int32))
    asked = found.rounds.select(at="asked_at", questions=1, peak=_waiting(found))
    answered = found.rounds.select(at="answered_at", agent="agent_id").drop_nulls()
    counts = (
        pl.concat([due, asked, answered], how="diagonal")
        .group_by(pl.col("at").dt.date().alias("day"), pl.col("at").dt.hour().alias("hour"))
        .agg(
            pl.col("rows", "misses", "questions").sum(),
            pl.col("agent").drop_nulls().n_unique(),
            pl.col("peak").max().fill_null(0),
        )
        .filter((pl.col("rows") > 0) | (pl.col("questions") > 0))
        .sort("day", "hour")
    )
    return {(day, hour): Hour(*rest) for day, hour, *rest in counts.iter_rows()}


def _waiting(found: Replies) -> pl.Series:
    """How many buyers waited when each question was asked, its own among them; nobody waits beyond the limit."""
    asked = found.rounds.get_column("asked_at")
    given_up = pl.col("asked_at") + pl.duration(seconds=found.limit)
    ends = found.rounds.select(pl.min_horizontal("answered_at", given_up)).to_series().sort()
    return pl.Series(range(1, len(asked) + 1), dtype=pl.Int64) - ends.search_sorted(asked, side="right").cast(pl.Int64)


# ── question by question ─────────────────────────────────────────────────────────────────────────────────────────


def asked(found: Replies) -> list[Asked]:
    """Every question of the window, in the order asked; agents are numbered by name."""
    reasons = found.reasons.group_by("buyer_id", "asked_at").agg(pl.col("row").min())
    plain = (
        found.rounds.lazy()
        .join(reasons.lazy(), on=["buyer_id", "asked_at"], how="left", maintain_order="left")
        .select(
            _seconds("asked_at"),
            _seconds("answered_at"),
            pl.when(pl.col("answered_at").is_not_null()).then(pl.col("agent_id").rank("dense")),
            "row",
        )
        .collect()
    )
    return [Asked(*each) for each in plain.iter_rows()]


def _seconds(moment: str) -> pl.Expr:
    return pl.col(moment).dt.epoch("s") + _ORDINAL_OF_1970 * _DAY
