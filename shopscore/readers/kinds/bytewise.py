"""Texts of old workbooks, one character for each of their bytes → what they say.

Before Excel 97 a workbook's texts were bytes of one code page. The workbook reader splits characters of two bytes, and
programs state a western code page and write Chinese all the same. So every byte is read as the western character it
would be, and here the bytes are read again, in an encoding found as that of a text file is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers import sniff

if TYPE_CHECKING:
    from collections.abc import Collection

_CODECS = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 54936: "gb18030", 65001: "utf-8"}
_PLACES = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
"""The western characters whose number is not their byte."""


def reread(
    loaded: pl.DataFrame, name: str, page: int, words: Collection[str], stated: str | None
) -> tuple[pl.DataFrame, str, str | None]:
    """Read a sheet's texts again.

    Args:
        loaded: the sheet.
        name: its name.
        page: the code page the workbook states.
        words: folded header words of all formats, by which encodings are told.
        stated: the encoding, if the user states it.

    Returns:
        The sheet, its name, and the encoding; None where every text is plain.
    """
    texts = {text for column in loaded.iter_columns() for text in column.unique() if text and not text.isascii()}
    sample = b"\t".join(_bytes(text) for text in sorted(texts | {name}))
    if sample.isascii():
        return loaded, name, None
    encoding = stated or _CODECS.get(page) or sniff.encoding_of(sample, words) or "cp1252"
    said = {text: _bytes(text).decode(encoding, "replace") for text in texts}
    columns = (column.replace(list(said), list(said.values())) if said else column for column in loaded.iter_columns())
    return pl.DataFrame(list(columns)), _bytes(name).decode(encoding, "replace"), encoding


def _bytes(text: str) -> bytes:
    return text.translate(_PLACES).encode("latin-1", "replace")
