"""``python tests/evidence/run.py`` → the tables of ``docs/evidence.md``, from simulated shops whose truth is known."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from evidence import causes, waiting  # noqa: E402 - the path comes first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="simulated shops for each table")
    seeds = parser.parse_args().seeds
    print("When a window meets its target again, after an incident has ended\n")  # noqa: T201 - the result
    print("| who says | reports | names a date | within 2 days | days off, mean |\n|---|---|---|---|---|")  # noqa: T201
    for line in waiting.again(seeds):
        print(f"| {line.who} | {line.reports} | {line.dated} | {line.close:.0%} | {line.off:.1f} |")  # noqa: T201
    print("\nWhether a window that meets its target misses it within a window's length\n")  # noqa: T201
    print("| said | reports | came true | within 2 days of the date |\n|---|---|---|---|")  # noqa: T201
    for said in waiting.turns(seeds):
        print(f"| {said.said} | {said.reports} | {said.true:.0%} | {said.close} |")  # noqa: T201

    _causes(max(seeds // 10, 1))


def _causes(seeds: int) -> None:
    print(f"\nWhich causes are named, {seeds} shops each\n")  # noqa: T201
    print("| planted | named first | all of them named | innocent segments a shop |\n|---|---|---|---|")  # noqa: T201
    for found in causes.table(seeds):
        first = "-" if found.plan.startswith("nothing") else f"{found.first:.0%}"
        print(f"| {found.plan} | {first} | {found.all_of:.0%} | {found.innocent:.2f} |")  # noqa: T201


if __name__ == "__main__":
    main()
