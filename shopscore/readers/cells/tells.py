"""Texts → the words they tell, by patterns; whoever asks for a text gets no more of it than that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from shopscore.tables import repeated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def found_in(texts: pl.Series, patterns: Sequence[str]) -> pl.Series:
    """In which texts one of some patterns is found."""
    if not patterns:
        return repeated(len(texts), pl.Boolean(), value=False)
    return texts.str.contains("|".join(f"(?:{pattern})" for pattern in patterns)).fill_null(value=False)


def told(texts: pl.Series, words: Mapping[Any, Sequence[str]]) -> pl.Series:
    """Each text's first word of which a pattern is found in it; blank where there is none."""
    values = repeated(len(texts), pl.String())
    for word, patterns in reversed(list(words.items())):
        values = values.set(found_in(texts, patterns), word)
    return values
