"""Fuzz the readers for a while and say how many inputs were tried.

``python tests/fuzz/run.py --seconds 120 --seed 0``; a failure prints the smallest files that show it.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from fuzzing import run


def main():
    """Parse, run, say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)  # noqa: T201 - a script
    tried = run(given.seconds, given.seed)
    kinds = ", ".join(f"{count:,} {name}" for name, count in sorted(tried.items()) if name.startswith("."))
    accounts = (
        f"{tried['accounts']:,} accounts, {tried['tables']:,} of them of known tables, over {tried['rows']:,} rows"
    )
    print(f"{tried['examples']:,} inputs tried ({kinds}): {accounts}: all add up")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
