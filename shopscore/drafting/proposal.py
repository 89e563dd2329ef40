"""A header row and the cells below it → the mapping that fits best, and what is doubtful about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore.drafting import sentences
from shopscore.drafting.assignment import assign
from shopscore.drafting.candidates import Candidate, Columns, Knowledge, best_places, candidates
from shopscore.drafting.doubts import doubts
from shopscore.drafting.orders import OrderRows, line_key, order_rows
from shopscore.drafting.phrases import any_held, plain
from shopscore.drafting.strangers import strangers, without
from shopscore.readers.cells.conventions import fold_header
from shopscore.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from shopscore.model import Words
    from shopscore.readers.formats import Known
    from shopscore.schema import Table

_HINT = 150
_LEAST_MUST = 3
_TELLING = ("time", "text", "money")
"""Kinds of columns by whose headers a file is told: not those that every table has, such as quantities and codes."""


class Line(Struct, frozen=True):
    """One canonical column of a proposal.

    Attributes:
        column: the canonical column.
        header: the header that fills it.
        candidate: what speaks for that.
        doubts: why a person should look at it; none where the line is sure.
    """

    column: str
    header: str
    candidate: Candidate
    doubts: tuple[Words, ...]


class Proposal(Struct, frozen=True):
    """A mapping for a file no format knows.

    Attributes:
        table: the canonical table.
        rival: another table that it may be too, or nothing.
        platform: whose export it is, where its headers say so.
        lines: the columns that are filled, in the dictionary's order.
        must: the headers by which such files are told.
        drop: header → how cells of rows begin that are no rows.
        orders: how orders of several rows are written.
        line_key: headers that tell the rows of an order apart.
        persons: headers of persons and free texts, left out on purpose.
        others: further headers that nothing is read from.
        rows: rows looked at.
    """

    table: str
    rival: str | None
    platform: str | None
    lines: tuple[Line, ...]
    must: tuple[str, ...]
    drop: Mapping[str, tuple[str, ...]]
    orders: OrderRows
    line_key: tuple[str, ...]
    persons: tuple[str, ...]
    others: tuple[str, ...]
    rows: int


class _Try(Struct, frozen=True):
    """A file taken for one table."""

    table: Table
    found: Mapping[tuple[str, int], Candidate]
    chosen: Mapping[str, int]
    worth: int

    @property
    def missing(self) -> tuple[str, ...]:
        """What the table needs and no header fills."""
        table = self.table
        needed = tuple(column.name for column in table.columns if column.needed and column.name not in self.chosen)
        return needed or (() if not table.either or self.chosen.keys() & set(table.either) else table.either)


def propose(names: Sequence[str], cells: pl.DataFrame, knowledge: Knowledge) -> Proposal | Words:
    """The mapping that fits a file best, or the sentence why there is none.

    Args:
        names: the header row.
        cells: ``c0, c1, …``, the first rows below it.
        knowledge: what is known about headers.
    """
    header = best_places(names)
    drop = strangers(header, cells, knowledge.headers.not_rows)
    columns = Columns(header, without(cells, drop), knowledge.headers.times)
    tries = sorted(
        (_tried(TABLES[name], columns, knowledge) for name in knowledge.headers.tables),
        key=lambda each: (-each.worth, list(TABLES).index(each.table.name)),
    )
    fitting = [each for each in tries if not each.missing and each.worth > 0]
    if not fitting:
        near = next((each for each in tries if each.chosen), None)
        return sentences.lacking(near.table.name, near.missing) if near else sentences.NO_WORDS
    best = fitting[0]
    rival = next((each.table.name for each in fitting[1:] if each.worth * 10 > best.worth * 9), None)
    proposal = _proposal(best, columns, knowledge)
    return replace(proposal, rival=rival, drop={header[place]: texts for place, texts in drop.items()})


def _tried(table: Table, columns: Columns, knowledge: Knowledge) -> _Try:
    """The best assignment of a file's headers to one table; worth nothing where none of its hints is there."""
    found = candidates(columns, table, knowledge)
    chosen = assign({pair: candidate.score for pair, candidate in found.items()})
    hints = tuple(map(plain, knowledge.headers.tables[table.name].hints))
    hinted = sum(any_held(plain(name), hints) for name in columns.header.values())
    worth = sum(found[pair].score for pair in chosen.items()) + _HINT * min(hinted, 2)
    return _Try(table, found, chosen, worth if hinted or not hints else 0)


def _proposal(best: _Try, columns: Columns, knowledge: Knowledge) -> Proposal:
    table, chosen, header, cells = best.table, best.chosen, columns.header, columns.cells
    orders = order_rows(chosen, cells, table)
    lines = tuple(
        Line(name, header[chosen[name]], best.found[name, chosen[name]], doubts(column, best.found, chosen, header))
        for name, column in table.by_name.items()
        if name in chosen
    )
    apart = "line_id" in table.by_name and "line_id" not in chosen
    key = line_key(header, cells, knowledge.headers.lines) if apart else ()
    unused = [name for place, name in header.items() if place not in chosen.values() and name not in key]
    persons = tuple(name for name in unused if any_held(plain(name), knowledge.barred))
    others = tuple(name for name in unused if name not in persons)
    return Proposal(
        table.name,
        None,
        platform_of(header.values(), knowledge.headers.platforms),
        lines,
        _must(lines, table, (*key, *others), knowledge.known),
        {},
        orders,
        key,
        persons,
        others,
        cells.height,
    )


def platform_of(header: Iterable[str], platforms: Mapping[str, Sequence[Sequence[str]]]) -> str | None:
    """The only platform that writes such headers, or None."""
    here = {fold_header(name) for name in header}
    found = [
        name for name, sets in platforms.items() if any({fold_header(each) for each in one} <= here for one in sets)
    ]
    return found[0] if len(found) == 1 else None


def _must(lines: Sequence[Line], table: Table, others: Sequence[str], known: Iterable[Known]) -> tuple[str, ...]:
    """Headers by which such files are told: what the table needs, the plainest others, and no known format's set."""
    needed = [line for line in lines if table.by_name[line.column].needed or line.column in table.either]
    telling = (line for line in lines if line not in needed and table.by_name[line.column].kind in _TELLING)
    rest = sorted(telling, key=lambda line: (bool(line.doubts), table.by_name[line.column].kind != "time"))
    names = [*(line.header for line in (*needed, *rest)), *others]
    count = max(len(needed), min(_LEAST_MUST, len(names)))
    taken = [each.headers for each in known if not each.canonical]
    while count < len(names) and any({fold_header(name) for name in names[:count]} <= each for each in taken):
        count += 1
    return tuple(names[:count])
