"""The kernel against DuckDB on the same shops: equal counts first, then where the time goes.

    python benchmarks/kernel.py benchmarks/data/200k --repeat 5

One process, shop after shop, files read anew each time. Steps: read Parquet, build facts, run the kernel over the
whole pack, take the windows' sums. DuckDB counts its documented metrics only, the kernel all metrics of the pack and
every segment of them. Seconds are of all cores, so that other programs on the machine weigh less.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import duck
import polars as pl

from shopscore import window
from shopscore.facts import build, newest_event
from shopscore.facts.rewind import event_columns
from shopscore.ledger import cells
from shopscore.ledger.kernel import run
from shopscore.ruleset.fact_settings import fact_settings
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.resolve import define
from shopscore.ruleset.shopfile import ShopFile
from shopscore.tables import ShopTables

if TYPE_CHECKING:
    import datetime as dt

    from shopscore.model import Sums
    from shopscore.ruleset.rules import Rules

Clock = defaultdict[str, float]


def tables_of(platform: str, home: Path) -> ShopTables:
    """One shop as it was written; each table is trusted up to its newest event."""
    frames = {name: pl.read_parquet(home / f"{name}.parquet") for name in ("orders", "messages", "refunds")}
    until: dict[str, dt.datetime] = {}
    for name, frame in frames.items():
        until[name] = frame.select(pl.max_horizontal(pl.col(event_columns(name, frame)).max())).item()
    return ShopTables(platform, home.name, frames, until)


def count_shop(rules: Rules, platform: str, home: Path, clock: Clock, *, split: bool = True) -> dict[str, Sums]:
    """The window's sums of one shop's metrics."""
    started = time.process_time()

    def lap(step: str) -> None:
        nonlocal started
        now = time.process_time()
        clock[step] += now - started
        started = now

    tables = tables_of(platform, home)
    lap("read")
    as_of = newest_event(tables, max(tables.seen_until.values()))
    pack = rules.packs[platform].pack
    definitions = define(pack, as_of.date(), ShopFile())
    if not split:
        definitions = [_unsplit(each) for each in definitions]
    facts = build(tables, fact_settings(pack, as_of.date(), ShopFile(), rules.machine), as_of)
    lap("facts")
    ledger = run(facts, definitions)
    lap("kernel")
    windows = {each.id: window.bounds(each.window, as_of.date()) for each in definitions if each.id in ledger.sides}
    sums = cells.totals(ledger, windows)
    lap("totals")
    if ledger.errors:
        raise SystemExit(f"{home}: {ledger.errors}")
    return sums


def _unsplit(definition):  # noqa: ANN001, ANN202 - the same definition without segments
    from msgspec.structs import replace  # noqa: PLC0415

    return replace(definition, metric=definition.metric.model_copy(update={"segments": []}))


def as_counts(platform: str, sums: dict[str, Sums]) -> dict[str, dict[str, object]]:
    """Sums in the words of `duck.count`, for the metrics it counts."""
    wanted = {side.metric for side in duck.METRICS[platform]}
    found = {}
    for metric in sorted(wanted):
        one = sums[f"{platform}.{metric}"]
        excluded = {name: rows for name, (rows, _, _) in one.excluded.items()}
        means = metric.endswith("_hours")
        found[metric] = {
            "hits": one.hits, "rows": one.rows, "pending": one.pending, "unknown": one.unknown,
            "undated": one.undated, "x": one.x if means else 0, "excluded": excluded,
        }  # fmt: skip
    return found


def main() -> None:
    """Compare, then time in turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    rules = load_rules([default_rules_dir()])
    shops = duck.shops_of(given.folder)
    taken: dict[str, list[float]] = defaultdict(list)
    steps: list[Clock] = []
    for _ in range(given.repeat):
        for mode in ("shop", "whole"):
            started = time.process_time()
            theirs = duck.count(given.folder, mode)
            taken[f"duckdb {mode}"].append(time.process_time() - started)
        for name, split in (("all segments", True), ("no segments", False)):
            clock: Clock = defaultdict(float)
            ours = {
                f"{platform}/{home.name}": as_counts(platform, count_shop(rules, platform, home, clock, split=split))
                for platform, home in shops
            }
            taken[f"shopscore, {name}"].append(sum(clock.values()))
            steps += [clock] if split else []
            if wrong := duck.differences(ours, theirs):
                raise SystemExit("\n".join(wrong[:20]))
    print(f"{len(shops)} shops, counts equal")
    for name, seconds in taken.items():
        print(f"{name:28} median {statistics.median(seconds):7.3f} s  {min(seconds):.3f} to {max(seconds):.3f}")
    for step in steps[0]:
        each = statistics.median(clock[step] for clock in steps) / len(shops)
        print(f"  {step:12} {1000 * each:7.2f} ms a shop")


if __name__ == "__main__":
    main()
