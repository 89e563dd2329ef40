"""Total rows and footers → control totals, compared with what the file's rows add up to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field

from shopscore.model import Example, Refusal
from shopscore.readers import limits
from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import conventions, fold
from shopscore.readers.cells.numbers import PARSERS, plain_numbers
from shopscore.readers.formats import source_headers
from shopscore.readers.rows.asking import is_plain
from shopscore.readers.rows.columns import direct
from shopscore.ruleset.format import FormatColumn
from shopscore.ruleset.lint_cells import COUNTED, COUNTED_IN, SUMMED
from shopscore.schema import TABLES
from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.readers.cells.style import Style
    from shopscore.readers.formats import Match
    from shopscore.readers.refusals import Cells
    from shopscore.ruleset.format import Format

FOOTER_CELLS = 3
"""The first cells of a row make the text in which footers are looked for."""


class Stated(Struct, frozen=True):
    """One total that a row of the file states: ``rows``, a canonical column, or ``<column>_rows``."""

    row: int
    name: str
    value: Decimal


class Totals(Struct, frozen=True):
    """What a file states of itself and what its rows add up to; parts of a file are added with :func:`together`."""

    stated: tuple[Stated, ...] = ()
    counted: Mapping[str, Decimal] = field(default_factory=dict)


def is_footer(grid: pl.DataFrame, form: Format) -> pl.Series:
    """Which rows one of the format's ``totals`` is found in."""
    text = _text(grid)
    found = [text.str.contains(pattern) for pattern in form.totals]
    nothing = repeated(grid.height, pl.Boolean(), value=False)
    return nothing if not found else pl.select(pl.any_horizontal(nothing, *found)).to_series()


def stated_totals(aside: pl.DataFrame, match: Match, style: Style) -> tuple[Stated, ...]:
    """The totals that rows left aside state, of columns whose totals the format does not call something else."""
    if aside.is_empty():
        return ()
    last = aside.tail(limits.MAX_TOTALS)
    found = (*_in_columns(last, match, style), *_in_text(last, match.known.format, style))
    return tuple(one for one in found if one.name.removesuffix(COUNTED_IN) not in match.known.format.untotalled)


def counted_totals(columns: Sequence[Cells], height: int, form: Format) -> dict[str, Decimal]:
    """What rows add up to, whatever becomes of them later.

    An amount that is repeated on every line of an order counts once for it, so such a column needs all rows of its
    orders; where they come in several grids, :func:`together` leaves it out.
    """
    if not form.drop and not form.totals:
        return {}
    found = {COUNTED: Decimal(height)}
    orders = next((item.values for item in columns if item.column.name == "order_id"), None)
    for item in columns:
        if item.column.kind in SUMMED:
            name, values = item.column.name, item.values
            if name in form.once and orders is not None:
                values = pl.DataFrame({"o": orders, "v": values}).drop_nulls().unique().get_column("v")
            found[name] = Decimal(values.cast(pl.Decimal(38, 2)).sum())
            found[name + COUNTED_IN] = Decimal(int((item.values != 0).sum()))
    return found


def together(parts: Sequence[Totals], once: Sequence[str]) -> Totals:
    """The totals of a file that was read in several parts."""
    names = {name for part in parts for name in part.counted if name not in once}
    counted = {name: sum((part.counted.get(name, Decimal(0)) for part in parts), Decimal(0)) for name in names}
    return Totals(tuple(one for part in parts for one in part.stated), counted)


def checked(totals: Totals) -> tuple[int, tuple[Refusal, ...]]:
    """How many stated totals agree with the rows, and a note on those that do not."""
    known = [one for one in totals.stated if one.name in totals.counted]
    wrong = [one for one in known if one.value != totals.counted[one.name]]
    if not wrong:
        return len(known), ()
    examples = tuple(
        Example(one.row, one.name, f"{_shown(one.value)} ≠ {_shown(totals.counted[one.name])}")
        for one in wrong[: limits.MAX_EXAMPLES]
    )
    return len(known) - len(wrong), (Refusal("control_total", len(wrong), examples),)


def _shown(value: Decimal) -> str:
    return f"{value:f}" if value != value.to_integral_value() else f"{value:.0f}"


def _text(grid: pl.DataFrame) -> pl.Series:
    names = [name for name in (f"c{place}" for place in range(FOOTER_CELLS)) if name in grid.columns]
    cells = [cast.clean(grid.get_column(name)).fill_null("").alias(name) for name in names]
    return pl.select(pl.concat_str([pl.lit(cell) for cell in cells], separator=",")).to_series()


def _in_columns(aside: pl.DataFrame, match: Match, style: Style) -> Iterator[Stated]:
    """What total rows hold under columns of money and counts."""
    form = match.known.format
    named = (aside.get_column(f"c{place}") for header in form.drop if (place := match.place([header])) is not None)
    nothing = repeated(aside.height, pl.Boolean(), value=False)
    sums = aside.filter(pl.any_horizontal(nothing, *(pl.lit(_states_sums(cells)) for cells in named)))
    for name, place, spec in _summed(match):
        column = TABLES[form.table].by_name[name]
        cells = cast.clean(sums.get_column(f"c{place}"))
        values = PARSERS[column.kind](cells, style.decimal)
        if isinstance(spec, FormatColumn):
            values = cast.amounts(values, fen=spec.unit == "fen", unsigned=spec.unsigned)
        for row, value in zip(sums.get_column("_row"), values, strict=True):
            if value is not None:
                yield Stated(row, name, Decimal(value))


def _states_sums(cells: pl.Series) -> pl.Series:
    """Which rows begin as rows of sums do, and not as those of means or of the shop's peers."""
    starts = tuple(map(fold, conventions().total_words))
    return cast.mapped(cast.clean(cells), lambda text: "1" if fold(text).startswith(starts) else None).is_not_null()


def _summed(match: Match) -> Iterator[tuple[str, int, str | list[str] | FormatColumn]]:
    """Columns of money and counts that one header fills as it stands."""
    form = match.known.format
    for name, spec in form.columns.items():
        kind = TABLES[form.table].by_name[name].kind
        place = match.place(source_headers(spec)) if _alone(spec) else direct(spec, match)
        if kind in SUMMED and place is not None:
            yield name, place, spec


def _alone(spec: str | list[str] | FormatColumn) -> bool:
    """Whether a column is one header's amounts, written otherwise than they are meant."""
    if not isinstance(spec, FormatColumn):
        return False
    return (spec.unit == "fen" or spec.unsigned) and is_plain(spec) and not spec.then


def _in_text(aside: pl.DataFrame, form: Format, style: Style) -> Iterator[Stated]:
    """What footers say in words."""
    text = _text(aside)
    unsigned = {name for name, spec in form.columns.items() if isinstance(spec, FormatColumn) and spec.unsigned}
    for pattern in form.totals:
        groups = text.str.extract_groups(pattern).struct.unnest()
        for name in groups.columns:
            values = plain_numbers(groups.get_column(name), style.decimal)
            for row, value in zip(aside.get_column("_row"), values, strict=True):
                if value is not None and "%" not in value:
                    yield Stated(row, name, abs(Decimal(value)) if name in unsigned else Decimal(value))
