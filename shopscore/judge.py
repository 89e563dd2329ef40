"""Every metric of a shop over its window, held against its target."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from shopscore import doubt, score, shortfall, window
from shopscore.covered import counted_days, first_day, window_of
from shopscore.diagnosis.like import own_target, usual_days
from shopscore.doubt.uncovered import uncovered
from shopscore.ledger import cells, stakes
from shopscore.ledger.plan import eclipsed
from shopscore.measure import NO_SUMS, measure
from shopscore.measure.sentences import no_times
from shopscore.model import Doubt, MetricResult, SwitchInUse, Words
from shopscore.ruleset.needs import needs
from shopscore.ruleset.special_days import special_days
from shopscore.shown import compared
from shopscore.steady import steady_days
from shopscore.worth.one_event import one_event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from shopscore.covered import Days
    from shopscore.doubt import Room
    from shopscore.ledger.parts import Ledger
    from shopscore.model import Measurement, Need, StakeResult, Sums, Verdict
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition
    from shopscore.trust import TableLoss

_ALL_DAYS = (dt.date.min, dt.date.max)


class Counted(Struct, frozen=True):
    """What the ledger says of every metric that counts rows, over its window."""

    windows: Mapping[str, Days]
    sums: Mapping[str, Sums]
    days: Mapping[str, tuple[tuple[dt.date, Sums], ...]]


def counted(shop: Shop, ledger: Ledger) -> Counted:
    """The window's sums of every metric, whole and day by day."""
    known = [each for each in shop.definitions if each.id in ledger.sides]
    days = cells.by_day_sums(ledger, {each.id: window.bounds(each.window, shop.day) for each in known})
    windows = {each.id: counted_days(shop, each, days[each.id]) for each in known}
    inside = {
        name: tuple(each for each in days[name] if first <= each[0] <= last) for name, (first, last) in windows.items()
    }
    return Counted(windows, cells.totals(ledger, windows), inside)


def judge(shop: Shop, ledger: Ledger, found: Counted, lost: Mapping[str, TableLoss]) -> tuple[MetricResult, ...]:
    """Every metric of the pack over its window, held against its target; drivers come later.

    Args:
        shop: the shop.
        ledger: its counts.
        found: the counts of the windows.
        lost: what could not be read of its tables.
    """
    special = special_days(shop.loaded.pack.platform, shop.file)
    past = _past(shop, ledger, special)
    plain = [each for each in shop.definitions if each.metric.kind != "composite"]
    known = steady_days(shop, ledger, found.windows, special)
    measured = {each.id: _measure(shop, ledger, each, found, past[each.id], known.get(each.id, ())) for each in plain}
    measured |= {each.id: _like(each, measured[each.id], found, special) for each in plain if each.days_add_up}
    pack = shop.loaded.pack
    values = [(each.metric, measured[each.id].value) for each in plain]
    scores = score.known_scores(values, shop.file, pack.bands, score.item_names(pack))
    for each in shop.definitions:
        if each.metric.kind == "composite":
            measured[each.id] = measure(each, None, None, scores=scores)
    rooms = _rooms(shop, ledger, found, lost)
    return tuple(_result(shop, each, measured[each.id], rooms.get(each.id)) for each in shop.definitions)


def _rooms(shop: Shop, ledger: Ledger, found: Counted, lost: Mapping[str, TableLoss]) -> dict[str, Room]:
    """The metrics whose value what was lost leaves room, and how much."""
    if not any(each.level != "good" or each.lost or each.doubtful or each.cells for each in lost.values()):
        return {}
    whole = cells.totals(ledger, dict.fromkeys(found.windows, _ALL_DAYS))
    rooms = {
        each.id: doubt.room(each, found.sums.get(each.id, NO_SUMS), whole.get(each.id, NO_SUMS), lost)
        for each in shop.definitions
        if each.id in found.windows
    }
    return {name: room for name, room in rooms.items() if room is not None}


def _past(shop: Shop, ledger: Ledger, special: Collection[dt.date]) -> dict[str, list[Sums]]:
    """Each metric's sums over earlier comparable windows that the data covers whole, newest first.

    Of windows that hold special days only the usual ones count, where days add up: what a promotion did is no rule.
    """
    found: dict[str, list[Sums]] = defaultdict(list)
    by_id = {each.id: each for each in shop.definitions}
    before = {
        each.id: list(window.earlier(each.window, shop.day, first))
        for each in shop.definitions
        if each.id in ledger.sides and (first := first_day(shop, each, seen=True)) is not None
    }
    for back in range(max(map(len, before.values()), default=0)):
        at = {name: windows[back] for name, windows in before.items() if back < len(windows)}
        unusual = {days for days in set(at.values()) if any(days[0] <= day <= days[1] for day in special)}
        mixed = {name: days for name, days in at.items() if days in unusual and by_id[name].days_add_up}
        totals, by_day = cells.totals(ledger, at), cells.by_day_sums(ledger, mixed)
        for name, sums in totals.items():
            found[name].append(usual_days(by_id[name], by_day[name], special) if name in by_day else sums)
    return found


def _like(definition: Definition, found: Measurement, counts: Counted, special: Collection[dt.date]) -> Measurement:
    """A measurement whose own best is a target for a window that holds the special days this one does."""
    days = counts.days.get(definition.id, ())
    best = own_target(definition, found.own_best, days, special)
    low, high = (own_target(definition, end, days, special) for end in found.own_range or (None, None))
    return replace(found, own_best=best, own_range=None if low is None or high is None else (low, high))


