"""What a column, a table and a fact are."""

from functools import cached_property
from typing import Literal

from msgspec import Struct

Kind = Literal["id", "text", "time", "integer", "number", "money", "flag"]
"""What a cell holds.

``id`` and ``text`` are strings (an id is never a number); ``time`` is a naive shop-local moment in whole seconds;
``integer`` a 64-bit count or a number of seconds; ``number`` a 64-bit float; ``money`` a decimal with two places;
``flag`` true, false or blank.
"""

Bound = Literal["after", "by"]


class Column(Struct, frozen=True):
    """One column of a table or a fact.

    Attributes:
        name: the column's name; a unit stands in it (``_seconds``, ``_at``, ``is_``).
        kind: what its cells hold.
        meaning: one line for people.
        words: the values it may take, for a closed vocabulary; empty for any.
        needed: tables only: a row without it is refused.
        event: tables only: a moment at which something happened (a promise or a due time is not an event).
        bound: a moment at which somebody looked. ``after``: it had not happened by then, so that of several moments the
            latest says most; ``by``: it had, so that the earliest does. Only metrics that are bounds may use it.
        sources: facts only: ``table.column`` names that give this column a value; any one of them is enough.
            Empty: it is there whenever the fact is.
        rewinds: facts only: False where an earlier ``as_of`` cannot be reconstructed (a status, a verdict).
        by_pack: facts only: the pack's ``facts.columns`` block says how it is computed.
    """

    name: str
    kind: Kind
    meaning: str
    words: tuple[str, ...] = ()
    needed: bool = False
    event: bool = False
    bound: Bound | None = None
    sources: tuple[str, ...] = ()
    rewinds: bool = True
    by_pack: bool = False


class Table(Struct, frozen=True, dict=True):
    """Canonical rows of one kind: the target of every export format.

    Attributes:
        name: the table's name, also the stem of a canonical file.
        meaning: one line for people.
        key: the columns that name a row; empty where rows have no name and repeat legitimately.
        born: the moment from which a row exists; rows born after ``as_of`` are not there yet.
        stages: a column and its values from early to late in life, to settle which of two copies is newer.
        either: columns of which a row needs at least one.
        rare: rows are seldom, so days before the first one are quiet days and not missing ones.
        steady: rows come day by day, so that in a busy shop days without any are missing ones.
        daily: ``born`` is a day, not a moment: the row is made of everything that happened until its end.
        snapshot: rows say how things stand when the file was exported; they belong to no day.
        columns: the columns in their documented order.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    born: str | None
    columns: tuple[Column, ...]
    stages: tuple[str, tuple[str, ...]] | None = None
    either: tuple[str, ...] = ()
    rare: bool = False
    steady: bool = False
    daily: bool = False
    snapshot: bool = False

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}


class Fact(Struct, frozen=True, dict=True):
    """One row per subject, with durations, deadlines and states computed.

    Attributes:
        name: the fact's name, used in ``from:``.
        subject: the column that names a row in ``explain`` and ``due``.
        meaning: one line for people.
        table: the canonical table without which the fact cannot be built.
        columns: the columns conditions may use.
    """

    name: str
    subject: str
    meaning: str
    table: str
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}
