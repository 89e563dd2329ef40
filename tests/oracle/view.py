"""A shop as it stood at ``as_of``, and until when each of its tables can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shopscore.schema import TABLES

if TYPE_CHECKING:
    import datetime as dt

HOUR = 3600

FACT_TABLES = {
    "orders": ("orders", "order_lines", "shipments"),
    "lines": ("orders", "order_lines"),
    "refunds": ("refunds",),
    "disputes": ("disputes", "refunds"),
    "reviews": ("reviews",),
    "sessions": ("sessions", "messages"),
    "rounds": ("messages",),
    "buyer_days": ("messages",),
}
"""Whose clocks run on which tables."""


@dataclass(frozen=True)
class Shop:
    """What the oracle is given.

    ``tables``: table → rows (dicts of Python values; a missing key and ``None`` are both blank). ``b_buyer_weight``:
    how much 1688's B buyers (L3 to L6) weigh. ``exempted``: orders the platform has excused. ``slim``: the files have
    no column that would be blank throughout; otherwise they have every column.
    """

    platform: str
    tables: dict[str, list[dict]]
    as_of: dt.datetime
    seen_until: dict[str, dt.datetime]
    b_buyer_weight: float = 1.0
    exempted: tuple[str, ...] = ()
    slim: bool = False
    cache: dict = field(default_factory=dict, init=False, compare=False, repr=False)

    def judged_at(self, fact):
        """The moment at which the fact's clocks are read."""
        tables = [table for table in FACT_TABLES[fact] if table in self.tables]
        return min([self.as_of, *(self.seen_until[table] for table in tables)])

    def gives(self, table, column):
        """Whether a file has the column: a blank cell then means that it did not happen, not that nobody says."""
        if table not in self.tables or not self.slim:
            return table in self.tables
        return TABLES[table].by_name[column].needed or any(row.get(column) is not None for row in self.tables[table])

    def rows(self, table):
        """The table as it was at ``as_of``: rows born later are gone, later events have not happened."""
        if table not in self.cache:
            self.cache[table] = [
                rewound
                for row in self.tables.get(table, ())
                if (rewound := _rewind(TABLES[table], row, self.as_of)) is not None
            ]
        return self.cache[table]


def _rewind(table, row, as_of):
    if table.born is not None and row.get(table.born) is not None and row[table.born] > as_of:
        return None
    result = {}
    for column in table.columns:
        value = row.get(column.name)
        result[column.name] = None if column.event and value is not None and value > as_of else value
    return result
