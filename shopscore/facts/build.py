"""A shop's canonical tables made into facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.facts.accounts import account_facts
from shopscore.facts.buyer_days import buyer_days_fact
from shopscore.facts.chats import chat_lines, open_rounds
from shopscore.facts.columns import empty
from shopscore.facts.decisions import decision_days_fact
from shopscore.facts.disputes import disputes_fact, escalates
from shopscore.facts.lines import lines_fact
from shopscore.facts.orders import orders_fact
from shopscore.facts.parcels import parcels_fact
from shopscore.facts.refunds import refund_rows, refunds_fact
from shopscore.facts.reviews import reviews_fact
from shopscore.facts.rewind import judged, rewind
from shopscore.facts.rounds import rounds_fact
from shopscore.facts.sessions import sessions_fact
from shopscore.facts.spine import build_spine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import polars as pl

    from shopscore.facts.spine import Spine
    from shopscore.ruleset.fact_settings import FactSettings
    from shopscore.tables import ShopTables

USES = {
    "orders": ("orders", "order_lines", "shipments"),
    "lines": ("orders", "order_lines", "shipments"),
    "parcels": ("orders", "order_lines", "shipments"),
    "refunds": ("refunds",),
    "decision_days": ("refunds",),
    "disputes": ("disputes", "refunds"),
    "reviews": ("reviews",),
    "sessions": ("sessions", "messages"),
    "rounds": ("messages",),
    "buyer_days": ("messages",),
    "listings": (),
    "traffic": ("traffic",),
    "violations": ("violations",),
    "agent_days": ("agent_stats",),
    "bills": ("bills",),
    "shown": ("platform_scores",),
}
"""The tables whose events a fact's clocks are judged by; what it merely looks up elsewhere is not asked."""

CARRIED = {
    **{
        f"order_lines.{name}": f"orders.{name}"
        for name in ("paid_at", "promised_ship_at", "shipped_at", "finished_at", "status", "amount", "line_id")
    },
    **{f"order_lines.{name}": f"orders.{name}" for name in ("product_id", "sku", "carrier", "tracking_no")},
    "order_lines.quantity": "orders.item_count",
    "shipments.carrier": "orders.carrier",
    "refunds.return_shipped_at": "refunds.returned_at",
}
"""Columns that stand in for another one, which thereby has a value too."""


class Facts(Struct, frozen=True):
    """One shop's facts at one moment.

    Attributes:
        frames: fact → one row per subject with exactly the dictionary's columns; a fact whose table is missing is
            absent. Columns nobody asks for are never computed.
        present: ``table.column`` names that have a value, given by a file or carried over from another table.
        judged: fact → the moment up to which it can be trusted.
        as_of: the moment they are looked at from.
    """

    frames: Mapping[str, pl.LazyFrame]
    present: frozenset[str]
    judged: Mapping[str, dt.datetime]
    as_of: dt.datetime


def build(shop: ShopTables, settings: FactSettings, as_of: dt.datetime, *, rewound: bool = False) -> Facts:
    """Build every fact the shop's tables allow.

    Args:
        shop: one shop's canonical rows.
        settings: what the pack and ``shop.yaml`` say about building facts.
        as_of: the moment to look from, shop-local; what happened later is not there yet.
        rewound: whether it lies before the newest event, so that today's statuses are not those of then.
    """
    tables = {name: rewind(name, frame, as_of) for name, frame in shop.tables.items()}
    given = shop.present | {to for name, to in CARRIED.items() if name in shop.present}
    until = {fact: judged(shop, tables, used, as_of) for fact, used in USES.items()}
    spine = build_spine(tables, given)
    frames = {
        **_of_orders(spine, tables, settings, until, rewound=rewound),
        **_of_cases(spine, tables, given, settings, until),
        **_of_chats(spine, tables, given, settings, until),
        **account_facts(tables, spine, as_of, until),
    }
    if "reviews" in tables:
        frames["reviews"] = reviews_fact(tables["reviews"], tables.get("refunds"), spine, until["reviews"])
    return Facts(frames, given, {fact: until[fact] for fact in frames}, as_of)


def _of_orders(
    spine: Spine | None,
    tables: Mapping[str, pl.DataFrame],
    settings: FactSettings,
    until: Mapping[str, dt.datetime],
    *,
    rewound: bool,
) -> dict[str, pl.LazyFrame]:
    if spine is None:
        return {}
    return {
        "orders": orders_fact(spine, settings, until["orders"], rewound=rewound),
        "lines": lines_fact(spine, tables.get("refunds"), settings, until["lines"]),
        "parcels": parcels_fact(spine, settings, until["parcels"]),
    }


def _of_cases(
    spine: Spine | None,
    tables: Mapping[str, pl.DataFrame],
    given: frozenset[str],
    settings: FactSettings,
    until: Mapping[str, dt.datetime],
) -> dict[str, pl.LazyFrame]:
    refunds = refund_rows(tables["refunds"]) if "refunds" in tables else None
    frames: dict[str, pl.LazyFrame] = {}
    if refunds is not None:
        frames["refunds"] = refunds_fact(refunds, spine, settings, until["refunds"])
        frames["decision_days"] = decision_days_fact(refunds, until["decision_days"])
    if "disputes" in tables or escalates(tables.get("refunds")):
        called = disputes_fact(tables.get("disputes", empty("disputes")), refunds, spine, given, until["disputes"])
        frames["disputes"] = called
    return frames


def _of_chats(
    spine: Spine | None,
    tables: Mapping[str, pl.DataFrame],
    given: frozenset[str],
    settings: FactSettings,
    until: Mapping[str, dt.datetime],
) -> dict[str, pl.LazyFrame]:
    frames: dict[str, pl.LazyFrame] = {}
    lines = chat_lines(tables.get("messages", empty("messages")), settings.chat)
    if "messages" in tables:
        opened = open_rounds(lines)
        frames["rounds"] = rounds_fact(opened, lines, tables.get("sessions"), given, settings, until["rounds"])
        frames["buyer_days"] = buyer_days_fact(opened, lines, spine, settings, until["buyer_days"])
    if "messages" in tables or "sessions" in tables:
        frames["sessions"] = sessions_fact(tables.get("sessions"), lines, given, settings, until["sessions"])
    return frames
