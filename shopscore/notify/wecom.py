"""A letter → markdown messages of a WeCom robot, a text that calls people, and the full report as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopscore.notify import pieces
from shopscore.notify.phrases import left_out
from shopscore.notify.robots import as_json, as_markdown, tell, with_query
from shopscore.notify.wire import Undelivered
from shopscore.ruleset.services import services

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shopscore.model import Letter
    from shopscore.notify.targets import Target
    from shopscore.notify.wire import Wire

_COLOURS = {"bad": "warning", "doubtful": "warning", "good": "info", "unknown": "comment"}
MOST_PARTS = 5
"""Messages made of one letter: people read no more."""
_NUMBERS = 12
"""Bytes that say which part of how many a message is."""


def steps(letter: Letter, target: Target, report: bytes | None) -> Sequence[Callable[[Wire], None]]:
    """The messages one after the other, then who is called, then the file."""
    sent: list[Callable[[Wire], None]] = [partial(_send, target, told) for told in messages(letter)]
    if target.at:
        sent.append(partial(_send, target, calling(letter, target.at)))
    if report is not None:
        sent.append(partial(_file, target, f"shopscore-{letter.audit_id[:12]}.html", report))
    return sent


def messages(letter: Letter) -> list[dict[str, object]]:
    """All of a letter in as many messages as it needs, at most five; the last one says what is left out."""
    title = pieces.cut(letter.title, 600)
    head = f'**<font color="{_COLOURS[letter.mood]}">{title}</font>**'
    room = services().wecom.markdown_bytes.most - pieces.size(f"{head}\n") - _NUMBERS
    texts = pieces.split(as_markdown(letter), room)
    if len(texts) > MOST_PARTS:
        left = [line for text in texts[MOST_PARTS - 1 :] for line in text.split("\n")]
        last = pieces.fitted(left, lambda text: pieces.size(text) <= room, lambda count: left_out(letter, count))
        texts = [*texts[: MOST_PARTS - 1], last]
    parts = [f" ({number}/{len(texts)})" if len(texts) > 1 else "" for number in range(1, len(texts) + 1)]
    return [
        {"msgtype": "markdown", "markdown": {"content": f"{head}{part}\n{text}"}}
        for part, text in zip(parts, texts, strict=True)
    ]


def calling(letter: Letter, at: Sequence[str]) -> dict[str, object]:
    """The title as plain text: only that can call people by their telephone."""
    text = pieces.cut(letter.title, services().wecom.text_bytes.most)
    return {"msgtype": "text", "text": {"content": text, "mentioned_mobile_list": list(at)}}


def _send(target: Target, told: Mapping[str, object], _: Wire) -> None:
    tell("wecom", target.url, as_json(told))


def _file(target: Target, name: str, content: bytes, _: Wire) -> None:
    if len(content) > (most := services().wecom.file_bytes.most):
        raise Undelivered(f"the report has {len(content)} bytes, it takes {most}", later=False)
    place = target.url.replace("/webhook/send", "/webhook/upload_media")
    answer = tell("wecom", with_query(place, {"type": "file"}), None, file=(name, content))
    media = str(answer.json().get("media_id", ""))
    tell("wecom", target.url, as_json({"msgtype": "file", "file": {"media_id": media}}))
