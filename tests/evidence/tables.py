"""Measured tables → Markdown, and ``docs/evidence.md`` with each of them between its marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Table:
    """One table of the page.

    Attributes:
        name: ``part`` or ``part.what``, the name of its marks.
        head: the columns' titles.
        rows: cells, as they are to be read.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        lines = [self.head, ("---",) * len(self.head), *self.rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def marks(name: str) -> tuple[str, str]:
    """Between which lines of the page a table stands."""
    return f"<!-- {name} -->", f"<!-- /{name} -->"


def filled(page: str, tables: Iterable[Table]) -> str:
    """The page with the tables in their places; what else it says stays.

    Raises:
        KeyError: the page has no place for a table.
    """
    for table in tables:
        first, last = marks(table.name)
        before, found, rest = page.partition(first + "\n")
        _, closed, after = rest.partition(last)
        if not found or not closed:
            raise KeyError(f"docs/evidence.md has no place for {table.name}: write {first} and {last} on lines")
        page = f"{before}{first}\n{table}\n{last}{after}"
    return page
