"""The names of after-sale states and of who may act in them, for the guide and for the metrics made of their time."""

from __future__ import annotations

from typing import Literal

State = Literal[
    "none", "applied", "agreed", "returned", "received", "refunded", "refused", "intervened", "closed"
]  # fmt: skip
Actor = Literal["buyer", "seller", "system", "platform", "carrier"]
