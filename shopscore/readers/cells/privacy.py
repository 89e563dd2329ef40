"""What must not leave the reader: buyers become pseudonyms, and examples show a text's shape."""

from __future__ import annotations

import hmac
import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

PSEUDONYM = r"^b_[0-9a-f]{16}$"
"""What a pseudonym looks like; a value of this form is taken for one and stays."""

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_MOMENT = re.compile(r"[\d:/.\-TZ+ 年月日]{1,32}")
_NUMBER = re.compile(r"[-+]?[\d.,]{1,9}%?")
_DAMAGED = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,3}|\d{1,32}\.0+")
_ROUNDED = re.compile(r"[1-9]\d{14}(0+)")
_LONG_NUMBER = re.compile(r"\d{7,}")
_LONGEST_WORD = 24


def pseudonym(values: pl.Series, key: bytes) -> pl.Series:
    """Names of buyers → pseudonyms that are equal where the names are.

    Args:
        values: strings; blanks and pseudonyms stay as they are.
        key: the secret of this installation; the same key gives the same pseudonyms.

    Returns:
        A series of the same length and name.
    """
    if values.str.contains(PSEUDONYM).all():
        return values
    texts = values.str.strip_chars()
    distinct = texts.drop_nulls().unique()
    names = distinct.filter(~distinct.str.contains(PSEUDONYM)).to_list()
    return texts.replace(names, [_name(text, key) for text in names]).alias(values.name)


@lru_cache(maxsize=1 << 17)
def _name(text: str, key: bytes) -> str:
    return "b_" + hmac.digest(key, text.encode(), "sha256").hex()[:16]


def shape(text: str) -> str:
    """What a text looks like without saying it: ``王先生 13800000000`` → ``中3 9×11``."""
    runs = ((kind, len(list(run))) for kind, run in groupby(text[:200], _kind))
    return "".join(_run(kind, length) for kind, length in runs)


def example(text: str | None, kind: str, *, closed: bool, row_read: bool) -> str:
    """A refused cell as the account may show it.

    A row shifted by a missing cell puts persons where times and words belong, so a text is shown only if it looks like
    what its column holds, and a word of a closed vocabulary only if the rest of its row was read.

    Args:
        text: the cell, or None.
        kind: the column's kind.
        closed: the column has a closed vocabulary.
        row_read: the row itself was not refused.
    """
    if text is None:
        return ""
    if closed:
        plain = row_read and len(text) <= _LONGEST_WORD and not _LONG_NUMBER.search(text)
        return text if plain else shape(text)
    if kind == "id" and (rounded := _ROUNDED.fullmatch(text)):
        return f"…{rounded[1]}"
    if kind == "time" and _MOMENT.fullmatch(text) and any(sign in text for sign in ":/-年"):
        return text if not _LONG_NUMBER.search(text) else shape(text)
    looks = {"id": _DAMAGED, "integer": _NUMBER, "number": _NUMBER, "money": _NUMBER}.get(kind)
    return text if looks and looks.fullmatch(text) else shape(text)


def _kind(char: str) -> str:
    if _HAN.match(char):
        return "中"
    if char.isdigit():
        return "9"
    if char.isalpha():
        return "a"
    return char if char in " -/:.,()" else "·"


def _run(kind: str, length: int) -> str:
    if kind == "中":
        return f"中{length}"
    return f"{kind}×{length}" if kind in "9a·" else kind * length
