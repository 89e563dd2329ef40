"""Small shops, written out by hand."""

from __future__ import annotations

import datetime as dt

from oracle.view import Shop


def at(text):
    """``"2026-08-30 10:10:15"`` → the moment."""
    return dt.datetime.fromisoformat(text)


def shop(platform, as_of, **tables):
    """A shop whose tables were all seen until ``as_of``; moments may be written as text."""
    typed = {
        table: [{name: _cell(name, value) for name, value in row.items()} for row in rows]
        for table, rows in tables.items()
    }
    typed.setdefault("orders", [])
    return Shop(platform, typed, at(as_of), dict.fromkeys(typed, at(as_of)))


def _cell(name, value):
    return at(value) if name.endswith("_at") and isinstance(value, str) else value


def says(buyer, sender, *moments, **more):
    """Chat lines of one speaker to or from one buyer."""
    return [{"buyer_id": buyer, "sender": sender, "sent_at": moment, **more} for moment in moments]
