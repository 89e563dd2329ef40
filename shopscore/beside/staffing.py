"""A shop's reply metrics → the hours in which replies are missed, and what one more agent there would change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopscore.diagnosis.staffing import staffing
from shopscore.ledger import reply_grid
from shopscore.ruleset.reply_limit import reply_limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.judge import Counted
    from shopscore.model import DutyHours, Staffing
    from shopscore.prepare import Shop


def staffed(shop: Shop, found: Counted) -> Iterator[Staffing]:
    """Every reply metric with a limit below an hour, by hour of the week."""
    for definition in shop.definitions:
        limit = reply_limit(definition)
        if limit is None or definition.id not in found.windows or definition.metric.bound_of is not None:
            continue
        replies = reply_grid.replies(shop.facts, definition, limit, found.windows[definition.id])
        if replies is not None:
            hours = reply_grid.hours(replies)
            yield staffing(definition.id, hours, partial(reply_grid.asked, replies), limit.seconds)


def columns(hours: Sequence[Staffing]) -> Mapping[str, Mapping[str, object]]:
    """What advice may ask of them, by metric."""
    return {each.metric: _columns(each) for each in hours}


def _columns(each: Staffing) -> dict[str, object]:
    flat = None if each.reason_not in ("few_days", "few_misses") else each.reason_not == "flat"
    if not each.windows:
        return {"is_flat_over_hours": flat}
    worst = each.windows[0]
    return {
        "is_flat_over_hours": flat,
        "staffing_window": written(worst.shift),
        "staffing_share": worst.share,
        "staffing_removed": worst.removed,
    }


def written(shift: DutyHours) -> str:
    """A shift in any language: ``5-7 20:00-22:00``."""
    days = [str(day) for day in dict.fromkeys((shift.first_day, shift.last_day))]
    return f"{'-'.join(days)} {shift.first_hour:02d}:00-{shift.ends:02d}:00"
