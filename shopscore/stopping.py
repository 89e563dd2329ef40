"""Ctrl-C, or a signal to end → the work is given up where it stands, helpers with it; one line, the code shells use.

Heard from the first moment on, before anything heavy is loaded. What is being written when it comes is given up whole
(`atomic`, transactions), so there is nothing to mend afterwards. A second signal ends the giving up.
"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What asks a run to stop: Ctrl-C, cron's `timeout` and systemd, a terminal that is closed."""
_BEYOND = 128
"""What shells add to a signal's number."""
_NAMES = {"SIGINT": "Ctrl-C", "SIGHUP": "its terminal was closed"}


class Stopped(BaseException):
    """The run is to stop: no exception of the work's, so that nothing takes it for one."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run(work: Callable[[], int]) -> int:
    """Do some work until a signal asks to stop; the exit code, 130 after Ctrl-C and 143 after SIGTERM."""
    heard: list[int] = []
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
    _end_helpers()
    name = signal.Signals(heard[0]).name
    with suppress(OSError):
        sys.stderr.write(f"stopped ({_NAMES.get(name, name)}); what is written is whole\n")
        sys.stderr.flush()
    return _BEYOND + heard[0]


@contextmanager
def _hearing(heard: list[int]) -> Iterator[None]:
    """Raise `Stopped` where the work is; what was ignored from the start (``nohup``, ``&``) still is."""

    def stop(number: int, _: FrameType | None) -> None:
        heard.append(number)
        raise Stopped(number)

    meant = [each for each in SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]
    for each in meant:
        signal.signal(each, stop)
    try:
        yield
    finally:
        for each in meant:
            signal.signal(each, signal.SIG_DFL)


def _end_helpers() -> None:
    """No process outlives this one, also where a second signal came while the first was being answered."""
    known = sys.modules.get("multiprocessing")
    for child in known.active_children() if known else ():
        child.kill()
        child.join()


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def unheard() -> Iterator[None]:
    """Hold signals back while a process is made, which would not know yet what to do with them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def obey() -> None:
    """As a helper: Ctrl-C is for the process that asked, which ends this one; other signals end it at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in SIGNALS:
        if each is not signal.SIGINT:
            signal.signal(each, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
