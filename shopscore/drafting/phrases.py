"""A header → how strongly its words say that it fills a canonical column."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from shopscore.readers.cells import conventions, fold_header

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from shopscore.ruleset.headers import HeaderColumn

How = Literal["says", "known", "within", "weak"]
"""The header is a phrase; a known format fills the column from it; it holds a phrase; it holds a weak phrase."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GAPS = re.compile(r"[\W_]+")
_WIDE = re.compile(r"[\u2e80-\U0003ffff]")
_RANKS = 9
PLAIN = 65
"""From here on a header says a column plainly: it is a phrase, or a phrase is most of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
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


def any_held(header: str, phrases: Iterable[str]) -> bool:
    """Whether any of some phrases stands in a header."""
    name = plain(header)
    return any(holds(name, plain(phrase)) for phrase in phrases)


def evidence(
    header: str, spec: HeaderColumn, known: Collection[str] = (), barred: Sequence[str] = ()
) -> Evidence | None:
    """What speaks for a header as the source of a column.

    Args:
        header: as it is written.
        spec: the words of the column.
        known: folded headers that formats fill this column from.
        barred: phrases of persons and free texts; a header that holds one must be a phrase of the column itself.

    Returns:
        The strongest evidence, or None.
    """
    name = plain(header)
    if not name:
        return None
    says, weak = tuple(map(plain, spec.says)), tuple(map(plain, spec.weak))
    if name in says:
        return Evidence(100 - min(says.index(name), _RANKS), "says")
    if fold_header(header) in known:
        return Evidence(90, "known")
    if name in weak:
        return Evidence(40 - min(weak.index(name), _RANKS), "weak")
    found = _within(name, says, 50, 40, "within") or _within(name, weak, 15, 15, "weak")
    return None if found is None or any_held(header, (*spec.against, *barred)) else found


def _within(name: str, phrases: Sequence[str], base: int, span: int, how: How) -> Evidence | None:
    """The phrase that is most of a header."""
    share = max((len(phrase) / len(name) for phrase in phrases if holds(name, phrase)), default=0.0)
    return Evidence(base + round(span * min(share, 1.0)), how) if share else None
