"""A text cut into tokens, and the mistakes of what stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from shopscore.ruleset.language.check import refuse
from shopscore.ruleset.language.words import COMPARISONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.ruleset.language.tokens import Token
    from shopscore.schema import Column


class Source(Struct, frozen=True):
    """One text, cut into tokens, and the names it may use."""

    text: str
    tokens: tuple[Token, ...]
    columns: Mapping[str, Column]
    parameters: Mapping[str, float]

    def word(self, i: int) -> str:
        """The token in capitals if it is a bare word or a sign, else nothing."""
        token = self.tokens[min(i, len(self.tokens) - 1)]
        return token.upper if token.kind in {"word", "sign"} else ""


def expect(source: Source, i: int, wanted: str, after: str) -> int:
    """Step over one expected word or sign."""
    if source.word(i) != wanted:
        refuse(source.text, source.tokens[i].at, f"{wanted} is missing after {after}", f"write {wanted} here")
    return i + 1


def about_rest(rest: Token) -> tuple[str, str]:
    """Why a token cannot follow a complete condition, and what to write."""
    if rest.text == ")":
        return "this bracket closes nothing", "leave it out, or open one before"
    if rest.text == ",":
        return "a comma stands between the values of a list or a function only", "write AND or OR"
    if rest.upper in COMPARISONS | {"IS", "IN", "LIKE", "BETWEEN"}:
        return "comparisons are not chained", "write a < b AND b < c"
    return f"{rest.text!r} comes after a complete condition", "write AND or OR before it"


def refuse_null(source: Source, i: int, sign: str) -> None:
    """Refuse a comparison with NULL."""
    if source.word(i) == "NULL":
        what = "IS NULL" if sign == "=" else "IS NOT NULL"
        refuse(source.text, source.tokens[i].at, "nothing equals NULL, not even NULL", f"write {what}")


def refuse_gap(source: Source, i: int) -> NoReturn:
    """Refuse a token that stands where a value should."""
    token = source.tokens[i]
    if token.upper == "NULL":
        refuse(source.text, token.at, "NULL stands after IS only", "leave ELSE out for a blank; write IS NULL to test")
    found = "the end" if token.kind == "end" else repr(token.text)
    before = f"after {source.tokens[i - 1].text!r}" if i else "at the beginning"
    refuse(source.text, token.at, f"a column or value is missing {before}; found {found}")
