"""One number opened up on data: from rows read to value, the segments, the rows, the advice that fits and why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shopscore import catalog, trust, window
from shopscore.asked import plan_paths
from shopscore.assess import assess
from shopscore.audit import chosen
from shopscore.beside import integrity
from shopscore.beside.before import kept_apart_by
from shopscore.catalog import exclusions
from shopscore.diagnosis.drivers import FEWEST_NAMED
from shopscore.doubt.reach import tables_of
from shopscore.errors import DataError, UsageError
from shopscore.intervals.kinds import value_of
from shopscore.judge import counted, readings
from shopscore.ledger import cells, evidence
from shopscore.ledger.kernel import run
from shopscore.ledger.parts import REST
from shopscore.ledger.persons import of_few
from shopscore.model import Explanation, Funnel, Opened, RowList, Segment, Words
from shopscore.prepare import prepare
from shopscore.readers import read_unit
from shopscore.ruleset.integrity import PREFIX
from shopscore.ruleset.shopfile import ShopFile
from shopscore.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopscore.asked import Request
    from shopscore.covered import Days
    from shopscore.ledger.parts import Ledger
    from shopscore.model import FileAccount, FlowStage, MetricResult, ShopReport, Trust
    from shopscore.prepare import Shop
    from shopscore.ruleset.resolve import Definition

SUSPICIOUS = "suspicious"
"""What the hits of a check are called."""
_OF_CHECKS = {"hit": SUSPICIOUS, "miss": "nothing_wrong"}
"""What a row's fate is called where the rows asked for are those of a check."""
ROWS_SHOWN = 200
"""Rows kept for the terminal; a file gets all of them."""


def explain(name: str, request: Request, fate: str | None, *, everything: bool = False) -> Explanation:
    """Open a metric up for every shop the request covers.

    Args:
        name: a full id, a short id, an advice id, or a glob; or the same of a check of the data.
        request: where the data is.
        fate: also list the rows with this fate.
        everything: keep every row, not only what a terminal shows.

    Raises:
        UsageError: nothing has that name.
        DataError: no shop of that metric's platform is in the files.
    """
    rules = catalog.load(request.rules_dirs, request.cache)
    checks = catalog.checks.named(rules, name)
    wanted = catalog.find(rules, name, request.platform)
    if fate == SUSPICIOUS and not checks:
        raise UsageError(
            f"--rows {fate}: only checks of the data have such rows, and {name} is none; write --rows miss",
            f"--rows {fate}：只有数据核查才有这样的行，{name} 不是核查；请写 --rows miss",
        )
    ids = {*checks, *(f"{loaded.pack.platform}.{metric.id}" for loaded, metric in wanted)}
    opened: list[Opened] = []
    day, platforms = None, set[str]()
    for unit in plan_paths(request.paths, rules):
        key, now = request.key, request.now
        reading = read_unit(unit, rules, key=key, now=now, encoding=request.encoding, cache=request.cache)
        for tables in chosen(reading, request):
            if not checks and not any(full.startswith(f"{tables.platform}.") for full in ids):
                continue
            file = reading.shop_files.get((tables.platform, tables.shop), ShopFile())
            shop = prepare(tables, file, rules, now=request.now, as_of=request.as_of, rules_as_of=request.rules_as_of)
            opened += _opened(shop, reading.accounts, ids, fate, None if everything else ROWS_SHOWN)
            day = shop.day
            platforms.add(tables.platform)
    if day is None:
        raise DataError(
            f"{name}: no shop of this platform in these files; see: shopscore read PATH",
            f"{name}：这些文件里没有该平台的店铺；请看：shopscore read PATH",
        )
    shown = {each.result.id for each in opened}
    definitions = tuple(
        catalog.definition(rules, loaded, metric, day)
        for loaded, metric in wanted
        if f"{loaded.pack.platform}.{metric.id}" in shown
    )
    packs = [loaded for platform, loaded in rules.packs.items() if platform in platforms]
    definitions += tuple(catalog.checks.definitions(rules, checks, packs, day))
    return Explanation(definitions, tuple(sorted(opened, key=lambda each: (each.result.id, each.shop))))


def _opened(
    shop: Shop, accounts: Sequence[FileAccount], ids: set[str], fate: str | None, limit: int | None
) -> Iterator[Opened]:
    losses = trust.of_shop(accounts, shop.tables.platform, shop.tables.shop)
    everything = (*shop.definitions, *(each.definition for each in shop.suspects))
    report, ledger = assess(shop, losses), run(shop.facts, everything)
    results = {result.id: result for result in (*report.metrics, *integrity.checked(shop, ledger))}
    wanted = [definition for definition in everything if definition.id in ids]
    apart = kept_apart_by(shop, ledger, counted(shop, ledger), [results[each.id] for each in wanted])
    for definition in wanted:
        found = _one(shop, ledger, definition, results[definition.id], report, accounts, fate, limit)
        yield replace(found, kept_apart_by=apart.get(definition.id, ()))


