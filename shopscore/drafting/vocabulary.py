"""The distinct texts of a column → the words of a closed vocabulary they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.drafting.looks import filled_cells
from shopscore.readers.cells.conventions import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from shopscore.ruleset.headers import HeaderColumn
    from shopscore.schema import Column

MOST = 40
"""A closed vocabulary has no more texts than this."""
_LONGEST = 60
_PRIVATE = re.compile(r"\d{5,}|@")


class Vocabulary(Struct, frozen=True):
    """What the texts of a column stand for.

    Attributes:
        known: text → canonical word, the most frequent text first.
        unsure: those texts whose meaning differs from platform to platform.
        unknown: texts that no word is known for.
        hidden: how many texts more; they may be about persons, and are not shown.
    """

    known: Mapping[str, str]
    unsure: tuple[str, ...]
    unknown: tuple[str, ...]
    hidden: int


def vocabulary(
    cells: pl.Series, column: Column, spec: HeaderColumn, lists: Sequence[Mapping[str, str]], *, certain: bool
) -> Vocabulary:
    """What the texts of a column stand for.

    A text no word is known for is shown only where it cannot be a person's: few texts that are repeated, in a column
    that its header or most of its cells make certain.

    Args:
        cells: as they were written.
        column: the canonical column, which has a closed vocabulary.
        spec: its words, whatever the platform.
        lists: folded text → word, of platforms' own word lists.
        certain: the header says the column plainly.
    """
    counted = filled_cells(cells).value_counts(sort=False).rows()
    texts = [text for text, _ in sorted(counted, key=lambda row: (-row[1], row[0]))]
    words = _words(column, spec, lists)
    unsure = {fold(text) for text in spec.unsure}
    known = {text: words[fold(text)] for text in texts if fold(text) in words}
    unknown = [text for text in texts if text not in known]
    total, read = sum(count for _, count in counted), sum(count for text, count in counted if text in known)
    few = len(texts) <= MOST and len(texts) * 2 <= total
    public = not spec.names and ((certain and few) or read * 2 > total)
    shown = tuple(text for text in unknown if public and len(text) <= _LONGEST and not _PRIVATE.search(text))
    return Vocabulary(known, tuple(text for text in known if fold(text) in unsure), shown, len(unknown) - len(shown))


def _words(column: Column, spec: HeaderColumn, lists: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Folded text → word: what platforms call it, what back offices call it, the word itself."""
    found = {fold(word): word for word in column.words}
    for word, texts in spec.words.items():
        for text in texts:
            found.setdefault(fold(text), word)
    for listed in lists:
        for text, word in listed.items():
            found.setdefault(text, word)
    return {text: word for text, word in found.items() if word in column.words}
