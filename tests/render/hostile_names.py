"""A report with every name that comes from a shop's files replaced by one made to hurt."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import asdict, replace

from shopscore.model import Words


def renamed(value, text):
    """The same, every name that comes from a shop's files replaced."""
    if isinstance(value, tuple):
        return tuple(renamed(each, text) for each in value)
    if not isinstance(value, Struct) or isinstance(value, Words):
        return value
    theirs = {"shop", "segment", "subject", "file", "shape", "owner"}
    if getattr(value, "dimension", None) in ("hour", "weekday", "day"):
        return value
    changed = {
        name: text if name in theirs and isinstance(old, str) else renamed(old, text)
        for name, old in asdict(value).items()
        if old is not None
    }
    return replace(value, **changed)
