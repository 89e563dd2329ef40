"""Workbooks → their sheets, hidden ones too, each cell as the workbook shows it."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from shopscore.readers import limits
from shopscore.readers.archives import oversized
from shopscore.readers.kinds.sheet import Header, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.model import Words

_EXACT_INTEGERS = 2**53
"""From here on a spreadsheet's number no longer holds every integer."""
_SAYS = r"\S"


def sheets(content: Path | bytes) -> Iterator[tuple[Sheet, ...]] | Words:
    """The sheets of a workbook, loaded one at a time."""
    data = content.read_bytes() if isinstance(content, Path) else content
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        problem = oversized(parts.infolist())
    return problem or _sheets(fastexcel.read_excel(data))


def _sheets(book: fastexcel.ExcelReader) -> Iterator[tuple[Sheet, ...]]:
    for number, name in enumerate(book.sheet_names[: limits.MAX_SHEETS]):
        loaded = book.load_sheet(number, header_row=None, skip_rows=0, dtypes="string").to_polars()
        yield (Sheet(name, _first_rows(loaded), partial(_grids, book, number, loaded)),)


def _first_rows(loaded: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    if loaded.width > limits.MAX_COLUMNS:
        return ()
    return tuple(tuple(cell or "" for cell in cells) for cells in loaded.head(limits.HEADER_ROWS).iter_rows())


def _grids(book: fastexcel.ExcelReader, number: int, loaded: pl.DataFrame, header: Header) -> Iterator[pl.DataFrame]:
    names = loaded.columns
    said = pl.concat_str(names, ignore_nulls=True).str.contains(_SAYS)
    below = loaded.lazy().with_row_index("_row", offset=1).slice(header.row + 1).filter(said)
    grid = below.select(
        pl.col("_row").cast(pl.Int64),
        pl.lit(None, dtype=pl.String()).alias("_flaw"),
        *(pl.col(names[place]).alias(f"c{place}") for place in header.wanted),
    ).collect()
    large = _large_ids(grid, header.ids)
    numbers = _number_cells(book, number, large, loaded.height) if large else []
    yield _marked(grid, dict(zip(large, numbers, strict=True)))


def _number_cells(book: fastexcel.ExcelReader, sheet: int, columns: Sequence[int], height: int) -> list[pl.Series]:
    """Which cells of a sheet's columns are numbers rather than text.

    A number turns into a boolean and a text does not, which is the one way the workbook reader tells them apart.

    Args:
        book: the workbook.
        sheet: the sheet's number.
        columns: the columns' places, in ascending order.
        height: the sheet's rows.
    """
    loaded = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="boolean", use_columns=list(columns))
    cells = (column.is_not_null() for column in loaded.to_polars().iter_columns())
    return [column.extend_constant(value=False, n=max(0, height - len(column))) for column in cells]


def _large(place: int) -> pl.Expr:
    cell = pl.col(f"c{place}")
    return cell.str.contains(r"^\d{16,}$") & (cell.cast(pl.Float64(), strict=False) >= float(_EXACT_INTEGERS))


def _large_ids(grid: pl.DataFrame, places: Sequence[int]) -> list[int]:
    """The columns of identifiers in which a number could stand that is too large to be exact."""
    found = grid.select(_large(place).any().alias(f"c{place}") for place in places)
    return [place for place in places if found.item(0, f"c{place}")]


def _marked(grid: pl.DataFrame, numeric: Mapping[int, pl.Series]) -> pl.DataFrame:
    """Mark identifiers that the workbook holds as numbers too large to be exact, by the float's tail."""
    rows = grid.get_column("_row") - 1
    return grid.with_columns(
        pl.when(_large(place) & pl.lit(numbers.gather(rows)))
        .then(pl.concat_str(f"c{place}", pl.lit(".0")))
        .otherwise(f"c{place}")
        .alias(f"c{place}")
        for place, numbers in numeric.items()
    )
