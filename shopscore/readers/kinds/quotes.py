"""Lines of delimited text → one well-formed line for every row.

Most lines are rows already. The others, with line ends inside their cells or with stray quotes, are read as Python's
reader does and written anew. A quote that no later line closes is a character, in that one line.
"""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers import limits
from shopscore.readers.kinds import marks
from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INSIDE = "\r"
"""A line end inside a cell, while its row is one line: text has no returns left."""


def lines_of(text: bytes) -> pl.Series:
    """The lines of a UTF-8 text."""
    schema = {"line": pl.String(), "none": pl.String()}
    found = pl.scan_csv(
        text,
        has_header=False,
        separator=_INSIDE,
        quote_char=None,
        schema=schema,
        infer_schema=False,
        missing_columns="insert",
        raise_if_empty=False,
    )
    return found.select(pl.col("line").fill_null("")).collect(engine="streaming").to_series()


def malformed(lines: pl.Series, delimiter: str) -> pl.Series:
    """Which lines are not a row each by themselves, as the rules of quoting go."""
    return lines.str.contains('"', literal=True) & ~lines.str.contains(_well_formed(delimiter))


@lru_cache
def _well_formed(delimiter: str) -> str:
    # A formula that keeps a number text (``="1930…"``) is a cell like any other.
    cell = rf'(?:"(?:[^"]|"")*"|="[^"{delimiter}]*"|[^"{delimiter}]*)'
    return f"^{cell}(?:{delimiter}{cell})*$"


def row_a_line(lines: pl.Series, wrong: pl.Series, delimiter: str, *, ends: bool) -> tuple[bytes, bytes]:
    """Write the rows anew that are not a line each.

    Args:
        lines: whole lines.
        wrong: which of them are not well formed.
        delimiter: between cells.
        ends: whether the file ends with them.

    Returns:
        The rows, a line each; and the lines of a row whose end is not among them.
    """
    written: dict[int, str] = {}
    inner: list[int] = []
    after, stop = 0, len(lines)
    for at in wrong.arg_true():
        if at < after:
            continue
        found = row_at(lines, at, delimiter, ends=ends)
        if found is None:
            stop = at
            break
        cells, after = found
        written[at] = _line(cells, delimiter)
        inner += range(at + 1, after)
    rest = "".join(f"{line}\n" for line in lines[stop:])
    rows = lines[:stop].scatter(list(written), list(written.values()))
    single = repeated(stop, pl.Boolean(), value=True).scatter(inner, False)
    return "".join(f"{line}\n" for line in rows.filter(single)).encode(), rest.encode()


def row_at(lines: pl.Series | Sequence[str], at: int, delimiter: str, *, ends: bool) -> tuple[list[str], int] | None:
    """The row that begins in a line.

    Returns:
        Its cells, and the line after it; None where more lines have to be seen.
    """
    last = min(len(lines), at + limits.ROW_LINES)
    seen = size = 0
    opened = False

    def following() -> Iterator[str]:
        nonlocal seen, size, opened
        for number in range(at, last):
            size += len(lines[number].encode()) + 1
            if seen and size > limits.ROW_BYTES:
                break
            seen += 1
            yield f"{lines[number]}\n"
        opened = True

    try:
        cells = next(csv.reader(following(), delimiter=delimiter))
        if opened and not ends and last == len(lines) < at + limits.ROW_LINES and size <= limits.ROW_BYTES:
            return None
        if opened:
            seen = 1
            cells = next(csv.reader([lines[at]], delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error:
        # A cell longer than the reader takes.
        return [marks.LONG.decode()], at + 1
    return cells, at + seen


def _line(cells: Sequence[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    return out.getvalue().replace("\n", _INSIDE)


def with_line_ends(cells: pl.Expr) -> pl.Expr:
    """Cells of rows written anew, with the line ends that stood inside them."""
    return cells.str.replace_all(_INSIDE, "\n", literal=True)
