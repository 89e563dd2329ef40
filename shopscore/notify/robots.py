"""What the robots of Chinese chat groups have in common: signatures, and answers that say no with a friendly 200."""

from __future__ import annotations

import base64
import hmac
import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from shopscore.notify.wire import Answer, Undelivered, post
from shopscore.ruleset.services import services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopscore.model import Letter

_OK = 200


def signed(key: str, text: str) -> str:
    """HMAC-SHA256 in base64, which is how these services sign."""
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()


def as_json(told: Mapping[str, object]) -> bytes:
    """What is sent: characters as they are, for limits count bytes."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def as_markdown(letter: Letter) -> list[str]:
    """A letter below its title; empty lines keep clients from running a list and what follows it together."""
    lines: list[str] = []
    for shop in letter.shops:
        lines += ["", f"**{shop.head}**", "", *(f"- {each}" for each in shop.lines)]
    return lines + [line for text in letter.foot for line in ("", text)]


def with_query(url: str, more: Mapping[str, str]) -> str:
    """An address with further parameters."""
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])
    return urlunsplit(parts._replace(query=query))


def tell(kind: str, url: str, body: bytes | None, *, file: tuple[str, bytes] | None = None) -> Answer:
    """Send something to a robot.

    Raises:
        Undelivered: it did not take it; what it says itself may hold the address, so its number stands for it.
    """
    answer = post(url, body, file=file)
    number = answer.number("errcode", "code", "StatusCode")
    if answer.status == _OK and number == 0:
        return answer
    if number is None:
        raise Undelivered(f"it answers with HTTP {answer.status} and no word we know", later=answer.status != _OK)
    refusal = services().refusal(kind, number)
    why = refusal.says if refusal else "it does not say why in a way we know"
    raise Undelivered(f"errcode {number}: {why}", later=refusal is not None and refusal.too_many)
