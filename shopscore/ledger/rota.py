"""Units of work → each done once by whoever is free, told in their order; what took a process down once more, alone."""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import Any

from msgspec import Struct, field


class Rota(Struct):
    """What is still to be done, what is under way, and what was done and not yet asked for; units by their number.

    Attributes:
        waiting: nobody has begun.
        lost: what took its process down, to be tried once more when nothing else runs: two shops at once may have
            wanted more memory than there is.
        tried: what was tried once more.
        busy: how many are under way.
        done: results by number, until they are asked for.
        stopped: nothing more is to be begun.
    """

    waiting: deque[int]
    lost: deque[int] = field(default_factory=deque)
    tried: set[int] = field(default_factory=set)
    busy: int = 0
    done: dict[int, Any] = field(default_factory=dict)
    stopped: bool = False
    changed: Condition = field(default_factory=Condition)


def take(rota: Rota, at: int) -> bool:
    """Whether this unit is still to be done; then it is the asker's."""
    with rota.changed:
        if at not in rota.waiting:
            return False
        rota.waiting.remove(at)
        return True


def following(rota: Rota, *, last: bool) -> int | None:
    """The next unit for a worker, from the end if ``last``; None when there is and will be none. Waits for it."""
    with rota.changed:
        rota.changed.wait_for(lambda: rota.waiting or not rota.busy or rota.stopped)
        if rota.stopped or not (rota.waiting or rota.lost):
            return None
        if rota.waiting:
            at = rota.waiting.pop() if last else rota.waiting.popleft()
        else:
            at = rota.lost.popleft()
            rota.tried.add(at)
        rota.busy += 1
        return at


def settle(rota: Rota, at: int, result: object) -> None:
    """A unit is done."""
    with rota.changed:
        rota.busy -= 1
        rota.done[at] = result
        rota.changed.notify_all()


def lose(rota: Rota, at: int) -> bool:
    """A unit took its process down; whether it will be tried once more."""
    with rota.changed:
        if at in rota.tried or rota.stopped:
            return False
        rota.busy -= 1
        rota.lost.append(at)
        rota.changed.notify_all()
        return True


def result_of(rota: Rota, at: int) -> Any:  # noqa: ANN401 - what the work gives
    """What a unit gave; waits for it."""
    with rota.changed:
        rota.changed.wait_for(lambda: at in rota.done)
        return rota.done.pop(at)


def stop(rota: Rota) -> bool:
    """Begin nothing more; whether anything is under way."""
    with rota.changed:
        rota.stopped = True
        rota.changed.notify_all()
        return bool(rota.busy)
