"""One shop: canonical tables in, everything an audit says of it out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopscore import advice, guide, score, shortfall, window
from shopscore.diagnosis.drivers import drivers
from shopscore.diagnosis.due import due
from shopscore.diagnosis.echoes import DAY, without_echoes
from shopscore.diagnosis.stages import ordered
from shopscore.facts import build, newest_event, stages
from shopscore.intervals.kinds import dispersion, value_of
from shopscore.ledger import cells
from shopscore.ledger.evidence import open_clocks
from shopscore.ledger.kernel import run
from shopscore.measure import measure
from shopscore.model import MetricResult, Need, ShopReport, Stage, Window, Words
from shopscore.ruleset.diagnosis_columns import diagnosis_columns
from shopscore.ruleset.needs import needs
from shopscore.ruleset.resolve import define, fact_settings
from shopscore.schema import FACTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopscore.facts import Facts
    from shopscore.ledger.parts import Ledger
    from shopscore.model import Measurement, Sums
    from shopscore.ruleset.load import LoadedPack, Rules
    from shopscore.ruleset.resolve import Definition
    from shopscore.ruleset.shopfile import ShopFile
    from shopscore.ruleset.strict import Text
    from shopscore.schema import Table
    from shopscore.tables import ShopTables

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Shop:
    """One shop made ready: its rules resolved for the day, its rows built into facts."""

    tables: ShopTables
    file: ShopFile
    loaded: LoadedPack
    rules: Rules
    as_of: dt.datetime
    day: dt.date
    rewound: bool
    definitions: tuple[Definition, ...]
    facts: Facts


def prepare(  # noqa: PLR0913 (what one shop is judged by)
    tables: ShopTables,
    file: ShopFile,
    rules: Rules,
    *,
    now: dt.datetime,
    as_of: dt.datetime | None = None,
    rules_as_of: dt.date | None = None,
) -> Shop:
    """Resolve the rules for T and build the facts at ``as_of`` (default: the newest past event)."""
    loaded = rules.packs[tables.platform]
    newest = newest_event(tables, now)
    moment = as_of or newest
    definitions = define(loaded.pack, rules_as_of or moment.date(), file)
    settings = fact_settings(loaded.pack, rules_as_of or moment.date(), file, rules.machine)
    return Shop(
        tables=tables,
        file=file,
        loaded=loaded,
        rules=rules,
        as_of=moment,
        day=moment.date(),
        rewound=moment < newest,
        definitions=definitions,
        facts=build(tables, settings, moment),
    )


def assess(shop: Shop) -> ShopReport:
    """Count, measure, judge, rank, diagnose, advise."""
    pack = shop.loaded.pack
    ledger = run(shop.facts, shop.definitions)
    judged = judge(shop, ledger)
    ranked = shortfall.rank(judged)
    results = tuple(_explained(shop, ledger, judged, ranked))
    return ShopReport(
        platform=pack.platform,
        platform_title=words(pack.title),
        shop=shop.tables.shop,
        as_of=shop.as_of,
        timezone=shop.file.timezone or pack.timezone,
        seen_until=tuple(sorted(shop.tables.seen_until.items())),
        rows=tuple((name, shop.tables.tables[name].height) for name in TABLES if name in shop.tables.tables),
        score=(composite := score.score(pack, results, shop.file)),
        metrics=results,
        shortfalls=ranked,
        advice=matched(shop, ledger, results, ranked),
        due=due(_clocks(shop), shop.as_of),
        stages=_stages(shop),
        guide=guide.steps(pack.bands, composite, results, shop.file.cutoffs),
        warnings=tuple(_warnings(shop)),
    )


def words(text: Text) -> Words:
    """A pack's sentence as the report carries it."""
    return Words(text.en, text.zh)


# ── measuring ────────────────────────────────────────────────────────────────────────────────────────────────────


