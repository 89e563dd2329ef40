"""Fleets of small shops in canonical tables, each one folder."""

from __future__ import annotations

import datetime as dt

ORDERS = 120
FIRST = dt.datetime(2026, 10, 20)


def shop(folder, *, late=(), carriers=("a", "b"), name=None, more=""):
    """A 1688 shop whose orders go to its carriers in turn; those of `late` are picked up after three days."""
    folder.mkdir(parents=True)
    rows, scans = ["order_id,buyer_id,status,created_at,paid_at,shipped_at,amount,carrier"], []
    for number in range(ORDERS):
        carrier = carriers[number % len(carriers)]
        paid = FIRST + dt.timedelta(hours=6 * number)
        slow = carrier in late and number % 4 < 2
        picked = paid + dt.timedelta(hours=75 if slow else 8)
        rows.append(f"9{number:05},b{number},finished,{paid},{paid},{paid},10.00,{carrier}")
        scans.append(f"9{number:05},{carrier},T{folder.name}{number:05},{picked}")
    (folder / "orders.csv").write_text("\n".join(rows), encoding="utf-8")
    scans = ["order_id,carrier,tracking_no,picked_up_at", *scans]
    (folder / "shipments.csv").write_text("\n".join(scans), encoding="utf-8")
    text = (f"name: {name!r}\n" if name else "") + more
    if text:
        (folder / "shop.yaml").write_text(text, encoding="utf-8")
    return folder
