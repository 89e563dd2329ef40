"""What became of a file's rows once all files were together → its account, which adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from shopscore.model import CellRefusals, Example, FileAccount, Refusal
from shopscore.readers import limits, sentences
from shopscore.readers.identity import only
from shopscore.readers.refusals import cells_together, together

if TYPE_CHECKING:
    from shopscore.readers.shops.merge import Merged


class Count(Struct, frozen=True):
    """What became of a file's rows once all files were together."""

    accepted: int = 0
    duplicate: int = 0
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Refusal, ...] = ()
    cells: tuple[CellRefusals, ...] = ()
    alone: frozenset[str] = frozenset()


def counted(merged: Merged, file: int) -> Count:
    """What a merge made of one file's rows."""
    conflicts = () if merged.conflicts.is_empty() else _conflict(merged.conflicts.filter(pl.col("_file") == file))
    alone = merged.alone.get(file, frozenset())
    return Count(merged.accepted.get(file, 0), merged.duplicate.get(file, 0), conflicts, alone=alone)


def _conflict(rows: pl.DataFrame) -> tuple[Refusal, ...]:
    if rows.is_empty():
        return ()
    first = rows.get_column("_row").sort().head(limits.MAX_EXAMPLES)
    return (Refusal("conflict", rows.height, tuple(Example(row, "", "") for row in first)),)


def added(one: Count, other: Count) -> Count:
    """Two counts of one file as one."""
    refusals = together((*one.refusals, *other.refusals))
    notes = together((*one.notes, *other.notes))
    cells = cells_together((*one.cells, *other.cells))
    alone = one.alone | other.alone
    return Count(one.accepted + other.accepted, one.duplicate + other.duplicate, refusals, notes, cells, alone)


def settled(account: FileAccount, count: Count, owners: set[tuple[str, str]]) -> FileAccount:
    """An account with what the merge made of the file's rows."""
    refusals = (*account.refusals, *count.refusals)
    no_platform = any(refusal.reason == "unknown_platform" for refusal in refusals)
    message = account.message
    if no_platform and not owners:
        message = sentences.NO_PLATFORM
    return replace(
        account,
        platform=only({platform for platform, _ in owners}),
        shop=only({shop for _, shop in owners}),
        rows_accepted=count.accepted,
        rows_duplicate=count.duplicate,
        rows_refused=sum(refusal.count for refusal in refusals),
        refusals=refusals,
        notes=(*account.notes, *count.notes),
        cells_refused=cells_together((*account.cells_refused, *count.cells)),
        columns_filling=tuple(sorted(count.alone)) if count.duplicate and not count.accepted else (),
        message=message,
    )
