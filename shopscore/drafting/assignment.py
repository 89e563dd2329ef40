"""Scores of pairs → the assignment of one header to one column that scores most in all (the Hungarian method)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def assign(scores: Mapping[tuple[str, int], int]) -> dict[str, int]:
    """The best one-to-one assignment.

    Args:
        scores: (column, place of a header) → how well they go together; pairs that are not there cannot go together.

    Returns:
        Column → place. Of equally good assignments the one with headers further left, whatever the order of pairs.
    """
    columns = sorted({column for column, _ in scores})
    places = sorted({place for _, place in scores})
    # A column may stay without a header: it has a place of its own that scores nothing.
    worth = [
        [scores.get((column, place), 0) * (len(places) + 1) * len(columns) - number if (column, place) in scores else 0
         for number, place in enumerate(places)] + [0] * len(columns)
        for column in columns
    ]  # fmt: skip
    chosen = _hungarian([[-value for value in row] for row in worth])
    return {
        column: places[at]
        for column, at in zip(columns, chosen, strict=True)
        if at < len(places) and (column, places[at]) in scores
    }


def _hungarian(cost: Sequence[Sequence[int]]) -> list[int]:
    """Row → column, each column at most once, at the least cost; there are at least as many columns as rows."""
    height, width = len(cost), len(cost[0]) if cost else 0
    row_price, column_price = [0] * height, [0] * (width + 1)
    owner = [-1] * (width + 1)
    for row in range(height):
        owner[width] = row
        _augment(cost, row_price, column_price, owner)
    found = [-1] * height
    for column in range(width):
        if owner[column] >= 0:
            found[owner[column]] = column
    return found


def _augment(cost: Sequence[Sequence[int]], row_price: list[int], column_price: list[int], owner: list[int]) -> None:
    """Give the row that waits at the extra column a column of its own, moving others where that is cheaper."""
    width = len(owner) - 1
    at, slack, came, seen = width, [float("inf")] * width, [width] * width, [False] * (width + 1)
    while owner[at] >= 0:
        seen[at] = True
        row, step, following = owner[at], float("inf"), width
        for column in range(width):
            if seen[column]:
                continue
            reduced = cost[row][column] - row_price[row] - column_price[column]
            if reduced < slack[column]:
                slack[column], came[column] = reduced, at
            if slack[column] < step:
                step, following = slack[column], column
        for column in range(width + 1):
            if seen[column]:
                row_price[owner[column]] += int(step)
                column_price[column] -= int(step)
            elif column < width:
                slack[column] -= step
        at = following
    while at != width:
        owner[at] = owner[came[at]]
        at = came[at]
