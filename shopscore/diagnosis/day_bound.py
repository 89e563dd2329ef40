"""A segment's rows by day → how much of the dispersion between days is its own, none where each day has alike many.

What a bad day does to all orders it does to a segment and to the rest of that day alike, and falls out of their
difference. Only as far as a segment stands on some days more than on others do its rows go together with them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def day_bound(rows: Sequence[int], whole: Sequence[int]) -> float:
    """The part of φ - 1 by which days weaken the test of a segment, 0 to 1.

    Days whose level varies by τ² add ``τ²·Σ(nᵢ - s·Nᵢ)²`` to the variance of a segment's excess over its part s of all,
    ``p(1-p)·s(1-s)·N`` by chance. In both each row meets itself; what is left is what rows share with others of their
    day: ``A - 1`` with ``A = Σ(nᵢ - s·Nᵢ)²/(s(1-s)N)``, of ``ΣNᵢ²/N - 1`` for whole days.

    Args:
        rows: the segment's on each day.
        whole: all rows of the same days.
    """
    total, here = sum(whole), sum(rows)
    if not 0 < here < total:
        return 1.0
    part = here / total
    share = math.fsum((own - part * every) ** 2 for own, every in zip(rows, whole, strict=True)) / (here * (1 - part))
    alike = sum(every * every for every in whole) / total
    return min(max(share - 1, 0.0) / (alike - 1), 1.0) if alike > 1 else 1.0
