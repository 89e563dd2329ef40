"""Pinduoduo's own figures: shipping, refunds, requests for help, reviews."""

from __future__ import annotations

import datetime as dt

from oracle.aftersale import is_finished, refunds, self_finished, spent
from oracle.blank import all_of, any_of, at_most, before, either, is_in, no, plus, there
from oracle.fate import mean, ratio, ratio_of
from oracle.helpcases import cases
from oracle.logistics import nobody_knows
from oracle.trade import orders
from oracle.view import HOUR
from oracle.windows import days

DAY = 24 * HOUR
ONE_DAY = dt.timedelta(hours=24)
TWO_DAYS = dt.timedelta(hours=48)
SIGNED_WITHIN = dt.timedelta(hours=18)
QUALITY = ("quality", "description")


def _clock_at(order):
    return order["clock_at"]


def grouped_orders(shop):
    """Orders by the day their group was formed, or they were paid where no group is known."""
    return {"rows": orders(shop), "at": _clock_at, "where": lambda order: there(order["clock_at"])}


# ── shipping ─────────────────────────────────────────────────────────────────────────────────────────────────────


def deadline(order):
    """The promise; without one 48 h, but presale and custom goods run to a promise and to nothing else."""
    if order["promise_at"] is not None or order["kind"] in ("presale", "custom"):
        return order["promise_at"]
    return plus(order["clock_at"], TWO_DAYS)


def _buyer_cancelled(order):
    return all_of(there(order["cancelled_at"]), is_in(order["cancelled_by"], "buyer"), no(there(order["picked_up_at"])))


def _refunded_before_due(order):
    """Asked for by the deadline and before any scan: nothing was to be shipped any more."""
    asked = order["first_refund_applied_at"]
    if asked is None:
        return False
    unmoved = any_of(before(asked, order["picked_up_at"]), order["pickup_state"] == "not_done")
    return all_of(at_most(asked, deadline(order)), unmoved)


def on_time_ship_rate(shop):
    """Orders with a scan by their deadline ÷ orders due; the others are late and compensated."""
    return _of_orders_due(shop, _in_time)


def late_ship(shop):
    """Orders without a scan by their deadline ÷ orders due: the other side of the same orders."""
    return _of_orders_due(shop, lambda order: _in_time(order) is not True)


def _in_time(order):
    return at_most(order["picked_up_at"], deadline(order))


def _of_orders_due(shop, hit):
    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=_clock_at,
        where=lambda order: there(order["clock_at"]),
        exclude=[
            lambda order: is_in(order["kind"], "virtual", "service", "o2o"),
            _buyer_cancelled,
            _refunded_before_due,
            lambda order: order["no_logistics"],
            lambda order: order["is_exempt"],
        ],
        unknown=nobody_knows,
        pending=lambda order: no(before(deadline(order), order["judged_at"])),
        hit=hit,
    )


def fake_ship(shop):
    """Orders scanned within 24 h of the upload of their number ÷ orders whose 24 h are over."""
    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=lambda order: order["shipped_at"],
        where=lambda order: there(order["shipped_at"]),
        exclude=[lambda order: order["no_logistics"], lambda order: order["is_exempt"]],
        unknown=lambda order: order["pickup_state"] == "unrecorded",
        pending=lambda order: no(before(plus(order["shipped_at"], ONE_DAY), order["judged_at"])),
        hit=lambda order: at_most(order["picked_up_at"], plus(order["shipped_at"], ONE_DAY)),
    )


def group_to_sign_days(shop):
    """Σ(signed − grouped) ÷ signed orders, by the day of signature."""
    return mean(
        orders(shop),
        days(shop.as_of, 30),
        unit=DAY,
        at=lambda order: order["delivered_at"],
        where=lambda order: there(order["clock_at"]) and there(order["delivered_at"]),
        of=lambda order: order["delivery_seconds"],
    )


# ── refunds ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _success(case):
    return is_in(case["status"], "success")


def _no_money(case):
    return case["kind"] in ("exchange", "repair", "resend")


