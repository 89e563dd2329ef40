"""A number and its unit → text, with as many digits as people read; every page and every sentence rounds here."""

from __future__ import annotations

import math

from shopscore.model.sentences import Words

_IN_FRONT = {"CNY": Words("¥", "￥")}
"""Currencies written in front by their sign; the others are written behind by their letters."""
_BEHIND = {"days": Words("d", "天"), "hours": Words("h", "小时"), "seconds": Words("s", "秒")}


def value(number: float | None, unit: str, lang: str, currency: str | None = None) -> str:
    """A metric's value with its unit: ``78.4%``, ``5.3 h``, ``1.8 d``, ``42 s``, ``4.82``, ``79``, ``¥1,234.50``."""
    if number is None:
        return "-"
    if unit == "money":
        return money(number, currency, lang)
    return percent(number) if unit == "rate" else _plain(number, unit, lang)


def _plain(number: float, unit: str, lang: str) -> str:
    if unit == "count":
        return f"{number:,.0f}"
    if unit in ("stars", "times"):
        return f"{number:,.2f}"
    text = significant(number)
    if unit == "points":
        return text.removesuffix(".0")
    return f"{text} {format(_BEHIND[unit], lang)}" if unit in _BEHIND else text


def money(number: float, currency: str | None, lang: str) -> str:
    """An amount to the cent: ``¥1,234.50``, ``-¥3.00``, ``1,234.50 USD``."""
    if currency in _IN_FRONT:
        return f"{'-' if number < 0 else ''}{format(_IN_FRONT[currency], lang)}{abs(number):,.2f}"
    return f"{number:,.2f}" + (f" {currency}" if currency else "")


def percent(share: float) -> str:
    """A share as percent, with as many decimals as tell 99.97 from 100 and 0.04 from 0."""
    number = 100 * share
    if number in (0, 100):
        return f"{number:.0f}%"
    distance = min(abs(number), abs(100 - number)) or 1
    shown = decimals(distance)
    text = f"{number:.{shown}f}"
    return f"{text.rstrip('0').rstrip('.') if shown > 1 else text}%"


def significant(number: float) -> str:
    """Three figures, of a number below one two decimals."""
    if abs(number) >= 100:  # noqa: PLR2004 (three figures are enough)
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 1 else f"{number:.2f}"


def decimals(distance: float) -> int:
    """Decimals that keep two figures of a distance from 0 or 100 percent, at least one and at most four."""
    return min(4, max(1, 1 - math.floor(math.log10(distance)))) if distance > 0 else 1
