"""What a ledger is made of: frames of integer sums by day and segment, and what their columns hold.

Counts stand packed, several to a 64-bit word, each with bits enough for every row of its fact: adding words adds all
their counts at once, and no sum over any window can carry into a neighbour. `shopscore.ledger.cells.frame` unpacks
them into one row per cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from shopscore.ledger.looked import Looked
    from shopscore.model import Sums

KEYS = ("day", "dimension", "segment")
FIELDS = ("rows", "w", "w2", "x", "x2", "wx")
FIELD_TYPES: Mapping[str, pl.DataType] = {name: pl.Int128() if name == "x2" else pl.Int64() for name in FIELDS}
"""Σx² of seconds outgrows 64 bits within a few million rows."""
VALUES_SCHEMA: Mapping[str, pl.DataType] = {
    "metric": pl.String(),
    "side": pl.String(),
    "day": pl.Date(),
    "value": pl.Int64(),
    "rows": pl.Int64(),
}
ALL = ""
"""The dimension of cells that are not split, and their segment; inside a dimension the segment ``""`` is blank."""
REST = "rest"
"""The segment that holds everything beyond the largest `K`."""
K = 12
"""Segments kept per dimension, by rows of the fact."""
CLOSED = ("hour", "weekday")
"""Dimensions that are small by nature and kept whole."""


class Slot(Struct, frozen=True):
    """Where one integer of a cell stands: ``(column >> shift) & mask``; without bits the whole column.

    Attributes:
        metric: the full id.
        side: ``""``, or ``n`` and ``d`` of a ratio of two facts.
        fate: hit, miss, counted, pending, unknown or excluded.<name>.
        hit: an excluded row that would have hit.
        field: one of `FIELDS`; ``w`` of unweighted metrics is not stored but 100 a row.
        column: the part's column.
        shift: bits to the right of the count.
        bits: the count's width.
    """

    metric: str
    side: str
    fate: str
    hit: bool
    field: str
    column: str
    shift: int = 0
    bits: int | None = None

    def read(self, word: int | None) -> int:
        """The integer in a value of the column."""
        if word is None:
            return 0
        return word if self.bits is None else word >> self.shift & (1 << self.bits) - 1

    def expr(self) -> pl.Expr:
        """The integer as an expression over the part's frame."""
        column = pl.col(self.column)
        if self.bits is None:
            return column.cast(FIELD_TYPES[self.field])
        return (column // (1 << self.shift)) % (1 << self.bits)


class Part(Struct, frozen=True):
    """Sums by `KEYS` (``day`` Date, blank for undated rows) and the slots its other columns hold.

    Attributes:
        frame: one row per day, dimension and segment.
        slots: what stands in its columns.
        days: the unsplit rows once more as plain values, by day: windows are asked for often and hold few rows.
    """

    frame: pl.DataFrame
    slots: tuple[Slot, ...]
    days: Mapping[dt.date | None, Mapping[str, int | None]]


def part(frame: pl.DataFrame, slots: tuple[Slot, ...]) -> Part:
    """A part over a frame."""
    unsplit = frame.filter(pl.col("dimension") == ALL)
    return Part(frame, slots, {row["day"]: row for row in unsplit.rows(named=True)})


class LedgerSide(Struct, frozen=True):
    """One side of a metric that was run: it has no cells where no row met ``where``."""

    metric: str
    side: str
    weighted: bool
    summed: bool
    dimensions: tuple[str, ...]


class Ledger(Struct, frozen=True):
    """One shop's mergeable counts.

    Attributes:
        parts: the sums.
        values: metric, side, day, value, rows: how often each value of a quantile metric's settled rows occurs.
        sides: the sides that were run, by metric id.
        missing: metric id → what it needs and the files did not give, as ``fact.column`` (or ``fact``).
        errors: metric id → why it failed on this data, one sentence.
        looked: fact → its rows under these metrics, as long as the shop is looked at; a merged ledger has none.
        daily: the sums of a metric on a day, as they are asked for (see `shopscore.ledger.cells.by_day_sums`).
    """

    parts: tuple[Part, ...]
    values: pl.DataFrame
    sides: Mapping[str, tuple[LedgerSide, ...]]
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    looked: Mapping[str, Looked] = field(default_factory=dict)
    daily: dict[tuple[str, dt.date], Sums] = field(default_factory=dict)


def unpacked(part: Part) -> Iterator[tuple[Slot, pl.Expr]]:
    """Slots with a column of their own, named so that equal slots of different parts meet, and how to fill them."""
    for slot in part.slots:
        name = "|".join((slot.metric, slot.side, slot.fate, str(slot.hit), slot.field))
        plain = Slot(slot.metric, slot.side, slot.fate, slot.hit, slot.field, name)
        yield plain, slot.expr().alias(name)
