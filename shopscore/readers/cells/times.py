"""Text → times: every form the platforms write, read whole or refused; which number is the day is never guessed."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.readers.cells.conventions import conventions
from shopscore.readers.cells.style import PLAIN, Zones
from shopscore.tables import DTYPES, repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from shopscore.readers.cells.style import Order, Style

    Way = Callable[[pl.Series], pl.Series]

SERIAL = "serial"
"""The form of a format whose times are a spreadsheet's count of days."""
EPOCHS = {"epoch": (r"^\d{9,10}$", 1_000_000), "epoch_ms": (r"^\d{12,13}$", 1_000)}
"""The forms of a format whose times are seconds or milliseconds since 1970 (UTC), and how many µs one of them has."""
FIRST_YEAR = 1000
"""A year has four digits; ``%Y`` alone would take 26 for the year 26."""
MONTHS = 12
OFFSET = r"([+-]\d\d:?\d\d|Z)$"
_EITHER = r"^(?<one>\d{1,2})[/.-](?<two>\d{1,2})[/.-](?<year>\d{4}|\d{2})(?:\D|$)"
_SERIAL = r"^\d{5}(\.\d+)?$"
_DAY_ZERO = dt.datetime(1899, 12, 30)
_ODD = r"[^ -}]"
"""Anything but the plain signs and letters that times are made of."""
_SWAP = str.maketrans("dm", "md")


class Times(Struct, frozen=True):
    """What is known of a column of times beside its cells.

    Attributes:
        style: how the file writes them.
        zones: where times with an offset are converted to.
        order: the order of day and month, where the cells alone do not decide it.
        past: they have happened, so that a day without a year is the last one until the export.
    """

    style: Style
    zones: Zones
    order: Order | None = None
    past: bool = True


def read_times(texts: pl.Series, column: Times) -> tuple[pl.Series, Order | None]:
    """Cleaned texts → times of a shop's clock, and what they tell of the order of day and month, if it matters.

    Each way is tried on what the ways before it left: the format's forms, the forms all platforms share, offsets; then
    days without a year, and day and month in the order that the column as a whole tells.
    """
    texts = _plainer(texts)
    values = _tried(_nothing(len(texts)), texts, _ways(column))
    left = texts.is_not_null() & values.is_null()
    if not left.any():
        return values, None
    said, told = column.order or _stated(column.style.times), order_of(texts.set(~left, None))
    order = said or told
    plain = texts if order != "mixed" else texts.set(~_certain(texts), None)
    return _tried(values, plain, _ways_in(order, column.zones)), joined_order(said, told) if told else None


def _stated(forms: Iterable[str]) -> Order | None:
    """The order of day and month that a format's own forms state."""
    found = next((form for form in forms if form.startswith(("%d", "%m")) and "%d" in form and "%m" in form), None)
    return None if found is None else "day_first" if found.startswith("%d") else "month_first"


def _tried(values: pl.Series, texts: pl.Series, ways: Iterable[Way]) -> pl.Series:
    for way in ways:
        left = texts.is_not_null() & values.is_null()
        if not left.any():
            break
        values = values.zip_with(values.is_not_null(), way(texts.set(~left, None)))
    return values


def order_of(texts: pl.Series) -> Order | None:
    """What a column's cells tell of the order of day and month.

    Returns:
        None where no cell is of a form in which they may change places. A year of two digits that could be a day makes
        a large first number no evidence: ``22-04-30`` may begin with its year.
    """
    found = texts.str.extract_groups(_EITHER).struct.unnest().drop_nulls()
    if found.is_empty():
        return None
    one, two = pl.col("one").cast(pl.Int64()), pl.col("two").cast(pl.Int64())
    is_year = (pl.col("year").str.len_chars() == len("2026")) | ~pl.col("year").cast(pl.Int64()).is_between(1, 31)
    day, month = found.select(
        ((one > MONTHS) & (two <= MONTHS) & is_year).any(), ((two > MONTHS) & (one <= MONTHS)).any()
    ).row(0)
    if day and month:
        return "mixed"
    return "day_first" if day else "month_first" if month else "unknown"


def _certain(texts: pl.Series) -> pl.Series:
    """Which cells tell their own order of day and month, or have one in which it does not matter."""
    found = texts.str.extract_groups(_EITHER).struct.unnest()
    one, two = pl.col("one").cast(pl.Int64()), pl.col("two").cast(pl.Int64())
    sure = (pl.col("year").str.len_chars() == len("2026")) & ((one > MONTHS) | (two > MONTHS) | (one == two))
    return found.select(sure.fill_null(value=False)).to_series()


def column_order(cells: pl.Series) -> Order | None:
    """The order of day and month of a column as it stands in the file; see :func:`order_of`."""
    return order_of(_plainer(cells.cast(pl.String()).str.strip_chars("\t '\"=`")))


def joined_order(one: Order | None, other: Order | None) -> Order | None:
    """What two parts of one column tell together."""
    said = {order for order in (one, other) if order not in {None, "unknown"}}
    if not said:
        return one or other
    return said.pop() if len(said) == 1 else "mixed"


