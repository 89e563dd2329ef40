"""Times of which a spreadsheet took the day for the month → told where that can be told, and refused.

A spreadsheet turns the dates it understands into its own and leaves the others as text, so only days up to the twelfth
change places. Three things give them away: the text it left beside them; months the other days of the column do not
know, while with day and month changed back all of them do; and moments that cannot be, such as a payment before its
order, while with day and month changed back they can. What only may be swapped is refused as well: nothing says it is
not.
"""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple, cast

import polars as pl

from shopscore.model import Refusal
from shopscore.readers.cells.times import MONTHS
from shopscore.readers.damage.future import latest
from shopscore.readers.refusals import examples_of, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shopscore.readers.damage import Grid
    from shopscore.readers.refusals import Cells

SWAPPED = "swapped_dates"

_YEAR_FIRST = r"^\D?\d{4}"
_ENOUGH = 5
"""Different days of each sort from which on the months of a column say something."""
_MOST, _FEW = 0.95, 0.5
"""Shares of days that know their months: changed back, and as they stand."""
_IN_ORDER = ("created_at", "paid_at")
_SOON = dt.timedelta(days=60)
"""Nobody pays later."""
_DAY = dt.timedelta(days=1)
_DAY_LONG = _DAY // dt.timedelta(microseconds=1)
_ROOM_OF_MONTH = 31


class Day(NamedTuple):
    """A day in parts: years that no calendar of Python's knows are days too."""

    year: int
    month: int
    day: int


Days = tuple[Day, ...]


def _day_number(times: pl.Expr) -> pl.Expr:
    months = times.dt.year().cast(pl.Int64()) * MONTHS + times.dt.month() - 1
    return months * _ROOM_OF_MONTH + times.dt.day() - 1


def without_swapped_dates(columns: Sequence[Cells], grid: Grid) -> tuple[list[Cells], tuple[Refusal, ...]]:
    """Refuse times whose day and month have changed places, or may have.

    Returns:
        The columns, and one note with the number of such cells.
    """
    out_of_order = _out_of_order({item.column.name: item.values for item in columns})
    strange = _in_strange_months([item for item in columns if item.column.kind == "time"])
    found, notes = [], []
    for item in columns:
        is_time = item.column.kind == "time"
        hit = _swapped(item, out_of_order, grid, strange=item.column.name in strange) if is_time else None
        if hit is not None and hit.any():
            notes.append(Refusal(SWAPPED, int(hit.sum()), examples_of(item, grid.numbers, hit, row_read=True)))
            found.append(refuse(item, hit, SWAPPED))
        else:
            found.append(item)
    return found, tuple(notes)


def _swapped(item: Cells, out_of_order: Mapping[str, pl.Series], grid: Grid, *, strange: bool) -> pl.Series | None:
    hits = (
        _unconverted(item),
        _beside_text(item),
        _swappable(item.values) if strange else None,
        _too_late(item, grid),
        out_of_order.get(item.column.name),
    )
    found = [hit for hit in hits if hit is not None]
    return reduce(or_, found) if found else None


def _swappable(values: pl.Series) -> pl.Series:
    """Which times have a day that could be a month, and another one than theirs."""
    day, month = values.dt.day(), values.dt.month()
    return ((day <= MONTHS) & (day != month)).fill_null(value=False)


def _changed_back(values: pl.Series) -> pl.Series:
    """The times with day and month in each other's place, where that is a time."""
    swapped = pl.datetime(
        pl.col("t").dt.year(),
        pl.col("t").dt.day(),
        pl.col("t").dt.month(),
        pl.col("t").dt.hour(),
        pl.col("t").dt.minute(),
        pl.col("t").dt.second(),
    )
    times = values.set(~_swappable(values), None).to_frame("t")
    return times.select(pl.when(pl.col("t").is_not_null()).then(swapped)).to_series()


# ── what gives them away ─────────────────────────────────────────────────────────────────────────────────────────────


def _unconverted(item: Cells) -> pl.Series | None:
    """Texts that could be read in either order, in a column that has both."""
    return item.refused if item.order == "mixed" and item.refused.any() else None


