"""Text → typed: cells as people and spreadsheets write them, read whole or refused, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers.cells import conventions
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shopscore.schema import Column, Kind

_GUARDED = r"^[='`\"]|[\t\ufeff]"
_DAMAGED_ID = r"^[-+]?\d(\.\d+)?[eE]\+?\d+$|^\d+\.0+$|\ufffd"
_OFFSET = r"([+-]\d\d:?\d\d|Z)$"
_WIDE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Typed:
    """One column read: its values, and which cells had a text that could not be read."""

    values: pl.Series
    refused: pl.Series


@dataclass(frozen=True, slots=True)
class Zones:
    """Which time zone a row's offset times are converted to.

    Attributes:
        every: the zone of all rows, or None where it is not known.
        by_row: a zone per row, where a file holds shops of several platforms.
    """

    every: str | None = None
    by_row: pl.Series | None = None


def clean(cells: pl.Series) -> pl.Series:
    """Cells without the guards spreadsheets and back offices put around text (``="…"``, ``'``, back-quote, tabs)."""
    texts = cells.cast(pl.String()).str.strip_chars()
    if texts.str.contains(_GUARDED).any():
        texts = (
            texts.str.replace_all(r"[\t\ufeff]", "")
            .str.replace(r'^=?"(.*)"$', "$1")
            .str.replace(r"^['`]+", "")
            .str.strip_chars()
        )
    return texts


def blank(texts: pl.Series) -> pl.Series:
    """Which cleaned cells say nothing."""
    return texts.is_null() | texts.is_in(["", *conventions().empty])


def typed(texts: pl.Series, column: Column, zones: Zones) -> Typed:
    """Cleaned texts → the column's kind.

    Args:
        texts: strings, or values that already have a type (Parquet).
        column: the dictionary's column.
        zones: where times with an offset are converted to.

    Returns:
        Values of the dictionary's dtype, blank where a cell was refused or said nothing.
    """
    nothing = pl.repeat(value=False, n=len(texts), dtype=pl.Boolean(), eager=True)
    done = _already_typed(texts, column, zones)
    if done is not None:
        return Typed(done.alias(column.name), nothing)
    texts = clean(texts)
    if column.kind == "id":
        texts = _without_prefix(texts)
    empty = blank(texts)
    texts = texts.set(empty, None)
    values = _parse(texts, column.kind, zones)
    refused = values.is_null() & texts.is_not_null()
    return Typed(values.alias(column.name), refused)


def _already_typed(cells: pl.Series, column: Column, zones: Zones) -> pl.Series | None:
    """Values of a typed file as they are, or None where they have to be read as text."""
    wanted = DTYPES[column.kind]
    if isinstance(cells.dtype, pl.Datetime) and column.kind == "time":
        if cells.dtype.time_zone is not None:
            cells = _local(cells, zones)
        return cells.cast(wanted).dt.truncate("1s")
    takes = cells.dtype in {wanted, pl.Null()}
    takes |= cells.dtype == pl.Date() and column.kind == "time"
    takes |= cells.dtype.is_integer() and column.kind in {"integer", "number", "money"}
    takes |= cells.dtype.is_decimal() and column.kind in {"number", "money"}
    return cells.cast(wanted) if takes and cells.dtype != pl.String() else None


def _parse(texts: pl.Series, kind: Kind, zones: Zones) -> pl.Series:
    if kind == "time":
        return _times(texts, zones)
    return _PARSERS[kind](texts)


def _without_prefix(texts: pl.Series) -> pl.Series:
    marks = "|".join(re.escape(mark) for mark in conventions().id_prefixes)
    return texts.str.replace(rf"(?i)^(?:{marks})\s*", "")


def _ids(texts: pl.Series) -> pl.Series:
    damaged = texts.str.contains(_DAMAGED_ID).fill_null(value=False)
    return texts.set(damaged, None) if damaged.any() else texts


def _words(texts: pl.Series) -> pl.Series:
    damaged = texts.str.contains("\ufffd", literal=True).fill_null(value=False)
    return texts.set(damaged, None) if damaged.any() else texts


def _flags(texts: pl.Series) -> pl.Series:
    flags = conventions().flags
    folded = texts.str.normalize("NFKC").str.to_lowercase()
    return folded.replace_strict(list(flags), list(flags.values()), default=None, return_dtype=pl.Boolean())


def _plain_numbers(texts: pl.Series) -> pl.Series:
    marks = "".join(re.escape(mark) for mark in conventions().number_marks)
    plain = texts.str.normalize("NFKC").str.replace_all(rf"[{marks}\s]", "")
    readable = plain.str.contains(r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?%?$").fill_null(value=False)
    return plain.set(~readable, None)


def _numbers(texts: pl.Series) -> pl.Series:
    plain = _plain_numbers(texts)
    percent = plain.str.ends_with("%").fill_null(value=False)
    values = plain.str.strip_suffix("%").cast(pl.Float64(), strict=False)
    values = values.set(~values.is_finite().fill_null(value=True), None)
    return values if not percent.any() else pl.select(pl.when(percent).then(values / 100).otherwise(values)).to_series()


def _integers(texts: pl.Series) -> pl.Series:
    values = _numbers(texts)
    whole = (values == values.floor()) & (values.abs() < 2.0**53)
    return values.set(~whole.fill_null(value=True), None).cast(pl.Int64())


def _money(texts: pl.Series) -> pl.Series:
    exact = _plain_numbers(texts).cast(pl.Decimal(38, 6), strict=False)
    return exact.round(2, mode="half_away_from_zero").cast(DTYPES["money"], strict=False)


def from_fen(amounts: pl.Series) -> pl.Series:
    """Money that was written in hundredths."""
    return pl.select(pl.lit(amounts) * _WIDE).to_series().cast(DTYPES["money"], strict=False).alias(amounts.name)


def _times(texts: pl.Series, zones: Zones) -> pl.Series:
    """Times by the forms in order; each form is tried only on what the earlier ones left."""
    values = pl.repeat(None, len(texts), dtype=DTYPES["time"], eager=True)
    for form in conventions().times:
        left = texts.is_not_null() & values.is_null()
        if not left.any():
            return values
        parsed = texts.set(~left, None).str.strptime(pl.Datetime("us"), form, strict=False)
        values = pl.select(pl.coalesce(values, parsed.dt.truncate("1s"))).to_series()
    left = texts.is_not_null() & values.is_null() & texts.str.contains(_OFFSET).fill_null(value=False)
    if not left.any():
        return values
    return pl.select(pl.coalesce(values, _local(_moments(texts.set(~left, None)), zones))).to_series()


def _moments(texts: pl.Series) -> pl.Series:
    forms = [
        texts.str.strptime(pl.Datetime("us", "UTC"), form, strict=False) for form in conventions().times_with_offset
    ]
    return pl.select(pl.coalesce(forms)).to_series().dt.truncate("1s")


def _local(moments: pl.Series, zones: Zones) -> pl.Series:
    if zones.by_row is None:
        if zones.every is None:
            # An offset without a zone to convert to: the local time is not known.
            return pl.repeat(None, len(moments), dtype=DTYPES["time"], eager=True)
        return moments.dt.convert_time_zone(zones.every).dt.replace_time_zone(None)
    out = pl.repeat(None, len(moments), dtype=DTYPES["time"], eager=True)
    for zone in zones.by_row.drop_nulls().unique().sort():
        local = moments.dt.convert_time_zone(zone).dt.replace_time_zone(None)
        here = (zones.by_row == zone).fill_null(value=False)
        out = pl.select(pl.when(here).then(local).otherwise(out)).to_series()
    return out


_PARSERS: Mapping[str, Callable[[pl.Series], pl.Series]] = {
    "id": _ids,
    "text": _words,
    "integer": _integers,
    "number": _numbers,
    "money": _money,
    "flag": _flags,
}


def mapped(texts: pl.Series, value_of: Callable[[str], str | None]) -> pl.Series:
    """Texts replaced by what a function makes of each distinct one."""
    distinct: Sequence[str] = texts.drop_nulls().unique().to_list()
    values = [value_of(text) for text in distinct]
    return texts.replace_strict(distinct, values, default=None, return_dtype=pl.String())
