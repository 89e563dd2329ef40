"""The after-sale machine's hops as a report shows them: where cases spend their time and who holds the clock."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from shopscore.model import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Hop = tuple[str, str, "str | None", int]
"""from_state, to_state, holder, seconds: one case's step."""


def stages(hops: Iterable[Hop]) -> tuple[Stage, ...]:
    """Hops of single cases, folded by step; the step that takes most time first.

    Median and 90th percentile are nearest ranks: durations some case really had.
    """
    spent: defaultdict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for from_state, to_state, holder, seconds in hops:
        spent[from_state, to_state, holder].append(seconds)
    return ordered(
        Stage(*step, len(times), sum(times), _rank(sorted(times), 0.5), _rank(sorted(times), 0.9))
        for step, times in spent.items()
    )


def ordered(found: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages by total time, longest first; equal ones by name, so that their order never depends on the input's."""
    return tuple(sorted(found, key=lambda each: (-each.seconds, each.from_state, each.to_state, each.holder or "")))


def _rank(times: Sequence[int], q: float) -> int:
    # 0.9 * 10 is a hair above 9 in binary; the rank is 9.
    return times[max(math.ceil(q * len(times) - 1e-9), 1) - 1]


def held_by(found: Iterable[Stage]) -> tuple[tuple[str, float], ...]:
    """Each holder's share of all the time, largest first; steps nobody holds are left out of the whole."""
    seconds: defaultdict[str, int] = defaultdict(int)
    for each in found:
        if each.holder is not None:
            seconds[each.holder] += each.seconds
    total = sum(seconds.values())
    shares = ((holder, spent / total) for holder, spent in seconds.items() if total)
    return tuple(sorted(shares, key=lambda share: (-share[1], share[0])))
