"""The rules that no pack holds and every shop is judged by → one digest of what they say.

Each is digested by its meaning: a comment changes nothing. Words for headers serve drafts of mappings, platforms
without a pack serve the check of rules, limits of chat services serve messages; none of them decides a report, and none
is here. Packs and formats have digests of their own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from shopscore.ruleset import calendar, cells

if TYPE_CHECKING:
    from pathlib import Path

    from shopscore.ruleset.rules import Rules


def shared_digest(rules: Rules, folder: Path | None = None) -> str:
    """SHA-256 over the after-sale guide, the checks of the data, the word lists, the calendar and how cells are read.

    Args:
        rules: what was loaded.
        folder: where the calendar and the conventions of cells are; those that come with shopscore when not given.
    """
    said = [
        rules.machine.model_dump_json(),
        rules.integrity.model_dump_json(),
        *(f"{name} {listed.model_dump_json()}" for name, listed in sorted(rules.words.items())),
        calendar.calendar(None if folder is None else folder / calendar.FILE).model_dump_json(),
        cells.cells(None if folder is None else folder / cells.FILE).model_dump_json(),
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
