"""A metric's price list → what its misses of a window cost, and what the clocks still running may come to cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.ledger.clock_states import any_running, of_metric
from shopscore.ledger.evidence import told
from shopscore.ledger.fates import compiled
from shopscore.ledger.plan import lacking, tasks
from shopscore.model import StakeResult
from shopscore.schema.units import HUNDREDTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.amounts import Window
    from shopscore.ruleset.clocks import ClockRules
    from shopscore.ruleset.resolve import Definition

NOISE = 6
"""Decimals of a cent beyond which a calculated number is noise: 1 % of 350.50 is 350.5 cents, and 351 rounded."""


class Cost(Struct, frozen=True):
    """Money in hundredths.

    Attributes:
        missed: what the window's misses cost.
        at_risk: what the events still pending would cost, were they all missed.
        unpriced: misses and pending events of which the files do not give what the price depends on.
        open: how many pending events that is.
    """

    missed: int
    at_risk: int
    unpriced: int
    open: int


def cost(facts: Facts, definition: Definition, window: Window, clocks: Sequence[ClockRules]) -> Cost | None:
    """What a metric costs; None where it has no price list, no data, or no event with a price.

    A miss is a row on the wrong side: one that did not hit where higher is better, one that hit where lower is, every
    row of a count. A pending event is at risk on any day while a clock of it runs; one that is done already is not.
    """
    price = definition.metric.stake
    sides = tasks(definition)
    if price is None or not sides or lacking(facts, sides):
        return None
    (task,) = sides
    lower = definition.metric.better == "lower"
    missed = pl.col("fate").is_in(["hit", "counted"] if lower else ["miss"]) & pl.col("day").is_between(*window)
    amount = pl.col("amount at stake")
    own = of_metric(clocks, definition.id, task.rules.fact)
    rows = told(facts, task).select(
        _hundredths(compiled(task.rules.stake or "")).alias("amount at stake"),
        missed.fill_null(value=False).alias("missed"),  # a row that is out, or without a day, is no miss
        ((pl.col("fate") == "pending").fill_null(value=False) & any_running(own)).alias("open"),
    )
    sums = rows.select(
        amount.filter(pl.col("missed")).sum().alias("missed"),
        amount.filter(pl.col("open")).sum().alias("at_risk"),
        (amount.is_null() & (pl.col("missed") | pl.col("open"))).sum().alias("unpriced"),
        (pl.col("missed") | pl.col("open")).sum().alias("events"),
        pl.col("open").sum().alias("open_events"),
    ).collect()
    found = sums.row(0, named=True)
    if found["unpriced"] and found["unpriced"] == found["events"]:
        return None
    return Cost(found["missed"], found["at_risk"], found["unpriced"], found["open_events"])


def staked(facts: Facts, definition: Definition, window: Window, clocks: Sequence[ClockRules]) -> StakeResult | None:
    """What a metric costs in its currency."""
    price, found = definition.metric.stake, cost(facts, definition, window, clocks)
    if price is None or found is None:
        return None
    missed, at_risk = found.missed / HUNDREDTHS, found.at_risk / HUNDREDTHS
    return StakeResult(missed, at_risk, price.currency, price.what.words, found.unpriced, found.open)


def _hundredths(number: pl.Expr) -> pl.Expr:
    exact = (number.cast(pl.Float64) * HUNDREDTHS).round(NOISE)
    return exact.round(mode="half_away_from_zero").cast(pl.Int64)
