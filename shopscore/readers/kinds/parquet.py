"""Parquet → one sheet whose cells keep their types."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers import limits
from shopscore.readers.kinds.sheet import Header, Sheet
from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def sheets(content: Path | bytes) -> Iterator[tuple[Sheet, ...]]:
    """The one sheet of a Parquet file."""
    stored = pl.scan_parquet(_opened(content), glob=False)
    names = tuple(stored.collect_schema().names())
    notes = pl.read_parquet_metadata(_opened(content))
    yield (Sheet("", (names,), partial(_grids, stored, names), notes=notes),)


def _grids(stored: pl.LazyFrame, names: Sequence[str], header: Header) -> Iterator[pl.DataFrame]:
    rows = stored.select(pl.len()).collect().item()
    for first in range(0, max(rows, 1), limits.STORED_ROWS):
        yield _grid(stored.slice(first, limits.STORED_ROWS), names, header, first + 1)


def _grid(stored: pl.LazyFrame, names: Sequence[str], header: Header, number: int) -> pl.DataFrame:
    frame = stored.select(names[place] for place in header.wanted).collect()
    sound = repeated(frame.height, pl.String()).alias("_flaw")
    numbers = pl.int_range(number, number + frame.height, dtype=pl.Int64, eager=True).alias("_row")
    cells = (frame.get_column(names[place]).alias(f"c{place}") for place in header.wanted)
    return pl.DataFrame([numbers, sound, *cells])


def _opened(content: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content
