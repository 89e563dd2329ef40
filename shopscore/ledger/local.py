"""Who runs the shops on this machine: some at a time, in order, and no shop takes another one down.

Measured on two cores with whole audits of shops of 25,000 orders: two processes take 0.5 to 0.6 of the time of one, two
threads 0.8 to 0.9, because much of a small shop's time is spent outside the engine. Starting processes costs as much
as a small shop or two, unless they load while this one does (`crew`).
"""

from __future__ import annotations

from collections import deque
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Optional, TypeVar

from shopscore.ledger.crew import Crew, started

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


def alone(units: Iterable[Unit], work: Callable[[Unit], Result]) -> Iterator[Result | Failure[Unit]]:
    """Run the work of shops one by one in this process, each when its result is asked for."""
    for unit in units:
        yield _guarded(work, unit)


def each(
    units: Iterable[Unit], work: Callable[[Unit], Result], crew: Crew, *, ahead: int = 2
) -> Iterator[Result | Failure[Unit]]:
    """Have the work of many shops done by a crew, and yield the results in the order of the units.

    Args:
        units: one shop's inputs each.
        work: from a unit to its result; both must survive pickling, and ``work`` must be a function of a module (or a
            `functools.partial` of one).
        crew: who does it.
        ahead: units in flight per process: enough that none waits, few enough that memory stays bounded.

    Yields:
        The result, or a `Failure` in its place.
    """
    running: deque[tuple[Unit, Running[Result, Unit]]] = deque()
    for unit in units:
        running.append((unit, _start(crew, work, unit)))
        if len(running) >= crew.size * ahead:
            yield _finish(work, *running.popleft())
    while running:
        yield _finish(work, *running.popleft())


def beside(units: Sequence[Unit], work: Callable[[Unit], Result], crew: Crew) -> Iterator[Result | Failure[Unit]]:
    """Run a handful of shops in this process from the front, with a crew that begins at the end.

    The crew may take longer to be ready than a small shop takes; this process does not wait for it, and does itself
    whatever the crew has not begun. A shop that takes a process down is run once more, on its own.

    Args:
        units: one shop's inputs each.
        work: as in `each`.
        crew: who helps.

    Yields:
        The results in the order of the units, or a `Failure` in place of one.
    """
    running = {at: _start(crew, work, units[at]) for at in reversed(range(1, len(units)))}
    for at, unit in enumerate(units):
        future = running.get(at)
        mine = at == 0 or (future is not None and future.cancel())
        yield _guarded(work, unit) if mine else _finish(work, unit, future)


def _start(crew: Crew, work: Callable[[Unit], Result], unit: Unit) -> Running[Result, Unit]:
    try:
        return crew.pool.submit(_guarded, work, unit)
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
        with started(1) as crew:
            return crew.pool.submit(_guarded, work, unit).result()
    except BrokenProcessPool:
        return Failure(unit, "WorkerLost", "the process that worked on it was killed, most likely for want of memory")


def _guarded(work: Callable[[Unit], Result], unit: Unit) -> Result | Failure[Unit]:
    try:
        return work(unit)
    except Exception as error:  # noqa: BLE001 - whatever happens to one shop must not touch the others
        return Failure(unit, type(error).__name__, str(error))
