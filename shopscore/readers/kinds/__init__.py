"""One module per kind of file: content → its sheets, the parts that can each hold a table.

A sheet shows its first rows, so that a format can be found, and then gives the rows below the header as *grids*, one
after the other. A grid is a frame with ``_row`` (the row's number in the file, as a spreadsheet counts), ``_flaw`` (the
reason for which the row as the file holds it is no row of the table, else blank) and ``c0, c1, …`` for the header's
columns that were asked for. Blank rows are left out. Cells are strings as they were written, except in Parquet files,
which keep their types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.readers.kinds import parquet, records, text, webpage, workbook, xmlbook
from shopscore.readers.kinds.sheet import Bundle, Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from shopscore.model import Words
    from shopscore.readers.sniff import Kind

__all__ = ["Sheet", "sheets"]


def sheets(
    content: Path | bytes | Bundle, kind: Kind, words: Collection[str], encoding: str | None = None
) -> Iterator[tuple[Sheet, ...]] | Words:
    """The sheets of a file.

    Args:
        content: the file on disk, or its bytes; or several files that are read as one.
        kind: what it is.
        words: folded header words of all formats, by which encodings are told.
        encoding: of a text file, if the user states it.

    Returns:
        One tuple per part of the file: the ways to read it, of which at most one is right (a text under each
        delimiter). Or a sentence: what the file is and what to do.
    """
    if isinstance(content, Bundle):
        return records.of_bundle(content, words, encoding)
    if kind == "parquet":
        return parquet.sheets(content)
    if kind == "ods":
        return xmlbook.zipped(content)
    return _WRITTEN[kind](content, words, encoding)


_WRITTEN = {
    "workbook": workbook.sheets,
    "json": records.sheets,
    "html": webpage.sheets,
    "xml": xmlbook.flat,
    "text": text.sheets,
}
"""Kinds that have an encoding, or may have one."""
