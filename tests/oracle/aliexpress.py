"""AliExpress: first scans, shipping, disputes and after sale."""

from __future__ import annotations

import datetime as dt

from oracle import aliexpress_areas
from oracle.aftersale import refunds, spent
from oracle.blank import all_of, either, is_in, there
from oracle.fate import mean, ratio, ratio_of
from oracle.trade import orders
from oracle.view import HOUR
from oracle.windows import days

DAY = dt.timedelta(days=1)
KEPT_BACK = 7
WEEK = dt.timedelta(days=7)
SATURDAY, SUNDAY = 6, 7
DEDUCTIONS = dt.date(2024, 2, 19)
GOODS = ("description", "quality", "damage", "missing", "wrong_item")
HOLIDAYS = (
    (dt.date(2023, 9, 29), dt.date(2023, 10, 6)),
    (dt.date(2024, 2, 10), dt.date(2024, 2, 17)),
    (dt.date(2024, 5, 1), dt.date(2024, 5, 5)),
    (dt.date(2026, 5, 1), dt.date(2026, 5, 5)),
    (dt.date(2026, 10, 1), dt.date(2026, 10, 7)),
)
"""Spring Festival, Labour Day and National Day near the days on which random shops stand, as the notices give them."""


def _off(day, origin):
    """Whether the carrier's clock stands still on a day for parcels of an origin; none is the mainland's."""
    festive = any(first <= day <= last for first, last in HOLIDAYS)
    if origin == "overseas":
        return day.isoweekday() >= SATURDAY
    return festive or day.isoweekday() >= (SATURDAY if origin == "hk" else SUNDAY)


def running(order, end):
    """Seconds from the clock's start to a moment, day by day, without the days that stand still."""
    start = order["clock_at"]
    if start is None or end is None:
        return None
    if end < start:
        return -running({**order, "clock_at": end}, start)
    total, day = 0, start.date()
    while day <= end.date():
        opens = dt.datetime.combine(day, dt.time())
        if not _off(day, order["ship_origin"]):
            total += (min(end, opens + DAY) - max(start, opens)).total_seconds()
        day += DAY
    return round(total)


def _clock_at(order):
    return order["clock_at"]


def _fully_shipped(shop, order):
    """No part is left to ship; nobody knows of an order without a status in files without shipping times."""
    if order["status"] == "part_shipped":
        return False
    if order["shipped_at"] is not None or order["status"] in ("shipped", "received", "finished"):
        return True
    timed = shop.gives("orders", "shipped_at")
    return False if timed or order["status"] in ("unpaid", "held", "to_ship") else None


def _cancelled(shop):
    """Cancelled or timed out: a file says so, or the order ended without ever being shipped."""

    def left_out(order):
        unshipped = order["first_scan_at"] is None and _fully_shipped(shop, order) is False
        return there(order["cancelled_at"]) or (order["status"] == "closed" and unshipped)

    return left_out


def _ended_untold(shop, order):
    """It ended without a scan, and the files have no shipping times."""
    return order["status"] == "closed" and order["first_scan_at"] is None and _fully_shipped(shop, order) is None


def _long_custom(order):
    if order["kind"] != "custom":
        return False
    return None if order["promise_at"] is None else order["promise_at"] > order["clock_at"] + WEEK


def _online(shop, window, hours, where):
    limit = hours * HOUR

    def in_time(order):
        ran = running(order, order["first_scan_at"])
        return None if ran is None else ran <= limit

    def unknown(order):
        if order["first_scan_at"] is None:
            return order["pickup_state"] == "unrecorded" or _ended_untold(shop, order)
        return in_time(order) and _fully_shipped(shop, order) is None

    return ratio(
        orders(shop),
        window,
        at=_clock_at,
        where=where,
        exclude=[_cancelled(shop), _long_custom, lambda order: order["is_exempt"]],
        unknown=unknown,
        pending=lambda order: running(order, order["judged_at"]) <= limit,
        hit=lambda order: all_of(_fully_shipped(shop, order), in_time(order)),
    )


def _online_rate(hours):
    def rate(shop):
        window = days(shop.as_of, KEPT_BACK + 29, KEPT_BACK)
        return _online(shop, window, hours, lambda order: there(order["clock_at"]))

    return rate


def online_48h_order(shop):
    """Each order paid since 19 February 2024 by itself, nothing kept back."""

    def where(order):
        if order["clock_at"] is None:
            return False
        return None if order["paid_at"] is None else order["paid_at"].date() >= DEDUCTIONS

    return _online(shop, days(shop.as_of, 30), 48, where)


