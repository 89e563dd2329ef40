"""Simulated shops short of an agent, much, little or not at all → which condition of advice about shifts is right.

The shops are those of `evidence.agents`, and others whose shortage is small or stands among misses at all hours.
Advice is useful where one more agent in the hours named really removes a part of all misses worth a shift.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.agents import EVENING, FLAT, SHORT, WEEKEND, Shop, month, said, truth
from evidence.tables import Table
from shopscore.model.staffing import DutyHours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MONTHS = 3
WEAK = (
    Shop("every evening, hardly", (EVENING,), crowd=2.0),
    Shop("Friday to Sunday evening, hardly", (WEEKEND,), crowd=2.4),
    Shop("one evening hour", (DutyHours(1, 7, 20, 1),), crowd=2.6),
    Shop("Monday morning", (DutyHours(1, 1, 10, 2),), crowd=3.4),
    Shop("every evening, among much overlooked at all hours", (EVENING,), crowd=2.6, overlooked=0.08),
    Shop("every evening, among much left unanswered", (EVENING,), crowd=2.6, ignored=0.10),
    Shop("weekend evenings, among much overlooked", (WEEKEND,), crowd=3.0, overlooked=0.06),
)
RULES: dict[str, Callable[[float, float], bool]] = {
    "`staffing_removed > 0.2`": lambda _, removed: removed > 0.2,
    "`staffing_share > 0.3 AND staffing_removed > 0.1`": lambda share, removed: share > 0.3 and removed > 0.1,
    "`staffing_removed > 0.1`": lambda _, removed: removed > 0.1,
    "any hours named": lambda *_: True,
}
WORTH = (0.1, 0.15, 0.2)
"""Parts of all misses from which a shift is worth it."""


@dataclass(frozen=True)
class Month:
    """One shop's month: what is said of the hours named first (none: nothing), and what is true of them."""

    share: float | None
    removed: float | None
    true: float


def months(seeds: int) -> list[Month]:
    found = []
    for shop in (*SHORT, *WEAK, *FLAT):
        for seed in range(seeds):
            windows = said(month(shop, seed)).windows
            hours = windows[0].shift if windows else shop.short[0] if shop.short else None
            # What is not named is missed where one more agent in the hours planted would have been worth it.
            true = truth(replace(shop, more=(hours,), promotion=-1), MONTHS) if hours else 0.0
            share, removed = (windows[0].share, windows[0].removed) if windows else (None, None)
            found.append(Month(share, removed, true))
    return found


def tables(seeds: int) -> Iterator[Table]:
    """For the page: few shops, since the truth of each takes months of thousands of questions."""
    known = months(max(seeds * 3 // 1000, 1))
    rows = []
    for name, rule in RULES.items():
        given = [each.removed is not None and rule(each.share, each.removed) for each in known]
        cells = [f"{sum(given)} of {len(known)}"]
        for worth in WORTH:
            useful = [each.true >= worth for each in known]
            hit = sum(one and two for one, two in zip(given, useful, strict=True))
            cells += [f"{hit / sum(useful):.0%}", str(sum(given) - hit)]
        rows.append((name, *cells))
    heads = (f"{what} {worth:.0%}" for worth in WORTH for what in ("of those that remove", "useless below"))
    yield Table("shift_advice", ("advice is given if", "given", *heads), tuple(rows))
