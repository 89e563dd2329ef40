"""The base of everything a human may write: unknown keys and silent conversions are refused."""

import re

from pydantic import BaseModel, ConfigDict

from shopscore.model import Words

_WIDE = "\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef“”"
_FOLD = re.compile(f"(?<=[{_WIDE}])\\s+(?=[{_WIDE}])")
"""YAML folds a line break into a space; between Chinese characters there is none."""


class Strict(BaseModel):
    """A mapping whose keys are all known and whose values are not bent to fit."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Text(Strict):
    """A sentence in both languages."""

    en: str
    zh: str

    @property
    def words(self) -> Words:
        """The sentence as a report carries it."""
        return Words(self.en, _FOLD.sub("", self.zh))
