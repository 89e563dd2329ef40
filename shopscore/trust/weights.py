"""A reason of the reading's account → how much it weighs: the one place that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.model import Level

Effect = Literal["nothing", "lost", "doubtful", "hint", "days", "fair", "low"]
"""What a reason does to its table:

- ``nothing``: what it counts was never data.
- ``lost``: the rows it counts are missing.
- ``doubtful``: the rows it counts are used and may be wrong.
- ``hint``: worth a word, and no row is the worse for it.
- ``days``: days are missing. The trust is fair, but a verdict does not follow it: those days do not count as covered.
- ``fair``, ``low``: nobody knows how many rows it touches, and the table is not trusted more than this.
"""

REFUSALS: Mapping[str, Effect] = {"header_row": "nothing", "description_row": "nothing", "total_row": "nothing"}
"""Rows refused for anything else are lost."""

NOTES: Mapping[str, Effect] = {
    "future_times": "doubtful",
    "lost_before": "lost",
    # Their rows are refused and their cells blank, and weigh as such.
    "mixed_encoding": "hint",
    "swapped_dates": "hint",
    "date_order": "hint",
    "excel_rounded_ids": "hint",
    "wrong_kind": "hint",
    "truncated": "low",
    "gap": "days",
    "control_total": "fair",
    "open_in_excel": "hint",
    "no_zone": "hint",
    "stated_other": "fair",
    "folder_other": "hint",
    "whose_numbers": "hint",
    "unread_sheet": "hint",
    "error_cell": "doubtful",
    "formula_cell": "doubtful",
}
"""A note that is not listed leaves a fair trust: what nobody has weighed is not taken lightly."""

EXPORT_ENDINGS = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".html", ".htm",
                  ".parquet", ".json", ".jsonl", ".zip", ".rar", ".7z", ".gz")  # fmt: skip
"""Names under which people keep exports: a picture that could not be used has cost nobody a row."""

LEVELS: tuple[Level, ...] = ("good", "fair", "low")
GOOD_TO = 1000
"""Up to one row in a thousand is less than the digits tell in which platforms publish and show rates."""
FAIR_TO = 20
"""Beyond one row in twenty more is missing than lies between two rungs of a platform's scale."""


def of_refusal(reason: str) -> Effect:
    """What rows refused for a reason do."""
    return REFUSALS.get(reason, "lost")


def of_note(reason: str) -> Effect:
    """What a note on a whole file does."""
    return NOTES.get(reason, "fair")


def ceiling(effect: Effect) -> Level:
    """The most trust an effect leaves that has no count; one with a count leaves what the count leaves."""
    return effect if effect in ("fair", "low") else "good"


def shown(effect: Effect) -> Level:
    """The most trust it leaves in the eyes of a reader."""
    return "fair" if effect == "days" else ceiling(effect)


def level_of(lost: int, rows: int) -> Level:
    """The trust in a table that lost so many of its rows."""
    if lost * GOOD_TO <= rows:
        return "good"
    return "fair" if lost * FAIR_TO <= rows else "low"


def worst(*levels: Level) -> Level:
    """The lowest of some levels; good where there are none."""
    return max(levels, key=LEVELS.index, default="good")
