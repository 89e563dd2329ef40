"""A table for a spreadsheet: what its columns hold decides how a writer keeps them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from msgspec import Struct

from shopscore.render.escape import spreadsheet
from shopscore.render.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Kind = Literal["id", "text", "number", "share", "time", "day", "figure"]

_LIKE_A_NUMBER = re.compile(r"[+-]?[0-9][0-9 .,:/+\-eE]*")


class Figure(Struct, frozen=True):
    """A number in a unit of its own: the column of values of many metrics holds shares, hours and money."""

    number: float
    unit: str


Cell = str | float | dt.date | Figure | None


class Column(Struct, frozen=True):
    """One column: its head, and what its cells are.

    ``id`` is text that must stay as it is, ``share`` a number from 0 to 1, ``time`` shop-local, ``figure`` a `Figure`.
    """

    head: str
    kind: Kind
    width: int = 12


class Sheet(Struct, frozen=True):
    """A named table; every row has a cell for every column, None where there is nothing."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]


Row = TypeVar("Row")


class Field(NamedTuple, Generic[Row]):
    """A column and what a thing has in it, in a language.

    Attributes:
        head: the key of what stands above.
    """

    head: str
    kind: Kind
    width: int
    cell: Callable[[Row, str], Cell]


def filled(name: str, fields: Sequence[Field[Row]], things: Iterable[Row], lang: str) -> Sheet:
    """A sheet with a row for each thing."""
    columns = tuple(Column(say(lang, each.head), each.kind, each.width) for each in fields)
    return Sheet(name, columns, [[each.cell(thing, lang) for each in fields] for thing in things])


def looks_like_a_number(text: str) -> bool:
    """Whether a spreadsheet that opens a text file would take a cell for a number or a date."""
    return _LIKE_A_NUMBER.fullmatch(text) is not None


def safe(cell: Cell) -> str:
    """A text or an id as a spreadsheet may show it: nothing in it runs."""
    return "" if cell is None else spreadsheet(str(cell))
