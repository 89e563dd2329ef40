"""One shop: its facts in, everything an audit says of it out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from shopscore import advice, guide, score, standing
from shopscore.applied import short_id
from shopscore.at_stake import at_stake
from shopscore.beside import changes, control, displayed, integrity, measures, other_rules, segments, staffing
from shopscore.beside.before import before_columns
from shopscore.beside.followed import beside, followed
from shopscore.beside.jointly import jointly
from shopscore.beside.tallies import tallies
from shopscore.diagnosis.day_bound import day_bound
from shopscore.diagnosis.drivers import FEWEST_NAMED, drivers, likely
from shopscore.diagnosis.echoes import DAY, without_echoes
from shopscore.diagnosis.flow_columns import flow_columns
from shopscore.diagnosis.overlaps import apart
from shopscore.diagnosis.shrink import shrunk
from shopscore.flow import flow
from shopscore.intervals.dispersion import dispersion
from shopscore.judge import counted, judge
from shopscore.ledger import cells
from shopscore.ledger.clocks import watch
from shopscore.ledger.crossings import crossings
from shopscore.ledger.kernel import run
from shopscore.ledger.persons import of_few
from shopscore.model import SetAside, ShopReport, Words
from shopscore.outlook import outlook
from shopscore.ruleset.diagnosis_columns import diagnosis_columns
from shopscore.schema import TABLES
from shopscore.shown import score_names
from shopscore.tables import fitting_engine
from shopscore.trust import NOTHING_LOST
from shopscore.worth import order

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.diagnosis.drivers import Pick
    from shopscore.judge import Counted
    from shopscore.ledger.clocks import Watched
    from shopscore.ledger.parts import Ledger
    from shopscore.model import AdviceResult, Driver, MetricResult, Sums
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition
    from shopscore.trust import Losses


_SEVERAL = 2
_OF_ROWS = ("ratio", "mean")
_MOST_CAUSES = 12
"""Causes told apart: combinations of segments grow with them, and what comes later explains little."""


def assess(  # noqa: PLR0913 (what one shop is told of)
    shop: Shop,
    losses: Losses = NOTHING_LOST,
    other: Shop | None = None,
    *,
    live: bool = False,
    tallied: bool = False,
    split: bool = False,
) -> ShopReport:
    """Count, measure, judge, rank, diagnose, advise.

    Args:
        shop: the shop, its facts built.
        losses: what could not be read of its files.
        other: the same shop by the rules of another day, to be shown beside.
        live: look also at clocks that run out within minutes.
        tallied: count also what it may share with other shops.
        split: count also the segments by which a later audit can say what a change came from.
    """
    with fitting_engine(shop.tables):
        return _assessed(shop, losses, other, live=live, tallied=tallied, split=split)


def _assessed(  # noqa: PLR0913 (what one shop is told of)
    shop: Shop, losses: Losses, other: Shop | None, *, live: bool, tallied: bool, split: bool
) -> ShopReport:
    pack = shop.loaded.pack
    ledger = run(shop.facts, (*shop.definitions, *(each.whole for each in shop.suspects)))
    found = counted(shop, ledger)
    judged = judge(shop, ledger, found, losses.tables)
    short = [each.id for each in judged if order.ranked(each)]
    refunds = flow(shop)
    looked_at = [each for each in shop.clocks if (live or not each.live) and not (shop.rewound and each.frozen)]
    clocks = watch(shop.facts, looked_at, shop.definitions)
    results = tuple(_ahead(shop, found, _explained(shop, ledger, found, judged, short), clocks))
    results = tuple(displayed.explained(shop, ledger, results))
    results = tuple(changes.changed(shop, ledger, found, results))
    results = tuple(control.charted(shop, ledger, found, results))
    if other is not None:
        results = tuple(other_rules.under(shop, other, results, losses.tables))
    hours = tuple(staffing.staffed(shop, found))
    went, staffed = flow_columns(refunds.told), staffing.columns(hours)
    more = {each.id: {**went, **staffed.get(each.id, {})} for each in results}
    built = standing.structure(pack, shop.rules_day, shop.shown.scores)
    gates = standing.gates(pack, shop.rules_day, shop.shown.scores)
    fitting = matched(shop, ledger, found, results, more)
    missed = order.gates_of(gates, built, pack.platform)
    results = order.with_worth(results, pack, fitting, missed, shop.day)
    ranked = order.rank(results)
    results = tuple(segments.with_segments(shop, ledger, found, results)) if split else results
    applied = followed(shop, ledger)
    return ShopReport(
        platform=pack.platform,
        platform_title=pack.title.words,
        shop=shop.tables.shop,
        as_of=shop.as_of,
        timezone=shop.file.timezone or pack.timezone,
        seen_until=tuple(sorted(shop.tables.seen_until.items())),
        rows=tuple((name, shop.tables.tables[name].height) for name in TABLES if name in shop.tables.tables),
        score=(composite := score.score(pack, results, shop.file)),
        metrics=results,
        shortfalls=ranked,
        advice=beside(advice.ordered(fitting, ranked), applied),
        applied=applied,
        due=at_stake(shop, clocks, results),
        clocks_seen=min((each.until for each in clocks), default=None),
        stages=refunds.hops,
        refund_flow=refunds.told,
        guide=guide.steps(pack.bands, composite, results, shop.file.cutoffs),
        warnings=(*refunds.warnings, *_warnings(shop)),
        trust=losses.trust,
        set_aside=tuple(_set_aside(shop)),
        fail_on=None if shop.file.fail_on is None else tuple(shop.file.fail_on),
        structure=built,
        gates=gates,
        effects=tuple(measures.effects(shop, ledger)),
        rules_as_of=shop.rules_day,
        integrity=integrity.suspicions(shop, ledger, results, losses.trust),
        staffing=hours,
        together=jointly(shop, ledger, results, ranked, found.windows),
        tallies=tuple(tallies(shop, ledger, found, results)) if tallied else (),
    )


# ── explaining ───────────────────────────────────────────────────────────────────────────────────────────────────


def _explained(
    shop: Shop, ledger: Ledger, found: Counted, results: Sequence[MetricResult], ranked: Sequence[str]
) -> Iterator[MetricResult]:
    """The results, those that fall short with the segments that explain it."""
    by_id = {each.id: each for each in shop.definitions}
    split = cells.segments(ledger, {name: found.windows[name] for name in ranked if name in found.windows})
    for result in results:
        if result.id not in ranked or result.id not in found.windows:
            yield result
            continue
        definition, sums, days = by_id[result.id], found.sums[result.id], found.days[result.id]
        phi = dispersion(definition, sums, [each for _, each in days])
        split[result.id][DAY] = {day.isoformat(): each for day, each in days}
        bound = _bound(ledger, definition, found, split[result.id]) if phi > 1 else {}
        causes = drivers(definition, sums, split[result.id], result.target.value, phi, bound)
        causes = _of_many(ledger, definition, causes, found.windows[result.id])
        kept = _told_apart(ledger, definition, without_echoes(causes), result, phi, bound)
        named = {(each.dimension, each.segment) for each in kept}
        others = [each for each in causes if (each.dimension, each.segment) not in named]
        yield replace(result, drivers=tuple(map(shrunk, kept)), overlapping=tuple(map(shrunk, others)))


def _bound(
    ledger: Ledger, definition: Definition, found: Counted, split: Mapping[str, Mapping[str | None, Sums]]
) -> dict[Pick, float]:
    """How much the segments that may be causes are bound to days, where the rows below the line are the days' own."""
    if definition.metric.kind not in _OF_ROWS:
        return {}
    name, whole = definition.id, [sums.rows for _, sums in found.days[definition.id]]
    picks = [pick for pick in likely(definition, found.sums[name], split) if pick[0] != DAY]
    days = cells.segment_days(ledger, {name: found.windows[name]}, {name: picks})
    return {pick: day_bound([sums.rows for sums in days[name, *pick]], whole) for pick in picks}


