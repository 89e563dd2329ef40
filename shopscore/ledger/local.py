"""Who runs the shops on this machine: some at a time, in order, and no shop takes another one down."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Unit = TypeVar("Unit")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Failure(Generic[Unit]):
    """A shop whose work raised: what it was, the error's type and its text."""

    unit: Unit
    kind: str
    message: str


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
    # A forked child would inherit the engine's locked thread pool; a spawned one starts clean.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _alone) as pool:
        yield from _in_order(pool, work, units, workers * ahead)


def _in_order(
    pool: ProcessPoolExecutor,
    work: Callable[[Unit], Result],
    units: Iterable[Unit],
    most: int,
) -> Iterator[Result | Failure[Unit]]:
    running: deque[Future[Result | Failure[Unit]]] = deque()
    try:
        for unit in units:
            running.append(pool.submit(_guarded, work, unit))
            if len(running) >= most:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    finally:
        for future in running:
            future.cancel()


def _alone() -> None:
    """One engine thread a worker: the shops are the parallelism. Must run before the engine is imported."""
    os.environ["POLARS_MAX_THREADS"] = "1"


def _guarded(work: Callable[[Unit], Result], unit: Unit) -> Result | Failure[Unit]:
    try:
        return work(unit)
    except Exception as error:  # noqa: BLE001 - whatever happens to one shop must not touch the others
        return Failure(unit, type(error).__name__, str(error))
