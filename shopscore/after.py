"""What follows an audit, in this order: gates, outbox, history, what is printed, what is sent, the sign of life."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from shopscore import console, delivery, lookback, nightly, options
from shopscore.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from shopscore.model import Report, ShopComparison
    from shopscore.render.layout import Look
    from shopscore.telling import Telling

NOT_DELIVERED = 4
"""The exit code of a report that was made and did not get where it was to go."""


class Wishes(Struct, frozen=True):
    """What is to become of a report.

    Attributes:
        gates: what must not be.
        exit_zero: a gate that fails is said and ends in 0.
        history: where the audit is kept.
        formats, output: how it is written, and where to.
        quiet: nothing is printed where all is well.
        look: how it is printed.
        heartbeat: where a run that got through leaves its sign of life.
        told: who is told of it; None for nobody.
    """

    gates: Sequence[str]
    exit_zero: bool
    history: str | None
    formats: Sequence[str]
    output: Path | None
    language: str
    quiet: bool
    look: Look
    heartbeat: Path | None = None
    told: Telling | None = None


def told(given: Sequence[str] | None, on: str | None, *, remembers: bool) -> Telling | None:
    """Who is to be told of an audit, looked at before anything is read; None for nobody.

    Raises:
        UsageError, RuleError: somebody could not be told.
    """
    if not given and on is None:
        return None
    from shopscore import telling

    return telling.begin(given, on, remembers=remembers)


@contextmanager
def turn(paths: Sequence[Path], wishes: Wishes, own: Path | None, wait: str) -> Iterator[None]:
    """Have the folders and the history to oneself, where the run leaves something behind that others might, too."""
    patience = options.wait(wait)
    if wishes.history is None and wishes.heartbeat is None and wishes.told is None and own is None:
        yield
        return
    files = nightly.things(paths, wishes.history, own, console.state_folder())
    with nightly.alone(files, patience, console.tell):
        yield


def finish(report: Report, wishes: Wishes) -> int:
    """Do what is wished with a report; the exit code."""
    since = lookback.since(wishes.history, report)
    fails = delivery.gates_fail(report, wishes.gates, since, wishes.language)
    code = 5 if report.failed else 1 if fails and not wishes.exit_zero else 0
    # Before the history knows the audit: a run that is killed in between tells it twice rather than never.
    put = _put(report, since or {}, wishes)
    kept = lookback.keep(wishes.history, report)  # whatever the gates say
    code = code or kept
    worse = any(each.regressions for each in (since or {}).values())
    if not wishes.quiet or code or fails or wishes.output is not None or worse:
        delivery.deliver(report, wishes.formats, wishes.output, wishes.language, look=wishes.look)
        if wishes.output is None and tuple(wishes.formats) == ("text",):
            lookback.show_since(since, wishes.language, look=wishes.look)
    else:
        delivery.tell_unread(report.shops, wishes.language)
    taken = _sent(wishes)
    code = code or (0 if put and taken else NOT_DELIVERED)
    beat = _beat(report, code, wishes.heartbeat)
    return code or beat


def _put(report: Report, since: Mapping[str, ShopComparison], wishes: Wishes) -> bool:
    """Put what is told of an audit into the outbox; whether that worked."""
    if wishes.told is None:
        return True
    from shopscore import telling

    return telling.put(wishes.told, telling.Audited(report, since, wishes.output, wishes.language))


def _sent(wishes: Wishes) -> bool:
    """Send what is in the outbox; whether all of it was taken."""
    if wishes.told is None:
        return True
    from shopscore import telling

    return telling.send(wishes.told)


def _beat(report: Report, code: int, path: Path | None) -> int:
    """Leave the sign of life; 0, or the exit code of what could not be delivered."""
    if path is None:
        return 0
    try:
        nightly.written(path, report, code, console.now())
    except OSError as error:
        told = UsageError.of_system(error, f"--heartbeat {path}")
        console.tell(told.en, told.zh)
        return NOT_DELIVERED
    return 0