def _of_many(
    ledger: Ledger, definition: Definition, causes: tuple[Driver, ...], days: tuple[dt.date, dt.date]
) -> tuple[Driver, ...]:
    """The causes that enough buyers stand behind; a day is nobody's."""
    picks = [(each.dimension, each.segment) for each in causes if each.dimension != DAY]
    hidden = of_few(ledger, definition, days, picks, FEWEST_NAMED)
    return tuple(each for each in causes if (each.dimension, each.segment) not in hidden)


def _told_apart(  # noqa: PLR0913, PLR0917 - one metric's causes, and what they were found with
    ledger: Ledger,
    definition: Definition,
    causes: tuple[Driver, ...],
    result: MetricResult,
    phi: float,
    bound: Mapping[Pick, float],
) -> tuple[Driver, ...]:
    """The causes that remain once the rows of the larger ones are taken out."""
    if len(causes) < _SEVERAL or result.measurement.window is None:
        return causes
    window = result.measurement.window
    picks = [(each.dimension, each.segment) for each in causes[:_MOST_CAUSES]]
    crossed = crossings(ledger, definition, (window.first, window.last), picks)
    return apart(definition, causes[:_MOST_CAUSES], crossed, result.target.value, phi, bound)


def _ahead(
    shop: Shop, found: Counted, results: Iterable[MetricResult], clocks: Sequence[Watched]
) -> Iterator[MetricResult]:
    """The results, those that are judged with what becomes of them if the days to come are like the present ones."""
    by_id = {each.id: each for each in shop.definitions}
    running: dict[str, set[str]] = defaultdict(set)
    for clock in clocks:
        for metric, stakes in clock.stakes.items():
            running[metric] |= stakes.keys()
    for result in results:
        days = found.days.get(result.id)
        if result.verdict == "not_measured" or days is None:
            yield result
            continue
        definition, open_ones = by_id[result.id], len(running[result.id])
        ahead = outlook(definition, result.measurement, days, result.target, shop.day, running=open_ones)
        yield replace(result, outlook=ahead)