def judge(shop: Shop, ledger: Ledger) -> tuple[MetricResult, ...]:
    """Every metric of the pack over its window, held against its target; drivers come later."""
    windows = {each.id: window.bounds(each.window, shop.day) for each in shop.definitions if each.id in ledger.sides}
    sums = cells.totals(ledger, windows)
    days = cells.by_day_sums(ledger, windows)
    past = _past(shop, ledger)
    plain = [each for each in shop.definitions if each.metric.kind != "composite"]
    measured = {
        each.id: _measure(shop, ledger, each, sums.get(each.id), days.get(each.id, ()), past[each.id]) for each in plain
    }
    known = score.known_scores(
        [(each.metric, measured[each.id].value) for each in plain], shop.file, shop.loaded.pack.bands
    )
    for each in shop.definitions:
        if each.metric.kind == "composite":
            measured[each.id] = measure(each, None, None, scores=known)
    return tuple(_result(shop, each, measured[each.id]) for each in shop.definitions)


def _past(shop: Shop, ledger: Ledger) -> dict[str, list[Sums]]:
    """Each metric's sums over earlier comparable windows that the data covers whole, newest first."""
    found: dict[str, list[Sums]] = defaultdict(list)
    before = {
        each.id: list(window.earlier(each.window, shop.day, first))
        for each in shop.definitions
        if each.id in ledger.sides and (first := _first_day(shop, each)) is not None
    }
    for back in range(max(map(len, before.values()), default=0)):
        at = {name: windows[back] for name, windows in before.items() if back < len(windows)}
        for name, sums in cells.totals(ledger, at).items():
            found[name].append(sums)
    return found


def _measure(  # noqa: PLR0913, PLR0917 (what is known of one metric)
    shop: Shop,
    ledger: Ledger,
    definition: Definition,
    sums: Sums | None,
    days: Sequence[tuple[dt.date, Sums]],
    past: Sequence[Sums],
) -> Measurement:
    span = _window(shop, definition) if definition.in_force and definition.metric.kind != "none" else None
    found = measure(definition, sums, span, days, earlier=past, needs=_needs(shop, definition))
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


def _window(shop: Shop, definition: Definition) -> Window:
    first, last = window.bounds(definition.window, shop.day)
    judged = [shop.facts.judged[fact].date() for fact in _facts_of(definition) if fact in shop.facts.judged]
    covered = window.covered(first, last, _first_day(shop, definition), min(judged, default=None))
    return Window(first, last, covered)


def _facts_of(definition: Definition) -> list[str]:
    return [side.fact for side in definition.sides.values()]


def _first_day(shop: Shop, definition: Definition) -> dt.date | None:
    """The day of the oldest row of the tables a metric counts; a rare table is there since the orders are."""
    days = []
    for fact in _facts_of(definition):
        table = TABLES[FACTS[fact].table]
        oldest = _oldest(shop, TABLES["orders"] if table.rare else table)
        days += [oldest] if oldest is not None else []
    return max(days, default=None)


def _oldest(shop: Shop, table: Table) -> dt.date | None:
    frame = shop.tables.tables.get(table.name)
    if frame is None or table.born is None or table.born not in frame.columns:
        return None
    oldest = frame.get_column(table.born).min()
    return oldest.date() if isinstance(oldest, dt.datetime) else None


def _needs(shop: Shop, definition: Definition) -> tuple[Need, ...]:
    if not definition.in_force or definition.metric.kind in ("none", "composite"):
        return ()
    return needs(definition, shop.rules)


# ── judging ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _result(shop: Shop, definition: Definition, found: Measurement) -> MetricResult:
    metric, bands = definition.metric, shop.loaded.pack.bands
    goal = score.target(metric, found.value, found.own_best, shop.file)
    judged = metric.definition not in ("assumed", "not_found") and metric.bound_of is None
    gain = score.points(metric, found.value, goal, shop.file, bands)
    return MetricResult(
        id=definition.id,
        title=words(metric.title),
        why=words(metric.why),
        dimension=metric.dimension,
        definition=metric.definition,
        purpose=metric.purpose,
        kind=metric.kind,
        unit=metric.unit,
        better=metric.better,
        measurement=found,
        target=goal,
        verdict=score.verdict(found, goal, metric.better, judged=judged),
        shortfall=shortfall.shortfall(definition, found, goal, gain) if judged else None,
        reversibility=metric.reversibility,
        score=score.item_score(metric, found.value, shop.file, bands),
        bound_of=f"{shop.loaded.pack.platform}.{metric.bound_of}" if metric.bound_of else None,
        bound=metric.bound,
        needs=_needs(shop, definition) if found.status == "no_table" else (),
        consequences=tuple(words(each.text) for each in metric.consequences),
        source=tuple(metric.source),
        switches=tuple(definition.switches),
        suppressed=_suppressed(shop, definition),
    )


