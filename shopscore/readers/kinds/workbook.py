"""Workbooks (.xlsx, .xlsb, .xls) → their sheets, hidden ones too, each cell as the workbook shows it."""

from __future__ import annotations

import io
import logging
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import fastexcel
import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from shopscore.model import Words
from shopscore.readers import limits, sentences
from shopscore.readers.books import biff, ole, ooxml, survey, xlsb
from shopscore.readers.books.survey import Survey
from shopscore.readers.kinds import bytewise, frame
from shopscore.readers.kinds.sheet import Header, Sheet
from shopscore.readers.zips import oversized

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    _Said = tuple[pl.DataFrame, str, str | None]

_EXACT_INTEGERS = 2**53
"""From here on a spreadsheet's number no longer holds every integer."""

# The library's remarks on number formats are of no use to a reader of the account.
logging.getLogger("calamine").addHandler(logging.NullHandler())


class _Loaded(Struct, frozen=True):
    """A sheet of a workbook, how many columns stand unused on its left, and whether it may hold long numbers."""

    book: fastexcel.ExcelReader
    number: int
    left: int
    long_numbers: bool


class _Known(Struct, frozen=True):
    """What is known of a workbook before a sheet is loaded.

    Attributes:
        surveys: its sheets.
        page: the code page of its texts, where they are bytes.
    """

    surveys: tuple[Survey, ...]
    page: int | None = None


def sheets(content: Path | bytes, words: Collection[str], encoding: str | None) -> Iterator[tuple[Sheet, ...]] | Words:
    """The sheets of a workbook, loaded one at a time; or why it is not opened.

    Args:
        content: the file on disk, or its bytes.
        words: folded header words of all formats, by which encodings are told.
        encoding: if the user states it; only workbooks before Excel 97 have one.
    """
    data = content.read_bytes() if isinstance(content, Path) else content
    known = _known(data)
    if isinstance(known, Words):
        return known
    problem = survey.problem(known.surveys)
    if problem is not None:
        return problem
    if known.page is not None:
        data = biff.with_western_page(data, known.page)
    book = fastexcel.read_excel(data)
    if len(book.sheet_names) > limits.MAX_SHEETS:
        return sentences.BOOK_FULL
    says = _as_loaded if known.page is None else partial(bytewise.reread, page=known.page, words=words, stated=encoding)
    return _sheets(book, known.surveys, says)


def _known(data: bytes) -> _Known | Words:
    if data.startswith(ole.MAGIC):
        container = ole.opened(io.BytesIO(data))
        name = next(name for name in biff.STREAMS if name in container.streams)
        stream = container.read(name)
        return _Known(biff.survey(stream), biff.code_page(stream) if name == biff.BYTEWISE else None)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        try:
            return oversized(parts.infolist()) or _Known(ooxml.survey(parts))
        except xlsb.ShortCellsError:
            return sentences.SHORT_CELLS


def _as_loaded(loaded: pl.DataFrame, name: str) -> _Said:
    return loaded, name, None


def _sheets(
    book: fastexcel.ExcelReader, surveys: Sequence[Survey], says: Callable[[pl.DataFrame, str], _Said]
) -> Iterator[tuple[Sheet, ...]]:
    for number, name in enumerate(book.sheet_names):
        sheet = book.load_sheet(number, header_row=None, skip_rows=0, dtypes="string")
        loaded, said, encoding = says(sheet.to_polars(), name)
        # Columns left of the first that is used are not loaded.
        left = sheet.selected_columns[0].absolute_index if loaded.width else 0
        known = surveys[number] if number < len(surveys) else Survey()
        holes = tuple(replace(hole, place=hole.place - left) for hole in known.holes)
        grids = partial(_grids, _Loaded(book, number, left, known.long_numbers), loaded)
        yield (Sheet(said, frame.first_rows(loaded), grids, encoding, height=loaded.height, holes=holes),)


def _grids(sheet: _Loaded, loaded: pl.DataFrame, header: Header) -> Iterator[pl.DataFrame]:
    grid = frame.grid(loaded, header)
    large = _large_ids(grid, header.ids) if sheet.long_numbers else []
    numbers = _number_cells(sheet, large, loaded.height) if large else []
    yield _marked(grid, dict(zip(large, numbers, strict=True)))


def _number_cells(sheet: _Loaded, columns: Sequence[int], height: int) -> list[pl.Series]:
    """Which cells of a sheet's columns are numbers rather than text.

    A number turns into a boolean and a text does not, which is the one way the workbook reader tells them apart.

    Args:
        sheet: the sheet.
        columns: the columns' places, in ascending order.
        height: the sheet's rows.
    """
    places = [sheet.left + place for place in columns]
    loaded = sheet.book.load_sheet(sheet.number, header_row=None, skip_rows=0, dtypes="boolean", use_columns=places)
    cells = (column.is_not_null() for column in loaded.to_polars().iter_columns())
    return [column.extend_constant(value=False, n=max(0, height - len(column))) for column in cells]


def _large(place: int) -> pl.Expr:
    cell = pl.col(f"c{place}")
    return cell.str.contains(r"^[0-9]{16,}$") & (cell.cast(pl.Float64(), strict=False) >= float(_EXACT_INTEGERS))


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
