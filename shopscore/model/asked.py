"""What a seller asks of an audit: what ends it with 1, and what is set aside for now."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class SetAside(Struct, frozen=True):
    """A metric that is not ranked for now: shown, never hidden, and only until a day."""

    metric: str
    reason: str
    owner: str
    expires: dt.date


class Fired(Struct, frozen=True):
    """A gate that failed.

    Attributes:
        gate: as it was asked for.
        about: the ids of the metrics it failed for; none where it is the whole shop.
    """

    gate: str
    platform: str
    shop: str
    about: tuple[str, ...]
