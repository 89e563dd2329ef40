"""What a ledger holds of some metrics in some days: the reading behind `shopscore.ledger.cells`."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.parts import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopscore.ledger.parts import Ledger, Part, Slot
    from shopscore.ledger.sums import Amounts

Window = tuple[dt.date, dt.date]
"""First and last day, both inside."""


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """All days from the first to the last, both inside."""
    return [first + dt.timedelta(days=each) for each in range((last - first).days + 1)]


def read_amounts(ledger: Ledger, windows: Mapping[str, Window], by: tuple[str, ...]) -> dict[tuple[str, ...], Amounts]:
    """What the slots of each metric hold in its window, by (metric, *by)."""
    found: defaultdict[tuple[str, ...], Amounts] = defaultdict(dict)
    wanted = sorted((window, metric) for metric, window in windows.items() if metric in ledger.sides)
    for window, pairs in groupby(wanted, key=lambda pair: pair[0]):
        metrics = frozenset(metric for _, metric in pairs)
        for part in ledger.parts:
            for key, slot, amount in _read(part, metrics, pl.col("day").is_between(*window), by):
                found[slot.metric, *key][slot] = amount
    return found


def read_undated(ledger: Ledger, windows: Mapping[str, Window], by: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Rows without a day, by (metric, *by)."""
    found: defaultdict[tuple[str, ...], int] = defaultdict(int)
    metrics = frozenset(windows) & ledger.sides.keys()
    for part in ledger.parts:
        for key, slot, amount in _read(part, metrics, pl.col("day").is_null(), by):
            found[slot.metric, *key] += amount if slot.field == "rows" else 0
    return found


def _read(
    part: Part, metrics: frozenset[str], where: pl.Expr, by: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Slot, int]]:
    """(key, slot, its sum over the rows meant), zeros left out."""
    slots = [slot for slot in part.slots if slot.metric in metrics]
    columns = list(dict.fromkeys(slot.column for slot in slots))
    split = pl.col("dimension") != ALL if "dimension" in by else pl.col("dimension") == ALL
    meant = part.frame.lazy().filter(split, where)
    summed = meant.group_by(by).agg(pl.col(columns).sum()) if by else meant.select(pl.col(columns).sum())
    for row in summed.collect().iter_rows(named=True) if columns else ():
        key = tuple(str(row[name]) for name in by)
        for slot in slots:
            if amount := slot.read(row[slot.column]):
                yield key, slot, amount


def read_values(ledger: Ledger, windows: Mapping[str, Window]) -> defaultdict[str, list[tuple[int, int]]]:
    """(value, rows) of quantile metrics over their windows, by metric, values in order."""
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for (metric, _), pairs in read_values_by_day(ledger, windows).items():
        found[metric].update(dict(pairs))
    return defaultdict(list, {metric: sorted(counted.items()) for metric, counted in found.items()})


def read_values_by_day(
    ledger: Ledger, windows: Mapping[str, Window]
) -> defaultdict[tuple[str, dt.date], list[tuple[int, int]]]:
    """(value, rows) of quantile metrics, by (metric, day), values in order."""
    found: defaultdict[tuple[str, dt.date], list[tuple[int, int]]] = defaultdict(list)
    for metric, day, value, rows in ledger.values.select("metric", "day", "value", "rows").iter_rows():
        if metric in windows and day is not None and windows[metric][0] <= day <= windows[metric][1]:
            found[metric, day].append((value, rows))
    return found
