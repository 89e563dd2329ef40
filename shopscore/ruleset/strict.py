"""The base of everything a human may write: unknown keys and silent conversions are refused."""

from pydantic import BaseModel, ConfigDict

from shopscore.model import Words


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
        return Words(self.en, self.zh)
