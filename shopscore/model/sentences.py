"""A sentence in both languages; Chinese in either script."""

from __future__ import annotations

from dataclasses import dataclass

from shopscore import traditional


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages."""

    en: str
    zh: str

    def __format__(self, lang: str) -> str:
        if lang == "en":
            return self.en
        return traditional.of_sentence(self.zh, self.en) if lang == "zh-Hant" else self.zh
