"""Arithmetic on a ledger: merging, windows, days and segments, all of it adding."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import polars as pl

from shopscore.ledger.amounts import (
    days_between,
    read_amounts,
    read_days,
    read_segment_days,
    read_segments,
    read_undated,
    read_values,
    read_values_by_day,
)
from shopscore.ledger.parts import (
    FIELD_TYPES,
    FIELDS,
    KEYS,
    VALUES_SCHEMA,
    Ledger,
    Slot,
    part,
    unpacked,
)
from shopscore.ledger.sums import sums_of
from shopscore.model import Day, Sums

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from shopscore.ledger.amounts import Window
    from shopscore.ledger.parts import Part
    from shopscore.ledger.sums import Amounts

CELL_KEYS = ("metric", "side", "day", "dimension", "segment", "fate", "hit")


def frame(ledger: Ledger) -> pl.DataFrame:
    """The ledger as one row per cell, in canonical order: two ledgers are equal when their frames are.

    Columns: metric, side, day (blank: undated), dimension and segment (both ``""``: not split), fate, hit (an
    excluded row that would have hit), and the integers rows, w, w2, x, x2, wx. Weights (hundredths) and numbers are
    sums over settled rows; x also over excluded ones. A cell without rows is not there.
    """
    empty = pl.DataFrame(
        schema={
            **dict.fromkeys(("metric", "side"), pl.String),
            "day": pl.Date,
            **dict.fromkeys(("dimension", "segment", "fate"), pl.String),
            "hit": pl.Boolean,
            "field": pl.String,
            "amount": pl.Int128,
        }
    )
    long = pl.concat([empty, *(piece for each in ledger.parts for piece in _long(each))])
    fields = [
        pl.col("amount").filter(pl.col("field") == name).sum().cast(dtype).alias(name)
        for name, dtype in FIELD_TYPES.items()
    ]
    weighted = [side.metric + "/" + side.side for sides in ledger.sides.values() for side in sides if side.weighted]
    plain = ~pl.concat_str("metric", pl.lit("/"), "side").is_in(weighted) & pl.col("fate").is_in(
        ["hit", "miss", "counted"]
    )
    return (
        long.group_by(CELL_KEYS)
        .agg(fields)
        .with_columns(
            pl.when(plain).then(100 * pl.col("rows")).otherwise("w").alias("w"),
            pl.when(plain).then(10_000 * pl.col("rows")).otherwise("w2").alias("w2"),
            pl.when(plain).then(100 * pl.col("x")).otherwise("wx").alias("wx"),
        )
        .select(*CELL_KEYS, *FIELDS)
        .sort(CELL_KEYS)
    )


def _long(part: Part) -> Iterator[pl.DataFrame]:
    for slot in part.slots:
        yield (
            part.frame.select(
                pl.lit(slot.metric).alias("metric"),
                pl.lit(slot.side).alias("side"),
                *KEYS,
                pl.lit(slot.fate).alias("fate"),
                pl.lit(slot.hit).alias("hit"),
                pl.lit(slot.field).alias("field"),
                slot.expr().cast(pl.Int128).alias("amount"),
            )
            .filter(pl.col("amount") != 0)
            .select("metric", "side", *KEYS, "fate", "hit", "field", "amount")
        )


def merge(ledgers: Iterable[Ledger]) -> Ledger:
    """Add ledgers of disjoint rows of one shop, run with the same definitions and choice of segments.

    Metrics with ``once_per`` add up only where all rows of a key are in one of the ledgers.
    """
    all_of = list(ledgers)
    errors = {metric: text for ledger in all_of for metric, text in ledger.errors.items()}
    slots: dict[Slot, None] = {}
    frames = [pl.DataFrame(schema={"day": pl.Date, "dimension": pl.String, "segment": pl.String})]
    for ledger in all_of:
        for each in ledger.parts:
            pieces = list(unpacked(each))
            slots |= dict.fromkeys(slot for slot, _ in pieces if slot.metric not in errors)
            frames.append(each.frame.select(*KEYS, *(expr for _, expr in pieces)))
    joined = pl.concat(frames, how="diagonal").group_by(KEYS).agg(pl.exclude(KEYS).sum())
    values = pl.concat([pl.DataFrame(schema=VALUES_SCHEMA), *(ledger.values for ledger in all_of)])
    counted = values.group_by("metric", "side", "day", "value").agg(pl.col("rows").sum())
    missing = {metric: names for ledger in all_of for metric, names in ledger.missing.items()}
    sides = {metric: each for ledger in all_of for metric, each in ledger.sides.items() if metric not in errors}
    return Ledger((part(joined, tuple(slots)),), counted.sort("metric", "side", "day", "value"), sides, missing, errors)


# ── windows ──────────────────────────────────────────────────────────────────────────────────────────────────────


def totals(ledger: Ledger, windows: Mapping[str, Window]) -> dict[str, Sums]:
    """The sums of metrics over their windows (first and last day, both inside).

    A metric that was run but has no rows there is there with zeros; one that is missing or failed is not there.
    Rows without a day count as ``undated`` in any window.
    """
    amounts = read_amounts(ledger, windows)
    undated = read_undated(ledger, windows)
    values = read_values(ledger, windows)
    return {
        metric: sums_of(ledger.sides[metric], amounts.get(metric, []), undated.get(metric, 0), values[metric])
        for metric in windows
        if metric in ledger.sides
    }


def by_segment(ledger: Ledger, windows: Mapping[str, Window]) -> dict[tuple[str, str, str], Sums]:
    """The sums of every segment that has rows in its metric's window, by (metric, dimension, segment).

    The segment ``""`` is blank, ``rest`` is everything beyond the largest. ``values`` are not split.
    """
    return {
        key: sums_of(ledger.sides[key[0]], amounts, undated)
        for key, (amounts, undated) in read_segments(ledger, windows).items()
    }


def segments(ledger: Ledger, windows: Mapping[str, Window]) -> dict[str, dict[str, dict[str | None, Sums]]]:
    """Metric → dimension → segment → sums over the metric's window."""
    found: dict[str, dict[str, dict[str | None, Sums]]] = defaultdict(lambda: defaultdict(dict))
    for (metric, dimension, segment), sums in by_segment(ledger, windows).items():
        found[metric][dimension][segment] = sums
    return found


