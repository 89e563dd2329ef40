"""From sums to a value: what a metric says of its window, before anybody judges it."""

from __future__ import annotations

import math
from operator import itemgetter
from statistics import NormalDist
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore.intervals import LEVEL, Z, count_again
from shopscore.intervals.kinds import bare_value, divide, shaped, summed, value_of, weighted
from shopscore.intervals.scatter import scatter_of_events
from shopscore.measure.sentences import enter_scores, known_events, sentence
from shopscore.model import Day, Measurement, Sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from shopscore.intervals.kinds import Value
    from shopscore.model import Need, Status, Window
    from shopscore.ruleset.resolve import Definition

NO_SUMS = Sums()


def measure(  # noqa: PLR0913 - each is a fact of its own, all by name
    definition: Definition,
    sums: Sums | None,
    window: Window | None,
    days: Sequence[tuple[dt.date, Sums]] = (),
    *,
    known: Sequence[Sums] = (),
    earlier: Sequence[Sums] = (),
    scores: Mapping[str, float] | None = None,
    needs: Sequence[Need] = (),
) -> Measurement:
    """Measure one metric over its window.

    Args:
        definition: the definition in force.
        sums: the window's sums; None where the tables it needs are not there.
        window: the window and the days the data covers; None where there is none to speak of.
        days: the window's days with their sums, in order: the trend, and the scatter that widens the interval.
        known: the days that run at the window's level, those before it too (see `value_of`); none: the window's only.
        earlier: sums of earlier comparable windows, each fully covered; their best is the shop's own target.
        scores: item scores the dashboard shows, for composites.
        needs: what would have to be exported, for the message when nothing is there.

    Returns:
        The value in the metric's unit: rates 0 to 1, ``hours`` as Σ seconds / 3600 over rows, stars as Σ hundredths /
        100 over rows. ``value = numerator / denominator`` for a ratio; ``ratio_of`` may be damped or capped after
        that. With ``too_few`` and ``too_unknown`` a value is shown all the same, unless there is nothing to divide by.
    """
    if definition.metric.kind == "composite":
        return _composite(definition, scores or {}, window)
    status = _absent(definition, sums, window)
    if status is not None:
        return Measurement(status, window, message=sentence(status, definition, window=window, needs=needs))
    here = sums or NO_SUMS
    own = [day for _, day in days]
    found, best = value_of(definition, here, own, known), own_best(definition, earlier, own, known)
    status = _fitness(definition, here, found)
    return Measurement(
        status,
        window,
        value=found.value,
        interval=found.interval,
        numerator=found.numerator,
        denominator=found.denominator,
        rows=found.rows,
        pending=here.pending,
        unknown=here.unknown,
        undated=here.undated,
        excluded=tuple(sorted((name, rows) for name, (rows, _, _) in here.excluded.items())),
        before_exclusions=before_exclusions(definition, here),
        trend=tuple(_day(definition, day, each) for day, each in days),
        own_best=best.value if best else None,
        own_range=best.interval if best else None,
        message=sentence(status, definition, here, window),
    )


def _absent(definition: Definition, sums: Sums | None, window: Window | None) -> Status | None:
    if definition.metric.kind == "none":
        return "no_definition"
    if not definition.in_force:
        return "not_applicable"
    if sums is None:
        return "no_table"
    return "not_covered" if window is None or window.covered_days == 0 else None


def _fitness(definition: Definition, sums: Sums, found: Value) -> Status:
    if definition.metric.kind == "count":
        # Nothing counted is a good answer where the days are covered.
        return "too_unknown" if sums.unknown > sums.rows else "measured"
    if sums.unknown > known_events(definition, sums):
        return "too_unknown"
    return "too_few" if found.value is None or sums.rows < definition.minimum else "measured"


