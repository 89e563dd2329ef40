"""Judged metrics → what each was in the window before on like days, and whether it is worse now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore import window
from shopscore.covered import usable_days
from shopscore.diagnosis.like import LEAST_PART, like, two
from shopscore.ledger import cells
from shopscore.measure import own_best
from shopscore.ruleset.special_days import special_days

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from shopscore.judge import Counted
    from shopscore.ledger.parts import Ledger
    from shopscore.model import MetricResult, SpecialDay
    from shopscore.prepare import Shop


def before_columns(
    shop: Shop, ledger: Ledger, found: Counted, results: Sequence[MetricResult]
) -> dict[str, dict[str, object]]:
    """``previous_value`` and ``worse`` of each measured metric, by full id; blank where no like days are.

    What counts a buyer once a window does not add up over days: it is compared where neither window has a day that the
    other has not, and else not at all.
    """
    return _columns(shop, ledger, found, results, special_days(shop.loaded.pack.platform, shop.file))


def kept_apart_by(
    shop: Shop, ledger: Ledger, found: Counted, results: Sequence[MetricResult]
) -> dict[str, tuple[SpecialDay, ...]]:
    """The special days but for which it would be known whether a metric is worse now; others are not there."""
    special = special_days(shop.loaded.pack.platform, shop.file)
    by_id = {each.id: each for each in shop.definitions}
    blank = {name for name, row in _columns(shop, ledger, found, results, special).items() if row["worse"] is None}
    plain = _columns(shop, ledger, found, [each for each in results if each.id in blank], {})
    told = {}
    for name in (name for name, row in plain.items() if row["worse"] is not None):
        spans = found.windows[name], window.previous(by_id[name].window, shop.day)
        inside = {each.id: each for day, each in special.items() if any(first <= day <= last for first, last in spans)}
        told[name] = tuple(inside[each] for each in sorted(inside))
    return told


def _columns(
    shop: Shop,
    ledger: Ledger,
    found: Counted,
    results: Sequence[MetricResult],
    special: Mapping[dt.date, SpecialDay],
) -> dict[str, dict[str, object]]:
    by_id = {each.id: each for each in shop.definitions}
    windows = {
        each.id: window.previous(by_id[each.id].window, shop.day)
        for each in results
        if each.id in found.days and each.measurement.status == "measured"
    }
    days, totals = cells.by_day_sums(ledger, windows), cells.totals(ledger, windows)
    told: dict[str, dict[str, object]] = {}
    for result in results:
        name = result.id
        if name not in days:
            continue
        definition = by_id[name]
        covered = usable_days(shop, definition, *windows[name])
        if definition.days_add_up:
            before = [each for each in days[name] if each[0] in covered]
            enough = len(before) >= LEAST_PART * len(days[name])
            alike = like(definition, before, found.days[name], special) if enough else None
        elif len(covered) < len(days[name]) or any(day in special for day, _ in (*days[name], *found.days[name])):
            alike = None
        else:
            known, now = own_best(definition, [totals[name]]), result.measurement
            alike = two((known.value, known.interval), (now.value, now.interval)) if known else None
        told[name] = {
            "previous_value": alike.before if alike else None,
            "worse": alike.worse(result.better) if alike else None,
        }
    return told
