"""``shopscore audit`` as a whole process against the DuckDB program, on shops of `invent.py`.

    python benchmarks/run.py                                   # 200,000 orders in 8 shops
    python benchmarks/run.py --orders 1000000 10000000 --orders-a-shop 25000 --repeat 5

Both run as processes of their own, in turns, so that whatever else the machine does falls on both. Every report is
compared with DuckDB's counts to the last integer before its time counts. Memory is the largest sum of RssAnon over
the process and its children, looked at every 20 ms.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duck
import invent

HERE = Path(__file__).parent
HOUR = 3600
"""Seconds: the report states means of hours, DuckDB counts seconds."""


@dataclass(frozen=True)
class Taken:
    """One run: seconds of wall clock, of all cores, and megabytes at the peak."""

    seconds: float
    cpu: float
    megabytes: float


def timed(command: list[str], output: IO[bytes] | None = None) -> Taken:
    """Run a process and watch it; what it prints goes to a file, or where this program prints."""
    started, before = time.perf_counter(), _children()
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE)
    peak = 0
    while process.poll() is None:
        peak = max(peak, anonymous(process.pid))
        time.sleep(0.02)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{process.stderr.read().decode() if process.stderr else ''}")
    return Taken(seconds, _children() - before, peak / 1024)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def anonymous(pid: int) -> int:
    """Kilobytes of anonymous memory of a process and its descendants; 0 where the system does not say."""
    total = 0
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("RssAnon"):
                total += int(line.split()[1])
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(anonymous(int(child)) for child in (task / "children").read_text(encoding="utf-8").split())
    return total


def reported(report: Path) -> duck.Counts:
    """A JSON report in the words of `duck.count`, for the metrics it counts."""
    found: duck.Counts = {}
    for shop in json.loads(report.read_text(encoding="utf-8"))["shops"]:
        wanted = {f"{shop['platform']}.{side.metric}" for side in duck.METRICS[shop["platform"]]}
        metrics = {each["id"]: each for each in shop["metrics"] if each["id"] in wanted}
        found[f"{shop['platform']}/{shop['shop']}"] = {
            name.split(".", 1)[1]: _counts(each) for name, each in sorted(metrics.items())
        }
    return found


def _counts(metric: dict) -> dict[str, object]:
    mean = metric["kind"] == "mean"
    rows = metric.get("rows") or {"numerator": metric["numerator"], "denominator": metric["denominator"]}
    return {
        "hits": 0 if mean else int(rows["numerator"]),
        "rows": int(rows["denominator"]),
        "pending": metric["pending"],
        "unknown": metric["unknown"],
        "undated": metric["undated"],
        "x": round(metric["numerator"] * HOUR) if mean else 0,
        "excluded": metric["excluded"],
    }


def programs(folder: Path, output: Path) -> dict[str, list[str]]:
    """What is run, by name."""
    audit = [sys.executable, "-m", "shopscore", "audit", str(folder), "--no-cache"]
    audit += ["--format", "json", "--output", str(output)]
    yardsticks = {
        f"duckdb {mode}": [
            sys.executable,
            str(HERE / "duck.py"),
            str(folder),
            "--mode",
            mode,
            "--output",
            f"{output}.{mode}",
        ]
        for mode in ("whole", "shop", "shops")
    }
    return {"shopscore audit": audit, **yardsticks}


def compare(folder: Path, repeat: int) -> dict[str, list[Taken]]:
    """Run everything in turns; stop where the counts differ."""
    output = folder.with_suffix(".report.json")
    taken: dict[str, list[Taken]] = defaultdict(list)
    for _ in range(repeat):
        for name, command in programs(folder, output).items():
            taken[name].append(timed(command))
        ours = reported(output)
        for mode in ("whole", "shop", "shops"):
            theirs = json.loads(Path(f"{output}.{mode}").read_text(encoding="utf-8"))
            if wrong := duck.differences(ours, theirs):
                raise SystemExit("\n".join([f"{len(wrong)} counts differ from duckdb {mode}", *wrong[:10]]))
    return taken


def table(orders: int, shops: int, taken: dict[str, list[Taken]]) -> list[str]:
    """Markdown rows: ratios to the fastest DuckDB variant first."""
    wall = {name: statistics.median(each.seconds for each in runs) for name, runs in taken.items()}
    cpu = {name: statistics.median(each.cpu for each in runs) for name, runs in taken.items()}
    best_wall, best_cpu = (min(of[name] for name in of if name.startswith("duckdb")) for of in (wall, cpu))
    lines = []
    for name, runs in taken.items():
        seconds = [each.seconds for each in runs]
        megabytes = statistics.median(each.megabytes for each in runs)
        ratios = f"{cpu[name] / best_cpu:.2f} | {wall[name] / best_wall:.2f}"
        spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
        lines.append(
            f"| {orders:,} in {shops} | {name} | {ratios} | {cpu[name]:.2f} | {wall[name]:.2f} | {spread} "
            f"| {megabytes:.0f} | {len(runs)} |"
        )
    return lines


def main() -> None:
    """Generate what is missing, compare, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, nargs="+", default=[200_000])
    parser.add_argument("--orders-a-shop", type=int, default=25_000)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    print(
        "| orders in shops | program | CPU of best DuckDB | wall of best DuckDB | CPU s | wall s | spread | MB | runs |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for orders in given.orders:
        shops = max(orders // given.orders_a_shop, 2)
        folder = HERE / "data" / f"{orders}in{shops}"
        invent.write(folder, orders, shops)
        print("\n".join(table(orders, shops, compare(folder, given.repeat))), flush=True)


if __name__ == "__main__":
    main()
