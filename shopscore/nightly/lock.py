"""What a run works on → locks of the system, so that two runs on the same folder or history take turns.

The system gives a lock back when its process ends, however it ends: a run that was killed blocks nobody. The file of a
lock says nothing by being there.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shopscore.errors import BusyError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_SQLITE = "sqlite:///"


def things(paths: Sequence[Path], history: str | None, own: Path | None, state: Path) -> dict[Path, str]:
    """The file of each lock a run takes, and what it stands for.

    Args:
        paths: the folders that are read; their locks lie in the user's folder, since they may be read only.
        history: where audits are kept; a file's lock lies beside it, where other users' jobs find it too.
        own: a file named by ``--lock``.
        state: the user's folder for what a program remembers.
    """
    found = {_named(state, str(path.resolve())): str(path) for path in paths}
    if history is not None:
        lock, name = _of_history(history, state)
        found[lock] = name
    if own is not None:
        found[own] = str(own)
    return found


def named(state: Path, what: str, shown: str) -> dict[Path, str]:
    """The lock of anything that has a name, as what people know it."""
    return {_named(state, what): shown}


def _of_history(history: str, state: Path) -> tuple[Path, str]:
    path = history.removeprefix(_SQLITE)
    if "://" not in path:
        place = Path(path).resolve()
        return place.with_name(f"{place.name}.lock"), path
    url = urlsplit(history)
    where = f"{url.scheme}://{(url.netloc.rpartition('@')[2])}{url.path}"  # never its password
    return _named(state, where), where


def _named(state: Path, what: str) -> Path:
    digest = hashlib.sha256(what.encode(errors="surrogateescape")).hexdigest()
    return state / "locks" / f"{digest[:32]}.lock"


@contextmanager
def alone(files: Mapping[Path, str], patience: float, tell: Callable[[str, str], None]) -> Iterator[None]:
    """Hold all locks; in one order whatever the order they are named in, so that no two runs wait for each other.

    Args:
        files: the file of each lock, and what it stands for.
        patience: seconds to wait for another run, all locks together.
        tell: told once, in English and in Chinese, that there is another one.

    Raises:
        BusyError: another run was still at work after that time.
        UsageError: a lock cannot be taken here.
    """
    until = time.monotonic() + patience
    with ExitStack() as held:
        for file in sorted(files):
            held.enter_context(_locked(file, files[file], until, tell))
        yield


@contextmanager
def _locked(file: Path, what: str, until: float, tell: Callable[[str, str], None]) -> Iterator[None]:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only jobs that leave something behind need it

    lock = FileLock(file, fallback_to_soft=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            left = until - time.monotonic()
            if left <= 0:
                raise
            tell(
                f"another run is at work on {what}: waiting up to {_span(left)} (--wait)",
                f"另一次运行正在处理 {what}：最多等待 {_span(left, zh=True)}（--wait）",
            )
            lock.acquire(timeout=left)
    except Timeout:
        raise BusyError(
            f"another run is at work on {what}: nothing was done; --wait 1h waits longer for it",
            f"另一次运行正在处理 {what}：本次什么也没有做；--wait 1h 可以等得更久",
        ) from None
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"the lock {file} cannot be taken: {reason}", f"无法取得锁 {file}：{reason}") from None
    try:
        yield
    finally:
        lock.release()


def _span(seconds: float, *, zh: bool = False) -> str:
    if seconds >= 60:  # noqa: PLR2004 - a minute
        return f"{round(seconds / 60)} {'分钟' if zh else 'min'}"
    return f"{round(seconds)} {'秒' if zh else 's'}"
