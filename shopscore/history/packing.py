"""A metric's segments ↔ the few bytes a history keeps of them."""

from __future__ import annotations

import json
import zlib

from shopscore.model import Cells, SegmentCount


def pack(cells: Cells) -> bytes:
    """The segments, compressed."""
    plain = [cells.phi, [[name, [_plain(each) for each in counts]] for name, counts in cells.dimensions]]
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def _plain(each: SegmentCount) -> list[str | float]:
    """One segment in as few figures as it takes: rows that are the denominator are not said again."""
    counts = [each.above, each.below]
    if each.spread is not None:
        return [each.segment, *counts, each.rows, each.spread]
    return [each.segment, *counts] if each.rows == each.below else [each.segment, *counts, each.rows]


def unpack(data: bytes) -> Cells:
    """The segments that were packed."""
    phi, dimensions = json.loads(zlib.decompress(data))
    return Cells(phi, tuple((name, tuple(_count(*each) for each in counts)) for name, counts in dimensions))


def _count(
    segment: str, above: float, below: float, rows: float | None = None, spread: float | None = None
) -> SegmentCount:
    return SegmentCount(segment, above, below, below if rows is None else rows, spread)
