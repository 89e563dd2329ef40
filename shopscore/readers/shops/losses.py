"""What was lost of a table ⇄ the text that ``save`` keeps in its Parquet file, so that saving does not launder it.

A saved table has no refused rows of its own. What its sources lost comes back as notes on it: rows as the one note
``lost_before``, cells and notes as they were.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shopscore.model import CellRefusals, Refusal
from shopscore.schema import TABLES
from shopscore.trust.weights import NOTES, of_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shopscore.model import TrustReason

NOTE = "shopscore.lost"
"""Under which name the text stands in the file."""
LOST_BEFORE = "lost_before"
_LASTING = ("lost", "doubtful", "fair", "low")
"""The effects that stay with the rows; the others speak of a file as it lay there, or are found again in the rows."""
_MOST = 1 << 53


def written(reasons: Iterable[TrustReason], table: str) -> str | None:
    """What is wrong with a table, as text; None where nothing is."""
    found: dict[str, dict[str, int]] = {}
    for reason in reasons:
        if reason.table != table:
            continue
        if reason.kind == "cells":
            found.setdefault("cells", {})[reason.reason] = reason.count
        elif reason.kind == "rows" or of_note(reason.reason) in _LASTING:
            name = LOST_BEFORE if reason.kind == "rows" else reason.reason
            notes = found.setdefault("notes", {})
            notes[name] = notes.get(name, 0) + reason.count
    return json.dumps(found, sort_keys=True) if found else None


def given_back(text: str | None, table: str) -> tuple[tuple[Refusal, ...], tuple[CellRefusals, ...]]:
    """The notes and cells a saved table was kept with; what is no such text says nothing."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return (), ()
    columns = TABLES[table].by_name if table in TABLES else {}
    notes = tuple(Refusal(*each) for each in _counts(found, "notes", NOTES))
    cells = tuple(CellRefusals(*each) for each in _counts(found, "cells", columns))
    return notes, cells


def _counts(found: Any, key: str, known: Mapping[str, object]) -> Iterator[tuple[str, int]]:  # noqa: ANN401 (any JSON)
    counts = found.get(key) if isinstance(found, dict) else None
    for name, count in sorted(counts.items()) if isinstance(counts, dict) else ():
        if name in known and isinstance(count, int) and 0 < count < _MOST:
            yield name, count
