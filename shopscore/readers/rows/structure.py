"""Rows that are no rows of the table (repeated headers, shifted rows, totals), and orders of many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from shopscore.model import Example, Refusal
from shopscore.readers import limits
from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import fold
from shopscore.readers.cells.privacy import shape
from shopscore.readers.formats import source_headers
from shopscore.readers.rows.totals import is_footer
from shopscore.tables import repeated

if TYPE_CHECKING:
    from shopscore.readers.formats import Match


ANYWHERE = "*"
"""Before a text of ``drop`` that may stand anywhere in the cell."""


class Above(Struct, frozen=True):
    """What the grids of a sheet leave to the next one.

    Attributes:
        begun: whether an ordinary row has been seen.
        last: the last row, with the cells of its order.
    """

    begun: bool = False
    last: pl.DataFrame | None = None


TOP: Final = Above()
"""Above the first grid."""


def without_structure(
    grid: pl.DataFrame, match: Match, above: Above = TOP
) -> tuple[pl.DataFrame, tuple[Refusal, ...], pl.DataFrame]:
    """The rows that are rows, the account of those that are not, and those of them that may state totals.

    A marked row above the first ordinary row is a description, any other a total.
    """
    if grid.is_empty() or not all(dtype == pl.String() for name, dtype in grid.schema.items() if name[0] == "c"):
        return grid, (), grid.clear()
    marked, shown = _marked(grid, match)
    if match.known.format.totals:
        marked = marked | is_footer(grid, match.known.format)
    again, flaws = _header_again(grid, match), grid.get_column("_flaw")
    if flaws.null_count() == grid.height and not again.any() and not marked.any():
        return grid, (), grid.clear()
    flawed = flaws.is_not_null() & ~again & ~marked
    ordinary = ~(again | flawed | marked)
    before = (ordinary.cast(pl.Int64()).cum_sum() == 0) & (not above.begun)
    masks = {
        "header_row": again,
        **{
            reason: flawed & (flaws == reason).fill_null(value=False) for reason in flaws.filter(flawed).unique().sort()
        },
        "description_row": marked & ~again & before,
        "total_row": marked & ~again & ~before,
    }
    numbers = grid.get_column("_row")
    refusals = tuple(_refusal(reason, mask, numbers, shown) for reason, mask in masks.items() if mask.any())
    return grid.filter(ordinary), refusals, grid.filter(marked & ~again)


def filled_orders(grid: pl.DataFrame, match: Match, above: Above = TOP) -> tuple[pl.DataFrame, Above]:
    """Order cells that a format writes on an order's first row only, repeated on the rows that follow it.

    Returns:
        The rows, and what they leave to the next grid.
    """
    form = match.known.format
    owner = match.place(source_headers(form.columns["order_id"])) if form.fill_down else None
    if owner is None or grid.is_empty():
        return grid, replace(above, begun=above.begun or not grid.is_empty())
    headers = [*form.shop, *(name for column in form.fill_down for name in source_headers(form.columns[column]))]
    filled = {place for name in headers if (place := match.place([name])) is not None}
    # A blank number means that the row belongs to the order above.
    number = pl.col(f"c{owner}").str.strip_chars().replace("", None).forward_fill()
    rows = grid if above.last is None else pl.concat([above.last, grid], how="diagonal")
    orders = rows.with_columns(_order=number).with_columns(_run=pl.col("_order").rle_id())
    orders = orders.with_columns(_down(f"c{place}") for place in sorted(filled))
    last = orders.tail(1).with_columns(pl.col("_order").alias(f"c{owner}")).select(grid.columns)
    return orders.select(grid.columns).tail(grid.height), Above(begun=True, last=last)


def _down(name: str) -> pl.Expr:
    cell = pl.col(name)
    down = pl.when(cell.str.strip_chars() != "").then(cell).forward_fill().over("_run")
    return pl.when(pl.col("_order").is_null()).then(cell).otherwise(down).alias(name)


def _header_again(grid: pl.DataFrame, match: Match) -> pl.Series:
    at = match.at
    must = sorted({at[name] for names in match.known.must if names <= at.keys() for name in names})
    first = must[0]
    if not grid.get_column(f"c{first}").str.contains(match.header[first].strip(), literal=True).any():
        return repeated(grid.height, pl.Boolean(), value=False)
    same = (pl.col(f"c{place}").fill_null("").str.strip_chars() == match.header[place].strip() for place in must)
    return grid.select(again=pl.all_horizontal(same)).to_series()


def _marked(grid: pl.DataFrame, match: Match) -> tuple[pl.Series, tuple[str, pl.Series]]:
    """Which rows the format names as descriptions or totals, and the cells that say so."""
    marked = repeated(grid.height, pl.Boolean(), value=False)
    shown = ("", repeated(grid.height, pl.String()))
    for header, texts in match.known.format.drop.items():
        place = match.place([header])
        if place is None:
            continue
        cells = cast.clean(grid.get_column(f"c{place}"))
        marked = marked | _starts_with(cells, tuple(fold(text) for text in texts))
        shown = (header, cells)
    return marked, shown


def _starts_with(cells: pl.Series, starts: tuple[str, ...]) -> pl.Series:
    inside = tuple(text.removeprefix(ANYWHERE) for text in starts if text.startswith(ANYWHERE))

    def says(text: str) -> str | None:
        folded = fold(text)
        return "1" if folded.startswith(starts) or any(part in folded for part in inside) else None

    return cast.mapped(cells, says).is_not_null()


def _refusal(reason: str, mask: pl.Series, numbers: pl.Series, shown: tuple[str, pl.Series]) -> Refusal:
    header, cells = shown
    first = pl.DataFrame({"row": numbers, "cell": cells}).filter(mask).head(limits.MAX_EXAMPLES)
    return Refusal(
        reason, int(mask.sum()), tuple(Example(row, header, shape(cell or "")) for row, cell in first.rows())
    )