def _one(  # noqa: PLR0913, PLR0917 (everything that is shown of one metric)
    shop: Shop,
    ledger: Ledger,
    definition: Definition,
    result: MetricResult,
    report: ShopReport,
    accounts: Sequence[FileAccount],
    fate: str | None,
    limit: int | None,
) -> Opened:
    counted = definition.id in ledger.sides
    span = window.bounds(definition.window, shop.day) if counted else None
    fitting = {item.id for item in report.advice}
    pack = shop.loaded.pack
    return Opened(
        shop=report.shop,
        as_of=report.as_of,
        result=result,
        funnels=tuple(_funnels(shop, definition, span)) if span else (),
        segments=tuple(_segments(ledger, definition, span)) if span else (),
        advice=tuple(item for item in report.advice if item.metric == definition.id),
        not_matched=tuple(
            (item.id, item.when)
            for item in pack.advice
            if item.metric == definition.metric.id and item.id not in fitting
        ),
        rows=_rows(shop, definition, fate, span, limit) if span and fate else None,
        files=_files(shop, definition, accounts),
        effects=tuple(each for each in report.effects if each.metric == definition.id),
        readings=tuple(readings(definition)),
        stages=tuple(each for each in _stages(report) if definition.id in each.metrics),
        trust=_trust(definition, report.trust),
    )


def _stages(report: ShopReport) -> tuple[FlowStage, ...]:
    return report.refund_flow.stages if report.refund_flow is not None else ()


_STEPS = (
    ("out", Words("not meant (where)", "不在口径内")),
    ("undated", Words("without a day", "没有日期")),
    ("outside", Words("outside the window", "不在统计期")),
    ("repeated", Words("counted before in this window: once per {name}", "本期已计：每个 {name} 只计一次")),
    ("excluded", Words("left out: {name}", "剔除：{name}")),
    ("unknown", Words("unknown: the data cannot say", "无法判断")),
    ("pending", Words("pending: the deadline has not passed", "未到期")),
)


def _funnels(shop: Shop, definition: Definition, span: Days) -> Iterator[Funnel]:
    # What stands above the line comes first.
    for found in sorted(evidence.funnel(shop.facts, definition, span), key=lambda each: each.side, reverse=True):
        steps = [(Words(f"rows of {found.fact}", f"{found.fact} 行"), found.rows)]
        for name, label in _STEPS:
            if name == "excluded":
                steps += [
                    (Words(label.en.format(name=out.en), label.zh.format(name=out.zh)), -count)
                    for out, count in ((exclusions.called(name), count) for name, count in found.excluded.items())
                ]
            elif name == "repeated":
                if (key := definition.sides[found.side].once_per) is not None:
                    steps.append((Words(label.en.format(name=key), label.zh.format(name=key)), -found.repeated))
            else:
                steps.append((label, -getattr(found, name)))
        if definition.id.startswith(PREFIX):
            steps += [(Words("suspicious", "可疑"), found.hit), (Words("nothing wrong", "未见异常"), found.miss)]
        elif definition.sides[found.side].numerator is None:
            steps.append((Words("counted", "计入"), found.hit))
        else:
            steps += [(Words("hit", "命中"), found.hit), (Words("miss", "未命中"), found.miss)]
        yield Funnel(found.side, tuple((label, count) for label, count in steps), found.fact)


def _segments(ledger: Ledger, definition: Definition, span: Days) -> Iterator[Segment]:
    """Segments of each dimension, most bad events first; the small ones, of which nothing can be said, as one."""
    higher = definition.metric.better == "higher"
    for dimension, found in cells.segments(ledger, {definition.id: span}).get(definition.id, {}).items():
        few = of_few(ledger, definition, span, [(dimension, name) for name in found if name], FEWEST_NAMED)
        rows: list[Segment] = []
        small: list[Segment] = []
        for name, sums in found.items():
            each = value_of(definition, sums)
            row = Segment(dimension, name or "", each.numerator, each.denominator or 0.0)
            kept = not name or (max(sums.rows, sums.hits) >= FEWEST_NAMED and (dimension, name) not in few)
            (rows if kept and name != REST else small).append(row)
        yield from sorted(
            rows, key=lambda row: (row.numerator - row.denominator if higher else -row.numerator, row.segment)
        )
        if small and definition.metric.kind != "quantile":  # quantiles of parts are none of the whole
            sums_of = (math.fsum(getattr(each, name) for each in small) for name in ("numerator", "denominator"))
            yield Segment(dimension, REST, *sums_of)


def _rows(shop: Shop, definition: Definition, fate: str, span: Days, limit: int | None) -> RowList:
    frame = evidence.rows(shop.facts, definition, "hit" if fate == SUSPICIOUS else fate, span)
    if definition.id.startswith(PREFIX):
        fate = _OF_CHECKS.get(fate, fate)
    shown = frame if limit is None else frame.head(limit)
    cells = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in shown.iter_rows())
    return RowList(fate, tuple(frame.columns), cells, frame.height)


def _files(shop: Shop, definition: Definition, accounts: Sequence[FileAccount]) -> tuple[FileAccount, ...]:
    """The files of the tables a metric counts, those that lost every row among them."""
    tables = {FACTS[side.fact].table for side in definition.sides.values()}
    own = trust.belonging(accounts, shop.tables.platform, shop.tables.shop)
    return tuple(account for account in own if account.table in tables)


def _trust(definition: Definition, whole: Trust) -> Trust:
    """The shop's trust, with those of its reasons that concern a metric."""
    tables = {None, *(table for side in definition.sides.values() for table in tables_of(side))}
    return replace(whole, reasons=tuple(reason for reason in whole.reasons if reason.table in tables))
