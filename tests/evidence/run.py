"""``python tests/evidence/run.py`` → the tables of ``docs/evidence.md``, from simulated shops whose truth is known.

A part is a module beside this one with a function ``tables(seeds) -> Iterator[Table]``; nothing else names it. Parts
draw from seeds of their own, so that as many of them run side by side as there are cores.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "evidence.md"
sys.path[:0] = [path for path in (str(HERE.parent), str(HERE.parents[1])) if path not in sys.path]

from evidence.tables import filled  # noqa: E402 - the path comes first

if TYPE_CHECKING:
    from types import ModuleType

    from evidence.tables import Table


def parts() -> dict[str, ModuleType]:
    """The modules that measure something, by name."""
    names = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in ("__init__", "run", "tables"))
    found = {name: import_module(f"evidence.{name}") for name in names}
    return {name: module for name, module in found.items() if hasattr(module, "tables")}


def measured(part: str, seeds: int) -> list[Table]:
    """The tables of one part, in a process of its own."""
    return list(import_module(f"evidence.{part}").tables(seeds))


def main(arguments: list[str] | None = None) -> None:
    known = parts()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="simulated shops; a part may take fewer of them")
    parser.add_argument("--only", choices=sorted(known), action="append", help="measure this part; may be repeated")
    parser.add_argument("--print", action="store_true", help="print the tables, leave the page as it is")
    chosen = parser.parse_args(arguments)
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        for tables in pool.map(measured, chosen.only or known, repeat(chosen.seeds)):
            print("\n\n".join(f"{table.name}\n{table}" for table in tables), flush=True)  # noqa: T201 - the result
            if not chosen.print:
                PAGE.write_text(filled(PAGE.read_text("utf-8"), tables), encoding="utf-8")


if __name__ == "__main__":
    main()
