"""Which rows and cells could not be used, why, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from shopscore.model import CellRefusals, Example, Refusal
from shopscore.readers import cast, limits
from shopscore.readers.privacy import example
from shopscore.readers.style import Zones
from shopscore.readers.times import OFFSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.readers.style import Order
    from shopscore.schema import Column, Table


@dataclass(frozen=True, slots=True)
class Cells:
    """A canonical column read from a file.

    Attributes:
        column: the dictionary's column.
        written: what stood in the file.
        values: what was read.
        refused: which cells held something that could not be read.
        headers: the headers it came from.
        order: of times whose day and month may change places: what the whole column tells of their order.
    """

    column: Column
    written: pl.Series
    values: pl.Series
    refused: pl.Series
    headers: tuple[str, ...]
    order: Order | None = None


def row_refusals(table: Table, columns: Sequence[Cells], numbers: pl.Series) -> tuple[tuple[Refusal, ...], pl.Series]:
    """Refuse the rows that lack what names and dates them.

    Returns:
        The refusals (each row under its first reason), and which rows are accepted.
    """
    accepted = pl.Series([True]).new_from_index(0, len(numbers))
    refusals = []
    for reason, mask, cells in _reasons(table, columns, len(numbers)):
        hit = mask & accepted if mask.any() else mask
        if hit.any():
            examples = _examples(cells, numbers, hit, row_read=False) if cells else _rows_only(numbers, hit)
            refusals.append(Refusal(reason, int(hit.sum()), examples))
            accepted = accepted & ~hit
    return tuple(refusals), accepted


def _reasons(table: Table, columns: Sequence[Cells], height: int) -> Iterator[tuple[str, pl.Series, Cells | None]]:
    by_name = {item.column.name: item for item in columns}
    for item in columns:
        if item.column.kind == "id" and (item.column.needed or item.column.name in table.key):
            yield "damaged_id", item.refused, item
    for column in table.columns:
        if not column.needed:
            continue
        given = by_name.get(column.name)
        if given is None:
            yield f"missing_{column.name}", pl.repeat(value=True, n=height, dtype=pl.Boolean(), eager=True), None
        else:
            yield f"unreadable_{column.name}", given.refused, given
            if given.values.has_nulls():
                yield f"missing_{column.name}", given.values.is_null(), given
    either = [by_name[name].values for name in table.either if name in by_name]
    if table.either and all(values.has_nulls() for values in either):
        yield f"missing_{table.either[0]}", ~_any([values.is_not_null() for values in either], height), None


def _any(masks: Sequence[pl.Series], height: int) -> pl.Series:
    found = pl.repeat(value=False, n=height, dtype=pl.Boolean(), eager=True)
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
            alone = _examples(item, numbers, hit & ~several, row_read=True)
            shifted = _examples(item, numbers, hit & several, row_read=False)
            examples = tuple(sorted((*alone, *shifted), key=lambda each: each.row)[: limits.MAX_EXAMPLES])
            found.append(CellRefusals(item.column.name, int(hit.sum()), examples))
    return tuple(found)


NOTES_OF_ORDER: Mapping[str, str] = {"unknown": "date_order", "mixed": "swapped_dates"}
"""What a column tells of the order of day and month → the note that its refused cells deserve."""


def column_notes(columns: Sequence[Cells], numbers: pl.Series) -> tuple[Refusal, ...]:
    """Why times of whole columns could not be read.

    Nothing, or everything, says which number is the day; or they carry an offset, and nothing says the shop's zone.
    """
    noted = [
        (NOTES_OF_ORDER[item.order], item, item.refused)
        for item in columns
        if item.order and item.order in NOTES_OF_ORDER
    ]
    noted += [("no_zone", item, _without_zone(item)) for item in columns if item.column.kind == "time"]
    return together(
        Refusal(reason, int(hit.sum()), _examples(item, numbers, hit, row_read=True))
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


def _examples(cells: Cells, numbers: pl.Series, hit: pl.Series, *, row_read: bool) -> tuple[Example, ...]:
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
