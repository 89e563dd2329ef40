"""A process that works for this one, at the other end of a pipe → what each piece of work gave, or how it was lost.

One piece at a time, so that it is always known which shop took a process down: a pool that breaks as a whole knows
only that one of its many did.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from shopscore import stopping
from shopscore.model import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

ENGINE = "polars"
_SECONDS_TO_END = 5.0


class LostError(Exception):
    """The process ended, or was ended, before it had an answer.

    Attributes:
        kind: ``WorkerLost`` or ``TookTooLong``.
        message: how.
    """

    def __init__(self, kind: str, message: Words) -> None:
        super().__init__(message.en)
        self.kind = kind
        self.message = message


class Worker(Struct, frozen=True):
    """The process, and this end of the pipe to it."""

    process: SpawnProcess
    pipe: Connection


def hire(ready: Callable[[], object] | None = None, others: Sequence[Worker] = (), *, anew: bool = False) -> Worker:
    """Start a process.

    Args:
        ready: what it does first, so that its work need not wait for it; a function of a module.
        others: those that work already; a copy of this process would hold their pipes open.
        anew: start from nothing whatever this process holds.
    """
    way = "fork" if copies() and not anew else "spawn"
    context: Any = multiprocessing.get_context(way)
    here, there = context.Pipe()
    inherited = (*(each.pipe for each in others), here) if way == "fork" else ()
    process = context.Process(target=_serve, args=(there, inherited, ready), daemon=True)
    if way == "spawn" and sys.platform != "win32":
        resource_tracker.ensure_running()  # which would hear signals again, were it begun below
    with stopping.unheard():
        process.start()
        there.close()
    return Worker(process, here)


def dismiss(worker: Worker) -> None:
    """End a process, whatever it is doing."""
    worker.pipe.close()
    worker.process.terminate()
    worker.process.join(_SECONDS_TO_END)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def ask(worker: Worker, work: Callable[[Any], Any], unit: object, patience: float | None = None) -> Any:  # noqa: ANN401 - what the work gives
    """Have a piece of work done.

    Args:
        worker: who does it.
        work: from a unit to its result; it must survive pickling, and so must both.
        unit: what is to be worked on.
        patience: seconds after which no answer is taken for a process that hangs; it is ended.

    Raises:
        LostError: there will be no answer.
    """
    try:
        worker.pipe.send((work, unit))
        worker.pipe.recv()  # it has loaded what it needs, and begins
        if not wait([worker.pipe, worker.process.sentinel], patience):
            worker.process.kill()
            minutes = f"{(patience or 0) / 60:g}"
            said = Words(f"no result within {minutes} minutes; it was stopped", f"{minutes} 分钟内没有结果，已停止")
            raise LostError("TookTooLong", said)
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(_SECONDS_TO_END)
        raise LostError("WorkerLost", _how(worker.process.exitcode)) from None


def _how(code: int | None) -> Words:
    """How a process ended."""
    if code is not None and -code == signal.SIGKILL:
        return Words(
            "the process that worked on it was killed, most likely for want of memory",
            "处理它的进程被系统终止，很可能是内存不足",
        )
    if code is not None and code < 0:
        with suppress(ValueError):
            name = signal.Signals(-code).name
            return Words(f"the process that worked on it crashed ({name})", f"处理它的进程崩溃（{name}）")
    return Words(
        f"the process that worked on it ended by itself (exit code {code})",
        f"处理它的进程自行结束（退出码 {code}）",
    )


def copies() -> bool:
    """Whether a process is made as a copy of this one: only before the engine is loaded.

    The engine's threads do not live on in a copy, and their locks stay locked.
    """
    return sys.platform == "linux" and ENGINE not in sys.modules


def _serve(pipe: Connection, inherited: Sequence[Connection], ready: Callable[[], object] | None) -> None:
    """The process: one engine thread, since the shops are the parallelism, and pieces of work until the pipe ends."""
    os.environ["POLARS_MAX_THREADS"] = "1"  # before the engine is imported
    stopping.obey()
    for each in inherited:
        each.close()
    with suppress(EOFError, OSError, KeyboardInterrupt):  # nobody is there any more, or soon will be
        if ready is not None:
            with suppress(Exception):  # what is wrong is said by the work itself
                ready()
        while True:
            work, unit = pipe.recv()
            pipe.send(None)
            pipe.send(work(unit))
