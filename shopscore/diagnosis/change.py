"""One metric in two windows → its difference, and whether chance may have made it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.diagnosis.effects import difference_interval, of_count
from shopscore.intervals.kinds import value_of
from shopscore.model import Movement

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from shopscore.intervals import Interval
    from shopscore.model import Sums
    from shopscore.ruleset.resolve import Definition


class Side(Struct, frozen=True):
    """A metric in one window: of this audit's ledger, or of one that was kept.

    Attributes:
        first, last: the window's days, both inside.
        sums: the window's sums.
        days: its days in order, for their scatter.
    """

    first: dt.date
    last: dt.date
    sums: Sums
    days: Sequence[Sums]


def change(definition: Definition, before: Side, now: Side) -> Movement | None:
    """How the value changed, and whether chance may have done it; None where a window has no value or too few rows."""
    if definition.metric.kind != "count" and min(before.sums.rows, now.sums.rows) < max(definition.minimum, 1):
        return None
    first, second = value_of(definition, before.sums, before.days), value_of(definition, now.sums, now.days)
    if first.value is None or second.value is None:
        return None
    ends = _between(definition, (first.value, first.interval, before.sums), (second.value, second.interval, now.sums))
    sure = ends is not None and not ends[0] <= 0 <= ends[1]
    return Movement((before.first, before.last), first.value, second.value, second.value - first.value, ends, sure)


def _between(
    definition: Definition, first: tuple[float, Interval | None, Sums], second: tuple[float, Interval | None, Sums]
) -> Interval | None:
    ends = [of_count(definition, each[2]) if definition.metric.kind == "count" else each[1] for each in (first, second)]
    if ends[0] is None or ends[1] is None or not all(map(math.isfinite, (*ends[0], *ends[1]))):
        return None
    return difference_interval(first[0], ends[0], second[0], ends[1])
