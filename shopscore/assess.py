"""One shop: its facts in, everything an audit says of it out."""

from __future__ import annotations

from collections import defaultdict
from heapq import nsmallest
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import advice, guide, score, standing
from shopscore.at_stake import at_stake, blocked, undated
from shopscore.beside import (
    causes,
    changes,
    control,
    displayed,
    integrity,
    measures,
    other_rules,
    remarks,
    segments,
    staffing,
)
from shopscore.beside.before import before_columns
from shopscore.beside.followed import beside, followed
from shopscore.beside.jointly import jointly
from shopscore.beside.tallies import tallies
from shopscore.diagnosis.flow_columns import flow_columns
from shopscore.flow import flow
from shopscore.judge import counted, judge
from shopscore.ledger.clocks import watch
from shopscore.ledger.kernel import run
from shopscore.ledger.open_cases import open_cases
from shopscore.model import OpenCase, ShopReport
from shopscore.outlook import outlook
from shopscore.ruleset.diagnosis_columns import diagnosis_columns
from shopscore.ruleset.special_days import special_days
from shopscore.schema import TABLES
from shopscore.trust import NOTHING_LOST
from shopscore.worth import order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shopscore.judge import Counted
    from shopscore.ledger.clocks import Watched
    from shopscore.ledger.parts import Ledger
    from shopscore.model import AdviceResult, MetricResult
    from shopscore.prepare import Shop
    from shopscore.trust import Losses

_NAMED = 3
"""Running clocks a metric names; all of them are in the list of what runs out."""


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
    pack = shop.loaded.pack
    ledger = run(shop.facts, shop.definitions, unsplit=[each.definition for each in shop.suspects])
    found = counted(shop, ledger)
    judged = judge(shop, ledger, found, losses.tables)
    short = [each.id for each in judged if order.ranked(each)]
    refunds = flow(shop)
    looked_at = [each for each in shop.clocks if (live or not each.live) and not (shop.rewound and each.frozen)]
    clocks = watch(shop.facts, looked_at, shop.definitions)
    results = tuple(_ahead(shop, found, causes.explained(shop, ledger, found, judged, short), clocks))
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
    results = order.with_worth(results, pack, fitting, missed, shop.day, entered=shop.file.scores)
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
        # Of an earlier moment no file tells what waited, nor with what nothing could be done.
        blocked=() if shop.rewound else blocked(clocks),
        undated=() if shop.rewound else undated(clocks),
        clocks_seen=min((each.until for each in clocks), default=None),
        stages=refunds.hops,
        refund_flow=refunds.told,
        guide=guide.steps(pack.bands, composite, results, shop.file.cutoffs),
        warnings=(*refunds.warnings, *remarks.warnings(shop)),
        trust=losses.trust,
        set_aside=tuple(remarks.set_aside(shop)),
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


def _ahead(
    shop: Shop, found: Counted, results: Iterable[MetricResult], clocks: Sequence[Watched]
) -> Iterator[MetricResult]:
    """The results, those that are judged with what becomes of them if the days to come are like the present ones."""
    by_id = {each.id: each for each in shop.definitions}
    special = special_days(shop.loaded.pack.platform, shop.file)
    running = _running(clocks)
    # Of an earlier moment no file tells whether a verdict had been given.
    cases = {} if shop.rewound else open_cases(shop.facts, shop.definitions, shop.clocks)
    for one in results:
        result = replace(one, open_cases=cases[one.id]) if one.id in cases else one
        days = found.days.get(result.id)
        if result.verdict == "not_measured" or days is None:
            yield result
            continue
        definition, still = by_id[result.id], running[result.id]
        ahead = outlook(
            definition, result.measurement, days, result.target, shop.day, running=len(still), special=special
        )
        first = tuple(nsmallest(_NAMED, still.values(), key=lambda case: (case.deadline, case.subject)))
        yield replace(result, outlook=None if ahead is None else replace(ahead, first=first))


def _running(clocks: Iterable[Watched]) -> dict[str, dict[str, OpenCase]]:
    """Metric → subject → its clock that runs out first, of those whose miss would count there."""
    found: dict[str, dict[str, OpenCase]] = defaultdict(dict)
    for clock in clocks:
        for turn in clock.running:
            case = OpenCase(turn.subject, turn.start, clock.until, turn.due)
            for metric, stakes in clock.stakes.items():
                before = found[metric].get(turn.subject)
                if turn.subject in stakes and (before is None or before.deadline is None or turn.due < before.deadline):
                    found[metric][turn.subject] = case
    return found


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