# ── composites ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _composite(definition: Definition, scores: Mapping[str, float], window: Window | None) -> Measurement:
    inputs = definition.metric.inputs
    known = [each for each in inputs if each.score in scores]
    weight = math.fsum(each.weight for each in known)
    if not definition.in_force:
        return Measurement("not_applicable", window, message=sentence("not_applicable", definition))
    if not weight or (definition.metric.missing == "null" and len(known) < len(inputs)):
        lacking = tuple(each.score for each in inputs if each.score not in scores)
        return Measurement("no_table", window, message=enter_scores(lacking))
    rows = (len(known), len(inputs))
    if definition.metric.adds_up:
        points = math.fsum(scores[each.score] for each in known)
        return Measurement("measured", window, points, None, points, None, rows)
    numerator = math.fsum(each.weight * scores[each.score] for each in known)
    return Measurement("measured", window, numerator / weight, None, numerator, weight, rows)


# ── beside the value ─────────────────────────────────────────────────────────────────────────────────────────────


def before_exclusions(definition: Definition, sums: Sums) -> tuple[float | None, float, float] | None:
    """The value as it would be had no row been excluded: (value, numerator, denominator).

    None without exclusions, for kinds other than the two ratios, and where rows carry weights, which excluded rows
    are not counted with.
    """
    kind = definition.metric.kind
    if kind not in ("ratio", "ratio_of") or not sums.excluded or _uneven(definition, sums):
        return None
    above = sum(hits for _, hits, _ in sums.excluded.values())
    # Of two facts, an excluded row stands on one side only: those above the line are the ones that would have hit.
    below = sum(rows for rows, _, _ in sums.excluded.values()) - (above if kind == "ratio_of" else 0)
    numerator, denominator = float(sums.hits + above), float(sums.rows + below)
    value = divide(numerator, denominator)
    return (value if value is None or kind == "ratio" else shaped(definition, value)), numerator, denominator


def _uneven(definition: Definition, sums: Sums) -> bool:
    top, bottom = ("n", "d") if definition.metric.kind == "ratio_of" else ("", "")
    if summed(definition, top) or summed(definition, bottom):
        return True
    return (weighted(definition, top) and sums.wh != 100 * sums.hits) or (
        weighted(definition, bottom) and sums.w != 100 * sums.rows
    )


def own_best(
    definition: Definition, earlier: Sequence[Sums], days: Sequence[Sums] = (), known: Sequence[Sums] = ()
) -> Value | None:
    """The best of earlier windows that could be scored, and where what it was by rights lies, 95 %.

    The best of several is the luckiest as well: its ends stand as far off as that of each of them must, so that all of
    them hold together (Šidák, J. Am. Stat. Assoc. 62, 1967, 626-633). Its days are taken to differ as those of today's
    window do.

    Args:
        definition: the metric.
        earlier: sums of the windows.
        days: of today's window, as in `value_of`.
        known: the days that run at its level, likewise.
    """
    enough = [(sums, bare_value(definition, sums)) for sums in earlier if sums.rows >= max(definition.minimum, 1)]
    found = [
        (each.value, sums)
        for sums, each in enough
        if each.value is not None and _fitness(definition, sums, each) == "measured"
    ]
    if not found:
        return None
    _, sums = (max if definition.metric.better == "higher" else min)(found, key=itemgetter(0))
    best = value_of(definition, sums, days, known)
    if definition.metric.kind == "count" and not summed(definition):
        # A count is what happened and has no interval; what another window like the best may hold by chance has one.
        best = replace(best, interval=count_again(best.numerator, scatter_of_events([float(day.rows) for day in days])))
    # A sum by a sum has no interval but its days', which are not these.
    if best.value is None or best.interval is None or not best.interval[0] <= best.value <= best.interval[1]:
        return replace(best, interval=None)
    wider = NormalDist().inv_cdf((1 - (1 - LEVEL) / 2) ** (1 / len(found))) / Z
    low, high = (best.value + wider * (end - best.value) for end in best.interval)
    return replace(best, interval=(low, high))


def _day(definition: Definition, day: dt.date, sums: Sums) -> Day:
    found = bare_value(definition, sums)
    return Day(day, found.numerator, 1.0 if found.denominator is None else found.denominator)
