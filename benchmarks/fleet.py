"""A whole fleet in one run: wall clock, CPU and memory of all processes, cold and when nothing has changed.

    python benchmarks/fleet.py                                  # 20 shops of 5,000 orders
    python benchmarks/fleet.py --shops 200 --orders 50000 --workers 2

Shops are those of `invent.py`, made in a temporary folder and thrown away. Memory is the largest sum of RssAnon over
the process and its children, looked at every 20 ms; one shop alone is measured beside, since a fleet should cost less
than as many runs. A history is kept in the last run, which asks it twice: when it is empty, and when it is full.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import invent
from run import Taken, timed

if TYPE_CHECKING:
    from collections.abc import Sequence

REPOSITORY = Path(__file__).parents[1]


def audit(*words: object, cache: Path) -> Taken:
    """One run of the program, its report thrown away; everything it keeps goes into a folder of its own."""
    os.environ["SHOPSCORE_CACHE"] = str(cache)
    os.environ["SHOPSCORE_KEY"] = "k" * 32
    os.environ["PYTHONPATH"] = str(REPOSITORY)
    command = [sys.executable, "-m", "shopscore", "audit", *map(str, words), "--format", "json", "--output", os.devnull]
    with Path(os.devnull).open("wb") as nowhere:
        return timed(command, nowhere)


def measured(folder: Path, shops: int, workers: Sequence[int]) -> list[tuple[str, int, Taken]]:
    """Each run by name, with the shops it audits."""
    found = []
    for number in workers:
        kept = folder / f"kept{number}"
        asked = (folder / "fleet", "--fleet", "--workers", number)
        found.append((f"{shops} shops, {number} processes, cold", shops, audit(*asked, cache=kept)))
        found.append((f"{shops} shops, {number} processes, nothing changed", shops, audit(*asked, cache=kept)))
    history = ("--history", folder / "nights.db")
    for name in ("first", "second"):
        taken = audit(folder / "fleet", "--fleet", "--workers", workers[-1], *history, cache=kept)
        found.append((f"{shops} shops with a history, {name} night, nothing changed", shops, taken))
    one = next(iter(sorted((folder / "fleet").glob("*/*"))))
    found.append(("one shop alone, cold", 1, audit(one, cache=folder / "alone")))
    return found


def main() -> None:
    """Make the shops, run them, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shops", type=int, default=20)
    parser.add_argument("--orders", type=int, default=5000, help="of each shop")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="shopscore-fleet-") as name:
        folder = Path(name)
        invent.write(folder / "fleet", given.shops * given.orders, given.shops)
        print("| run | seconds | CPU | a shop | peak MB |\n| --- | --- | --- | --- | --- |")
        for run, shops, taken in measured(folder, given.shops, given.workers):
            each = taken.seconds / shops
            cells = (run, f"{taken.seconds:.1f}", f"{taken.cpu:.1f}", f"{each:.2f}", f"{taken.megabytes:.0f}")
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
