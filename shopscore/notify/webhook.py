"""A letter → one signed JSON envelope a shop, for programs; sent again after a while where the server is busy."""

from __future__ import annotations

import hashlib
import hmac
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from shopscore.notify.robots import as_json
from shopscore.notify.wire import Answer, Undelivered, post

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopscore.model import Letter, ShopLetter
    from shopscore.notify.targets import Target
    from shopscore.notify.wire import Wire

_PAUSES = (1.0, 3.0)
"""Seconds before a second and a third try of one run."""
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_FINE = range(200, 300)


def steps(letter: Letter, target: Target, _: bytes | None) -> Sequence[Callable[[Wire], None]]:
    """An envelope for each shop; one for the audit where it tells of none."""
    return [partial(_send, target, letter, shop) for shop in letter.shops or (None,)]


def envelope(letter: Letter, shop: ShopLetter | None) -> dict[str, object]:
    """What a program reads: what happened to which shop; no name of anything but shops and metrics is in it."""
    told: dict[str, object] = {"event": letter.event, "audit_id": letter.audit_id, "title": letter.title}
    if shop is None:
        return told | {"shop": None, "verdict": "not_measured", "changes": []}
    return told | {
        "platform": shop.platform,
        "shop": shop.shop,
        "as_of": shop.as_of,
        "verdict": shop.verdict,
        "trust": shop.trust,
        "counts": dict(shop.counts),
        "changes": [asdict(change) for change in shop.changes],
    }


def key(letter: Letter, shop: ShopLetter | None) -> str:
    """What a receiver knows a message by that comes twice: the audit, the shop and what changed."""
    about = {name: envelope(letter, shop).get(name) for name in ("audit_id", "platform", "shop", "changes")}
    return hashlib.sha256(as_json(about)).hexdigest()


def _send(target: Target, letter: Letter, shop: ShopLetter | None, wire: Wire) -> None:
    body = as_json(envelope(letter, shop))
    for pause in (*_PAUSES, None):
        try:
            answer = post(target.url, body, headers=_headers(target, key(letter, shop), body, wire))
        except Undelivered:
            if pause is None:
                raise
        else:
            if answer.status in _FINE:
                return
            if pause is None or answer.status not in _BUSY:
                raise Undelivered(f"it answers with HTTP {answer.status}", later=_is_later(answer))
        wire.sleep(pause)


def _is_later(answer: Answer) -> bool:
    return answer.status in _BUSY


def _headers(target: Target, name: str, body: bytes, wire: Wire) -> dict[str, str]:
    found = {"Idempotency-Key": name}
    if target.secret:
        stamp = str(round(wire.now().timestamp()))
        text = stamp.encode() + b"." + body
        found["X-Shopscore-Timestamp"] = stamp
        found["X-Shopscore-Signature"] = f"sha256={hmac.digest(target.secret.encode(), text, 'sha256').hex()}"
    return found
