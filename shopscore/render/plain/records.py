"""A kind of record and its values → a line of fields."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopscore.render.layout import Line
from shopscore.render.plain.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = str | int | float | bool | dt.date | None

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_ASCII = str.maketrans({
    "\u2026": "...", "\u00d7": "x", "\u2192": "->", "\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'",
    "\u201c": '"', "\u201d": '"', "\u2265": ">=", "\u2264": "<=", "\u00b7": "-", "\u2212": "-", "\u00b1": "+-",
    "\u00a0": " ", "\u202f": " ",
})  # fmt: skip
"""Signs of print that our sentences have, in ASCII."""


def record(kind: str, *values: Value, more: Iterable[str] = ()) -> Line:
    """A record as a line.

    Args:
        kind: one of `KINDS`.
        values: one for each of its columns, in their order; None is blank.
        more: fields whose names the data gives.
    """
    if len(values) != len(KINDS[kind][1]):
        raise ValueError(f"{kind}: {len(values)} values for {len(KINDS[kind][1])} columns")
    return Line("\t".join([kind, *(_field(value) for value in values), *(_field(each) for each in more)]))


def _field(value: Value) -> str:
    """A value without what would end its field; rates and times as programs read them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, (dt.date, int)):
        return str(value)
    return _UNSEEN.sub(" ", value)


def words(text: str, lang: str) -> str:
    """A sentence of ours; in English without signs beyond ASCII."""
    return text.translate(_ASCII) if lang == "en" else text


def moment(at: dt.datetime, zone: str) -> str:
    """A shop-local moment with its offset."""
    return at.replace(tzinfo=ZoneInfo(zone)).isoformat(timespec="seconds")
