"""Small shops, written out by hand."""

from __future__ import annotations

import datetime as dt

from oracle.view import Shop

NOW = "2026-08-31 10:00:00"
IN = "2026-08-20 "
"""A day inside every window."""
PAID = "2026-08-10 12:00:00"


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


def sold(number=1, **more):
    """An order that was paid."""
    return {"order_id": f"o{number}", "created_at": PAID, "paid_at": PAID, **more}


def refund(number, **more):
    """A case of an order."""
    return {
        "refund_id": f"r{number}",
        "order_id": f"o{number}",
        "kind": "refund_only",
        "status": "success",
        "stage": "received",
        "applied_at": "2026-08-10 00:00:00",
        "last_actor": "seller",
        **more,
    }
