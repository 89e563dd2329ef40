"""What the first audit of an installation takes, and the second: whole processes, in turns.

    python benchmarks/first_run.py                   # the sample, five shops
    python benchmarks/first_run.py FOLDER --repeat 9

The first finds an empty cache, the second what the first has kept. Beside them: the first in one process; what a
process pays before it reads a file (imports and rules); and the same without an engine (``rules list``). Byte code is
made before, as an installation has it; whether rules are carried is said: a checkout that was never built has none.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from run import Taken, timed

import shopscore
from shopscore.ruleset.carried import carried

HERE = Path(__file__).parent
START = "from shopscore import after, audit, catalog, lookback, telling; from shopscore.cli import app; catalog.load()"


def turn(folder: Path) -> dict[str, Taken]:
    """Each run once, each pair of audits with a cache of its own."""
    program = [sys.executable, "-m", "shopscore"]
    audit = [*program, "audit", str(folder), "--quiet", "--exit-zero"]
    taken = {}
    with tempfile.TemporaryDirectory() as home, Path(os.devnull).open("wb") as nowhere:
        for name, words in {"first": audit, "second": audit, "first, one process": [*audit, "--workers", "1"]}.items():
            os.environ["SHOPSCORE_CACHE"] = str(Path(home) / ("alone" if "one" in name else "shared"))
            taken[name] = timed(words, nowhere)
        taken["start, with the engine"] = timed([sys.executable, "-c", START], nowhere)
        taken["start, without"] = timed([*program, "rules", "list"], nowhere)
    return taken


def main() -> None:
    """Measure, and print each run beside the second audit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE.parent / "sample_data")
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    compileall.compile_dir(Path(shopscore.__file__).parent, quiet=1)
    runs = defaultdict(list)
    for _ in range(given.repeat):
        for name, taken in turn(given.folder).items():
            runs[name].append(taken)
    wall = {name: statistics.median(each.seconds for each in taken) for name, taken in runs.items()}
    cpu = {name: statistics.median(each.cpu for each in taken) for name, taken in runs.items()}
    print(f"{given.folder.name}, {given.repeat} runs in turns; rules {'carried' if carried() else 'read strictly'}\n")
    print("| run | CPU of the second | wall of the second | CPU s | wall s | least CPU s | least wall s |")
    print("|---|---|---|---|---|---|---|")
    for name, taken in runs.items():
        least = min(each.cpu for each in taken), min(each.seconds for each in taken)
        ratios = f"{cpu[name] / cpu['second']:.2f} | {wall[name] / wall['second']:.2f}"
        print(f"| {name} | {ratios} | {cpu[name]:.2f} | {wall[name]:.2f} | {least[0]:.2f} | {least[1]:.2f} |")


if __name__ == "__main__":
    main()
