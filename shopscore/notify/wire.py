"""Requests over HTTP: bounded in time and size, never redirected, and no word of what they hold in what goes wrong."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

Result = TypeVar("Result")

CONNECT, READ, STEP = 5, 10, 45
"""Seconds: to reach a server, between two pieces of its answer, for one message in all."""
_MOST_READ = 1 << 16


class Undelivered(Exception):  # noqa: N818 - it says what became of a message
    """A message that was not taken.

    Attributes:
        later: nothing else for this place is worth trying now.
    """

    def __init__(self, why: str, *, later: bool = True) -> None:
        super().__init__(why)
        self.later = later


class Wire(Struct, frozen=True):
    """What sending needs of the world: this moment, and a way to wait."""

    now: Callable[[], dt.datetime]
    sleep: Callable[[float], None] = time.sleep


class Answer(Struct, frozen=True):
    """What a server said."""

    status: int
    body: bytes

    def number(self, *names: str) -> int | None:
        """The first of some numbers of its JSON; None where it has none of them."""
        told = self.json()
        found = [told[name] for name in names if isinstance(told.get(name), int)]
        return found[0] if found else None

    def json(self) -> dict[str, Any]:
        """Its JSON object; nothing where it is none."""
        try:
            told = json.loads(self.body)
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}


def post(
    url: str,
    body: bytes | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    file: tuple[str, bytes] | None = None,
) -> Answer:
    """Send something and read the answer.

    Args:
        url: where to.
        body: what to send; JSON, unless the headers say otherwise.
        headers: beside the usual ones.
        file: a file to upload as ``media`` instead: its name and content.

    Raises:
        Undelivered: no answer came.
    """
    import requests  # noqa: PLC0415 - only those who send need it

    told = {"User-Agent": "shopscore", **({} if file else {"Content-Type": "application/json; charset=utf-8"})}
    try:
        with requests.post(
            url,
            data=body,
            files={"media": (file[0], file[1], "application/octet-stream")} if file else None,
            headers={**told, **(headers or {})},
            timeout=(CONNECT, READ),
            allow_redirects=False,
            stream=True,
        ) as answer:
            return Answer(answer.status_code, answer.raw.read(_MOST_READ, decode_content=True))
    # The library's own sentences hold the whole address, and with it the secret.
    except requests.exceptions.SSLError:
        raise Undelivered("its certificate is not one this computer trusts") from None
    except requests.exceptions.Timeout:
        raise Undelivered(f"no answer within {READ} seconds") from None
    except requests.exceptions.ConnectionError:
        raise Undelivered("it cannot be reached") from None
    except (requests.exceptions.RequestException, OSError, ValueError) as error:
        raise Undelivered(f"the request failed ({type(error).__name__})") from None
    except Exception as error:  # noqa: BLE001 - what the transport below raises while reading is not one family
        raise Undelivered(f"the answer could not be read ({type(error).__name__})") from None


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What some work gives, if it is there in time; a server that answers drop by drop holds nobody up for longer.

    Raises:
        Undelivered: it took too long, or nobody foresaw how it failed.
    """
    found: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:  # noqa: BLE001 - it is looked at below, in the thread that asked
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if found:
        return found[0]
    if not failed:
        raise Undelivered(f"it was not done within {seconds:g} seconds")
    if isinstance(failed[0], Undelivered):
        raise failed[0]
    raise Undelivered(f"it failed ({type(failed[0]).__name__})") from None
