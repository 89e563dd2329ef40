"""JD's shipping figures: pick-ups, late orders, deliveries."""

from __future__ import annotations

import datetime as dt

from oracle.blank import all_of, any_of, at_most, before, either, is_in, least, no, plus, there
from oracle.fate import mean, number, ratio
from oracle.trade import orders
from oracle.view import HOUR
from oracle.windows import days, previous_week

ONE_DAY = dt.timedelta(hours=24)
TWO_DAYS = dt.timedelta(hours=48)
HOLIDAY = (dt.datetime(2024, 2, 4), dt.datetime(2024, 2, 18))
"""4 to 17 February 2024, by JD's notice."""
UNSENT = ("virtual", "service", "o2o")
UNASSESSED = ("presale", "custom", "reserved", *UNSENT)
"""The 48-hour rule's list as far as it can be read, and goods that are not sent."""
GONE = ("shipped", "received", "finished")


def jd_orders(shop):
    """The orders with what only JD's figures ask: sums over lines, the latest promise, the whole day of the clock."""
    if "jd" not in shop.cache:
        shop.cache["jd"] = [_order(shop, order) for order in orders(shop)]
    return shop.cache["jd"]


def _order(shop, order):
    own = [row for row in shop.rows("orders") if row["order_id"] == order["order_id"]]
    lines = [row for row in shop.rows("order_lines") if row["order_id"] == order["order_id"]]
    promised = [row["promised_ship_at"] for row in own + lines if row["promised_ship_at"] is not None]
    hours = max((row["promised_ship_hours"] for row in own if row["promised_ship_hours"] is not None), default=None)
    by_hours = plus(order["clock_at"], None if hours is None else dt.timedelta(hours=hours))
    clock = order["clock_at"]
    return {
        **order,
        "latest_promise_at": max(promised, default=by_hours),
        "amount": _sum(row["amount"] for row in own),
        "item_count": _sum(row["item_count"] for row in own),
        "lines": max(len(own), len(lines)),
        "day_ends_at": None if clock is None else dt.datetime.combine(clock.date(), dt.time()) + ONE_DAY,
    }


def _sum(values):
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def clock_at(order):
    return order["clock_at"]


def is_paid(order):
    return there(order["clock_at"])


def in_holiday(moment):
    return None if moment is None else HOLIDAY[0] <= moment < HOLIDAY[1]


# ── who is not assessed ──────────────────────────────────────────────────────────────────────────────────────────


def _kind(*kinds):
    return lambda order: order["kind"] in kinds


def _held(order):
    return order["status"] == "held"


def _buyer_cancelled(order):
    return all_of(there(order["cancelled_at"]), is_in(order["cancelled_by"], "buyer"), no(there(order["picked_up_at"])))


def _asked_back(order):
    asked = order["first_refund_applied_at"]
    if asked is None:
        return False
    return any_of(before(asked, order["picked_up_at"]), order["pickup_state"] == "not_done")


def _self_pickup(order):
    return order["no_logistics"]


def _exempt(order):
    return order["is_exempt"]


def _nobody_knows(order):
    """No scan could be known; or the order closed without one and without a word of who closed it."""
    closed = order["status"] == "closed" and order["cancelled_at"] is None
    return order["pickup_state"] == "unrecorded" or (order["pickup_state"] == "not_done" and closed)


OUT = (_held, _buyer_cancelled, _asked_back, _self_pickup, _exempt)


# ── pick-ups ─────────────────────────────────────────────────────────────────────────────────────────────────────


def pickup_48h_rate(shop):
    """Assessed orders of the last finished week scanned within 48 h, whatever was promised."""
    return ratio(
        jd_orders(shop),
        previous_week(shop.as_of),
        at=clock_at,
        where=is_paid,
        exclude=[_kind(*UNASSESSED), *OUT],
        unknown=_nobody_knows,
        pending=lambda order: no(before(plus(order["clock_at"], TWO_DAYS), order["judged_at"])),
        hit=lambda order: at_most(order["pickup_seconds"], 48 * HOUR),
    )


def _same_day(shop, *holiday):
    return ratio(
        jd_orders(shop),
        days(shop.as_of, 30),
        at=clock_at,
        where=is_paid,
        exclude=[_kind(*UNASSESSED), *holiday, *OUT],
        unknown=_nobody_knows,
        pending=lambda order: before(order["judged_at"], order["day_ends_at"]),
        hit=lambda order: before(order["picked_up_at"], order["day_ends_at"]),
    )


def same_day_pickup_rate(shop):
    """Scanned before the midnight that ends the day of payment; without the holiday."""
    return _same_day(shop, lambda order: in_holiday(order["clock_at"]))


def same_day_pickup_badge(shop):
    """The same for the certification, which knows no holiday."""
    return _same_day(shop)


def reserved_on_time_ship_rate(shop):
    """Reserved orders scanned by their promise ÷ reserved orders whose promise has run out."""
    return ratio(
        jd_orders(shop),
        days(shop.as_of, 30),
        at=clock_at,
        where=lambda order: is_paid(order) and order["kind"] == "reserved",
        exclude=[_held, _buyer_cancelled, _asked_back, _exempt],
        unknown=lambda order: _nobody_knows(order) or order["promise_at"] is None,
        pending=lambda order: no(before(order["promise_at"], order["judged_at"])),
        hit=lambda order: at_most(order["picked_up_at"], order["promise_at"]),
    )