def _finished_at(case):
    return case["finished_at"]


def transit_refund_hours(shop):
    """Σ(refund − application) ÷ refunds of goods that were on their way, by the day of refund."""
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: all_of(_success(case), is_in(case["stage"], "in_transit")),
        exclude=[_no_money],
        of=lambda case: spent(case["applied_at"], case["finished_at"]),
    )


def return_refund_hours(shop):
    """Σ(refund − the seller's signature for the return) ÷ refunded returns, by the day of refund."""
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: all_of(_success(case), is_in(case["kind"], "return_refund")),
        of=lambda case: spent(case["return_signed_at"], case["finished_at"]),
    )


def _self_hours(shop, kind):
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: all_of(is_finished(case), is_in(case["kind"], kind)),
        exclude=[lambda case: no(self_finished(case))],
        of=lambda case: spent(case["applied_at"], case["finished_at"]),
    )


def refund_only_self_hours(shop):
    """Σ(end − application) ÷ refund-only cases that ended without the platform's staff."""
    return _self_hours(shop, "refund_only")


def return_self_hours(shop):
    """The same of returns."""
    return _self_hours(shop, "return_refund")


def success_refund_rate(shop):
    """Successful refunds ÷ grouped orders, each by its own day; shown as 100 % above it."""
    return ratio_of(
        days(shop.as_of, 30),
        {"rows": refunds(shop), "at": _finished_at, "where": _success, "exclude": [_no_money]},
        grouped_orders(shop),
        cap=1,
    )


def dispute_refund_rate(shop):
    """Refunds the platform stepped into, that succeeded, with the seller liable ÷ grouped orders."""
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": refunds(shop),
            "at": _finished_at,
            "where": lambda case: all_of(case["escalated"], _success(case)),
            "exclude": [lambda case: is_in(case["liability"], "both", "buyer", "none")],
        },
        grouped_orders(shop),
    )


def platform_intervene_rate(shop):
    """Orders the platform was called into ÷ grouped orders; an order counts once."""
    return ratio_of(
        days(shop.as_of, 30),
        {"rows": cases(shop), "at": lambda case: case["opened_at"], "once": ("order_id", "case_id")},
        grouped_orders(shop),
    )


# ── goods and reviews ────────────────────────────────────────────────────────────────────────────────────────────


def _signed_in_time(case, delivered_at, judged):
    """Whether a quality application is of a parcel signed for: after it, or less than 18 h before.

    Without a time of signature: received at the application says it was; within the 18 h it may yet come
    ("pending"); later nobody can say.
    """
    if delivered_at is not None:
        return delivered_at - case["applied_at"] < SIGNED_WITHIN
    if case["stage"] == "received":
        return True
    return "pending" if case["applied_at"] + SIGNED_WITHIN >= judged else None


def quality_refund_rate(shop):
    """Orders with a quality refund on a signed parcel ÷ grouped orders; the plain ratio, an order once."""
    delivered = {order["order_id"]: order["delivered_at"] for order in orders(shop)}
    judged = shop.judged_at("refunds")

    def signed(case):
        return _signed_in_time(case, delivered.get(case["order_id"]), judged)

    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": refunds(shop),
            "at": lambda case: case["applied_at"],
            "where": lambda case: is_in(case["first_class"], *QUALITY),
            "exclude": [lambda case: None if signed(case) is None else signed(case) is False],
            "pending": lambda case: signed(case) == "pending",
            "once": ("order_id", "refund_id"),
        },
        grouped_orders(shop),
    )


def review_score(shop):
    """Mean of the description scores (else the reviews' own) of 90 days; nobody's own words count for nothing."""

    def stars(review):
        return either(review["description_stars"], review["stars"])

    return mean(
        shop.rows("reviews"),
        days(shop.as_of, 90),
        unit=100,
        at=lambda review: review["created_at"],
        where=lambda review: there(stars(review)),
        exclude=[lambda review: bool(review["is_default"]), lambda review: bool(review["removed"])],
        of=lambda review: round(100 * stars(review)),
    )