def _suppressed(shop: Shop, definition: Definition) -> str | None:
    for each in shop.file.suppressions:
        if each.metric in (definition.id, definition.metric.id) and each.expires >= shop.day:
            return f"{each.reason} ({each.owner}, {each.expires})"
    return None


# ── explaining ───────────────────────────────────────────────────────────────────────────────────────────────────


def _explained(
    shop: Shop, ledger: Ledger, results: Sequence[MetricResult], ranked: Sequence[str]
) -> Iterator[MetricResult]:
    """The results, those that fall short with the segments that explain it."""
    by_id = {each.id: each for each in shop.definitions}
    short = {name: window.bounds(by_id[name].window, shop.day) for name in ranked if name in ledger.sides}
    sums, days = cells.totals(ledger, short), cells.by_day_sums(ledger, short)
    split = segments(ledger, short)
    for result in results:
        if result.id not in short:
            yield result
            continue
        definition, daily = by_id[result.id], days[result.id]
        phi = dispersion(definition, sums[result.id], [each for _, each in daily])
        split[result.id][DAY] = {day.isoformat(): each for day, each in daily}
        found = drivers(definition, sums[result.id], split[result.id], result.target.value, phi)
        yield replace(result, drivers=without_echoes(found))


def segments(ledger: Ledger, windows: Mapping[str, Days]) -> dict[str, dict[str, dict[str | None, Sums]]]:
    """Metric → dimension → segment → sums over the metric's window."""
    found: dict[str, dict[str, dict[str | None, Sums]]] = defaultdict(lambda: defaultdict(dict))
    for (metric, dimension, segment), sums in cells.by_segment(ledger, windows).items():
        found[metric][dimension][segment] = sums
    return found


def matched(
    shop: Shop, ledger: Ledger, results: Sequence[MetricResult], ranked: Sequence[str]
) -> tuple[advice.AdviceResult, ...]:
    """The advice whose conditions hold."""
    before = {each.id: window.previous(each.window, shop.day) for each in shop.definitions if each.id in ledger.sides}
    by_id = {each.id: each for each in shop.definitions}
    previous = {name: value_of(by_id[name], sums).value for name, sums in cells.totals(ledger, before).items()}
    pack = shop.loaded.pack
    return advice.match(pack.advice, results, diagnosis_columns(pack), ranked=ranked, previous=previous)


def _stages(shop: Shop) -> tuple[Stage, ...]:
    """Where refund cases that ended in the last 30 days spent their time."""
    if "refunds" not in shop.facts.frames:
        return ()
    first, last = window.bounds("30 days", shop.day)
    return ordered(
        Stage(*hop) for hop in stages(shop.facts.frames["refunds"], shop.rules.machine, first, last).iter_rows()
    )


def _clocks(shop: Shop) -> Iterator[tuple[str, str, dt.datetime]]:
    for definition in shop.definitions:
        if definition.metric.deadline and definition.in_force and definition.metric.bound_of is None:
            for subject, deadline in open_clocks(shop.facts, definition).iter_rows():
                yield definition.id, subject, deadline


def _warnings(shop: Shop) -> Iterator[Words]:
    if shop.rewound:
        yield Words(
            "as_of lies before the newest event: later events are blanked, statuses of that day are not known",
            "截止时间早于最新事件：之后的事件已清空，当天的状态无法得知",
        )
    for suppression in shop.file.suppressions:
        if suppression.expires < shop.day:
            yield Words(
                f"the suppression of {suppression.metric} expired on {suppression.expires}",
                f"{suppression.metric} 的搁置已于 {suppression.expires} 到期",
            )
