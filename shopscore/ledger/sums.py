"""From a metric's integers to `shopscore.model.Sums`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from shopscore.ledger.parts import FIELDS
from shopscore.model import Sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopscore.ledger.parts import LedgerSide, Slot

Amounts = list[tuple["Slot", int]]
"""What the slots of one metric hold over some days (of one segment); amounts of one slot add up."""

NUMERATOR = "n"
SETTLED = ("hit", "miss", "counted")
_NOTHING = Sums()
"""Most days of most metrics: no row."""


def sums_of(
    sides: Sequence[LedgerSide],
    amounts: Amounts,
    undated: int = 0,
    values: Sequence[tuple[int, int]] = (),
) -> Sums:
    """One metric's sums.

    A ratio of two facts has its denominator side in ``rows`` and ``w``, its numerator side in ``hits``, ``wh``, ``w2``,
    ``x``, ``x2`` and ``wx``; the denominator's ``of``, in hundredths, stands in for its weights. ``pending``,
    ``unknown``, ``undated`` and ``excluded`` are those of both sides; an excluded row of the numerator side counts as
    one that would have hit.
    """
    if not amounts and not undated and not values:
        return _NOTHING
    if len(sides) == 1:
        return _side(sides[0], amounts, undated, values)
    by_side: dict[str, Amounts] = {side.side: [] for side in sides}
    for slot, amount in amounts:
        by_side[slot.side].append((slot, amount))
    return _ratio_of(sides, [_side(side, by_side[side.side]) for side in sides], undated, values)


def _side(side: LedgerSide, amounts: Amounts, undated: int = 0, values: Sequence[tuple[int, int]] = ()) -> Sums:
    settled, hits, left = dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0), {"pending": 0, "unknown": 0}
    excluded: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for slot, amount in amounts:
        fate, field = slot.fate, slot.field
        if fate in SETTLED:
            settled[field] += amount
            if fate == "hit":
                hits[field] += amount
        elif fate in left:
            left[fate] += amount
        else:
            counts = excluded[fate.removeprefix("excluded.")]
            counts[2 if field == "x" else 0] += amount
            counts[1] += amount if field == "rows" and (slot.hit or side.side == NUMERATOR) else 0
    rows, x = settled["rows"], settled["x"]
    weights = (settled["w"], settled["w2"], hits["w"], settled["wx"])
    w, w2, wh, wx = weights if side.weighted else (100 * rows, 10_000 * rows, 100 * hits["rows"], 100 * x)
    named = {name: (counts[0], counts[1], counts[2]) for name, counts in sorted(excluded.items()) if counts[0]}
    return Sums(
        rows, hits["rows"], left["pending"], left["unknown"], undated, w, w2, wh, x, settled["x2"], wx, named,
        tuple(values),
    )  # fmt: skip


def _ratio_of(
    sides: Sequence[LedgerSide], parts: Sequence[Sums], undated: int, values: Sequence[tuple[int, int]]
) -> Sums:
    (d_side, d), (_, n) = sorted(zip(sides, parts, strict=True), key=lambda pair: pair[0].side)
    excluded = dict(d.excluded)
    for name, counts in n.excluded.items():
        rows, hits, x = excluded.get(name, (0, 0, 0))
        excluded[name] = (rows + counts[0], hits + counts[1], x + counts[2])
    return Sums(
        d.rows, n.rows, d.pending + n.pending, d.unknown + n.unknown, undated, d.x if d_side.summed else d.w, n.w2, n.w,
        n.x, n.x2, n.wx, dict(sorted(excluded.items())), tuple(values),
    )  # fmt: skip
