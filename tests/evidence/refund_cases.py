"""Rows of refunds → a shop of them by the product's own readers of facts, and the moments they are told in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import yaml

from shopscore.facts import build, cases, stays
from shopscore.ledger.case_time import staged
from shopscore.ruleset.aftersale import StateMachine
from shopscore.ruleset.fact_settings import FactSettings
from shopscore.tables import ShopTables, table_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

MACHINE = StateMachine.model_validate(
    yaml.safe_load((Path(__file__).parents[2] / "rules" / "aftersale.yaml").read_text(encoding="utf-8"))
)
SETTINGS = FactSettings({}, None, None, frozenset(), MACHINE)
TODAY = dt.date(2026, 3, 2)
DAYS = (TODAY - dt.timedelta(days=30), TODAY - dt.timedelta(days=1))
NOW = dt.datetime.combine(TODAY, dt.time())
HISTORY, HOUR, DAY = 75, 3600, 86_400
STEPS = ("agreed_at", "returned_at", "return_signed_at", "finished_at")
SHIFT = -0.18
"""Of the logarithm: the mean of what is multiplied by stays about the mean."""
STATES = ("applied", "agreed", "returned", "received")


def shop_of(rows: Sequence[dict[str, object]]) -> ShopTables:
    schema = {name: kind for name, kind in table_schema("refunds").items() if any(name in row for row in rows)}
    return ShopTables("p", "s", {"refunds": pl.DataFrame(rows, schema=schema)}, {})


def seen(rows: Sequence[dict[str, object]]) -> pl.DataFrame:
    """The refunds as the product has them: the stays of each case by stage."""
    facts = build(shop_of(rows), SETTINGS, NOW)
    return staged(stays(cases(facts.frames["refunds"], MACHINE), MACHINE), MACHINE)


def moment(seconds: float) -> dt.datetime:
    """Seconds since the history began."""
    return NOW - dt.timedelta(days=HISTORY) + dt.timedelta(seconds=round(seconds))
