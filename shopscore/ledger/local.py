"""Who runs the shops on this machine: some at a time, in order, and no shop takes another one down.

Measured on two cores with whole audits of shops of 25,000 orders: two processes take 0.5 to 0.6 of the time of one, two
threads 0.8 to 0.9, because much of a small shop's time is spent outside the engine. Starting processes costs as much
as a small shop or two, unless they load while this one does (`crew`).
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from shopscore.errors import ShopscoreError
from shopscore.ledger.rota import Rota, following, lose, result_of, settle, stop, take
from shopscore.ledger.worker import LostError, ask, dismiss, hire
from shopscore.model import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from shopscore.ledger.crew import Crew

Unit = TypeVar("Unit")
Result = TypeVar("Result")


class Failure(Struct, Generic[Unit], frozen=True):
    """A shop whose work raised: what it was, the error's type and what it says."""

    unit: Unit
    kind: str
    message: Words


def _failure(unit: Unit, error: Exception) -> Failure[Unit]:
    said = Words(error.en, error.zh) if isinstance(error, ShopscoreError) else Words(str(error), str(error))
    return Failure(unit, type(error).__name__, said)


def alone(units: Iterable[Unit], work: Callable[[Unit], Result]) -> Iterator[Result | Failure[Unit]]:
    """Run the work of shops one by one in this process, each when its result is asked for."""
    for unit in units:
        yield _guarded(work, unit)


def each(
    units: Sequence[Unit], work: Callable[[Unit], Result], crew: Crew, *, patience: float | None = None
) -> Iterator[Result | Failure[Unit]]:
    """Have the work of many shops done by a crew, and yield the results in the order of the units.

    A shop that takes its process down is run once more when all others are done, on its own.

    Args:
        units: one shop's inputs each.
        work: from a unit to its result; both must survive pickling, and ``work`` must be a function of a module (or a
            `functools.partial` of one).
        crew: who does it, each one unit at a time.
        patience: seconds a unit may take.

    Yields:
        The result, or a `Failure` in its place.
    """
    rota = Rota(deque(range(len(units))))
    with _under_way(rota, units, work, crew, patience=patience, last=False):
        for at in range(len(units)):
            yield result_of(rota, at)


def beside(
    units: Sequence[Unit],
    work: Callable[[Unit], Result],
    crew: Crew,
    *,
    patience: float | None = None,
    size: Callable[[Unit], int],
) -> Iterator[Result | Failure[Unit]]:
    """Run a handful of shops in this process from the largest on, with a crew that begins at the smallest.

    The crew may take longer to be ready than a small shop takes; this process does not wait for it, and does itself
    whatever the crew has not begun. What is done last, while others may have nothing left, is of middling size.

    Args:
        units: one shop's inputs each.
        work: as in `each`.
        crew: who helps.
        patience: seconds a unit may take one of the crew.
        size: how much a unit seems to be, in any measure.

    Yields:
        The results in the order of the units, or a `Failure` in place of one.
    """
    first, *others = sorted(range(len(units)), key=lambda at: size(units[at]), reverse=True)
    rota, rest = Rota(deque(others)), iter(others)
    with _under_way(rota, units, work, crew, patience=patience, last=True):
        own = {first: _guarded(work, units[first])}
        for at in range(len(units)):
            while at not in own and (other := next(rest, None)) is not None:
                if take(rota, other):
                    own[other] = _guarded(work, units[other])
            yield own.pop(at) if at in own else result_of(rota, at)


@contextmanager
def _under_way(  # noqa: PLR0913 - what is to be done, by whom and how
    rota: Rota,
    units: Sequence[Unit],
    work: Callable[[Unit], Result],
    crew: Crew,
    *,
    patience: float | None,
    last: bool,
) -> Iterator[None]:
    """A thread for each of the crew, which hands it one unit after another; none is left when this ends."""
    hand = partial(_hand, rota, units, partial(_guarded, work), crew, patience=patience, last=last)
    threads: list[Thread] = []
    try:
        for place in range(crew.size):
            thread = Thread(target=hand, args=(place,), daemon=True)
            thread.start()
            threads.append(thread)
        yield
    finally:
        if stop(rota):
            for worker in crew.workers:
                worker.process.kill()
        for thread in threads:
            thread.join()


def _hand(  # noqa: PLR0913 - as above
    rota: Rota,
    units: Sequence[Unit],
    work: Callable[[Unit], Result | Failure[Unit]],
    crew: Crew,
    place: int,
    *,
    patience: float | None,
    last: bool,
) -> None:
    """Hand units to one of the crew until none is left, and replace it where it is lost."""
    while (at := following(rota, last=last)) is not None:
        try:
            settle(rota, at, ask(crew.workers[place], work, units[at], patience))
        except LostError as error:
            dismiss(crew.workers[place])
            if not rota.stopped:
                with suppress(OSError):  # else its next unit is lost too, and said to be
                    crew.workers[place] = hire(anew=True)
            if error.kind == "TookTooLong" or not lose(rota, at):
                settle(rota, at, Failure(units[at], error.kind, error.message))
        except Exception as error:  # noqa: BLE001 - whatever happens to one shop must not touch the others
            settle(rota, at, _failure(units[at], error))


def _guarded(work: Callable[[Unit], Result], unit: Unit) -> Result | Failure[Unit]:
    try:
        return work(unit)
    except Exception as error:  # noqa: BLE001 - whatever happens to one shop must not touch the others
        return _failure(unit, error)
