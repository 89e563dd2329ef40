"""A letter → whatever apprise knows how to reach: e-mail, Slack, Teams and a hundred more."""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from shopscore.notify.wire import Undelivered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shopscore.model import Letter
    from shopscore.notify.targets import Target
    from shopscore.notify.wire import Wire

_TYPES = {"bad": "failure", "doubtful": "warning", "good": "success", "unknown": "info"}
_SHORTEST = 4
"""Letters of a piece of an address that is worth hiding."""
_MOST_SAID = 200


def knows(url: str) -> bool:
    """Whether an address is one of apprise's, and whole."""
    return _opened(url) is not None


def shown(url: str) -> str:
    """What people may be told of an address: its kind, and no more."""
    return f"{url.partition('://')[0]} ({_opened(url).service_name})"


def holds_secrets(url: str) -> bool:
    """Whether apprise itself would hide a part of it."""
    found = _opened(url)
    return bool(found.url(privacy=True) != found.url(privacy=False))


def takes_files(url: str) -> bool:
    """Whether the full report can be sent along."""
    return bool(_opened(url).attachment_support)


def steps(letter: Letter, target: Target, report: bytes | None) -> Sequence[Callable[[Wire], None]]:
    """One message; apprise cuts it where a service takes less at once."""
    return [lambda _: _send(letter, target, report)]


def _send(letter: Letter, target: Target, report: bytes | None) -> None:
    from apprise import Apprise
    from apprise.attachment.memory import AttachMemory
    from apprise.common import OverflowMode

    place = _opened(target.url)
    place.overflow_mode = OverflowMode.SPLIT
    if target.url.startswith("mailto"):
        place.headers.update(_headers(letter))
    name = f"shopscore-{letter.audit_id[:12]}.html"
    made: Any = AttachMemory  # untyped there
    file = [made(content=report, name=name, mimetype="text/html")] if report is not None else None
    sender = Apprise()
    sender.add(place)
    with _listening() as heard:
        taken = sender.notify(
            title=letter.title,
            body="\n".join(letter.lines),
            body_format="text",
            notify_type=_TYPES[letter.mood],
            attach=file,
        )
    if not taken:
        said = _without_secrets(heard[0], target) if heard else "apprise does not say why"
        raise Undelivered(said[:_MOST_SAID])


def _headers(letter: Letter) -> dict[str, str]:
    """What threads a mail that is sent again under the first, and tells a program that it is the same."""
    name = f"<{letter.audit_id}@shopscore>"
    return {"References": name, "In-Reply-To": name, "X-Shopscore-Audit": letter.audit_id}


def _opened(url: str) -> Any:  # noqa: ANN401 - apprise has no type for what it makes
    """What apprise makes of an address; None where it makes nothing of it."""
    with _listening(), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of modules that services of no concern here still use
        from apprise import Apprise

        return Apprise.instantiate(url)


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What apprise has to say goes here and nowhere else: its words may hold addresses."""
    heard: list[str] = []
    log = logging.getLogger("apprise")
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    passes_on, log.propagate = log.propagate, False
    log.addHandler(handler)
    try:
        yield heard
    finally:
        log.removeHandler(handler)
        log.propagate = passes_on


def _without_secrets(text: str, target: Target) -> str:
    """Words without any piece of the address."""
    pieces = {each for part in re.split(r"[/:@?&=+,;#]", target.url) for each in (part, unquote(part))}
    hidden = [each for each in pieces if len(each) >= _SHORTEST]
    for each in sorted(hidden, key=len, reverse=True):
        text = text.replace(each, "***")
    return text
