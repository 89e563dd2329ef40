"""A header → how strongly its words say that it fills a canonical column."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from shopscore.readers.cells.conventions import conventions, fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shopscore.ruleset.headers import HeaderColumn

How = Literal["says", "known", "within", "weak"]
"""The header is a phrase; a known format fills the column from it; it holds a phrase; it holds a weak phrase."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GAPS = re.compile(r"[\W_]+")
_WIDE = re.compile(r"[\u2e80-\U0003ffff]")
_RANKS = 9
PLAIN = 65
"""From here on a header says a column plainly: it is a phrase, or a phrase is most of it."""


class Evidence(Struct, frozen=True):
    """What speaks for a header.

    Attributes:
        score: 1 to 100.
        how: in which way the words say it.
    """

    score: int
    how: How


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A header or phrase as small words with single spaces: ``orderItemId`` and ``Order-Item ID`` are one."""
    parted = unicodedata.normalize("NFKC", _CAMEL.sub(" ", text)).casefold()
    for seen, meant in conventions().look_alikes.items():
        parted = parted.replace(seen, meant)
    for unit in conventions().header_units:
        parted = parted.replace(unit, " ")
    return _GAPS.sub(" ", parted).strip()


def holds(header: str, phrase: str) -> bool:
    """Whether a phrase stands in a header as whole words; both as :func:`plain` makes them."""
    if _WIDE.search(phrase):
        return phrase.replace(" ", "") in header.replace(" ", "")
    return f" {phrase} " in f" {header} "


def any_held(name: str, phrases: Iterable[str]) -> bool:
    """Whether any of some phrases stands in a header; all as :func:`plain` makes them."""
    return any(holds(name, phrase) for phrase in phrases)


class Phrases(Struct, frozen=True):
    """The words of a column as they are compared.

    Attributes:
        says: phrases that are the column, the best first.
        weak: phrases that may be it.
        against: words that keep a header away, those of persons and free texts among them.
        known: folded headers that formats fill the column from.
    """

    says: tuple[str, ...]
    weak: tuple[str, ...]
    against: tuple[str, ...]
    known: frozenset[str]


def phrases(spec: HeaderColumn, known: Iterable[str] = (), barred: Iterable[str] = ()) -> Phrases:
    """The words of a column, ready to be compared.

    Args:
        spec: as they are written down.
        known: folded headers that formats fill this column from.
        barred: phrases of persons and free texts; a header that holds one must be a phrase of the column itself.
    """
    return Phrases(
        tuple(map(plain, spec.says)),
        tuple(map(plain, spec.weak)),
        tuple(map(plain, (*spec.against, *barred))),
        frozenset(known),
    )


def evidence(header: str, words: Phrases) -> Evidence | None:
    """The strongest that speaks for a header as the source of a column, or None."""
    name = plain(header)
    if not name:
        return None
    if name in words.says:
        return Evidence(100 - min(words.says.index(name), _RANKS), "says")
    if fold_header(header) in words.known:
        return Evidence(90, "known")
    if name in words.weak:
        return Evidence(40 - min(words.weak.index(name), _RANKS), "weak")
    found = _within(name, words.says, 50, 40, "within") or _within(name, words.weak, 15, 15, "weak")
    return None if found is None or any_held(name, words.against) else found


def _within(name: str, said: Sequence[str], base: int, span: int, how: How) -> Evidence | None:
    """The phrase that is most of a header."""
    share = max((len(phrase) / len(name) for phrase in said if holds(name, phrase)), default=0.0)
    return Evidence(base + round(span * min(share, 1.0)), how) if share else None
