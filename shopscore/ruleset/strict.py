"""The base of everything a human may write: unknown keys and silent conversions are refused."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict

from shopscore.errors import NotThisError
from shopscore.model import Words

_WIDE = "\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef“”"
_FOLD = re.compile(f"(?<=[{_WIDE}])\\s+(?=[{_WIDE}])")
"""YAML folds a line break into a space; between Chinese characters there is none."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise NotThisError(
            f"{name!r} is no time zone; write one like Asia/Shanghai", f"{name!r} 不是时区；请写成 Asia/Shanghai 的样子"
        ) from None
    return name


TimeZone = Annotated[str, AfterValidator(_zone)]


class Strict(BaseModel):
    """A mapping whose keys are all known and whose values are not bent to fit.

    How one is checked is made when the first is: most stand within others only, and are checked with those.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True, defer_build=True)


class Text(Strict):
    """A sentence in both languages."""

    en: str
    zh: str

    @property
    def words(self) -> Words:
        """The sentence as a report carries it."""
        return Words(self.en, _FOLD.sub("", self.zh))
