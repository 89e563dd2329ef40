"""What a ledger holds of some metrics in some days: the reading behind `shopscore.ledger.cells`."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import chain, groupby
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.parts import ALL, KEYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from shopscore.ledger.parts import Ledger, Part, Slot
    from shopscore.ledger.sums import Amounts

Window = tuple[dt.date, dt.date]
"""First and last day, both inside."""


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """All days from the first to the last, both inside."""
    return [first + dt.timedelta(days=each) for each in range((last - first).days + 1)]


def read_amounts(ledger: Ledger, windows: Mapping[str, Window]) -> dict[str, Amounts]:
    """What the slots of each metric hold in its window, by metric."""
    found: defaultdict[str, Amounts] = defaultdict(list)
    for (first, last), metrics in _alike(windows):
        for part in ledger.parts:
            rows = [row for day, row in part.days.items() if day is not None and first <= day <= last]
            slots = [slot for slot in part.slots if slot.metric in metrics]
            sums = {name: sum(row[name] or 0 for row in rows) for name in {slot.column for slot in slots}}
            for slot in slots:
                if amount := slot.read(sums[slot.column]):
                    found[slot.metric].append((slot, amount))
    return found


def read_days(ledger: Ledger, windows: Mapping[str, Window]) -> dict[tuple[str, dt.date], Amounts]:
    """What the slots of each metric hold on each day of its window that has rows, by (metric, day)."""
    found: defaultdict[tuple[str, dt.date], Amounts] = defaultdict(list)
    for part in ledger.parts:
        slots = [(slot, windows[slot.metric]) for slot in part.slots if slot.metric in windows]
        for day, row in part.days.items():
            if day is None:
                continue
            for slot, (first, last) in slots:
                if first <= day <= last and (amount := slot.read(row[slot.column])):
                    found[slot.metric, day].append((slot, amount))
    return found


def read_undated(ledger: Ledger, windows: Mapping[str, Window]) -> dict[str, int]:
    """Rows without a day, by metric."""
    found: defaultdict[str, int] = defaultdict(int)
    for part in ledger.parts:
        for slot in part.slots if None in part.days else ():
            if slot.metric in windows and slot.field == "rows":
                found[slot.metric] += slot.read(part.days[None][slot.column])
    return found


def read_segments(ledger: Ledger, windows: Mapping[str, Window]) -> dict[tuple[str, str, str], tuple[Amounts, int]]:
    """What the slots of each metric hold in its window, and its undated rows, by (metric, dimension, segment)."""
    found: defaultdict[tuple[str, str, str], Amounts] = defaultdict(list)
    undated: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    looks = [
        look for window, metrics in _alike(windows) for part in ledger.parts for look in _split(part, metrics, window)
    ]
    for (slots, dated, _), rows in zip(looks, pl.collect_all([plan for _, _, plan in looks]), strict=True):
        for row in rows.iter_rows(named=True):
            for slot in slots:
                key = (slot.metric, row["dimension"], row["segment"])
                amount = slot.read(row[slot.column])
                if amount and dated:
                    found[key].append((slot, amount))
                elif amount:
                    undated[key] += amount if slot.field == "rows" else 0
    return {key: (found.get(key, []), undated.get(key, 0)) for key in sorted(found.keys() | undated.keys())}


def _alike(windows: Mapping[str, Window]) -> Iterator[tuple[Window, frozenset[str]]]:
    pairs = sorted((window, metric) for metric, window in windows.items())
    for window, same in groupby(pairs, key=lambda pair: pair[0]):
        yield window, frozenset(metric for _, metric in same)


def read_segment_days(
    ledger: Ledger, windows: Mapping[str, Window], picks: Mapping[str, Collection[tuple[str, str]]]
) -> dict[tuple[str, str, str, dt.date], Amounts]:
    """What the slots of each metric hold on each day of its window that has rows in some (dimension, segment)."""
    found: defaultdict[tuple[str, str, str, dt.date], Amounts] = defaultdict(list)
    segments: defaultdict[str, set[str]] = defaultdict(set)
    for dimension, segment in chain.from_iterable(picks.values()):
        segments[dimension].add(segment)
    where = pl.any_horizontal(
        pl.lit(value=False),
        *(
            (pl.col("dimension") == dimension) & pl.col("segment").is_in(sorted(chosen))
            for dimension, chosen in sorted(segments.items())
        ),
    )
    for part in ledger.parts:
        slots = [slot for slot in part.slots if picks.get(slot.metric)]
        columns = list(dict.fromkeys(slot.column for slot in slots))
        for row in part.frame.filter(where).select(*KEYS, *columns).rows(named=True) if slots else ():
            pick, day = (row["dimension"], row["segment"]), row["day"]
            for slot in slots:
                first, last = windows[slot.metric]
                meant = day is not None and first <= day <= last and pick in picks[slot.metric]
                if meant and (amount := slot.read(row[slot.column])):
                    found[slot.metric, *pick, day].append((slot, amount))
    return found


def _split(
    part: Part, metrics: frozenset[str], window: Window
) -> Iterator[tuple[tuple[Slot, ...], bool, pl.LazyFrame]]:
    """Slots, whether it is about the days of a window or about rows without one, and the sums of each segment there."""
    slots = tuple(slot for slot in part.slots if slot.metric in metrics)
    columns = list(dict.fromkeys(slot.column for slot in slots))
    split = part.frame.lazy().filter(pl.col("dimension") != ALL)
    for dated in (True, False) if slots else ():
        where = pl.col("day").is_between(*window) if dated else pl.col("day").is_null()
        if dated or None in part.days:
            yield slots, dated, split.filter(where).group_by("dimension", "segment").agg(pl.col(columns).sum())


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
    for metric, _, day, value, rows in ledger.values.iter_rows():
        if metric in windows and day is not None and windows[metric][0] <= day <= windows[metric][1]:
            found[metric, day].append((value, rows))
    return found
