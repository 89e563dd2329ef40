"""A sentence in both languages; Chinese in either script."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore import traditional

if TYPE_CHECKING:
    from collections.abc import Callable

_HELD = 10_000
"""Sentences that are held to be shared: a shop of one platform says some hundred, most of them as every other does."""


class Words(Struct, frozen=True):
    """A sentence in both languages."""

    en: str
    zh: str

    def __format__(self, lang: str) -> str:
        if lang == "en":
            return self.en
        return traditional.of_sentence(self.zh, self.en) if lang == "zh-Hant" else self.zh

    def __reduce__(self) -> tuple[Callable[[str, str], Words], tuple[str, str]]:
        """What comes from another process shares its sentences with what came before."""
        return shared, (self.en, self.zh)


@lru_cache(_HELD)
def shared(en: str, zh: str) -> Words:
    """The sentence, one for all who say it: shops of a platform repeat its titles and advice."""
    return Words(en, zh)
