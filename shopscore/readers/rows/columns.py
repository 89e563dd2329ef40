"""A format's rule for a column → texts: which header fills it, and what its words stand for."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from shopscore.readers.cells import cast
from shopscore.readers.cells.conventions import conventions, fold
from shopscore.readers.rows import asking
from shopscore.ruleset.format import FormatColumn, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shopscore.readers.formats import Match
    from shopscore.ruleset.format import Format, WordList
    from shopscore.schema import Column

_TELLING = 3
"""Characters from which on a word of a format's is no yes, no or name."""
_KNOWN_BLANK = ""
"""What a rule writes for a word it knows and that stands for nothing."""


class Filled(Struct, frozen=True):
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
    if spec is None or (isinstance(spec, FormatColumn) and (spec.split or spec.unsigned or spec.unit == "fen")):
        return None
    present = [(rule, at) for rule in as_rules(spec) if (at := asking.places(rule, match))]
    return present[0][1][0] if len(present) == 1 and _stands(present[0][0]) else None


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
    present = [(rule, at) for rule in as_rules(spec) if (at := asking.places(rule, match))]
    if not present:
        return None
    if len(present) == 1 and not column.words and _stands(present[0][0]):
        return as_it_stands(grid, match, present[0][1][0])
    texts = [asking.texts_of(rule, grid, match, at) for rule, at in present]
    found = [_found(cells, rule, column, words) for cells, (rule, _) in zip(texts, present, strict=True)]
    values = _first([each for each, _ in found])
    # A known word for nothing is an answer: it is no unknown word, and no later rule is asked.
    unknown = [strange & values.is_null() for _, strange in found if strange is not None]
    if isinstance(spec, FormatColumn) and spec.spread:
        values = asking.spread(values, spec, grid, match)
    return Filled(
        values.set(values == _KNOWN_BLANK, None),
        _first(texts[::-1]),
        reduce(or_, unknown) if unknown else None,
        tuple(dict.fromkeys(match.header[place] for _, at in present for place in at)),
    )


def as_it_stands(grid: pl.DataFrame, match: Match, place: int) -> Filled:
    """A canonical column that is a column of the file."""
    cells = grid.get_column(f"c{place}")
    return Filled(cells, cells, None, (match.header[place],))


def vocabulary(form: Format, lists: Mapping[str, WordList]) -> frozenset[str]:
    """The words by which a format's cells are known to be something else than a number, a moment or a name."""
    found: set[str] = set()
    for rule in (rule for spec in form.columns.values() for rule in as_rules(spec)):
        listed = lists.get(rule.word_list or "")
        found.update(rule.words, *(listed.words.values() if listed else ()))
    return frozenset(word for word in found if len(word) >= _TELLING)


def _first(columns: Sequence[pl.Series]) -> pl.Series:
    """The first text of each row."""
    return columns[0] if len(columns) == 1 else pl.select(pl.coalesce(columns)).to_series()


def _found(
    texts: pl.Series, rule: FormatColumn | Rule, column: Column, words: Mapping[str, WordList]
) -> tuple[pl.Series, pl.Series | None]:
    """What one rule makes of cleaned texts, and which of them are words it should know and does not."""
    if not _maps(rule, column):
        return texts.set(cast.blank(texts), None), None
    read = _reader(rule, column, words)
    values = {text: read(text) for text in texts.unique().to_list() if text is not None}
    found = texts.replace_strict(list(values), list(values.values()), default=None, return_dtype=pl.String())
    nothing = {"", *conventions().empty}
    strange = [text for text, value in values.items() if value is None and text not in nothing and not _says_no(text)]
    return found, texts.is_in(strange).fill_null(value=False) if strange and column.words else None


def _rewrites(rule: FormatColumn | Rule) -> bool:
    return bool(rule.words or rule.contains or rule.default is not None or rule.word_list)


def _stands(rule: FormatColumn | Rule) -> bool:
    """Whether a rule takes cells as they stand."""
    return asking.is_plain(rule) and not _rewrites(rule)


def _maps(rule: FormatColumn | Rule, column: Column) -> bool:
    return bool(_rewrites(rule) or column.words)


def _says_no(text: str) -> bool:
    """A plain no is an answer to a rule that asks one question, not an unknown word."""
    return conventions().flags.get(text.lower()) is False


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
    listed = words.get(rule.word_list) if rule.word_list else None
    if listed is not None:
        for value, texts in listed.words.items():
            for text in texts:
                equal.setdefault(fold(text), value)
        inside += [(fold(text), value) for value, texts in listed.contains.items() for text in texts]
    elif not equal and not inside and rule.default is None:
        equal = {fold(word): word for word in column.words}
    return equal, inside
