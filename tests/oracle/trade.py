"""Orders, their lines and parcels folded together: clocks, promises, scans, first refunds, ranks of deals."""

from __future__ import annotations

import datetime as dt

from oracle.blank import either, last_of_all, least, seconds
from shopscore.schema import TABLES

SCANS = ("picked_up_at", "delivered_at")


def orders(shop):
    """One dict per order."""
    if "orders" in shop.cache.setdefault("trade", {}):
        return shop.cache["trade"]["orders"]

    def scans(name, moving):
        """The parcels decide, where their table tells of such scans at all."""
        return moving if shop.gives("shipments", name) else []

    lines = _group(shop.rows("order_lines"), "order_id")
    parcels = _parcels(shop)
    refunds = _group(shop.rows("refunds"), "order_id")
    judged = shop.judged_at("orders")
    result = []
    for order_id, rows in _group(shop.rows("orders"), "order_id").items():
        own, sent = rows[0], parcels.get(order_id, [])
        moving = [parcel for parcel in sent if not parcel["no_logistics"]] or sent
        staying = [row for row in rows if row["cancelled_at"] is None] or rows
        cases = sorted(refunds.get(order_id, []), key=lambda case: (case["applied_at"], case["refund_id"]))
        cancelled_at = last_of_all(row["cancelled_at"] for row in rows)
        order = {
            **own,
            "kind": either(own["kind"], "spot"),
            "promised_ship_at": least(row["promised_ship_at"] for row in rows + lines.get(order_id, [])),
            **{name: last_of_all(row[name] for row in scans(name, moving) or staying) for name in SCANS},
            "first_scan_at": least(row["picked_up_at"] for row in (scans("picked_up_at", sent) or rows)),
            "shipped_at": last_of_all(row["shipped_at"] for row in staying),
            "finished_at": last_of_all(row["finished_at"] for row in staying),
            "cancelled_at": cancelled_at,
            "cancelled_by": None if cancelled_at is None else own["cancelled_by"],
            "carrier": either(own["carrier"], least(parcel["carrier"] for parcel in sent)),
            "no_logistics": bool(sent) and all(parcel["no_logistics"] for parcel in sent),
            "is_exempt": order_id in shop.exempted or any(parcel["exempt_reason"] for parcel in sent),
            "first_refund_applied_at": cases[0]["applied_at"] if cases else None,
            "first_refund_reason_class": _first_class(cases[0]) if cases else None,
            "judged_at": judged,
        }
        order["moved"] = {name: order[name] for name in SCANS}
        if own["status"] == "part_shipped":  # a part of it lies here yet: it was neither shipped nor scanned
            order |= dict.fromkeys(("shipped_at", *SCANS))
        order["clock_at"] = _clock(shop, order, rows)
        order["promise_at"] = _promise(order)
        order["pickup_seconds"] = seconds(order["clock_at"], order["picked_up_at"])
        order["delivery_seconds"] = seconds(order["clock_at"], order["delivered_at"])
        order["buyer_weight"] = buyer_weight(shop, order["buyer_level"])
        result.append(order)
    for name, moment in zip(("pickup_state", "delivery_state"), SCANS, strict=True):
        for order in result:
            order[name] = _state(order, result, moment, judged)
    shop.cache["trade"]["orders"] = result
    return result


def _clock(shop, order, rows):
    """Payment, cash on delivery the order; where it is known, Pinduoduo's group and AliExpress' check for risk."""
    if shop.platform == "pdd":
        return either(least(row["grouped_at"] for row in rows), order["paid_at"])
    if shop.platform == "aliexpress":
        return either(least(row["risk_cleared_at"] for row in rows), order["paid_at"])
    return order["created_at"] if order["kind"] == "cod" else order["paid_at"]


def buyer_weight(shop, level):
    """B buyers weigh more; who has no grade weighs 1 while that is what they weigh, and is unknown otherwise."""
    if level is None:
        return 1 if shop.b_buyer_weight == 1 else None
    return shop.b_buyer_weight if level in ("L3", "L4", "L5", "L6") else 1