def _measure(  # noqa: PLR0913, PLR0917 - one metric, and all that is known of its days
    shop: Shop,
    ledger: Ledger,
    definition: Definition,
    counts: Counted,
    past: Sequence[Sums],
    known: Sequence[Sums],
) -> Measurement:
    span = window_of(shop, definition) if definition.in_force and definition.metric.kind != "none" else None
    sums, days = counts.sums.get(definition.id), counts.days.get(definition.id, ())
    lacking = () if sums else _lacking(shop, definition)
    found = measure(definition, sums, span, days, known=known, earlier=past, needs=lacking)
    if found.status == "no_table" and (files := _timeless(shop, definition)):
        return replace(found, message=no_times(files))
    if definition.id in ledger.errors:
        text = ledger.errors[definition.id]
        return replace(found, status="error", message=Words(text, text))
    if shop.rewound and definition.frozen and found.status in ("measured", "too_few", "too_unknown"):
        return replace(
            found,
            status="not_covered",
            value=None,
            interval=None,
            message=Words(
                "needs a status of that day, and the files only hold today's",
                "需要当天的状态，而文件里只有最新状态",
            ),
        )
    return found


def _timeless(shop: Shop, definition: Definition) -> tuple[str, ...]:
    """The files that hold what a metric lacks, without a time."""
    tables = dict.fromkeys(need.table for need in _lacking(shop, definition))
    return tuple(file for table in tables for file in shop.tables.timeless.get(table, ()))


def _lacking(shop: Shop, definition: Definition) -> tuple[Need, ...]:
    """What a metric needs and the files did not give."""
    given = shop.tables.present
    return tuple(
        need
        for need in _needs(shop, definition)
        if any(f"{need.table}.{column}" not in given for column in need.columns)
    )


def _needs(shop: Shop, definition: Definition) -> tuple[Need, ...]:
    if not definition.in_force or definition.metric.kind in ("none", "composite"):
        return ()
    return needs(definition, shop.rules, shop.tables.present)


# ── judging ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _result(shop: Shop, definition: Definition, found: Measurement, room: Room | None) -> MetricResult:
    metric, bands = definition.metric, shop.loaded.pack.bands
    # What is only displayed has no standard of its own to fall behind.
    own = None if metric.purpose == "display" else found.own_best
    goal = score.target(metric, found.value, own, shop.file, found.own_range)
    judged = metric.definition not in ("assumed", "not_found") and metric.bound_of is None
    gain = score.points(metric, found.value, goal, shop.file, bands)
    rest = uncovered(definition, found)
    asked = partial(score.verdict, found, goal, metric.better, judged=judged, rest=rest)
    chance = shortfall.by_chance(definition, found, goal)
    judgement, alone = asked(room=room, chance=chance), asked(chance=chance)
    return MetricResult(
        id=definition.id,
        title=metric.title.words,
        why=metric.why.words,
        dimension=metric.dimension,
        definition=metric.definition,
        purpose=metric.purpose,
        kind=metric.kind,
        unit=metric.unit,
        currency=metric.currency,
        better=metric.better,
        measurement=found,
        target=goal,
        verdict=judgement,
        shortfall=shortfall.shortfall(definition, found, goal, gain) if judged else None,
        reversibility=metric.reversibility,
        score=score.item_score(metric, found.value, shop.file, bands),
        bound_of=f"{shop.loaded.pack.platform}.{metric.bound_of}" if metric.bound_of else None,
        bound=metric.bound,
        needs=_lacking(shop, definition) if found.status == "no_table" else (),
        consequences=tuple(each.text.words for each in metric.consequences),
        source=tuple(metric.source),
        switches=tuple(definition.switches),
        suppressed=_suppressed(shop, definition),
        doubt=_doubt(alone, judgement, room),
        displayed=compared(shop.shown.figures.get(metric.id), found.value, metric.unit, room),
        chosen=tuple(each for each in readings(definition) if not each.is_default),
        stake=_stake(shop, definition, found),
        one_event=one_event(definition, found, goal, alone),
        by_chance=chance if asked() != alone else None,
    )


def readings(definition: Definition) -> Iterator[SwitchInUse]:
    """The reading in use of every switch a metric has."""
    for name, option in definition.switches:
        switch = definition.metric.switches[name]
        title, reading = switch.title.words, switch.options[option].title.words
        yield SwitchInUse(name, option, title, reading, is_default=option == switch.default)


def _stake(shop: Shop, definition: Definition, found: Measurement) -> StakeResult | None:
    counted = definition.metric.stake is not None and found.rows is not None
    days = window.bounds(definition.window, shop.day)
    if not counted or eclipsed(shop.facts, definition, shop.definitions):
        return None
    return stakes.staked(shop.facts, definition, days, shop.clocks)


def _doubt(alone: Verdict, judgement: Verdict, room: Room | None) -> Doubt | None:
    """Why a verdict is not what it would have been, had everything been read; None where it is."""
    if room is None or judgement == alone:
        return None
    return Doubt(alone, room.lost, room.tables, room.certain, room.level)


def _suppressed(shop: Shop, definition: Definition) -> str | None:
    for each in shop.file.suppressions:
        if each.metric in (definition.id, definition.metric.id) and each.expires >= shop.day:
            return f"{each.reason} ({each.owner}, {each.expires})"
    return None
