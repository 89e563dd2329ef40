"""JSON Lines → a sheet of its records and one for each list inside them, in bounded memory.

A line that is no object is a flawed row of all of them.
"""

from __future__ import annotations

import io
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from shopscore.readers import limits
from shopscore.readers.kinds.flat import parsed
from shopscore.readers.kinds.grids import grids_of
from shopscore.readers.kinds.nested import picked, places_of, records_in
from shopscore.readers.kinds.sheet import Header, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from shopscore.readers.kinds.nested import Record

BROKEN = "broken_record"
"""A line that is no JSON object."""
_LOOKED_AT = 40


def are_lines(head: str) -> bool:
    """Whether a text holds a JSON object a line: at least two of its first lines are objects of their own."""
    lines = islice((line for line in head.split("\n") if line.strip()), _LOOKED_AT)
    found = (line for line in lines if line.lstrip("\ufeff \t").startswith("{") and _record(line) is not None)
    return len(list(islice(found, 2))) == 2  # noqa: PLR2004 - one object alone is a document


def sheets(content: Path | bytes, encoding: str) -> tuple[Sheet, ...]:
    """The sheets of a file: the columns of each are all that some record at its place has."""
    columns: dict[str, tuple[dict[str, None], dict[str, None]]] = {"": ({}, {})}
    for _, line in _lines(content, encoding):
        for place, own, above in _records(line):
            if place not in columns and len(columns) == limits.MAX_SHEETS:
                continue
            mine, upper = columns.setdefault(place, ({}, {}))
            if len(mine) + len(upper) <= limits.MAX_COLUMNS:
                mine.update(dict.fromkeys(own or ()))
                upper.update(dict.fromkeys(key for each in above for key in each))
    return tuple(_sheet(content, encoding, place, *names) for place, names in columns.items())


def _sheet(content: Path | bytes, encoding: str, place: str, own: Iterable[str], upper: Iterable[str]) -> Sheet:
    header, places = places_of(tuple(own), upper)
    rows = (header,) if len(header) <= limits.MAX_COLUMNS else ()
    return Sheet(place, rows, partial(_grids, content, encoding, place, places), encoding)


def _grids(
    content: Path | bytes, encoding: str, place: str, places: Sequence[tuple[str, bool]], header: Header
) -> Iterator[pl.DataFrame]:
    wanted = [places[each] for each in header.wanted]

    def rows() -> Iterator[tuple[int, str | None, list[str] | None]]:
        # Records are numbered by their lines, entries of lists inside them one after the other.
        count = 0
        for number, line in _lines(content, encoding):
            for at, own, above in _records(line):
                if own is None:
                    count += 1
                    yield count if place else number, BROKEN, None
                elif at == place and any(own.values()):
                    count += 1
                    yield count if place else number, None, picked(own, above, wanted)

    return grids_of(rows(), header.wanted)


def _records(line: str) -> Iterator[Record]:
    """A line's object and those of the lists inside it; one record without anything where it holds none."""
    value, problem = parsed(line)
    if problem is None and isinstance(value, dict):
        yield from records_in([value], "", ())
    else:
        yield "", None, ()


def _record(line: str) -> dict[str, str] | None:
    """A line's object, or None where it holds none."""
    return next(own for _, own, _ in _records(line))


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