def unscanned_rate(shop):
    """Orders with a parcel without a scan ÷ orders not cancelled, a week and more after payment."""
    return ratio(
        orders(shop),
        days(shop.as_of, KEPT_BACK + 29, KEPT_BACK),
        at=_clock_at,
        where=lambda order: there(order["clock_at"]),
        exclude=[_cancelled(shop), lambda order: order["is_exempt"]],
        unknown=lambda order: order["pickup_state"] == "unrecorded" or _ended_untold(shop, order),
        hit=lambda order: order["picked_up_at"] is None,
    )


def delivery_days(shop):
    """Σ(delivered − cleared) ÷ delivered orders, by the day of delivery."""
    return mean(
        orders(shop),
        days(shop.as_of, 30),
        unit=24 * HOUR,
        at=lambda order: order["delivered_at"],
        where=lambda order: there(order["clock_at"]) and there(order["delivered_at"]),
        of=lambda order: order["delivery_seconds"],
    )


def sold_not_shipped_rate(shop):
    """Not shipped by the deadline, or ended by the seller or the time-out ÷ paid orders."""

    def unknown(order):
        if order["cancelled_at"] is not None:
            return order["cancelled_by"] is None
        return order["promise_at"] is None or (order["shipped_at"] is None and order["status"] == "closed")

    def hit(order):
        if order["cancelled_at"] is not None:
            return order["cancelled_by"] in ("seller", "system")
        return order["shipped_at"] is None or order["shipped_at"] > order["promise_at"]

    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=_clock_at,
        where=lambda order: there(order["clock_at"]),
        exclude=[lambda order: order["is_exempt"]],
        unknown=unknown,
        pending=lambda order: order["cancelled_at"] is None and order["promise_at"] >= order["judged_at"],
        hit=hit,
    )


# ── disputes and after sale ──────────────────────────────────────────────────────────────────────────────────────


def _applied_at(case):
    return case["applied_at"]


def _withdrawn(case):
    return bool(case["withdrawn"])


def _claims(shop, window, *classes):
    """Orders with such a request not withdrawn ÷ orders by their first request, else by their success."""

    def stands(order):
        return either(order["first_refund_applied_at"], order["finished_at"])

    return ratio_of(
        window,
        {
            "rows": refunds(shop),
            "at": _applied_at,
            "where": lambda case: is_in(case["first_class"], *classes),
            "exclude": [_withdrawn],
            "once": ("order_id", "refund_id"),
        },
        {"rows": orders(shop), "at": stands, "where": lambda order: there(stands(order))},
    )


def nr_dispute_rate(shop):
    return _claims(shop, days(shop.as_of, 30), "not_received")


def snad_dispute_rate(shop):
    return _claims(shop, days(shop.as_of, 30), *GOODS)


def category_snad_dispute_rate(shop):
    return _claims(shop, days(shop.as_of, 90), *GOODS)


def _response(case):
    """Seconds to the first of answer, agreement and refusal; one that runs backwards is none."""
    moments = [case[name] for name in ("first_response_at", "agreed_at", "first_refused_at") if case[name]]
    return spent(case["applied_at"], min(moments)) if moments else None


def request_answer_hours(shop):
    """Σ(first answer − request) ÷ answered requests, by the day of the request."""
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_applied_at,
        exclude=[lambda case: _response(case) is None and there(case["finished_at"])],
        pending=lambda case: _response(case) is None,
        of=_response,
    )


def request_unanswered_rate(shop):
    """Ended without an answer ÷ ended and not withdrawn, by the day of the end."""
    return ratio(
        refunds(shop),
        days(shop.as_of, 30),
        at=lambda case: case["finished_at"],
        where=lambda case: there(case["finished_at"]),
        exclude=[_withdrawn],
        hit=lambda case: _response(case) is None,
    )


def escalated_rate(shop):
    """Called in ÷ requests that are not open, by the day of the request."""
    return ratio(
        refunds(shop),
        days(shop.as_of, 30),
        at=_applied_at,
        pending=lambda case: is_in(case["status"], "open"),
        hit=lambda case: case["escalated"],
    )


METRICS = {
    **{
        f"aliexpress.online_rate_{name}": _online_rate(hours)
        for name, hours in (("24h", 24), ("48h", 48), ("72h", 72), ("5d", 120), ("7d", 168))
    },
    "aliexpress.online_48h_order": online_48h_order,
    "aliexpress.unscanned_rate": unscanned_rate,
    "aliexpress.delivery_days": delivery_days,
    "aliexpress.sold_not_shipped_rate": sold_not_shipped_rate,
    "aliexpress.nr_dispute_rate": nr_dispute_rate,
    "aliexpress.snad_dispute_rate": snad_dispute_rate,
    "aliexpress.category_snad_dispute_rate": category_snad_dispute_rate,
    "aliexpress.request_answer_hours": request_answer_hours,
    "aliexpress.request_unanswered_rate": request_unanswered_rate,
    "aliexpress.escalated_rate": escalated_rate,
    **aliexpress_areas.METRICS,
}
