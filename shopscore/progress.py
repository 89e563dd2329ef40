"""Work that takes longer than a second → a line on stderr that says how far it is, gone when it ends.

Only where somebody looks: never in a pipe, on a dumb terminal, or where a quiet or plain run was asked for. The thread
that begins it is started here and not before: processes that are made as copies must exist by then (`ledger.crew`).
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

AFTER = 1.0
"""Seconds of work before anything is said."""
_A_SECOND = 4
"""How often it is drawn: the work has better use for the time."""


class _Shown:
    """A line that appears once the work has lasted long enough, and what it tells."""

    def __init__(self, stream: TextIO, text: str) -> None:
        # A way to the terminal of its own: files are read with the process's stderr turned away (`readers.quiet`).
        self._stream = os.fdopen(os.dup(stream.fileno()), "w", encoding=stream.encoding, errors="replace")
        self._text = text
        self._done, self._all = 0, 0
        self._lock = Lock()
        self._line: Progress | None = None
        self._timer = Timer(AFTER, self._begin)
        self._timer.daemon = True
        self._timer.start()

    def tell(self, done: int, of: int) -> None:
        with self._lock:
            self._done, self._all = done, of
            if self._line is not None:
                self._line.update(self._line.task_ids[0], completed=done, total=of or None)

    def _begin(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - most work is done before it would be shown
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        console = Console(file=self._stream, stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn())
        line = Progress(
            *columns,
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            refresh_per_second=_A_SECOND,
        )
        with self._lock:
            line.add_task(self._text, completed=self._done, total=self._all or None)
            self._line = line
            line.start()

    def end(self) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._line is not None:
            self._line.stop()
        self._stream.close()


@contextmanager
def shown(stream: TextIO, text: str, *, wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """Show how far the work inside is.

    Args:
        stream: where to.
        text: what is done.
        wanted: whether anybody wants to see it.

    Yields:
        What is told how many parts are done, of how many.
    """
    if not wanted:
        yield lambda _done, _of: None
        return
    found = _Shown(stream, text)
    try:
        yield found.tell
    finally:
        found.end()
