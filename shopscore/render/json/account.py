"""The account of a file, as the contract's keys tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shopscore.model import CellRefusals, FileAccount, Refusal


def as_dict(account: FileAccount, lang: str) -> dict[str, Any]:
    """A file and what became of its rows."""
    return {
        "file": account.file,
        "sha256": account.sha256,
        "format": account.format,
        "table": account.table,
        "encoding": account.encoding,
        "platform": account.platform,
        "shop": account.shop,
        "rows_read": account.rows_read,
        "rows_accepted": account.rows_accepted,
        "rows_duplicate": account.rows_duplicate,
        "rows_refused": account.rows_refused,
        "refusals": [{"reason": each.reason, **_counted(each)} for each in account.refusals],
        "cells_refused": [{"column": each.column, **_counted(each)} for each in account.cells_refused],
        "notes": [{"reason": each.reason, **_counted(each)} for each in account.notes],
        "message": format(account.message, lang) if account.message else None,
    }


def _counted(refused: Refusal | CellRefusals) -> dict[str, Any]:
    return {
        "count": refused.count,
        "examples": [{"row": each.row, "column": each.column, "shape": each.shape} for each in refused.examples],
    }
