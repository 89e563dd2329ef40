"""How far a shop's reading can be trusted: one line, and the reasons that weigh most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.render.layout import Line, fold
from shopscore.render.words import labelled, say, say_reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopscore.model import Trust, TrustReason

_SHOWN_REASONS = 3
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


def sentence(reason: TrustReason, lang: str) -> str:
    """Where something is wrong, how much of it there is, what it is and what to do."""
    first, more = reason.files[0], len(reason.files) - 1
    where = say(lang, "and_more", file=first, count=more) if more else first
    return labelled(lang, where, _what(reason, lang))


def _what(reason: TrustReason, lang: str) -> str:
    count = f"{reason.count:,}"
    if reason.kind == "rows":
        return say(lang, "rows_lost", count=count, rows=f"{reason.rows:,}", reason=say_reason(reason.reason, lang))
    if reason.kind == "cells":
        return say(lang, "cells_lost", count=count, rows=f"{reason.rows:,}", column=reason.reason)
    if reason.kind == "unused":
        return format(reason.message, lang) if reason.message else say(lang, "unused")
    return say(lang, f"note_{reason.reason}", count=count)
