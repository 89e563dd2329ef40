"""Who runs the shops on this machine: some at a time, in order, and no shop takes another one down.

Measured on two cores with whole audits of shops of 25,000 orders: two processes take 0.5 to 0.6 of the time of one, two
threads 0.8 to 0.9, because much of a small shop's time is spent outside the engine. Starting processes costs as much
as some six such shops, so a caller with fewer does better with ``workers=1``, or with `beside`, which does not wait.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Optional, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

Unit = TypeVar("Unit")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Failure(Generic[Unit]):
    """A shop whose work raised: what it was, the error's type and its text."""

    unit: Unit
    kind: str
    message: str


Running = Optional["Future[Result | Failure[Unit]]"]
"""A unit under way; None where the workers were lost before it began."""


def each(
    units: Iterable[Unit], work: Callable[[Unit], Result], workers: int | None = None, *, ahead: int = 2
) -> Iterator[Result | Failure[Unit]]:
    """Run the work of many shops and yield the results in the order of the units.

    Args:
        units: one shop's inputs each.
        work: from a unit to its result; with several workers both must survive pickling, and ``work`` must be a
            function of a module (or a `functools.partial` of one).
        workers: processes; by default one a core, and 1 stays in this process.
        ahead: units in flight per worker: enough that none waits, few enough that memory stays bounded.

    Yields:
        The result, or a `Failure` in its place.
    """
    workers = (os.cpu_count() or 1) if workers is None else workers
    if workers <= 1:
        for unit in units:
            yield _guarded(work, unit)
        return
    with _pool(workers) as pool:
        yield from _in_order(pool, work, units, workers * ahead)


def beside(units: Sequence[Unit], work: Callable[[Unit], Result]) -> Iterator[Result | Failure[Unit]]:
    """Run a handful of shops in this process from the front, with one more process that begins at the end.

    The other process takes as long to start as a small shop or two; this one does not wait for it, and does itself
    whatever the other has not begun. A shop that takes the other process down is run once more, on its own.

    Args:
        units: one shop's inputs each.
        work: as in `each` with several workers.

    Yields:
        The results in the order of the units, or a `Failure` in place of one.
    """
    with _pool(1) as pool:
        running = {at: _start(pool, work, units[at]) for at in reversed(range(1, len(units)))}
        for at, unit in enumerate(units):
            future = running.get(at)
            mine = at == 0 or (future is not None and future.cancel())
            yield _guarded(work, unit) if mine else _finish(work, unit, future)


def _pool(workers: int) -> ProcessPoolExecutor:
    # A forked child would inherit the engine's locked thread pool; a spawned one starts clean.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _alone)


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[Unit], Result], units: Iterable[Unit], most: int
) -> Iterator[Result | Failure[Unit]]:
    running: deque[tuple[Unit, Running[Result, Unit]]] = deque()
    for unit in units:
        running.append((unit, _start(pool, work, unit)))
        if len(running) >= most:
            yield _finish(work, *running.popleft())
    while running:
        yield _finish(work, *running.popleft())


def _start(pool: ProcessPoolExecutor, work: Callable[[Unit], Result], unit: Unit) -> Running[Result, Unit]:
    try:
        return pool.submit(_guarded, work, unit)
    except BrokenProcessPool:
        return None


def _finish(work: Callable[[Unit], Result], unit: Unit, future: Running[Result, Unit]) -> Result | Failure[Unit]:
    """A unit's result; where some shop took the workers down, each one left is run in a process of its own."""
    try:
        if future is not None:
            return future.result()
    except BrokenProcessPool:
        pass
    try:
        with _pool(1) as pool:
            return pool.submit(_guarded, work, unit).result()
    except BrokenProcessPool:
        return Failure(unit, "WorkerLost", "the process that worked on it was killed, most likely for want of memory")


def _alone() -> None:
    """One engine thread a worker: the shops are the parallelism. Must run before the engine is imported."""
    os.environ["POLARS_MAX_THREADS"] = "1"


def _guarded(work: Callable[[Unit], Result], unit: Unit) -> Result | Failure[Unit]:
    try:
        return work(unit)
    except Exception as error:  # noqa: BLE001 - whatever happens to one shop must not touch the others
        return Failure(unit, type(error).__name__, str(error))