def matched(
    shop: Shop,
    ledger: Ledger,
    found: Counted,
    results: Sequence[MetricResult],
    more: Mapping[str, Mapping[str, object]],
) -> tuple[AdviceResult, ...]:
    """The advice whose conditions hold; ``more`` is what else was found about a metric, by its full id."""
    pack, before = shop.loaded.pack, before_columns(shop, ledger, found, results)
    told = {each.id: {**more.get(each.id, {}), **before.get(each.id, {})} for each in results}
    return advice.match(pack.advice, results, diagnosis_columns(pack), more=told)


def _warnings(shop: Shop) -> Iterator[Words]:
    if shop.rewound:
        yield Words(
            "as_of lies before the newest event: later events are blanked, statuses of that day are not known",
            "截止时间早于最新事件：之后的事件已清空，当天的状态无法得知",
        )
    for place in _unknown_names(shop):
        yield Words(
            f"shop.yaml: {place}: {shop.loaded.pack.platform} has no use for it; it changes nothing",
            f"shop.yaml：{place}：{shop.loaded.pack.platform} 用不到这一项，不起作用",
        )
    yield from _of_platform_scores(shop)
    for suppression in shop.file.suppressions:
        if suppression.expires < shop.day:
            yield Words(
                f"the suppression of {suppression.metric} expired on {suppression.expires}",
                f"{suppression.metric} 的搁置已于 {suppression.expires} 到期",
            )


def _set_aside(shop: Shop) -> Iterator[SetAside]:
    """The metrics that are set aside on this day."""
    for each in shop.file.suppressions:
        metric = next((one.id for one in shop.definitions if each.metric in (one.id, one.metric.id)), None)
        if metric is not None and each.expires >= shop.day:
            yield SetAside(metric, each.reason, each.owner, each.expires)


def _of_platform_scores(shop: Shop) -> Iterator[Words]:
    if shop.shown.unknown:
        names = ", ".join(shop.shown.unknown)
        yield Words(
            f"platform_scores: no metric or score of {shop.loaded.pack.platform} is called {names}",
            f"platform_scores：{shop.loaded.pack.platform} 没有名为 {names} 的指标或分数",
        )
    if shop.shown.overruled:
        names = ", ".join(shop.shown.overruled)
        yield Words(
            f"{names}: shop.yaml gives another score than platform_scores; that of shop.yaml is used",
            f"{names}：shop.yaml 与 platform_scores 的分数不同，以 shop.yaml 为准",
        )


def _unknown_names(shop: Shop) -> Iterator[str]:
    """Keys of ``shop.yaml`` that name nothing of the pack: a slip of the pen would go unnoticed."""
    pack, file = shop.loaded.pack, shop.file
    metrics = {metric.id for metric in pack.metrics}
    full = {f"{pack.platform}.{name}" for name in metrics}
    checks = {each.id for each in shop.suspects}
    named = (
        ("cutoffs", file.cutoffs, metrics),
        ("scores", file.scores, metrics | score_names(pack)),
        ("shown", file.shown, metrics),
        (
            "suppressions",
            [each.metric for each in file.suppressions],
            metrics | full | checks,
        ),
        ("measures", [each.metric for each in file.measures], metrics),
        ("applied", [short_id(each.advice, pack.platform) for each in file.applied], {each.id for each in pack.advice}),
    )
    yield from (f"{key}.{name}" for key, names, known in named for name in names if name not in known)
    excused = any("is_exempt" in side.columns_optional for each in shop.definitions for side in each.sides.values())
    if file.exempted_orders and not excused:
        yield "exempted_orders"
    if file.closed_days and not any(each.local for each in pack.facts.stopped):
        yield "closed_days"
