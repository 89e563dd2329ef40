"""Shipping and delivery: 1688 and Tmall."""

from __future__ import annotations

import datetime as dt

from oracle.blank import all_of, any_of, at_most, before, is_in, no, plus, there
from oracle.fate import mean, ratio
from oracle.trade import orders
from oracle.view import HOUR
from oracle.windows import days

DAY = dt.timedelta(hours=24)
TWO_DAYS = dt.timedelta(hours=48)
THREE_DAYS = dt.timedelta(hours=72)


def _clock_at(order):
    return order["clock_at"]


def buyer_weight(order):
    return order["buyer_weight"]


def nobody_knows(order):
    """No scan could be known; or the order closed without one, and neither a case nor a cancellation says why."""
    silent = order["status"] == "closed" and order["cancelled_at"] is None and order["first_refund_applied_at"] is None
    return order["pickup_state"] == "unrecorded" or (order["pickup_state"] == "not_done" and silent)


# ── 1688 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def shipped_goods(order):
    """Paid (COD: ordered) spot, custom and COD goods."""
    return all_of(there(order["clock_at"]), is_in(order["kind"], "spot", "custom", "cod"))


def _buyer_cancelled(order):
    """The buyer backed out before any scan: the order never became due."""
    return all_of(there(order["cancelled_at"]), is_in(order["cancelled_by"], "buyer"), no(there(order["picked_up_at"])))


def deadline_1688(order):
    """The promise, shorter or longer; 48 h where there is none."""
    if order["clock_at"] is None:
        return None
    return order["promise_at"] if order["promise_at"] is not None else order["clock_at"] + TWO_DAYS


def ship_fulfil_rate(shop):
    """Orders picked up inside the promise ÷ orders due; B buyers weigh more."""
    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=_clock_at,
        where=shipped_goods,
        exclude=[_buyer_cancelled],
        unknown=nobody_knows,
        pending=lambda order: no(before(deadline_1688(order), order["judged_at"])),
        hit=lambda order: at_most(order["picked_up_at"], deadline_1688(order)),
        weight=buyer_weight,
    )


def pickup_48h_rate_1688(shop):
    """Orders picked up within 48 h ÷ orders, whatever was promised."""
    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=_clock_at,
        where=shipped_goods,
        exclude=[_buyer_cancelled],
        unknown=nobody_knows,
        pending=lambda order: no(before(plus(order["clock_at"], TWO_DAYS), order["judged_at"])),
        hit=lambda order: at_most(order["pickup_seconds"], 48 * HOUR),
    )


def pickup_24h_rate_1688(shop):
    """The same orders, picked up within 24 h."""
    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=_clock_at,
        where=shipped_goods,
        exclude=[_buyer_cancelled],
        unknown=nobody_knows,
        pending=lambda order: no(before(plus(order["clock_at"], DAY), order["judged_at"])),
        hit=lambda order: at_most(order["pickup_seconds"], 24 * HOUR),
    )


def sign_72h_rate(shop):
    """Signed for within 72 h of payment ÷ paid orders of goods that are sent (read from the name alone)."""
    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=_clock_at,
        where=lambda order: there(order["clock_at"]),
        exclude=[lambda order: is_in(order["kind"], "virtual", "service", "o2o")],
        unknown=lambda order: order["delivery_state"] == "unrecorded",
        pending=lambda order: no(before(plus(order["clock_at"], THREE_DAYS), order["judged_at"])),
        hit=lambda order: at_most(order["delivery_seconds"], 72 * HOUR),
    )


# ── Tmall ────────────────────────────────────────────────────────────────────────────────────────────────────────


def deadline_tmall(order, yardstick, *, shorter_promise):
    """The yardstick from payment; a presale's promised time instead; a shorter promise where the rate knows one."""
    if order["clock_at"] is None:
        return None
    if order["kind"] == "presale":
        return order["promise_at"]
    limit = order["clock_at"] + yardstick
    if shorter_promise and order["promise_at"] is not None:
        return min(limit, order["promise_at"])
    return limit


def not_shipped_goods(order):
    return is_in(order["kind"], "virtual", "service", "custom", "o2o", "crowdfunding")


def _refunded_first(order):
    """A refund was asked for before the pick-up; of an order without recorded scans nobody knows which came first."""
    if order["first_refund_applied_at"] is None:
        return False
    return any_of(before(order["first_refund_applied_at"], order["picked_up_at"]), order["pickup_state"] == "not_done")


def cancelled_cod(order):
    return order["kind"] == "cod" and order["cancelled_at"] is not None


def _tmall_pickup(shop, window, yardstick, *, shorter_promise):
    def deadline(order):
        return deadline_tmall(order, yardstick, shorter_promise=shorter_promise)

    return ratio(
        orders(shop),
        window,
        at=_clock_at,
        where=lambda order: there(order["clock_at"]),
        exclude=[
            not_shipped_goods,
            _refunded_first,
            cancelled_cod,
            lambda order: order["no_logistics"],
            lambda order: order["is_exempt"],
        ],
        unknown=nobody_knows,
        pending=lambda order: no(before(deadline(order), order["judged_at"])),
        hit=lambda order: at_most(order["picked_up_at"], deadline(order)),
    )


def pickup_24h_rate(shop):
    """Picked up within 24 h of payment ÷ due; paid in T-32..T-3."""
    return _tmall_pickup(shop, days(shop.as_of, 32, 3), DAY, shorter_promise=False)


def pickup_48h_rate(shop):
    """Picked up within 48 h, or the shorter promise ÷ due; T-33..T-4; one late package makes the order late."""
    return _tmall_pickup(shop, days(shop.as_of, 33, 4), TWO_DAYS, shorter_promise=True)


def arrival_hours(shop):
    """Σ(signed − paid; COD: ordered) ÷ paid and signed orders, by the day of signature."""
    return mean(
        orders(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=lambda order: order["delivered_at"],
        where=lambda order: there(order["clock_at"]) and there(order["delivered_at"]),
        of=lambda order: order["delivery_seconds"],
    )
