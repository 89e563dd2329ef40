"""Figures that stand side by side under headers of their own → a row a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec.structs import replace

from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import fold_header
from shopscore.readers.rows.splitting import PART

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.readers.formats import Match
    from shopscore.ruleset.format import Melt


def melted(grid: pl.DataFrame, match: Match) -> tuple[pl.DataFrame, Match]:
    """Make a row of every figure, with its header beside it.

    A figure that is not shown is no row; each that is counts as a row read.

    Returns:
        The rows, and the match in which the format's two names are headers.
    """
    melt = match.known.format.melt
    places = () if melt is None else _places(melt, match)
    if melt is None or not places:
        return grid, match
    name, value = (f"c{len(match.header) + number}" for number in range(2))
    kept = [column for column in grid.columns if column not in {f"c{place}" for place in places}]
    figures = pl.concat(
        grid.select(
            *kept,
            pl.lit(match.header[place].strip()).alias(name),
            pl.col(f"c{place}").cast(pl.String()).alias(value),
            pl.lit(number, dtype=pl.Int64()).alias(PART),
        )
        for number, place in enumerate(places)
    )
    shown = figures.filter(~cast.blank(cast.clean(figures.get_column(value))))
    return shown.sort("_row", PART), _with_names(match, melt, places)


def _places(melt: Melt, match: Match) -> tuple[int, ...]:
    """The places of the figures, in the order of the file."""
    found = {match.at.get(fold_header(header)) for header in melt.headers}
    return tuple(sorted(place for place in found if place is not None))


def _with_names(match: Match, melt: Melt, places: Sequence[int]) -> Match:
    """A match in which the two columns that came to be stand behind the file's own."""
    width, said = len(match.header), " / ".join(match.header[place].strip() for place in places)
    at = {**match.at, fold_header(melt.name): width, fold_header(melt.value): width + 1}
    return replace(match, header=(*match.header, said, said), at=at)
