"""A fact's rows once they are counted: what they are under each metric, for questions that the sums cannot answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.ledger.fates import OUT, settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from shopscore.ledger.base import Base
    from shopscore.ledger.plan import Task


class Looked(Struct, frozen=True):
    """One fact.

    Attributes:
        base: its rows without the conditions' answers: their fates tell them.
        fates: task → the column of its codes (see `shopscore.ledger.fates.fates`).
    """

    base: Base
    fates: Mapping[Task, str]

    @property
    def frame(self) -> pl.DataFrame:
        """One row per row of the fact."""
        return self.base.frame

    @property
    def columns(self) -> Mapping[tuple[str, ...], str]:
        """What was asked (see `shopscore.ledger.base.asked`) → its column."""
        return self.base.columns

    def settled(self, task: Task) -> pl.Expr:
        """Which rows hit, missed or were counted."""
        return settled(task.rules, pl.col(self.fates[task]))

    def hit(self, task: Task) -> pl.Expr:
        """Which rows hit; none where there is no numerator."""
        return pl.lit(value=False) if task.rules.numerator is None else pl.col(self.fates[task]) == OUT + 1

    def within(self, task: Task, window: tuple[dt.date, dt.date]) -> pl.Expr:
        """Which rows stand on the days from the first to the last, both inside."""
        return pl.col(self.columns["day", task.rules.at]).is_between(*window)

    def on(self, task: Task, day: dt.date) -> pl.Expr:
        """Which rows stand on a day."""
        return pl.col(self.columns["day", task.rules.at]) == day

    def number(self, task: Task) -> pl.Expr:
        """What a metric adds up, as an integer in its smallest unit; 0 where it adds up nothing."""
        if task.rules.of is None:
            return pl.lit(0, pl.Int64)
        return pl.col(self.columns["number", task.rules.of, str(task.scale)])

    def among(self, dimension: str, segment: str) -> pl.Expr:
        """Which rows stand in a segment; a row without the dimension's value in none."""
        code = next((each.code for each in self.base.segments.get(dimension, ()) if each.text == segment), None)
        if code is None:
            return pl.lit(value=False)
        return (pl.col(self.columns["by", dimension]).to_physical() == code).fill_null(value=False)
