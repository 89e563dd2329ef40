"""A format's rule for a column → texts: which header fills it, and what its words stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers import cast
from shopscore.readers.cells import conventions, fold
from shopscore.ruleset.format import FormatColumn, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shopscore.readers.formats import Match
    from shopscore.ruleset.format import WordList
    from shopscore.schema import Column

_KNOWN_BLANK = ""
"""What a rule writes for a word it knows and that stands for nothing."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One canonical column before its type is read.

    Attributes:
        cells: texts, or typed values taken over as they are.
        written: what stood in the file, for examples.
        unknown: which cells hold a word that the closed vocabulary does not know.
        headers: the headers it was filled from.
    """

    cells: pl.Series
    written: pl.Series
    unknown: pl.Series | None
    headers: tuple[str, ...]


def as_rules(spec: str | list[str] | FormatColumn) -> tuple[FormatColumn | Rule, ...]:
    """The rules of a canonical column in the order they are tried."""
    if isinstance(spec, FormatColumn):
        return (spec, *spec.then)
    return (FormatColumn(column=[spec] if isinstance(spec, str) else spec),)


def direct(spec: str | list[str] | FormatColumn | None, match: Match) -> int | None:
    """The place of the one column that fills a canonical column as it stands, or None."""
    if spec is None or (isinstance(spec, FormatColumn) and (spec.split or spec.unit == "fen")):
        return None
    present = [(rule, place) for rule in as_rules(spec) if (place := match.place(rule.column)) is not None]
    return present[0][1] if len(present) == 1 and not _rewrites(present[0][0]) else None


def fill(
    column: Column,
    spec: str | list[str] | FormatColumn,
    grid: pl.DataFrame,
    match: Match,
    words: Mapping[str, WordList],
) -> Filled | None:
    """The texts of one canonical column, or None where the file has none of its headers.

    A blank cell gives no value, so no default either; the next rule is asked. A word mapped to the empty text is known
    and stands for nothing.
    """
    present = [(rule, place) for rule in as_rules(spec) if (place := match.place(rule.column)) is not None]
    if not present:
        return None
    headers = tuple(dict.fromkeys(match.header[place] for _, place in present))
    if len(present) == 1:
        rule, place = present[0]
        cells = grid.get_column(f"c{place}")
        if not _maps(rule, column):
            return Filled(cells, cells, None, headers)
    values = pl.repeat(None, grid.height, dtype=pl.String(), eager=True)
    written = values
    unknown = pl.repeat(False, grid.height, dtype=pl.Boolean(), eager=True)
    for rule, place in present:
        texts = cast.clean(grid.get_column(f"c{place}"))
        found = cast.mapped(texts, _reader(rule, column, words))
        if column.words:
            unknown = unknown | (found.is_null() & ~cast.blank(texts) & ~_says_no(texts))
        values = pl.select(pl.coalesce(values, found)).to_series()
        written = pl.select(pl.coalesce(texts, written)).to_series()
    # A known word for nothing is an answer: it is no unknown word, and no later rule is asked.
    return Filled(values.set(values == _KNOWN_BLANK, None), written, unknown & values.is_null(), headers)


def _rewrites(rule: FormatColumn | Rule) -> bool:
    named = rule.words or rule.contains or rule.default is not None or getattr(rule, "word_list", None)
    return bool(named)


def _maps(rule: FormatColumn | Rule, column: Column) -> bool:
    return bool(_rewrites(rule) or column.words)


def _says_no(texts: pl.Series) -> pl.Series:
    """A plain no is an answer to a rule that asks one question, not an unknown word."""
    noes = [word for word, value in conventions().flags.items() if not value]
    return texts.str.to_lowercase().is_in(noes).fill_null(value=False)


def _reader(rule: FormatColumn | Rule, column: Column, words: Mapping[str, WordList]) -> Callable[[str], str | None]:
    """What one rule makes of a text; None where it says nothing."""
    equal, inside = _vocabulary(rule, column, words)
    empty = conventions().empty

    def read(text: str) -> str | None:
        folded = fold(text)
        if folded in equal:
            return equal[folded]
        if not text or text in empty:
            return None
        found = next((value for part, value in inside if part in folded), None)
        if found is not None:
            return found
        return text if rule.otherwise_keep or not _maps(rule, column) else rule.default

    return read


def _vocabulary(
    rule: FormatColumn | Rule, column: Column, words: Mapping[str, WordList]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Folded texts that equal a cell, and folded texts found inside one, in the order they are tried."""
    equal = {fold(text): value for text, value in rule.words.items()}
    inside = [(fold(text), value) for text, value in rule.contains.items()]
    listed = words.get(rule.word_list) if isinstance(rule, FormatColumn) and rule.word_list else None
    if listed is not None:
        for value, texts in listed.words.items():
            for text in texts:
                equal.setdefault(fold(text), value)
        inside += [(fold(text), value) for value, texts in listed.contains.items() for text in texts]
    elif not equal and not inside and rule.default is None:
        equal = {fold(word): word for word in column.words}
    return equal, inside
