"""What a file's sheets hold beside readable rows → notes of its account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Example, Refusal
from shopscore.readers import limits
from shopscore.readers.folders.files import clean_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.readers.books.survey import Hole
    from shopscore.readers.opened import Unread


def of_cells(holes: Sequence[Hole], titles: Sequence[str]) -> tuple[Refusal, ...]:
    """Cells that count as blank because a formula failed, or its result was never stored.

    Args:
        holes: the cells.
        titles: the header's cells.
    """
    found = []
    for reason in sorted({hole.reason for hole in holes}):
        alike = [hole for hole in holes if hole.reason == reason]
        examples = (Example(hole.row, titles[hole.place], hole.text) for hole in alike[: limits.MAX_EXAMPLES])
        found.append(Refusal(reason, len(alike), tuple(examples)))
    return tuple(found)


def of_sheets(unread: Sequence[Unread]) -> tuple[Refusal, ...]:
    """Sheets that hold something and were not read, one note for each."""
    return tuple(
        Refusal("unread_sheet", sheet.rows, (Example(sheet.first, clean_name(sheet.sheet), ""),)) for sheet in unread
    )
