"""Numbers as people read them; rounding happens here and nowhere else."""

from __future__ import annotations

import math

from shopscore.render.words import say


def value(number: float | None, unit: str, lang: str) -> str:
    """A metric's value with its unit: ``78.4%``, ``5.3 h``, ``42 s``, ``4.82``."""
    if number is None:
        return "-"
    if unit == "rate":
        return percent(number)
    if unit == "count":
        return f"{number:,.0f}"
    if unit == "stars":
        return f"{number:.2f}"
    if unit in ("hours", "seconds"):
        return f"{_significant(number)} {say(lang, f'{unit}_unit')}"
    return _significant(number)


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
    if unit != "rate":
        return "..".join(_significant(end) for end in interval)
    low, high = (100 * end for end in interval)
    decimals = _decimals(min(high, 100 - low))
    return f"{low:.{decimals}f}..{high:.{decimals}f}"


def _decimals(distance: float) -> int:
    """Decimals that keep two figures of a distance from 0 or 100 percent, at least one and at most four."""
    return min(4, max(1, 1 - math.floor(math.log10(distance)))) if distance > 0 else 1


def count(number: float) -> str:
    """A count, with two decimals only where weights make it broken."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"


def limit(number: float | None, unit: str, better: str, lang: str) -> str:
    """A target with its direction in plain ASCII, so that columns stay aligned in every terminal."""
    if number is None:
        return "-"
    return f"{'>=' if better == 'higher' else '<='} {value(number, unit, lang)}"


def _significant(number: float) -> str:
    if abs(number) >= 100:  # noqa: PLR2004 (three figures are enough)
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 1 else f"{number:.2f}"
