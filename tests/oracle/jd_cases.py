"""JD's after-sale figures."""

from __future__ import annotations

import datetime as dt

from oracle.aftersale import refunds, spent
from oracle.blank import all_of, at_most, is_in, least, there
from oracle.fate import mean, ratio, ratio_of
from oracle.jd_ship import clock_at, in_holiday, is_paid, jd_orders
from oracle.view import HOUR
from oracle.windows import days

LONG_AGO = dt.timedelta(days=180)
NOON = dt.time(12)
NOT_ASSESSED = ("服饰内衣", "鞋靴", "礼品箱包", "运动户外")


# ── after sale ───────────────────────────────────────────────────────────────────────────────────────────────────


def _finished_at(case):
    return case["finished_at"]


def _reviewed_at(case):
    """The seller's first word on the case."""
    return least([case["first_response_at"], case["agreed_at"], case["first_refused_at"]])


def _before_ship(case):
    return case["stage"] == "before_ship"


def aftersale_hours(shop):
    """Σ(end − application) ÷ cases finished; what is only reviewed ends at the review; the way back is in it."""

    def length(case):
        reviewed = case["kind"] == "resend" or case["status"] == "closed"
        return spent(case["applied_at"], _reviewed_at(case) if reviewed else case["finished_at"])

    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: case["is_finished"],
        exclude=[
            _before_ship,
            lambda case: None if case["finished_at"] is None else case["finished_at"] - case["applied_at"] > LONG_AGO,
            lambda case: in_holiday(case["finished_at"]),
        ],
        unknown=lambda case: case["escalated"],
        of=length,
    )


def auto_review_in_time_rate(shop):
    """Reviewed by 24:00 of the same day, or by 12:00 of the next for what came after noon ÷ cases whose time is out."""
    judged = shop.judged_at("refunds")

    def due(case):
        morning = dt.datetime.combine(case["applied_at"].date(), dt.time())
        return morning + dt.timedelta(hours=24 if case["applied_at"].time() < NOON else 36)

    def reviewed(case):
        return least([_reviewed_at(case), case["finished_at"] if case["last_actor"] == "seller" else None])

    def silent(case):
        return _reviewed_at(case) is None

    return ratio(
        refunds(shop),
        days(shop.as_of, 30),
        at=lambda case: case["applied_at"],
        exclude=[_before_ship, lambda case: bool(case["withdrawn"]) and silent(case)],
        unknown=lambda case: (
            silent(case) and there(case["finished_at"]) and case["last_actor"] in (None, "buyer", "platform")
        ),
        pending=lambda case: due(case) >= judged,
        hit=lambda case: at_most(reviewed(case), due(case)),
    )


def aftersale_score(shop):
    """Mean rating of the cases that have one, 90 days by their end."""
    return mean(
        refunds(shop),
        days(shop.as_of, 90),
        unit=100,
        at=_finished_at,
        where=lambda case: there(case["rating"]),
        exclude=[lambda case: in_holiday(case["finished_at"])],
        of=lambda case: round(100 * case["rating"]),
    )


def return_repair_rate(shop):
    """Returns, exchanges and repairs that came about ÷ pieces of completed orders."""
    categories = {order["order_id"]: order["category"] for order in jd_orders(shop)}

    def other(category):
        return category is not None and category.startswith(NOT_ASSESSED)

    return ratio_of(
        days(shop.as_of, 90),
        {
            "rows": refunds(shop),
            "at": lambda case: case["applied_at"],
            "where": lambda case: is_in(case["kind"], "return_refund", "exchange", "repair"),
            "exclude": [
                lambda case: other(categories.get(case["order_id"])),
                lambda case: is_in(case["status"], "closed"),
            ],
            "pending": lambda case: is_in(case["status"], "open"),
        },
        {
            "rows": jd_orders(shop),
            "at": lambda order: order["finished_at"],
            "where": lambda order: there(order["finished_at"]),
            "exclude": [lambda order: other(order["category"])],
            "weight": lambda order: order["item_count"],
        },
    )


def quality_refund_rate(shop):
    """Orders whose first case names quality ÷ paid orders."""
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": refunds(shop),
            "at": lambda case: case["applied_at"],
            "where": lambda case: all_of(case["is_first_of_order"], is_in(case["first_class"], "quality")),
        },
        paid(shop),
    )


def paid(shop):
    return {"rows": jd_orders(shop), "at": clock_at, "where": is_paid}
