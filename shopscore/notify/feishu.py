"""A letter → one card of a Feishu or Lark bot, its head coloured, its texts plain so that nothing in them is markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.notify import pieces
from shopscore.notify.phrases import left_out
from shopscore.notify.robots import as_json, signed, tell
from shopscore.ruleset.services import services

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopscore.model import Letter
    from shopscore.notify.targets import Target
    from shopscore.notify.wire import Wire

_COLOURS = {"bad": "red", "doubtful": "orange", "good": "green", "unknown": "grey"}
_SIGNATURE = 200
"""Bytes a signature and its moment take at most."""


def steps(letter: Letter, target: Target, _: bytes | None) -> Sequence[Callable[[Wire], None]]:
    """One card."""
    return [lambda wire: _send(letter, target, wire)]


def _send(letter: Letter, target: Target, wire: Wire) -> None:
    told = message(letter, target.at)
    if target.secret:
        stamp = str(round(wire.now().timestamp()))
        # The moment and the secret are the key here, and nothing is what is signed.
        told = {"timestamp": stamp, "sign": signed(f"{stamp}\n{target.secret}", ""), **told}
    tell("feishu", target.url, as_json(told))


def message(letter: Letter, at: Sequence[str]) -> dict[str, object]:
    """The card with as many lines as a request may hold."""
    room = services().feishu.request_bytes.most - _SIGNATURE
    text = pieces.fitted(
        letter.lines,
        lambda text: len(as_json(_card(letter, text, at))) <= room,
        lambda count: left_out(letter, count),
    )
    return _card(letter, text, at)


def _card(letter: Letter, text: str, at: Sequence[str]) -> dict[str, object]:
    blocks = [block for block in text.split("\n\n") if block]
    parts: list[dict[str, object]] = []
    for number, block in enumerate(blocks):
        if number:
            parts.append({"tag": "hr"})
        parts.append({"tag": "div", "text": {"tag": "plain_text", "content": block}})
    if at:
        called = "".join(f"<at id={each}></at>" for each in at)
        parts.append({"tag": "div", "text": {"tag": "lark_md", "content": called}})
    title = {"tag": "plain_text", "content": pieces.cut(letter.title, 300)}
    head = {"title": title, "template": _COLOURS[letter.mood]}
    return {
        "msg_type": "interactive",
        "card": {"config": {"wide_screen_mode": True}, "header": head, "elements": parts},
    }
