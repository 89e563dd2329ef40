"""What a shipping rate is at most, and at least: the same orders, judged by the seller's click where no scan is known.

Random shops have one export each, so nothing is known of the days between two.
"""

from __future__ import annotations

import datetime as dt

from oracle import jd_ship, logistics, pdd
from oracle.blank import all_of, any_of, at_most, before, either, is_in, no, plus, there
from oracle.fate import ratio
from oracle.trade import orders
from oracle.windows import days, previous_week

GONE = ("shipped", "received", "finished")
TWO_DAYS = dt.timedelta(hours=48)


def _clock_at(order):
    return order["clock_at"]


def _two_days(order):
    return plus(order["clock_at"], TWO_DAYS)


def _cancelled_unclicked(order):
    by_buyer = is_in(order["cancelled_by"], "buyer")
    return all_of(there(order["cancelled_at"]), by_buyer, order["shipped_at"] is None)


def _cancelled_untouched(order):
    return all_of(_cancelled_unclicked(order), order["picked_up_at"] is None)


def _asked_before_click(order):
    asked = order["first_refund_applied_at"]
    return there(asked) and (order["shipped_at"] is None or asked < order["shipped_at"])


def _unclicked_and_silent(order):
    return order["shipped_at"] is None and order["status"] in (None, "closed")


def _untouched_and_silent(order):
    return _unclicked_and_silent(order) and order["picked_up_at"] is None


def _may_be_in_time(due):
    """By the click; without one by where the order stands."""

    def hit(order):
        if order["shipped_at"] is not None:
            return at_most(order["shipped_at"], due(order))
        return order["status"] in GONE

    return hit


# ── Pinduoduo and Tmall: no scan is looked at ────────────────────────────────────────────────────────────────────


def on_time_ship(shop):
    """Pinduoduo's orders due that may have been shipped in time."""

    def asked_back(order):
        asked = order["first_refund_applied_at"]
        return there(asked) and all_of(at_most(asked, pdd.deadline(order)), _asked_before_click(order))

    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=_clock_at,
        where=lambda order: there(order["clock_at"]),
        exclude=[
            lambda order: is_in(order["kind"], "virtual", "service", "o2o"),
            _cancelled_unclicked,
            asked_back,
            lambda order: order["no_logistics"],
            lambda order: order["is_exempt"],
        ],
        unknown=_unclicked_and_silent,
        pending=lambda order: no(before(pdd.deadline(order), order["judged_at"])),
        hit=_may_be_in_time(pdd.deadline),
    )


def pickup_48h_tmall(shop):
    """Tmall's orders due that may have been picked up in time."""

    def due(order):
        return logistics.deadline_tmall(order, TWO_DAYS, shorter_promise=True)

    return ratio(
        orders(shop),
        days(shop.as_of, 33, 4),
        at=_clock_at,
        where=lambda order: there(order["clock_at"]),
        exclude=[
            logistics.not_shipped_goods,
            _asked_before_click,
            logistics.cancelled_cod,
            lambda order: order["no_logistics"],
            lambda order: order["is_exempt"],
        ],
        unknown=_unclicked_and_silent,
        pending=lambda order: no(before(due(order), order["judged_at"])),
        hit=_may_be_in_time(due),
    )


# ── JD: a scan decides where there is one ────────────────────────────────────────────────────────────────────────


def pickup_48h_jd(shop):
    """The orders of JD's 48-hour rule that may have been picked up in time."""

    def asked_back(order):
        asked, moved = order["first_refund_applied_at"], either(order["shipped_at"], order["picked_up_at"])
        if asked is None:
            return False
        return order["status"] in ("to_ship", "closed") if moved is None else asked < moved

    def hit(order):
        if order["picked_up_at"] is not None:
            return at_most(order["picked_up_at"], _two_days(order))
        return _may_be_in_time(_two_days)(order)

    return ratio(
        jd_ship.jd_orders(shop),
        previous_week(shop.as_of),
        at=_clock_at,
        where=lambda order: there(order["clock_at"]),
        exclude=[
            lambda order: order["kind"] in jd_ship.UNASSESSED,
            lambda order: order["status"] == "held",
            _cancelled_untouched,
            asked_back,
            lambda order: order["no_logistics"],
            lambda order: order["is_exempt"],
        ],
        unknown=_untouched_and_silent,
        pending=lambda order: no(before(_two_days(order), order["judged_at"])),
        hit=hit,
    )


# ── 1688: a scan in time counts whenever the click came; at least what was scanned in time ───────────────────────


def _of_1688(shop, due, hit, weight=None):
    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=_clock_at,
        where=logistics.shipped_goods,
        exclude=[_cancelled_untouched],
        unknown=_untouched_and_silent,
        pending=lambda order: no(before(due(order), order["judged_at"])),
        hit=hit,
        **({} if weight is None else {"weight": weight}),
    )


def _at_best(due):
    return lambda order: any_of(at_most(order["picked_up_at"], due(order)), _may_be_in_time(due)(order))


def _at_worst(due):
    return lambda order: at_most(order["picked_up_at"], due(order))


def ship_fulfil_at_best(shop):
    """Scanned, or marked as shipped, inside the promise; B buyers weigh more."""
    due = logistics.deadline_1688
    return _of_1688(shop, due, _at_best(due), logistics.buyer_weight)


def ship_fulfil_at_worst(shop):
    """Scanned inside the promise; what is not known was not."""
    due = logistics.deadline_1688
    return _of_1688(shop, due, _at_worst(due), logistics.buyer_weight)


def pickup_48h_at_best(shop):
    """Scanned, or marked as shipped, within 48 h."""
    return _of_1688(shop, _two_days, _at_best(_two_days))


def pickup_48h_at_worst(shop):
    """Scanned within 48 h; what is not known was not."""
    return _of_1688(shop, _two_days, _at_worst(_two_days))
