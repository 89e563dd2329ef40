"""A format's rule and a grid → the texts it looks at and the rows in which it is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import fold
from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.readers.formats import Match
    from shopscore.ruleset.format import FormatColumn, Rule


def places(rule: FormatColumn | Rule, match: Match) -> tuple[int, ...]:
    """The places of the columns whose text a rule looks at; none where the file cannot answer it."""
    first = match.place(rule.column)
    if rule.join is None:
        return () if first is None else (first,)
    found = [place for name in rule.column if (place := match.place([name])) is not None]
    return tuple(found) if len(found) == len(rule.column) else ()


def is_plain(rule: FormatColumn | Rule) -> bool:
    """Whether the rule looks at one column, in every row."""
    asks = rule.same_as or rule.when or getattr(rule, "spread", None)
    return rule.join is None and rule.find is None and not asks


def texts_of(rule: FormatColumn | Rule, grid: pl.DataFrame, match: Match, at: tuple[int, ...]) -> pl.Series:
    """The cleaned texts a rule looks at, blank in rows in which it is not asked."""
    cells = [cast.clean(grid.get_column(f"c{place}")) for place in at]
    texts = cells[0] if rule.join is None else _joined(cells, rule.join)
    for asked in _asked(rule, grid, match, texts):
        texts = texts.set(~asked, None)
    return texts if rule.find is None else _found_in(texts, rule.find, every=rule.every)


def _found_in(texts: pl.Series, pattern: str, *, every: bool) -> pl.Series:
    """The group of the first place where texts hold a pattern, or of every place, commas between."""
    group = min(re.compile(pattern).groups, 1)
    if not every:
        return texts.str.extract(pattern, group)
    found = texts.str.extract_all(pattern).list.eval(pl.element().str.extract(pattern, group)).list.join(",")
    return found.set(found == "", None)


def _joined(cells: list[pl.Series], between: str) -> pl.Series:
    """The texts of several cells as one; none where one of them says nothing."""
    said = [each.set(cast.blank(each), None).alias(f"c{number}") for number, each in enumerate(cells)]
    return pl.DataFrame(said).select(pl.concat_str(pl.all(), separator=between)).to_series()


def _asked(rule: FormatColumn | Rule, grid: pl.DataFrame, match: Match, texts: pl.Series) -> list[pl.Series]:
    """Which rows meet each condition of a rule; a column that is not there meets none."""
    if not rule.same_as and not rule.when:
        return []
    nowhere = repeated(grid.height, pl.Boolean(), value=False)
    found = []
    if rule.same_as:
        place = match.place(rule.same_as)
        same = nowhere if place is None else texts == cast.clean(grid.get_column(f"c{place}"))
        found.append(same.fill_null(value=False))
    for header, words in rule.when.items():
        place = match.place([header])
        found.append(nowhere if place is None else _holds(cast.clean(grid.get_column(f"c{place}")), words))
    return found


def _holds(texts: pl.Series, words: Sequence[str]) -> pl.Series:
    """Which cells hold one of some texts; the text ``""`` stands for a cell that says nothing."""
    allowed = {fold(word) for word in words}
    held = cast.mapped(texts, lambda text: text if fold(text) in allowed else None).is_not_null()
    return held | cast.blank(texts) if "" in words else held


def spread(values: pl.Series, spec: FormatColumn, grid: pl.DataFrame, match: Match) -> pl.Series:
    """Values, and in rows without one the only value of the rows of their group, if it has one."""
    groups = [place for name in spec.spread if (place := match.place([name])) is not None]
    if not groups:
        return values
    keys = [cast.clean(grid.get_column(f"c{place}")).alias(f"k{place}") for place in groups]
    names = [key.name for key in keys]
    said = pl.col("value").drop_nulls()
    only = pl.when(said.n_unique() == 1).then(said.first()).over(names)
    grouped = pl.all_horizontal(pl.col(names).is_not_null() & (pl.col(names) != ""))
    rows = pl.DataFrame([values.alias("value"), *keys])
    return rows.select(pl.coalesce("value", pl.when(grouped).then(only))).to_series()
