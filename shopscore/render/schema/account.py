"""What a file was taken for → its keys that stay."""

from __future__ import annotations

from shopscore.render.schema.shapes import COUNT, TEXT, Schema, keys, listed, maybe


def account() -> Schema:
    """A file read."""
    examples = listed(keys({"row": COUNT, "column": TEXT, "shape": TEXT}))
    return keys(
        {
            "file": TEXT,
            "sha256": TEXT,
            "format": maybe(TEXT),
            "encoding": maybe(TEXT),
            "rows_read": COUNT,
            "rows_accepted": COUNT,
            "rows_duplicate": COUNT,
            "rows_refused": COUNT,
            "refusals": listed(keys({"reason": TEXT, "count": COUNT, "examples": examples})),
            "cells_refused": listed(keys({"column": TEXT, "count": COUNT})),
        }
    )
