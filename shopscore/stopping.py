"""Ctrl-C, or a signal to end → the work is given up where it stands, helpers with it; one line, the code shells use.

Heard from the first moment on, before anything heavy is loaded. What is being written when it comes is given up whole
(`atomic`, transactions), so there is nothing to mend afterwards. Signals that follow at once say the same; a later one
is raised anew, should the first have been taken for a fault of something else.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What asks a run to stop: Ctrl-C, cron's `timeout` and systemd, a terminal that is closed."""
_BEYOND = 128
"""What shells add to a signal's number."""
_AT_ONCE = 0.5
"""Seconds in which a further signal says nothing new: a key that is held, a group that is told twice."""
_A_MOMENT = 0.01
_NAMES = {"SIGINT": "Ctrl-C", "SIGHUP": "its terminal was closed"}


class Stopped(BaseException):
    """The run is to stop: no exception of the work's, so that nothing takes it for one."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


_HEARD: list[int] = []
"""What asked this run to stop, first to last."""
_HELD: list[None] = []
"""One for each process that this one is making just now."""


def heed() -> None:
    """Stop now if that was asked for, also where what raised it has not come through: an engine may swallow it.

    Raises:
        Stopped: it was.
    """
    if _HEARD:
        raise Stopped(_HEARD[0])


def run(work: Callable[[], int]) -> int:
    """Do some work until a signal asks to stop; the exit code, 130 after Ctrl-C and 143 after SIGTERM."""
    heard = _HEARD
    try:
        with _hearing(heard):
            code = work()
    except Stopped as stop:
        heard.append(stop.number)
    except KeyboardInterrupt:
        heard.append(signal.SIGINT)
    else:
        # The engine and the command line have ways of their own to hear of Ctrl-C.
        heard += [signal.SIGINT] if not heard and code == _BEYOND + signal.SIGINT else []
    if not heard:
        return code
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)  # all that is left is to end
    first = heard[0]
    heard.clear()
    _end_helpers()
    name = signal.Signals(first).name
    with suppress(OSError):
        sys.stderr.write(f"stopped ({_NAMES.get(name, name)}); what is written is whole\n")
        sys.stderr.flush()
    return _BEYOND + first


@contextmanager
def _hearing(heard: list[int]) -> Iterator[None]:
    """Raise `Stopped` where the work is; what was ignored from the start (``nohup``, ``&``) still is."""
    last = -_AT_ONCE

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal last
        before, last = last, time.monotonic()
        heard.append(number)
        if last - before >= _AT_ONCE and not _HELD:
            raise Stopped(number)

    meant = [each for each in SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]
    for each in meant:
        signal.signal(each, stop)
    try:
        with _raised_again():
            yield
    finally:
        for each in meant:
            signal.signal(each, signal.SIG_IGN if heard else signal.SIG_DFL)


@contextmanager
def _raised_again() -> Iterator[None]:
    """Where something was being cleaned away, an exception goes no further: `Stopped` is raised anew a moment later."""
    usual, alarm = sys.unraisablehook, getattr(signal, "SIGALRM", None)

    def lost(what: sys.UnraisableHookArgs) -> None:
        if not isinstance(what.exc_value, Stopped):
            usual(what)
        elif alarm is not None:
            signal.signal(alarm, again)
            signal.setitimer(signal.ITIMER_REAL, _A_MOMENT)

    def again(_: int, __: FrameType | None) -> None:
        if not _HELD:
            heed()

    sys.unraisablehook = lost
    try:
        yield
    finally:
        sys.unraisablehook = usual
        if alarm is not None and signal.getsignal(alarm) is again:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(alarm, signal.SIG_DFL)


def _end_helpers() -> None:
    """No process outlives this one, also where a second signal came while the first was being answered."""
    known = sys.modules.get("multiprocessing")
    for child in known.active_children() if known else ():
        child.kill()
        child.join()


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def unheard() -> Iterator[None]:
    """Hold signals back while a process is made, which would not know yet what to do with them.

    Raises:
        Stopped: one came, by way of another thread; the process has been made by then.
    """
    if threading.current_thread() is not threading.main_thread():
        with _blocked():
            yield
        return
    _HELD.append(None)
    try:
        with _blocked():
            yield
    finally:
        _HELD.pop()
    heed()


@contextmanager
def _blocked() -> Iterator[None]:
    """Signals wait, for this thread and for what it makes."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def obey() -> None:
    """As a helper: Ctrl-C is for the process that asked, which ends this one; other signals end it at once.

    Ctrl-C is held back for good. To ignore it is not enough: while the engine works, it listens in a way of its own.
    """
    _HEARD.clear()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    others = {each for each in SIGNALS if each is not signal.SIGINT}
    for each in others:
        signal.signal(each, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        signal.pthread_sigmask(signal.SIG_UNBLOCK, others)