def segment_days(
    ledger: Ledger, windows: Mapping[str, Window], picks: Mapping[str, Collection[tuple[str, str]]]
) -> dict[tuple[str, str, str], list[Sums]]:
    """Every day of a metric's window in some of its (dimension, segment), in order; days without rows have zeros."""
    amounts = read_segment_days(ledger, windows, picks)
    found = {}
    for metric, chosen in picks.items():
        sides, days = ledger.sides[metric], days_between(*windows[metric])
        for pick in chosen:
            found[metric, *pick] = [sums_of(sides, amounts.get((metric, *pick, day), [])) for day in days]
    return found


def by_day_sums(ledger: Ledger, windows: Mapping[str, Window]) -> dict[str, tuple[tuple[dt.date, Sums], ...]]:
    """Every day of each metric's window with its sums, in order; days without rows have zeros."""
    days = {metric: days_between(*window) for metric, window in windows.items() if metric in ledger.sides}
    known = ledger.daily
    new = {metric for metric, each in days.items() if any((metric, day) not in known for day in each)}
    asked = {metric: windows[metric] for metric in new}
    amounts, values = (read_days(ledger, asked), read_values_by_day(ledger, asked)) if new else ({}, {})
    for metric in new:
        for day in days[metric]:
            key = (metric, day)
            if key not in known:
                known[key] = sums_of(ledger.sides[metric], amounts.get(key, []), 0, values.get(key, ()))
    return {metric: tuple((day, known[metric, day]) for day in each) for metric, each in days.items()}


def by_day(ledger: Ledger, windows: Mapping[str, Window]) -> dict[str, tuple[Day, ...]]:
    """Every day of each metric's window in plain counts: hits over rows, or Σx over rows of an ``of``."""
    found = {}
    for metric, days in by_day_sums(ledger, windows).items():
        summed = any(side.summed for side in ledger.sides[metric])
        found[metric] = tuple(Day(day, float(sums.x if summed else sums.hits), float(sums.rows)) for day, sums in days)
    return found


def sliding(ledger: Ledger, metric: str, days: int) -> tuple[tuple[dt.date, Sums], ...]:
    """Every window of so many days that lies inside the metric's own days: its last day and its sums, oldest first."""
    always = {metric: (dt.date.min, dt.date.max)}
    daily = read_days(ledger, always)
    values = read_values_by_day(ledger, always)
    known = sorted(day for _, day in daily)
    if not known:
        return ()
    ends = days_between(known[0] + dt.timedelta(days=days - 1), known[-1])
    found = []
    for end in ends:
        inside = days_between(end - dt.timedelta(days=days - 1), end)
        amounts: Amounts = []
        counted: Counter[int] = Counter()
        for day in inside:
            amounts += daily.get((metric, day), [])
            counted.update(dict(values.get((metric, day), ())))
        found.append((end, sums_of(ledger.sides[metric], amounts, 0, sorted(counted.items()))))
    return tuple(found)
