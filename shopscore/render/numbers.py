"""Intervals, changes, limits and counts as people read them, and the values of `shopscore.digits`."""

from __future__ import annotations

from shopscore.digits import decimals, money, percent, significant, value
from shopscore.render.words import say

__all__ = ["chance", "change", "count", "daily", "difference", "limit", "money", "percent", "span", "value"]


def span(interval: tuple[float, float] | None, unit: str) -> str:
    """An interval without repeating the unit: ``76.9..79.8``; as exact as the value it belongs to."""
    if interval is None:
        return "-"
    if unit in ("stars", "times"):
        return "..".join(f"{end:,.2f}" for end in interval)
    if unit != "rate":
        return "..".join(significant(end) for end in interval)
    low, high = (100 * end for end in interval)
    shown = decimals(min(high, 100 - low))
    return f"{low:.{shown}f}..{high:.{shown}f}"


def change(by: float, unit: str, lang: str, currency: str | None = None) -> str:
    """The size of a change; of rates in percentage points: ``3.1 points``, ``0.4 h``."""
    return (
        say(lang, "points_of_percent", number=f"{100 * by:.2g}") if unit == "rate" else value(by, unit, lang, currency)
    )


def daily(number: float) -> str:
    """A mean count a day: ``0.83``, ``12.5``; none at all is ``0``."""
    return significant(number) if number else "0"


def difference(interval: tuple[float, float], unit: str) -> str:
    """Where a difference lies, with its signs; of rates in percentage points: ``-3.1..+1.2``, ``+0.0..+26.4``."""
    low, high = (100 * end if unit == "rate" else end for end in interval)
    shown = decimals(high - low) if high - low < 100 else 0  # noqa: PLR2004 (three figures are enough)
    return f"{low:+,.{shown}f}..{high:+,.{shown}f}"


def count(number: float) -> str:
    """A count, with two decimals only where weights make it broken."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"


def limit(number: float | None, unit: str, better: str, lang: str, currency: str | None = None) -> str:
    """A target with its direction in plain ASCII, so that columns stay aligned in every terminal."""
    if number is None:
        return "-"
    return f"{'>=' if better == 'higher' else '<='} {value(number, unit, lang, currency)}"


def chance(share: float | None) -> str:
    """A chance in whole percents; told from what came before, it is neither certain nor impossible."""
    return "-" if share is None else f"{min(max(round(100 * share), 1), 99)}%"
