"""How far a shop's reading can be trusted: one line, and the reasons that weigh most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.escape import terminal
from shopscore.render.layout import Line, fold
from shopscore.render.words import labelled, say, say_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopscore.model import ShopDue, ShopReport, Trust, TrustReason

_SHOWN_REASONS = 3
_CUT_OFF = ("note", "truncated")
_STYLES = {"good": "", "fair": "yellow", "low": "red"}


def lines(trust: Trust, lang: str, width: int, *, name: str = "", shown: int = _SHOWN_REASONS) -> Iterator[Line]:
    """The account of one shop in a line; unless all is good, the weightiest reasons.

    Args:
        trust: the shop's trust.
        lang: the language.
        width: the cells a line may take.
        name: the shop, where the line does not stand under it.
        shown: how many reasons at most.
    """
    level = say(lang, f"trust_{trust.level}")
    line = say(lang, "data_line", files=trust.files, rows=f"{trust.rows:,}", refused=f"{trust.refused:,}", level=level)
    yield from (Line(text) for text in fold(labelled(lang, name or say(lang, "data"), line), width, "  ", ""))
    if trust.level == "good":
        return
    for reason in trust.reasons[:shown]:
        yield from (Line(part, _STYLES[reason.level]) for part in fold(sentence(reason, lang), width, "    ", "  ! "))
    more = len(trust.reasons) - shown
    if more > 0:
        yield from (Line(part, "dim") for part in fold(say(lang, "trust_more", count=more), width, "    "))


def unread(trust: Trust) -> tuple[str, ...]:
    """The files of which nothing, or only the beginning, could be read: what they hold, nothing in a report knows."""
    broken = (each for each in trust.reasons if each.kind == "unused" or (each.kind, each.reason) == _CUT_OFF)
    return tuple(dict.fromkeys(name for each in broken for name in each.files))


def caveat(trust: Trust, lang: str, *, named: bool = True) -> str:
    """What must be said beside a conclusion: which files could not be read, else how little the data can be trusted.

    Args:
        trust: the shop's trust.
        lang: the language.
        named: with the name of the first file; it stays inside where a message leaves the house.

    Returns:
        A sentence without its stop; nothing where the trust is good.
    """
    files = unread(trust)
    if files:
        count = say(lang, "unread_files", count=len(files))
        return say(lang, "unread", where=_where(files, lang) if named else count)
    return "" if trust.level == "good" else say(lang, "trust_only", level=say(lang, f"trust_{trust.level}"))


def silenced(shops: Iterable[ShopReport | ShopDue], lang: str) -> Iterator[str]:
    """A line for each shop with files that could not be read: what is said where nothing else is."""
    for shop in shops:
        if unread(shop.trust):
            yield terminal(labelled(lang, f"{shop.platform}/{shop.shop}", caveat(shop.trust, lang)))


def _where(files: tuple[str, ...], lang: str) -> str:
    return say(lang, "and_more", file=files[0], count=len(files) - 1) if len(files) > 1 else files[0]


def sentence(reason: TrustReason, lang: str) -> str:
    """Where something is wrong, how much of it there is, what it is and what to do."""
    return labelled(lang, _where(reason.files, lang), _what(reason, lang))


def _what(reason: TrustReason, lang: str) -> str:
    count = f"{reason.count:,}"
    if reason.kind == "rows":
        why = say_reason(reason.reason, lang, header=reason.header)
        return say(lang, "rows_lost", count=count, rows=f"{reason.of_files or reason.rows:,}", reason=why)
    if reason.kind == "cells":
        column = say(lang, "headed", column=reason.reason, header=reason.header) if reason.header else reason.reason
        return say(lang, "cells_lost", count=count, rows=f"{reason.of_files or reason.rows:,}", column=column)
    if reason.kind == "unused":
        return format(reason.message, lang) if reason.message else say(lang, "unused")
    return say(lang, f"note_{reason.reason}", count=count)