def _beside_text(item: Cells) -> pl.Series | None:
    """Dates that begin with the year beside texts that do not, if all of them could have been made from such texts."""
    if item.order in {None, "unknown"} or item.written.dtype != pl.String():
        return None
    made = item.values.is_not_null() & item.written.str.contains(_YEAR_FIRST).fill_null(value=False)
    if not (item.values.filter(made).dt.day() <= MONTHS).all():
        return None
    standing, back = _at_home(_days(item.values.filter(made)), _days(item.values.filter(~made)), slack=1)
    # What follows on the texts as it stands, and only so, is a second export in the same file.
    return None if standing >= _MOST and back <= _FEW else made & _swappable(item.values)


def _in_strange_months(columns: Sequence[Cells]) -> frozenset[str]:
    """The columns whose days that may be swapped know the months of the others only after being changed back."""
    days = _days_of([item for item in columns if _spans(item.values) >= 2 * _ENOUGH])
    return frozenset(name for name, found in days.items() if _is_strange(found))


def _is_strange(days: Days) -> bool:
    known = [each for each in days if each.day > MONTHS]
    doubtful = [each for each in days if each.day <= MONTHS]
    if min(len(known), sum(each.day != each.month for each in doubtful)) < _ENOUGH:
        return False
    standing, back = _at_home(doubtful, known)
    return standing <= _FEW and back >= _MOST


def _days(values: pl.Series) -> Days:
    """The different days of some times."""
    return _split(pl.DataFrame([values.alias("t")]).select(_day_number(pl.col("t").dt.date().unique())).to_series())


def _spans(values: pl.Series) -> int:
    """How many days lie between the first and the last of some times, both in; no more of them are different ones."""
    counts = values.cast(pl.Int64())
    first, last = cast("int | None", counts.min()), cast("int | None", counts.max())
    return 0 if first is None or last is None else last // _DAY_LONG - first // _DAY_LONG + 1


def _days_of(columns: Sequence[Cells]) -> dict[str, Days]:
    """Column → the different days of its times, all columns looked at in one pass."""
    if not columns:
        return {}
    times = pl.DataFrame([item.values.alias(item.column.name) for item in columns])
    found = times.select(_day_number(pl.all().dt.date().unique()).implode())
    return {name: _split(found.item(0, name)) for name in found.columns}


def _split(numbers: pl.Series) -> Days:
    return tuple(
        Day(year, month + 1, day + 1)
        for number in numbers.drop_nulls()
        for months, day in [divmod(number, _ROOM_OF_MONTH)]
        for year, month in [divmod(months, MONTHS)]
    )


def _at_home(days: Iterable[Day], others: Iterable[Day], slack: int = 0) -> tuple[float, float]:
    """The shares of days that may be swapped and fall into months of other days: as they stand, and changed back."""
    swappable = [each for each in days if each.day != each.month]
    if not swappable:
        return 1.0, 1.0
    near = {each.year * MONTHS + each.month + away for each in others for away in range(-slack, slack + 1)}
    standing = sum(each.year * MONTHS + each.month in near for each in swappable)
    back = sum(each.year * MONTHS + each.day in near for each in swappable)
    return standing / len(swappable), back / len(swappable)


def _too_late(item: Cells, grid: Grid) -> pl.Series | None:
    """Events after the export that lie among the column's other times once changed back."""
    limit = latest(item, grid)
    if limit is None or not item.column.event:
        return None
    late = item.values > limit
    if not late.any():
        return None
    late = late.fill_null(value=False)
    back = _changed_back(item.values.set(~late, None))
    earliest = item.values.filter(~late).min()
    return (late & (back <= limit) & (back >= earliest)).fill_null(value=False) if earliest is not None else None


def _out_of_order(values: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    """Payments before their order that come soon after it once one of the two is changed back: both are in doubt."""
    created, paid = (values.get(name) for name in _IN_ORDER)
    if created is None or paid is None:
        return {}
    early = (paid < created - _DAY).fill_null(value=False)
    if not early.any():
        return {}
    rows = pl.DataFrame({"created": created, "paid": paid, "early": early})
    rows = rows.with_columns(_changed_back(created).alias("order"), _changed_back(paid).alias("money"))
    soon = {
        name: pl.col("early") & (after - before).is_between(dt.timedelta(), _SOON).fill_null(value=False)
        for name, before, after in (
            (_IN_ORDER[0], pl.col("order"), pl.col("paid")),
            (_IN_ORDER[1], pl.col("created"), pl.col("money")),
        )
    }
    return {name: rows.select(hit).to_series() for name, hit in soon.items()}
