"""A shop that exports every day: what a night costs once the nights before it are known.

    python benchmarks/nights.py                      # 365 days of 300 orders
    python benchmarks/nights.py --orders-a-day 1000 --days 365 --repeat 3

One folder a day holds that day's orders, chat lines and refunds as CSV. Three runs of ``shopscore audit`` as whole
processes, each with the cache the one before left: all days but the last for the first time; the same again; one new
day. The report of the last must be, byte for byte, the one that is made without a cache.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import invent
import polars as pl
from run import Taken, timed

BORN = {"orders": "created_at", "messages": "sent_at", "refunds": "applied_at"}


def write(folder: Path, orders_a_day: int, days: int, seed: int = 1) -> list[Path]:
    """Write the days of a shop; the folder of each, in order."""
    # The last day stays in the past: what lies ahead of the clock is read every time.
    invent.DAYS, invent.START = days, invent.END - dt.timedelta(days=days)
    sold = invent.orders(orders_a_day * days, seed)
    tables = {
        "orders": sold,
        "messages": invent.messages(orders_a_day * days, seed + 1),
        "refunds": invent.refunds(sold, seed + 2),
    }
    for name, frame in tables.items():
        for (day,), rows in frame.group_by(pl.col(BORN[name]).dt.date()):
            path = folder / "tmall" / "shop" / str(day) / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            rows.write_csv(path, datetime_format="%Y-%m-%d %H:%M:%S")
    return sorted((folder / "tmall" / "shop").iterdir())


def audit(folder: Path, report: Path, *more: str) -> Taken:
    """Audit a folder in a process of its own."""
    words = ["audit", str(folder), "--format", "json", "--output", str(report), *more]
    return timed([sys.executable, "-m", "shopscore", *words])


def nights(orders_a_day: int, days: int) -> dict[str, Taken]:
    """The runs, in the order in which they happen."""
    with tempfile.TemporaryDirectory() as home:
        folder, aside, report = Path(home) / "exports", Path(home) / "aside", Path(home) / "report.json"
        os.environ["SHOPSCORE_CACHE"] = str(Path(home) / "cache")
        *_, last = write(folder, orders_a_day, days)
        shutil.move(last, aside)
        taken = {"first": audit(folder, report), "same": audit(folder, report)}
        shutil.move(aside, last)
        taken["new day"] = audit(folder, report)
        kept = report.read_bytes()
        taken["no cache"] = audit(folder, report, "--no-cache")
        if report.read_bytes() != kept:
            raise SystemExit("the cache changes the report")
    return taken


def main() -> None:
    """Measure, and print each run beside the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders-a-day", type=int, default=300)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    runs = [nights(given.orders_a_day, given.days) for _ in range(given.repeat)]
    first = statistics.median(run["first"].cpu for run in runs)
    print(f"{given.days} days of {given.orders_a_day} orders; seconds of CPU, all processes")
    for name in runs[0]:
        cpu = statistics.median(run[name].cpu for run in runs)
        print(f"{name:>9}  {cpu:6.1f} s  {cpu / first:5.0%} of the first  {runs[0][name].megabytes:5.0f} MB")


if __name__ == "__main__":
    main()
