"""Folders of files → as many processes as they are worth, under way while this one is still loading.

Half of what a small audit takes is loading. What copies of this process can have of it, the rules, is loaded once and
before them; the engine is loaded by all at the same time. Nothing heavy is imported here, so that a command can begin
with it.
"""

from __future__ import annotations

import gc
import os
import re
from contextlib import contextmanager, suppress
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore.ledger.worker import Worker, copies, dismiss, hire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

A_FEW = 3
"""Shops that are audited before another process would have begun."""
A_HANDFUL = 8
"""Shops that this process works on too; more are left to the others, so that it stays small."""
_OF_A_DAY = re.compile(r"20[0-9]{2}(?:[-_. ]?[01][0-9](?:[-_. ]?[0-3][0-9])?)?(?:[-_. ].*)?")
"""How the name of a folder begins that holds a day, a month or a year of a shop; other numbers may be shops'."""
_LOOKED_AT = 10_000
"""Entries of folders looked at to count them: a guess has to be quick."""


class Crew(Struct, frozen=True):
    """Processes that work beside this one; one that is lost is replaced in its place."""

    workers: list[Worker]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.workers)


def helpers(shops: int, workers: int | None = None) -> int:
    """Processes beside this one that so many shops are worth.

    Args:
        shops: how many there are.
        workers: processes asked for; 1 is this one alone.
    """
    if workers is not None:
        return workers if workers > 1 else 0
    cores = os.cpu_count() or 1
    if shops > A_HANDFUL:
        return cores
    return 0 if shops <= A_FEW else min(cores, shops) - 1


@contextmanager
def ahead(
    paths: Sequence[Path], workers: int | None, light: Callable[[], object], ready: Callable[[], object]
) -> Iterator[Crew | None]:
    """Start the helpers that the folders under some paths seem to be worth.

    Args:
        paths: where the shops' files are.
        workers: processes asked for.
        light: loads what the work needs without the engine; helpers that are copies find it loaded.
        ready: loads all that the work needs; a function of a module.

    Yields:
        The crew, each of it about to be ready; None where there is to be none.
    """
    size = helpers(folders(paths), workers)
    if not size:
        yield None
        return
    if copies():
        with suppress(Exception):  # what is wrong is said by the work itself
            light()
        gc.freeze()  # what is loaded stays: no copy looks through it again, or writes to its pages in doing so
    with started(size, ready) as crew:
        yield crew


@contextmanager
def started(size: int, ready: Callable[[], object] | None = None) -> Iterator[Crew]:
    """Some processes; what they have not done when it ends is given up.

    Args:
        size: how many.
        ready: what each does first, a function of a module.
    """
    crew = Crew([])
    try:
        for _ in range(size):
            crew.workers.append(hire(ready, crew.workers))
        yield crew
    finally:
        for worker in crew.workers:
            dismiss(worker)


def folders(paths: Sequence[Path]) -> int:
    """How many folders under some paths hold files, as far as it matters; one of a day is no other than its shop's."""
    found: set[str] = set()
    for place in islice(chain.from_iterable(_places(str(path)) for path in paths), _LOOKED_AT):
        found.add(place)
        if len(found) > A_HANDFUL:
            break
    return len(found)


def _places(folder: str, name: str | None = None) -> Iterator[str]:
    """The folder of every file below one, by its path or another name."""
    inner: list[tuple[str, str | None]] = []
    name = name or folder
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inner.append((entry.path, name if _OF_A_DAY.fullmatch(entry.name) else None))
                else:
                    yield name
    except OSError:
        # A file, or what the audit itself will have a word about.
        return
    for path, called in sorted(inner, key=itemgetter(0)):
        yield from _places(path, called)
