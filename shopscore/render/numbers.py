"""Numbers as people read them; rounding happens here and nowhere else."""

from __future__ import annotations

import math

from shopscore.render.words import say

_IN_FRONT = {"CNY": "yuan_sign"}
"""Currencies written in front by their sign; the others are written behind by their letters."""


def value(number: float | None, unit: str, lang: str, currency: str | None = None) -> str:
    """A metric's value with its unit: ``78.4%``, ``5.3 h``, ``1.8 d``, ``42 s``, ``4.82``, ``¥1,234.50``."""
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
    text = _significant(number)
    return f"{text} {say(lang, f'{unit}_unit')}" if unit in ("days", "hours", "seconds") else text


def money(number: float, currency: str | None, lang: str) -> str:
    """An amount to the cent: ``¥1,234.50``, ``-¥3.00``, ``1,234.50 USD``."""
    if currency in _IN_FRONT:
        return f"{'-' if number < 0 else ''}{say(lang, _IN_FRONT[currency])}{abs(number):,.2f}"
    return f"{number:,.2f}" + (f" {currency}" if currency else "")


def percent(share: float) -> str:
    """A share as percent, with as many decimals as tell 99.97 from 100 and 0.04 from 0."""
    number = 100 * share
    if number in (0, 100):
        return f"{number:.0f}%"
    distance = min(abs(number), abs(100 - number)) or 1
    decimals = _decimals(distance)
    text = f"{number:.{decimals}f}"
    return f"{text.rstrip('0').rstrip('.') if decimals > 1 else text}%"


def span(interval: tuple[float, float] | None, unit: str) -> str:
    """An interval without repeating the unit: ``76.9..79.8``."""
    if interval is None:
        return "-"
    if unit == "times":
        return "..".join(f"{end:,.2f}" for end in interval)
    if unit != "rate":
        return "..".join(_significant(end) for end in interval)
    low, high = (100 * end for end in interval)
    decimals = _decimals(min(high, 100 - low))
    return f"{low:.{decimals}f}..{high:.{decimals}f}"


def change(by: float, unit: str, lang: str, currency: str | None = None) -> str:
    """The size of a change; of rates in percentage points: ``3.1 points``, ``0.4 h``."""
    return (
        say(lang, "points_of_percent", number=f"{100 * by:.2g}") if unit == "rate" else value(by, unit, lang, currency)
    )


def daily(number: float) -> str:
    """A mean count a day: ``0.83``, ``12.5``."""
    return _significant(number)


def difference(interval: tuple[float, float], unit: str) -> str:
    """Where a difference lies, with its signs; of rates in percentage points: ``-3.1..+1.2``, ``+0.0..+26.4``."""
    low, high = (100 * end if unit == "rate" else end for end in interval)
    decimals = _decimals(high - low) if high - low < 100 else 0  # noqa: PLR2004 (three figures are enough)
    return f"{low:+,.{decimals}f}..{high:+,.{decimals}f}"


def _decimals(distance: float) -> int:
    """Decimals that keep two figures of a distance from 0 or 100 percent, at least one and at most four."""
    return min(4, max(1, 1 - math.floor(math.log10(distance)))) if distance > 0 else 1


def count(number: float) -> str:
    """A count, with two decimals only where weights make it broken."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"


def limit(number: float | None, unit: str, better: str, lang: str, currency: str | None = None) -> str:
    """A target with its direction in plain ASCII, so that columns stay aligned in every terminal."""
    if number is None:
        return "-"
    return f"{'>=' if better == 'higher' else '<='} {value(number, unit, lang, currency)}"


def _significant(number: float) -> str:
    if abs(number) >= 100:  # noqa: PLR2004 (three figures are enough)
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 1 else f"{number:.2f}"


def chance(share: float | None) -> str:
    """A chance in whole percents; told from what came before, it is neither certain nor impossible."""
    return "-" if share is None else f"{min(max(round(100 * share), 1), 99)}%"
