"""The fate of a row under one side of a metric: out, excluded, unknown, pending, or settled."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopscore.ruleset.resolve import SideRules

OUT = 0
"""The code of a row that ``where`` leaves out."""


class Fate(Struct, frozen=True):
    """What became of a row; ``hit`` says of an excluded row that it would have hit."""

    name: str
    hit: bool = False


class Answers(Struct, frozen=True):
    """A condition over a frame's rows, and which of its three answers occur there.

    Fewer answers make a shorter expression: planning a query costs per node, and for a shop of some thousand rows
    that cost is the larger one.
    """

    expr: pl.Expr
    true: bool = True
    false: bool = True
    blank: bool = True


@lru_cache(maxsize=4096)
def compiled(text: str) -> pl.Expr:
    """The expression of a condition that the rule language has already proven closed."""
    return pl.sql_expr(text)


@lru_cache(maxsize=4096)
def names(text: str) -> frozenset[str]:
    """The columns a condition uses."""
    return frozenset(compiled(text).meta.root_names())


def fates(side: SideRules) -> tuple[Fate | None, ...]:
    """What each code means, by its index: `OUT` first, the settled fates next, excluded ones last."""
    settled = (Fate("counted"),) if side.numerator is None else (Fate("hit"), Fate("miss"))
    both = (False,) if side.numerator is None else (False, True)
    excluded = tuple(Fate(f"excluded.{name}", hit) for name, _ in side.exclude for hit in both)
    return (None, *settled, Fate("pending"), Fate("unknown"), *excluded)


def meaning(side: SideRules, code: int) -> Fate:
    """What a code other than `OUT` means.

    Raises:
        ValueError: rows that are out have no fate.
    """
    each = fates(side)[code]
    if each is None:
        raise ValueError("a row that is out has no fate")
    return each


def conditions(side: SideRules) -> tuple[str, ...]:
    """The texts that decide a row's fate, each answered true, false or blank."""
    found = (side.where, *(text for _, text in side.exclude), side.unknown, side.pending, side.numerator)
    return tuple(text for text in found if text is not None)


def needed(side: SideRules) -> tuple[str, ...]:
    """The texts that give a row its numbers and its key; a row without one of them is unknown."""
    return tuple(text for text in (side.of, side.weight_by, side.once_per) if text is not None)


def settled(side: SideRules, code: pl.Expr) -> pl.Expr:
    """Which rows hit, missed or were counted, by their codes."""
    return code.is_between(OUT + 1, OUT + (1 if side.numerator is None else 2))


def fate(side: SideRules, answers: Callable[[str], Answers], blank: Callable[[str], pl.Expr | None]) -> pl.Expr:
    """The code of every row, in the order the documentation gives.

    Args:
        side: one side of a metric.
        answers: a condition's text → its expression and the answers that occur.
        blank: the text of a number or a key → where it is blank, None if nowhere.

    Returns:
        ``UInt8`` codes, indices into `fates`; never blank.
    """
    code = {each: _number(at) for at, each in enumerate(fates(side)) if each is not None}
    hits = None if side.numerator is None else answers(side.numerator)
    expr = _settled(code, hits)
    for mask, value in reversed(list(_branches(side, answers, blank, code, hits))):
        expr = pl.when(mask).then(value).otherwise(expr)
    return expr


@lru_cache(maxsize=256)
def _number(code: int) -> pl.Expr:
    return pl.lit(code, pl.UInt8)


def _settled(code: dict[Fate, pl.Expr], hits: Answers | None) -> pl.Expr:
    if hits is None:
        return code[Fate("counted")]
    # A settled row whose numerator is blank is a miss: an event that never came must not hide behind a blank.
    return pl.when(hits.expr).then(code[Fate("hit")]).otherwise(code[Fate("miss")])


def _branches(
    side: SideRules,
    answers: Callable[[str], Answers],
    blank: Callable[[str], pl.Expr | None],
    code: dict[Fate, pl.Expr],
    hits: Answers | None,
) -> Iterator[tuple[pl.Expr, pl.Expr]]:
    """(where it applies, the code then), the first that applies first."""
    unknown = code[Fate("unknown")]
    if side.where is not None:
        where = answers(side.where)
        outside = Answers(~where.expr, where.false, where.true, where.blank)
        yield from _asked(outside, _number(OUT), unknown)
    excluded = [(name, answers(text)) for name, text in side.exclude]
    # A later exclusion that is true beats an earlier one that is blank: the row is out either way.
    yield from ((each.expr, _excluded(name, code, hits)) for name, each in excluded if each.true)
    yield from ((each.expr.is_null(), unknown) for _, each in excluded if each.blank)
    for text, then in ((side.unknown, unknown), (side.pending, code[Fate("pending")])):
        if text is not None:
            yield from _asked(answers(text), then, unknown)
    yield from ((nowhere, unknown) for nowhere in map(blank, needed(side)) if nowhere is not None)


def _asked(each: Answers, then: pl.Expr, unknown: pl.Expr) -> Iterator[tuple[pl.Expr, pl.Expr]]:
    if each.true:
        yield each.expr, then
    if each.blank:
        yield each.expr.is_null(), unknown


def _excluded(name: str, code: dict[Fate, pl.Expr], hits: Answers | None) -> pl.Expr:
    plain = code[Fate(f"excluded.{name}")]
    if hits is None:
        return plain
    return pl.when(hits.expr).then(code[Fate(f"excluded.{name}", hit=True)]).otherwise(plain)
