"""A letter → one markdown message of a DingTalk robot: its groups want digests, not a row of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.notify import pieces
from shopscore.notify.phrases import left_out
from shopscore.notify.robots import as_json, as_markdown, signed, tell, with_query
from shopscore.ruleset.services import services

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopscore.model import Letter
    from shopscore.notify.targets import Target
    from shopscore.notify.wire import Wire


def steps(letter: Letter, target: Target, _: bytes | None) -> Sequence[Callable[[Wire], None]]:
    """One message."""
    return [lambda wire: _send(letter, target, wire)]


def _send(letter: Letter, target: Target, wire: Wire) -> None:
    tell("dingtalk", _address(target, wire), as_json(message(letter, target.at)))


def _address(target: Target, wire: Wire) -> str:
    if not target.secret:
        return target.url
    stamp = str(round(wire.now().timestamp() * 1000))
    return with_query(target.url, {"timestamp": stamp, "sign": signed(target.secret, f"{stamp}\n{target.secret}")})


def message(letter: Letter, at: Sequence[str]) -> dict[str, object]:
    """The message; those it is for are named in its text too, else the service does not call them."""
    called = "".join(f"@{phone} " for phone in at)
    head = [f"#### {letter.title}", *(["", called.rstrip()] if called else [])]
    text = pieces.fitted([*head, *as_markdown(letter)], _fits, lambda count: left_out(letter, count))
    title = pieces.cut(letter.title, 200)
    return {
        "msgtype": "markdown",
        "markdown": {"title": title, "text": text},
        "at": {"atMobiles": list(at), "isAtAll": False},
    }


def _fits(text: str) -> bool:
    limits = services().dingtalk
    room = limits.message_bytes.most - 1_000  # of the message around it
    return len(text) <= limits.letters.most and pieces.size(text) <= room
