"""Literal rows in, facts out: helpers of the tests in this folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import yaml

from shopscore.ruleset.aftersale import StateMachine
from shopscore.ruleset.pack import ChatRules, ServiceHours
from shopscore.schema import TABLES
from shopscore.tables import DTYPES, ShopTables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.ruleset.stopped import Stopped

MACHINE = StateMachine.model_validate(
    yaml.safe_load((Path(__file__).parents[2] / "rules" / "aftersale.yaml").read_text(encoding="utf-8"))
)
NINE_TO_NINE = ServiceHours(opens="09:00", closes="21:00")
LATE = dt.datetime(2026, 12, 31, 12)
DAY = 86400


@dataclass(frozen=True)
class Settings:
    columns: Mapping[str, str] = field(
        default_factory=lambda: {"ship_deadline_at": "COALESCE(promise_at, clock_at + INTERVAL '48 hours')"}
    )
    chat: ChatRules | None = None
    service_hours: ServiceHours | None = NINE_TO_NINE
    exempted_orders: frozenset[str] = frozenset()
    machine: StateMachine = MACHINE
    stopped: tuple[Stopped, ...] = ()


def at(text):
    """``11-02 09:00`` or ``11-02 09:00:05`` of 2026."""
    return None if text is None else dt.datetime.fromisoformat(f"2026-{text}")


def chat(**changes):
    rules = {"source": ["s"], "service_hours": NINE_TO_NINE, "answers": ["human"], **changes}
    return ChatRules.model_validate(rules)


def table(name, rows):
    """Rows as dicts of text, numbers and flags → a canonical frame with the columns they name."""
    kinds = TABLES[name].by_name
    names = [column for column in kinds if any(column in row for row in rows)]
    cells = {n: [at(r.get(n)) if kinds[n].kind == "time" else r.get(n) for r in rows] for n in names}
    return pl.DataFrame(
        [pl.Series(n, cells[n]).cast(DTYPES[kinds[n].kind]) for n in names],
        schema={n: DTYPES[kinds[n].kind] for n in names},
    )


def shop(seen_until=None, **tables):
    frames = {name: rows if isinstance(rows, pl.DataFrame) else table(name, rows) for name, rows in tables.items()}
    return ShopTables("p", "s", frames, {n: at(t) for n, t in (seen_until or {}).items()})


def case(number="r", order="1", **cells):
    """A refund as it was applied for."""
    return {"refund_id": number, "order_id": order, "applied_at": "11-04 09:00", **cells}
