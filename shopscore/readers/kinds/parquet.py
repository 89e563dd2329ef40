"""Parquet → one sheet whose cells keep their types."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers.kinds.sheet import Header, Sheet

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
    frame = stored.select(names[number] for number in header.wanted).collect()
    sound = pl.Series("_flaw", [None], dtype=pl.String()).new_from_index(0, frame.height)
    numbers = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias("_row")
    cells = (frame.get_column(names[number]).alias(f"c{number}") for number in header.wanted)
    yield pl.DataFrame([numbers, sound, *cells])


def _opened(content: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content
