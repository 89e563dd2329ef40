"""A metric's side and a table → how many of the side's rows one lost row of the table can touch, and which cells count.

A lost row *adds* the one subject it was, or *touches* rows that are there: they may be otherwise than they look, or not
be there at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.schema import FACTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.ruleset.resolve import SideRules
    from shopscore.schema import Column, Fact
    from shopscore.trust import TableLoss

TOUCHES: Mapping[str, Mapping[str, int]] = {
    # Several rows of an order are its lines; its parcels and its cases are folded into it.
    "orders": {"orders": 1, "order_lines": 1, "shipments": 1, "refunds": 1},
    "lines": {"order_lines": 1},
    "parcels": {"shipments": 1},
    "refunds": {"refunds": 1},
    "decision_days": {"refunds": 1},
    "disputes": {"disputes": 1, "refunds": 1},
    "reviews": {"reviews": 1},
    # A line more may split a round or join two conversations.
    "sessions": {"sessions": 1, "messages": 2},
    "rounds": {"messages": 2},
    "buyer_days": {"messages": 1},
    "listings": {"products": 1},
    "traffic": {"traffic": 1},
    "violations": {"violations": 1},
    "agent_days": {"agent_stats": 1},
    "bills": {"bills": 1},
    "shown": {"platform_scores": 1},
}
"""Fact → table → rows of the fact that one row of the table can touch. Where nothing stands here it may be any number:
an order's row is looked up by each of its cases, a parcel's by each of its lines."""

_SPINE = {"orders": ("orders", "order_lines"), "lines": ("orders", "order_lines"), "parcels": ("orders", "shipments")}
"""The tables that rows of a fact are made of whatever columns are asked for; its own where nothing stands here."""

_SINGLE = (
    *("lines", "refunds", "disputes", "reviews"),
    *("listings", "traffic", "violations", "agent_days", "bills", "shown"),
)
"""Facts whose own table has one row a subject: a lost row takes none of the others with it."""

_RANKED = frozenset({"is_first_of_order", "recency_rank", "deal_rank_in_month", "previous_paid_at"})
"""Columns that compare a row with its neighbours: a row more moves one of them."""

_COUNTED = frozenset({"buyer_order_number", "history_days"})
"""Columns that count from the first row on: a row more moves any number of those behind it."""

_ALSO: Mapping[str, tuple[str, ...]] = {
    "order_kind": ("orders.kind",),
    "claimed_or_finished_at": ("refunds.applied_at",),
    "buyer_orders_before": ("orders.paid_at",),
    "buyer_order_number": ("orders.paid_at",),
    "previous_paid_at": ("orders.paid_at",),
    "scan_running_seconds": ("orders.ship_origin",),
    "age_running_seconds": ("orders.ship_origin",),
    "order_fully_refunded": ("refunds.kind", "refunds.amount", "orders.amount"),
    "order_came_back": ("refunds.status",),
    "timeout_count": ("disputes.replied_at", "disputes.evidence_at", "disputes.executed_at", "disputes.closed_at"),
    **dict.fromkeys(
        ("session_started_at", "session_closed_at", "session_in_service_hours", "session_is_offline"),
        ("sessions.buyer_id", "sessions.started_at", "sessions.closed_at", "messages.session_id"),
    ),
    "wait_seconds": ("sessions.buyer_id", "sessions.started_at", "sessions.closed_at", "messages.session_id"),
    "latest_promise_at": ("order_lines.promised_ship_at",),
}
"""What a column is made of beside its sources: any one of those gives it a value, these may change it."""

_CLOCK = ("orders", "order_lines")
"""Where the columns a pack computes come from."""


class Reach(Struct, frozen=True):
    """What a side's lost rows and cells may do to its count.

    Attributes:
        adds: rows that may be missing from the count.
        touches: (rows or cells lost, rows of the count that each may touch).
        unbounded: tables of which one row may touch any number, with the columns that are read of them.
        tables: every table the side depends on, with the columns that are read of it.
    """

    adds: int
    touches: tuple[tuple[int, int], ...]
    unbounded: Mapping[str, frozenset[str]]
    tables: Mapping[str, frozenset[str]]


def reach(side: SideRules, lost: Mapping[str, TableLoss]) -> Reach:
    """What the losses of a shop's tables may do to one side of a metric."""
    read = tables_of(side)
    names = side.columns_required | side.columns_optional
    # A row more may be the first of its key in the place of another.
    ranked = bool(_RANKED & names) or side.once_per is not None
    adds, touches, unbounded = 0, [], {}
    for table, columns in read.items():
        loss = lost.get(table)
        if loss is None:
            continue
        blanks = sum(count for column, count in loss.cells.items() if column in columns)
        each = None if _COUNTED & names and table in _CLOCK else TOUCHES[side.fact].get(table)
        if table == FACTS[side.fact].table and side.fact in _SINGLE and _alone(side.fact, loss, lost):
            adds += loss.lost
            touches += [(loss.doubtful + blanks, 1 + ranked), (loss.lost if ranked else 0, 1)]
        elif each is None:
            if loss.lost or loss.doubtful or blanks:
                unbounded[table] = columns
        else:
            touches.append((loss.lost + loss.doubtful + blanks, each + ranked))
    return Reach(adds, tuple(each for each in touches if each[0]), unbounded, read)


def _alone(fact: str, loss: TableLoss, lost: Mapping[str, TableLoss]) -> bool:
    """Whether a lost row cannot have been a newer copy of one that is there, nor a part of it."""
    parts = [name for name in (*_SPINE.get(fact, ()), *TOUCHES[fact]) if name != FACTS[fact].table]
    return loss.files == 1 and not any(name in lost for name in parts)


# ── what a side reads ────────────────────────────────────────────────────────────────────────────────────────────


def tables_of(side: SideRules) -> dict[str, frozenset[str]]:
    """The tables a side depends on, and which of their columns it reads."""
    fact = FACTS[side.fact]
    found: dict[str, set[str]] = {name: set() for name in _SPINE.get(fact.name, (fact.table,))}
    for name in side.columns_required | side.columns_optional:
        if name in fact.by_name:
            for table, column in _inputs(fact, fact.by_name[name]):
                found.setdefault(table, set()).add(column)
    return {name: frozenset(columns) for name, columns in found.items()}


def _inputs(fact: Fact, column: Column) -> Iterator[tuple[str, str]]:
    """The canonical columns a fact's column is made of.

    A column that names no source is the table's own of that name, or is worked out from its times; one that the pack
    computes may use anything an order says of its clock and its buyer.
    """
    for source in (*column.sources, *_ALSO.get(column.name, ())):
        table, _, name = source.partition(".")
        yield table, name
    if column.sources:
        return
    if column.by_pack:
        yield from ((table, name) for table in _CLOCK for name in _clocked(table))
    elif column.name in TABLES[fact.table].by_name:
        yield fact.table, column.name
    else:
        yield from ((fact.table, name) for name in _clocked(fact.table))


def _clocked(table: str) -> Iterator[str]:
    grades = ("kind", "buyer_level", "promised_ship_hours")
    return (each.name for each in TABLES[table].columns if each.kind == "time" or each.name in grades)
