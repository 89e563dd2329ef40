"""A table for a spreadsheet: what its columns hold decides how a writer keeps them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shopscore.render.escape import spreadsheet

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["id", "text", "number", "share", "time"]
Cell = str | float | dt.datetime | None

_LIKE_A_NUMBER = re.compile(r"[0-9][0-9 .,:/+\-eE]*")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, and what its cells are.

    ``id`` is text that must stay as it is, ``share`` a number from 0 to 1, ``time`` shop-local.
    """

    head: str
    kind: Kind
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named table; every row has a cell for every column, None where there is nothing."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]


def looks_like_a_number(text: str) -> bool:
    """Whether a spreadsheet that opens a text file would take a cell for a number or a date."""
    return _LIKE_A_NUMBER.fullmatch(text) is not None


def safe(cell: Cell) -> str:
    """A text or an id as a spreadsheet may show it: nothing in it runs."""
    return "" if cell is None else spreadsheet(str(cell))