# ── late orders ──────────────────────────────────────────────────────────────────────────────────────────────────


def _starts_at(order):
    """Payment; presale and custom goods run from the last promised moment."""
    return order["latest_promise_at"] if order["kind"] in ("presale", "custom") else order["clock_at"]


def _is_late(order):
    number_due, scan_due = (plus(_starts_at(order), limit) for limit in (ONE_DAY, TWO_DAYS))
    return any_of(
        order["pickup_state"] == "not_done",
        before(scan_due, order["picked_up_at"]),
        before(number_due, order["shipped_at"]),
    )


def _is_in_time(order):
    """A parcel that was scanned had its number by then."""
    numbered = least([order["shipped_at"], order["picked_up_at"]])
    start = _starts_at(order)
    return all_of(at_most(order["picked_up_at"], plus(start, TWO_DAYS)), at_most(numbered, plus(start, ONE_DAY)))


def late_ship(shop):
    """No number within 24 h or no scan within 48 h ÷ orders due."""
    return ratio(
        jd_orders(shop),
        days(shop.as_of, 30),
        at=clock_at,
        where=is_paid,
        exclude=[_kind("reserved", *UNSENT), *OUT],
        unknown=lambda order: (
            (order["pickup_state"] == "not_done" and _nobody_knows(order))
            or (_is_late(order) is not True and _is_in_time(order) is not True)
        ),
        pending=lambda order: no(before(plus(_starts_at(order), TWO_DAYS), order["judged_at"])),
        hit=_is_late,
    )


def late48_order_count(shop):
    """Orders more than 48 h past their latest promise, without one past payment."""

    def due(order):
        return plus(either(order["latest_promise_at"], order["clock_at"]), TWO_DAYS)

    def unpromised(order):
        return order["kind"] in ("presale", "custom", "reserved") and order["latest_promise_at"] is None

    return number(
        jd_orders(shop),
        days(shop.as_of, 30),
        at=clock_at,
        where=lambda order: all_of(
            is_paid(order), any_of(order["picked_up_at"] is None, before(due(order), order["picked_up_at"]))
        ),
        exclude=[_kind(*UNSENT), *OUT],
        unknown=lambda order: _nobody_knows(order) or unpromised(order),
        pending=lambda order: no(before(due(order), order["judged_at"])),
    )


def ship_by_promise_rate(shop):
    """Orders on their way by the promise, else 48 h: by scan, else by click, else as the status says."""

    def due(order):
        return either(order["promise_at"], plus(order["clock_at"], TWO_DAYS))

    def unmoved(order):
        return order["picked_up_at"] is None and order["shipped_at"] is None

    def gone(order):
        if not unmoved(order):
            return at_most(either(order["picked_up_at"], order["shipped_at"]), due(order))
        return order["status"] in GONE

    return ratio(
        jd_orders(shop),
        days(shop.as_of, 30),
        at=clock_at,
        where=lambda order: is_paid(order) and order["kind"] not in UNSENT,
        exclude=[
            _held,
            lambda order: there(order["cancelled_at"]) and order["picked_up_at"] is None,
            lambda order: there(order["first_refund_applied_at"]) and unmoved(order) and order["status"] not in GONE,
            _self_pickup,
            _exempt,
        ],
        unknown=lambda order: unmoved(order) and order["status"] in (None, "closed"),
        pending=lambda order: no(before(due(order), order["judged_at"])),
        hit=gone,
    )


def seller_cancel_rate(shop):
    """Paid orders the seller cancelled ÷ paid orders."""
    return ratio(
        jd_orders(shop),
        days(shop.as_of, 30),
        at=clock_at,
        where=is_paid,
        unknown=lambda order: there(order["cancelled_at"]) and order["cancelled_by"] is None,
        hit=lambda order: there(order["cancelled_at"]) and order["cancelled_by"] == "seller",
    )


# ── deliveries ───────────────────────────────────────────────────────────────────────────────────────────────────


def avg_delivery_hours(shop):
    """Σ(signed − paid) ÷ signed orders, by the day of signature; without the holiday."""
    return mean(
        jd_orders(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=lambda order: order["delivered_at"],
        where=lambda order: is_paid(order) and there(order["delivered_at"]),
        exclude=[_kind("reserved", *UNSENT), lambda order: in_holiday(order["delivered_at"])],
        of=lambda order: order["delivery_seconds"],
    )


def waybill_on_time_rate(shop):
    """Orders signed for by the promised delivery ÷ orders whose promised delivery has passed."""
    return ratio(
        jd_orders(shop),
        days(shop.as_of, 30),
        at=clock_at,
        where=lambda order: is_paid(order) and there(order["promised_deliver_at"]),
        exclude=[_exempt],
        unknown=lambda order: order["delivery_state"] == "unrecorded",
        pending=lambda order: no(before(order["promised_deliver_at"], order["judged_at"])),
        hit=lambda order: at_most(order["delivered_at"], order["promised_deliver_at"]),
    )
