"""What a file says of its cells as a whole → how a single cell of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import polars as pl

    from shopscore.ruleset.format import Format

Order = Literal["day_first", "month_first", "mixed", "unknown"]
"""What a column of dates like ``03/04/2026`` tells of their order; ``mixed``: some cells tell one, some the other."""


class Zones(Struct, frozen=True):
    """Which time zone a row's offset times are converted to.

    Attributes:
        every: the zone of all rows, or None where it is not known.
        by_row: a zone per row, where a file holds shops of several platforms.
    """

    every: str | None = None
    by_row: pl.Series | None = None


class Style(Struct, frozen=True):
    """How a file writes its cells.

    Attributes:
        times: the format's own forms of times, tried first.
        decimal: the sign before the fraction of a number.
        exported: the export time in the file's name.
        orders: canonical column → the order of day and month of all its cells, for a file whose rows come in several
            grids; a column that is not there is judged by the cells at hand.
    """

    times: tuple[str, ...] = ()
    decimal: str = "."
    exported: dt.datetime | None = None
    orders: Mapping[str, Order] = field(default_factory=dict)


PLAIN: Final = Style()
"""A file that says nothing special."""


def style_of(form: Format, exported: dt.datetime | None) -> Style:
    """The style that a file's format and name state."""
    return Style(tuple(form.times), form.decimal, exported)
