"""Text → numbers: units, signs and grouped thousands as people write them; what could mean two numbers is refused."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from shopscore.readers.cells.conventions import conventions
from shopscore.tables import DTYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SIMPLE = {".": r"^-?[0-9]+(?:\.[0-9]+)?$", ",": r"^-?[0-9]+(?:,[0-9]{1,2})?$"}
_EXPONENT = r"(?:[eE][-+]?[0-9]+)?"


def plain_numbers(texts: pl.Series, decimal: str = ".", *, exponents: bool = True) -> pl.Series:
    """Cleaned texts → the same numbers with nothing around them: ``-1234.5``, ``95.5%``; blank where there is none.

    Args:
        texts: strings.
        decimal: the sign before the fraction; the other one of point and comma groups thousands.
        exponents: whether ``1.2E+5`` is a number; a spreadsheet that writes so has rounded it.
    """
    # Most cells are digits with at most a sign around them, which is told without taking them apart.
    bare = texts.str.strip_chars(_signs())
    simple = bare.str.contains(_SIMPLE[decimal]).fill_null(value=False)
    if decimal != ".":
        bare = bare.str.replace(decimal, ".", literal=True)
    plain = bare.set(~simple, None)
    left = (texts.is_not_null() & ~simple).arg_true()
    return plain.scatter(left, _careful(texts.gather(left), decimal, exponents=exponents)) if len(left) else plain


def _careful(texts: pl.Series, decimal: str, *, exponents: bool) -> pl.Series:
    folded = texts.str.normalize("NFKC").str.replace_all(_minus(), "-").str.strip_chars()
    # An amount in brackets is what was paid out.
    folded = folded.str.replace(r"^\(\s*([^-+()]+?)\s*\)$", "-$1")
    parts = folded.str.extract_groups(_whole()).struct.unnest()
    signs = parts.select(pl.concat_str("a", "b", "c", ignore_nulls=True)).to_series()
    body = parts.get_column("body").str.strip_chars()
    readable = body.str.contains(_body(decimal, exponents=exponents)) & (signs.str.len_chars() <= 1)
    plain = body.str.replace_all(r"[ ,]" if decimal == "." else r"[ .]", "").str.replace(decimal, ".", literal=True)
    number = parts.select(pl.concat_str(pl.lit(signs), pl.lit(plain), pl.col("share"), ignore_nulls=True)).to_series()
    return number.set(~readable.fill_null(value=False), None)


@cache
def _signs() -> str:
    return "".join(mark for mark in conventions().number_marks if len(mark) == 1) + " "


@cache
def _minus() -> str:
    return "[" + "".join(re.escape(sign) for sign in conventions().minus_signs) + "]"


@cache
def _whole() -> str:
    """A number with its sign, marks and per cent, the sign before or after the mark, or at the end."""
    marks = "|".join(re.escape(mark) for mark in sorted(conventions().number_marks, key=len, reverse=True))
    return (
        rf"(?i)^(?<a>[-+])?\s*(?:{marks})?\s*(?<b>[-+])?\s*(?<body>[0-9.,][0-9., ]*?(?:e[-+]?[0-9]+)?)"
        rf"\s*(?<share>%)?\s*(?:{marks})?(?<c>-)?$"
    )


@cache
def _body(decimal: str, *, exponents: bool) -> str:
    """Digits, alone or grouped. Groups do not begin with a nought: ``0,500`` is no five hundred."""
    point = re.escape(decimal)
    # Commas may group as in India: 1,23,456.
    groups = r"(?:,[0-9]{2,3})*,[0-9]{3}" if decimal == "." else r"(?:\.[0-9]{3})+"
    grouped = rf"[1-9][0-9]{{0,2}}(?:{groups}|(?: [0-9]{{3}})+)"
    # A stated decimal comma before exactly three digits may yet be a comma that groups.
    fraction = rf"(?:{point}[0-9]*)?" if decimal == "." else rf"(?:{point}(?:[0-9]{{0,2}}|[0-9]{{4,}}))?"
    lone = rf"{point}[0-9]+{_EXPONENT}" if decimal == "." else rf"{point}[0-9]{{1,2}}"
    plain = rf"[0-9]+{fraction}{_EXPONENT if exponents else ''}"
    return rf"^(?:{plain}|{grouped}{fraction}|{lone})$"


def _numbers(texts: pl.Series, decimal: str) -> pl.Series:
    # Per cent as an exponent is exact, where a division may not be.
    values = plain_numbers(texts, decimal).str.replace("%", "e-2", literal=True).cast(pl.Float64(), strict=False)
    return values.set(~values.is_finite().fill_null(value=True), None)


def _integers(texts: pl.Series, decimal: str) -> pl.Series:
    values = plain_numbers(texts, decimal, exponents=False).cast(pl.Float64(), strict=False)
    whole = (values == values.floor()) & (values.abs() < 2.0**53)
    return values.set(~whole.fill_null(value=True), None).cast(pl.Int64())


def _money(texts: pl.Series, decimal: str) -> pl.Series:
    exact = plain_numbers(texts, decimal, exponents=False).cast(pl.Decimal(38, 6), strict=False)
    return exact.round(2, mode="half_away_from_zero").cast(DTYPES["money"], strict=False)


PARSERS: Mapping[str, Callable[[pl.Series, str], pl.Series]] = {
    "integer": _integers,
    "number": _numbers,
    "money": _money,
}
"""Kind → texts and the decimal sign → values."""
