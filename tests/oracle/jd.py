"""JD's reviews and money, and every JD figure by its full id."""

from __future__ import annotations

from oracle import jd_cases, jd_chat, jd_disputes, jd_ship
from oracle.blank import either, there
from oracle.fate import mean, number, ratio
from oracle.jd_ship import jd_orders
from oracle.windows import days

LATEST = 20
"""Of one buyer only the newest reviews count."""
NO_MONEY = ("exchange", "repair", "resend")


def _created_at(review):
    return review["created_at"]


def _removed(review):
    return bool(review["removed"])


def _default(review):
    return bool(review["is_default"])


def _ranks(shop):
    """Review → its place among its buyer's, the newest first; the order tells whose a review is."""
    buyers = {order["order_id"]: order["buyer_id"] for order in jd_orders(shop)}
    mine = {}
    for review in shop.rows("reviews"):
        buyer = either(review["buyer_id"], buyers.get(review["order_id"]))
        if buyer is not None:
            mine.setdefault(buyer, []).append(review)
    ranks = {}
    for reviews in mine.values():
        newest = sorted(reviews, key=lambda review: review["review_id"])
        newest.sort(key=_created_at, reverse=True)
        ranks |= {review["review_id"]: rank for rank, review in enumerate(newest, start=1)}
    return ranks


def _fully_refunded(shop):
    """Orders that came back and whose money all went back: by the amounts, or because they have no other line."""
    if not shop.gives("refunds", "status"):
        return set()
    found = set()
    for order in jd_orders(shop):
        paid_back = [
            case
            for case in shop.rows("refunds")
            if case["order_id"] == order["order_id"] and case["status"] == "success" and case["kind"] not in NO_MONEY
        ]
        back = sum(case["amount"] for case in paid_back if case["amount"] is not None)
        came_back = any(case["kind"] == "return_refund" for case in paid_back)
        whole = bool(paid_back) and order["amount"] is not None and back >= order["amount"]
        if came_back and (whole or order["lines"] == 1):
            found.add(order["order_id"])
    return found


def _bad(shop, column):
    ranks, refunded = _ranks(shop), _fully_refunded(shop)

    def beyond(review):
        rank = ranks.get(review["review_id"])
        return None if rank is None else rank > LATEST

    return ratio(
        shop.rows("reviews"),
        days(shop.as_of, 30),
        at=_created_at,
        where=lambda review: there(review[column]),
        exclude=[_removed, _default, lambda review: review["order_id"] in refunded, beyond],
        hit=lambda review: review[column] <= 1,
    )


def review_bad_rate(shop):
    """One-star product reviews ÷ valid ones."""
    return _bad(shop, "stars")


def service_bad_rate(shop):
    return _bad(shop, "service_stars")


def logistics_bad_rate(shop):
    return _bad(shop, "logistics_stars")


def satisfaction(shop):
    """2 × (1·n1 + … + 5·n5) ÷ written reviews: the whole until September 2023, 80 % of it since."""
    return mean(
        shop.rows("reviews"),
        days(shop.as_of, 30),
        unit=100,
        at=_created_at,
        where=lambda review: there(review["stars"]),
        exclude=[_removed, _default],
        of=lambda review: round(200 * review["stars"]),
    )


def _booked(shop, *kinds, **rules):
    return number(
        shop.rows("bills"),
        days(shop.as_of, 30),
        at=lambda entry: entry["booked_at"],
        where=lambda entry: None if entry["kind"] is None else entry["kind"] in kinds,
        **rules,
    )


def compensation_paid(shop):
    """Σ money out as compensation or fine."""
    return _booked(
        shop,
        "compensation",
        "penalty",
        unit=100,
        of=lambda entry: None if entry["expense"] is None else round(100 * entry["expense"]),
    )


def freight_insurance_entries(shop):
    """Entries for freight insurance."""
    return _booked(shop, "insurance")


def _of(module, *names):
    return {f"jd.{name}": getattr(module, name) for name in names}


METRICS = {
    **_of(jd_chat, "first_30s_reply_rate", "leave_message_rate", "avg_response_s", "avg_response_month_s"),
    **_of(jd_ship, "pickup_48h_rate", "same_day_pickup_rate", "same_day_pickup_badge", "reserved_on_time_ship_rate"),
    **_of(jd_ship, "late_ship", "late48_order_count", "ship_by_promise_rate", "seller_cancel_rate"),
    **_of(jd_ship, "avg_delivery_hours", "waybill_on_time_rate"),
    **_of(jd_cases, "aftersale_hours", "auto_review_in_time_rate", "aftersale_score", "return_repair_rate"),
    **_of(jd_cases, "quality_refund_rate"),
    **_of(jd_disputes, "dispute_rate", "platform_intervention_rate", "dispute_on_time_rate"),
    **_of(jd_disputes, "dispute_reply_rate", "dispute_evidence_rate", "dispute_execution_rate"),
    "jd.review_bad_rate": review_bad_rate,
    "jd.service_bad_rate": service_bad_rate,
    "jd.logistics_bad_rate": logistics_bad_rate,
    "jd.review_satisfaction": satisfaction,
    "jd.review_active_satisfaction": satisfaction,
    "jd.compensation_paid": compensation_paid,
    "jd.freight_insurance_entries": freight_insurance_entries,
}