def _ways(column: Times) -> Iterator[Way]:
    for form in (*column.style.times, *conventions().times):
        yield partial(_of_form, form=form, zones=column.zones)
    yield partial(_with_offset, forms=conventions().times_with_offset, zones=column.zones)
    if column.past and column.style.exported is not None:
        yield partial(_without_year, exported=column.style.exported)


def _ways_in(order: Order | None, zones: Zones) -> Iterator[Way]:
    """Forms in the order a column tells; where it tells both, only cells that can be read in no more than one."""
    for form in conventions().times_of_either_order if order != "unknown" else ():
        if order in {"day_first", "mixed"}:
            yield partial(_of_form, form=form, zones=zones)
        if order in {"month_first", "mixed"}:
            yield partial(_of_form, form=form.translate(_SWAP), zones=zones)


def _plainer(texts: pl.Series) -> pl.Series:
    """Texts without width, and a period whose ends are the same as the day it is."""
    if not texts.str.contains(_ODD).any():
        return texts
    plain = texts.str.normalize("NFKC")
    first, last = _ends(plain)
    return plain.zip_with((first != last).fill_null(value=True), first)


def spans(texts: pl.Series) -> pl.Series:
    """Which texts are a period of two days or moments."""
    first, last = (read_times(end, Times(PLAIN, Zones()))[0] for end in _ends(texts.str.normalize("NFKC")))
    return (first != last).fill_null(value=False)


def _ends(plain: pl.Series) -> list[pl.Series]:
    """What stands before and behind the mark of a period."""
    marks = "|".join(conventions().period_marks)
    pattern = rf"^\s*(?<first>.+?)\s*(?:{marks})\s*(?<last>.+?)\s*$"
    return plain.str.extract_groups(pattern).struct.unnest().get_columns()


def _of_form(texts: pl.Series, form: str, zones: Zones) -> pl.Series:
    if form == SERIAL:
        return _serial(texts)
    if form in EPOCHS:
        return _since_1970(texts, *EPOCHS[form], zones)
    if "%z" in form or form == "%+":
        return _with_offset(texts, (form,), zones)
    return _years(texts.str.strptime(pl.Datetime("us"), form, strict=False).dt.truncate("1s"))


def _years(values: pl.Series) -> pl.Series:
    """Only times whose year is one."""
    early = values.dt.year() < FIRST_YEAR
    return values.set(early.fill_null(value=False), None) if early.any() else values


def _serial(texts: pl.Series) -> pl.Series:
    seconds = texts.set(~texts.str.contains(_SERIAL).fill_null(value=True), None).cast(pl.Float64()) * 86_400
    return pl.select(pl.lit(_DAY_ZERO) + pl.duration(seconds=pl.lit(seconds.round().cast(pl.Int64())))).to_series()


def _since_1970(texts: pl.Series, looks: str, unit: int, zones: Zones) -> pl.Series:
    counts = texts.set(~texts.str.contains(looks).fill_null(value=True), None).cast(pl.Int64())
    moments = (counts * unit).cast(pl.Datetime("us")).dt.replace_time_zone("UTC").dt.truncate("1s")
    return local(moments, zones)


def _without_year(texts: pl.Series, exported: dt.datetime) -> pl.Series:
    """Days of the year that ends with the export."""
    values = _nothing(len(texts))
    for year in (exported.year, exported.year - 1):
        for form in conventions().times_without_year:
            of_year = repeated(len(texts), pl.String(), value=f"{year}年") + texts
            read = of_year.str.strptime(pl.Datetime("us"), f"%Y年{form}", strict=False)
            read = read.set((read.dt.date() > exported.date()).fill_null(value=False), None)
            values = pl.select(pl.coalesce(values, read)).to_series()
    return values


def _with_offset(texts: pl.Series, forms: tuple[str, ...], zones: Zones) -> pl.Series:
    texts = texts.set(~texts.str.contains(OFFSET).fill_null(value=False), None)
    moments = [texts.str.strptime(pl.Datetime("us", "UTC"), form, strict=False) for form in forms]
    return _years(local(pl.select(pl.coalesce(moments)).to_series().dt.truncate("1s"), zones))


def local(moments: pl.Series, zones: Zones) -> pl.Series:
    """Moments with a zone → the shop's clock."""
    if zones.by_row is None:
        if zones.every is None:
            # An offset without a zone to convert to: the local time is not known.
            return _nothing(len(moments))
        return moments.dt.convert_time_zone(zones.every).dt.replace_time_zone(None)
    out = _nothing(len(moments))
    for zone in zones.by_row.drop_nulls().unique().sort():
        there = moments.dt.convert_time_zone(zone).dt.replace_time_zone(None)
        here = (zones.by_row == zone).fill_null(value=False)
        out = pl.select(pl.when(here).then(there).otherwise(out)).to_series()
    return out


def _nothing(length: int) -> pl.Series:
    return repeated(length, DTYPES["time"])
