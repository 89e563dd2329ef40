"""Which rows and cells could not be used, why, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field
from msgspec.structs import replace

from shopscore.model import CellRefusals, Example, Refusal
from shopscore.readers import limits
from shopscore.readers.cells import cast
from shopscore.readers.cells.privacy import example
from shopscore.readers.cells.style import Zones
from shopscore.readers.cells.times import OFFSET
from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.readers.cells.style import Order
    from shopscore.schema import Column, Table


class Cells(Struct, frozen=True):
    """A canonical column read from a file.

    Attributes:
        column: the dictionary's column.
        written: what stood in the file.
        values: what was read.
        refused: which cells held something that could not be read.
        headers: the headers it came from.
        order: of times whose day and month may change places: what the whole column tells of their order.
        causes: kind of damage → the refused cells in which it was found.
    """

    column: Column
    written: pl.Series
    values: pl.Series
    refused: pl.Series
    headers: tuple[str, ...]
    order: Order | None = None
    causes: Mapping[str, pl.Series] = field(default_factory=dict)


class RowRefusal(Struct, frozen=True):
    """Rows that cannot be used whatever their single cells hold."""

    reason: str
    hit: pl.Series
    examples: tuple[Example, ...]


def refuse(cells: Cells, hit: pl.Series, cause: str | None = None) -> Cells:
    """A column some of whose cells cannot be believed: blank, and refused for a cause if it has a name of its own."""
    causes = cells.causes if cause is None else {**cells.causes, cause: hit | cells.causes.get(cause, hit)}
    return replace(cells, values=cells.values.set(hit, None), refused=cells.refused | hit, causes=causes)


def row_refusals(
    table: Table, columns: Sequence[Cells], numbers: pl.Series, damaged: Sequence[RowRefusal] = ()
) -> tuple[tuple[Refusal, ...], pl.Series]:
    """Refuse the rows that lack what names and dates them.

    Args:
        table: the canonical table.
        columns: its columns as far as the file has them.
        numbers: the rows' numbers.
        damaged: rows that are refused before any other.

    Returns:
        The refusals (each row under its first reason), and which rows are accepted.
    """
    accepted = repeated(len(numbers), pl.Boolean(), value=True)
    refusals = []
    for each in damaged:
        refusals.append(Refusal(each.reason, int(each.hit.sum()), each.examples))
        accepted = accepted & ~each.hit
    for reason, mask, cells in _reasons(table, columns, len(numbers)):
        hit = mask & accepted if mask.any() else mask
        if hit.any():
            examples = examples_of(cells, numbers, hit) if cells else _rows_only(numbers, hit)
            refusals.append(Refusal(reason, int(hit.sum()), examples))
            accepted = accepted & ~hit
    return tuple(refusals), accepted


def _reasons(table: Table, columns: Sequence[Cells], height: int) -> Iterator[tuple[str, pl.Series, Cells | None]]:
    by_name = {item.column.name: item for item in columns}
    for item in columns:
        names = item.column.needed or (item.column.kind == "id" and item.column.name in table.key)
        if names:
            yield from ((cause, hit, item) for cause, hit in item.causes.items())
        if names and item.column.kind == "id":
            yield "damaged_id", item.refused, item
    for column in table.columns:
        if not column.needed:
            continue
        given = by_name.get(column.name)
        if given is None:
            yield f"missing_{column.name}", repeated(height, pl.Boolean(), value=True), None
        else:
            yield f"unreadable_{column.name}", given.refused, given
            if given.values.has_nulls():
                yield f"missing_{column.name}", given.values.is_null(), given
    either = [by_name[name].values for name in table.either if name in by_name]
    if table.either and all(values.has_nulls() for values in either):
        yield f"missing_{table.either[0]}", ~_any([values.is_not_null() for values in either], height), None


def _any(masks: Sequence[pl.Series], height: int) -> pl.Series:
    found = repeated(height, pl.Boolean(), value=False)
    for mask in masks:
        found = found | mask
    return found


def together(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """Refusals of one reason as one, with the first examples."""
    found: dict[str, Refusal] = {}
    for each in refusals:
        before = found.get(each.reason, Refusal(each.reason, 0))
        examples = (*before.examples, *each.examples)[: limits.MAX_EXAMPLES]
        found[each.reason] = Refusal(each.reason, before.count + each.count, examples)
    return tuple(found.values())


def cells_together(refusals: Iterable[CellRefusals]) -> tuple[CellRefusals, ...]:
    """Refused cells of one column as one, with the first examples."""
    found: dict[str, CellRefusals] = {}
    for each in refusals:
        before = found.get(each.column, CellRefusals(each.column, 0))
        examples = (*before.examples, *each.examples)[: limits.MAX_EXAMPLES]
        found[each.column] = CellRefusals(each.column, before.count + each.count, examples)
    return tuple(found.values())


def cell_refusals(columns: Sequence[Cells], numbers: pl.Series, accepted: pl.Series) -> tuple[CellRefusals, ...]:
    """Cells of accepted rows that could not be read and count as blank."""
    found = []
    # Several in one row mean that its cells are shifted: a person may stand where a word belongs.
    some = [item for item in columns if item.refused.any()]
    if not some:
        return ()
    several = _several([item.refused for item in some], len(numbers))
    for item in some:
        hit = item.refused & accepted
        if hit.any():
            alone = examples_of(item, numbers, hit & ~several, row_read=True)
            shifted = examples_of(item, numbers, hit & several)
            examples = tuple(sorted((*alone, *shifted), key=lambda each: each.row)[: limits.MAX_EXAMPLES])
            found.append(CellRefusals(item.column.name, int(hit.sum()), examples))
    return tuple(found)


def column_notes(columns: Sequence[Cells], numbers: pl.Series) -> tuple[Refusal, ...]:
    """Why times of whole columns could not be read.

    Nothing says which number is the day; or they carry an offset, and nothing says the shop's zone.
    """
    times = [item for item in columns if item.column.kind == "time" and item.refused.any()]
    noted = [("date_order", item, item.refused) for item in times if item.order == "unknown"]
    noted += [("no_zone", item, _without_zone(item)) for item in times]
    return together(
        Refusal(reason, int(hit.sum()), examples_of(item, numbers, hit, row_read=True))
        for reason, item, hit in noted
        if hit.any()
    )


def _without_zone(item: Cells) -> pl.Series:
    """Which refused times can be read once a time zone is known."""
    written = item.written.cast(pl.String())
    hit = item.refused & written.str.contains(OFFSET).fill_null(value=False)
    if not hit.any():
        return hit
    return hit & cast.typed(written.set(~hit, None), item.column, Zones("UTC")).values.is_not_null()


def _several(masks: Sequence[pl.Series], height: int) -> pl.Series:
    count = pl.zeros(height, dtype=pl.UInt32(), eager=True)
    for mask in masks:
        count += mask.cast(pl.UInt32())
    return count > 1


def examples_of(cells: Cells, numbers: pl.Series, hit: pl.Series, *, row_read: bool = False) -> tuple[Example, ...]:
    """The first of some cells as the account may show them; ``row_read``: the rest of their rows was read."""
    column = cells.column
    first = (
        pl.DataFrame({"row": numbers, "cell": cells.written.cast(pl.String())}).filter(hit).head(limits.MAX_EXAMPLES)
    )
    return tuple(
        Example(row, column.name, example(cell, column.kind, closed=bool(column.words), row_read=row_read))
        for row, cell in first.rows()
    )


def _rows_only(numbers: pl.Series, hit: pl.Series) -> tuple[Example, ...]:
    return tuple(Example(row, "", "") for row in numbers.filter(hit).head(limits.MAX_EXAMPLES))