def lines(shop):
    """One dict per sub-order: the lines' own table where it lists the order, else the order's rows."""
    own = _group(shop.rows("order_lines"), "order_id")
    return [
        {
            "order_id": order_id,
            "line_id": either(line["line_id"], order_id),
            "kind": either(rows[0]["kind"], "spot"),
            "paid_at": either(line["paid_at"], rows[0]["paid_at"]),
        }
        for order_id, rows in _group(shop.rows("orders"), "order_id").items()
        for line in own.get(order_id, rows)
    ]


def deal_ranks(shop):
    """Order → which of the buyer's paid deals of that calendar month it was, by (payment, number)."""
    months = {}
    for order in orders(shop):
        if order["paid_at"] is not None and order["buyer_id"] is not None:
            key = (order["buyer_id"], order["paid_at"].year, order["paid_at"].month)
            months.setdefault(key, []).append((order["paid_at"], order["order_id"]))
    return {order_id: rank for deals in months.values() for rank, (_, order_id) in enumerate(sorted(deals), start=1)}


def _first_class(case):
    return either(case["first_reason_class"], case["reason_class"])


def _promise(order):
    """The promised moment, else the promised hours from the clock's start; blank without a promise."""
    if order["promised_ship_at"] is not None:
        return order["promised_ship_at"]
    if order["promised_ship_hours"] is None or order["clock_at"] is None:
        return None
    return order["clock_at"] + dt.timedelta(hours=order["promised_ship_hours"])


def _parcels(shop):
    """Order → its parcels.

    One without an order number is found by its tracking number. A parcel listed twice is one: scanned when it first
    was, signed for when it last was. Where an order names several numbers and some of them are known, it waits for the
    others too.
    """
    named = {}
    for row in shop.rows("orders"):
        numbers = [number.strip() for number in (row["tracking_no"] or "").split(",") if number.strip()]
        named.setdefault(row["order_id"], dict.fromkeys(numbers))
    result = {}
    for order_id, numbers in named.items():
        known = {}
        for parcel in shop.rows("shipments"):
            by_number = parcel["order_id"] is None and parcel["tracking_no"] in numbers
            if by_number or parcel["order_id"] == order_id:
                key = either(parcel["tracking_no"], parcel["shipment_id"])
                known[key] = _one_parcel(known[key], parcel) if key in known else parcel
        if any(number in known for number in numbers):
            silent = dict.fromkeys(TABLES["shipments"].by_name)
            known |= {number: silent for number in numbers if number not in known}
        if known:
            result[order_id] = list(known.values())
    return result


def _one_parcel(first, again):
    signed = [row["delivered_at"] for row in (first, again) if row["delivered_at"] is not None]
    return {
        **first,
        "picked_up_at": least([first["picked_up_at"], again["picked_up_at"]]),
        "delivered_at": max(signed, default=None),
        "no_logistics": first["no_logistics"] or again["no_logistics"],
        "exempt_reason": either(first["exempt_reason"], again["exempt_reason"]),
        "carrier": least([first["carrier"], again["carrier"]]),
    }


def _state(order, everyone, moment, judged):
    """Whether the scan happened, did not, or nobody would know.

    A carrier's scans are known from the first order it is seen to have scanned; an order without a carrier is held
    against the scans of the whole shop.
    """
    if order[moment] is not None:
        return "done"
    scanned = [
        other["clock_at"]
        for other in everyone
        if other["moved"][moment] is not None
        and other["clock_at"] is not None
        and (order["carrier"] is None or other["carrier"] == order["carrier"])
    ]
    if not scanned or order["clock_at"] is None:
        return "unrecorded"
    return "not_done" if min(scanned) <= order["clock_at"] <= judged else "unrecorded"


def _group(rows, key):
    result = {}
    for row in rows:
        result.setdefault(row[key], []).append(row)
    return result
