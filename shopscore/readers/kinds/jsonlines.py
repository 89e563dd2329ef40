"""JSON Lines → one sheet of records in bounded memory; a line that is no object is a flawed row."""

from __future__ import annotations

import io
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from shopscore.readers import limits
from shopscore.readers.kinds.flat import flat, parsed
from shopscore.readers.kinds.grids import grids_of
from shopscore.readers.kinds.sheet import Header, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars as pl

BROKEN = "broken_record"
"""A line that is no JSON object."""
_LOOKED_AT = 40


def are_lines(head: str) -> bool:
    """Whether a text holds a JSON object a line: at least two of its first lines are objects of their own."""
    lines = islice((line for line in head.split("\n") if line.strip()), _LOOKED_AT)
    found = (line for line in lines if line.lstrip("\ufeff \t").startswith("{") and _record(line) is not None)
    return len(list(islice(found, 2))) == 2  # noqa: PLR2004 - one object alone is a document


def sheet(content: Path | bytes, encoding: str) -> Sheet:
    """The one sheet of a file: its columns are all that some line has."""
    names: dict[str, None] = {}
    for _, line in _lines(content, encoding):
        if len(names) <= limits.MAX_COLUMNS:
            names.update(dict.fromkeys(_record(line) or ()))
    header = tuple(names)
    rows = (header,) if len(header) <= limits.MAX_COLUMNS else ()
    return Sheet("", rows, partial(_grids, content, encoding, header), encoding)


def _grids(content: Path | bytes, encoding: str, names: Sequence[str], header: Header) -> Iterator[pl.DataFrame]:
    picked = [names[place] for place in header.wanted]

    def rows() -> Iterator[tuple[int, str | None, list[str] | None]]:
        for number, line in _lines(content, encoding):
            record = _record(line)
            if record is None:
                yield number, BROKEN, None
            elif any(record.values()):
                yield number, None, [record.get(name, "") for name in picked]

    return grids_of(rows(), header.wanted)


def _record(line: str) -> dict[str, str] | None:
    """A line's object, or None where it holds none."""
    value, problem = parsed(line)
    return flat(value) if problem is None and isinstance(value, dict) else None


def _lines(content: Path | bytes, encoding: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers; of one too long to be a record only its beginning."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
    with io.TextIOWrapper(stream, encoding, "replace", newline="\n") as text:
        number = 0
        while line := text.readline(limits.MAX_LINE):
            number += 1
            rest = line
            while len(rest) == limits.MAX_LINE and not rest.endswith("\n"):
                rest = text.readline(limits.MAX_LINE)
            if line.strip("\ufeff \t\r\n"):
                yield number, line.removeprefix("\ufeff")
