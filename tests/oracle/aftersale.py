"""Refund cases: 1688 (platforms.md 2.2) and Tmall (3.2)."""

from __future__ import annotations

import datetime as dt

from oracle.blank import all_of, either, is_in, seconds, there
from oracle.fate import mean, ratio, ratio_of
from oracle.trade import lines, orders
from oracle.view import HOUR
from oracle.windows import days

NEW_HANDLING = dt.date(2025, 6, 1)
"""Since then the time of closed cases runs to their close, and a list of cases is left out."""
SIGNED_ORDERS = dt.date(2025, 1, 1)
"""Since then first quality refunds are held against paid and signed orders, before against successful ones."""
PRODUCT_EXPERIENCE = ("quality", "description")


def refunds(shop):
    """The refund cases with what their histories say."""
    levels = {order["order_id"]: order["buyer_weight"] for order in orders(shop)}
    firsts = {}
    for case in shop.rows("refunds"):
        key = (case["applied_at"], case["refund_id"])
        firsts[case["order_id"]] = min(firsts.get(case["order_id"], key), key)
    return [
        {
            **case,
            "first_class": either(case["first_reason_class"], case["reason_class"]),
            "escalated": bool(case["escalated"]) or case["escalated_at"] is not None,
            "is_finished": is_finished(case),
            "is_first_of_order": firsts[case["order_id"]] == (case["applied_at"], case["refund_id"]),
            "buyer_weight": levels.get(case["order_id"], 1),
        }
        for case in shop.rows("refunds")
    ]


def is_finished(case):
    """Success, or closed and not taken back by the buyer; either way with an end time."""
    if case["finished_at"] is None:
        return False
    if case["status"] is None:
        return None
    return case["status"] == "success" or (case["status"] == "closed" and not case["withdrawn"])


def is_success(case):
    return is_in(case["status"], "success")


def self_finished(case):
    """The last step was the seller's or the system's: a time-out is the merchant's, a step of the staff is not."""
    return is_in(case["last_actor"], "seller", "system")


def _finished_at(case):
    return case["finished_at"]


def _apply_to_finish(case):
    return seconds(case["applied_at"], case["finished_at"])


def paid_lines(shop):
    """The paid transactions: one per sub-order, on the day of payment."""
    return {"rows": lines(shop), "at": lambda line: line["paid_at"], "where": lambda line: there(line["paid_at"])}


def paid_orders(shop):
    return {"rows": orders(shop), "at": lambda order: order["paid_at"], "where": lambda order: there(order["paid_at"])}


# ── 1688 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def quality_refund_rate(shop):
    """Orders whose first refund's first reason is quality ÷ paid orders, each by its own day."""
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": refunds(shop),
            "at": lambda case: case["applied_at"],
            "where": lambda case: all_of(case["is_first_of_order"], is_in(case["first_class"], "quality")),
        },
        paid_orders(shop),
    )


def refund_hours(shop):
    """Mean time from application to end of refunds and return-refunds; B buyers weigh more."""
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: all_of(case["is_finished"], is_in(case["kind"], "refund_only", "return_refund")),
        of=_apply_to_finish,
        weight=lambda case: case["buyer_weight"],
    )


# ── Tmall ────────────────────────────────────────────────────────────────────────────────────────────────────────


def dispute_refund_rate(shop):
    """Called-in refunds the seller was found liable for ÷ paid sub-orders."""
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": refunds(shop),
            "at": lambda case: case["escalated_at"],
            "where": lambda case: all_of(case["escalated"], is_in(case["liability"], "seller")),
        },
        paid_lines(shop),
    )


def refund_dispute_rate(shop):
    """Refunds with the platform called in ÷ refunds, whoever is liable; 28 days."""
    return ratio(
        refunds(shop),
        days(shop.as_of, 28),
        at=lambda case: case["applied_at"],
        hit=lambda case: case["escalated"],
    )


def _self_finish_hours(shop, kind):
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: all_of(case["is_finished"], is_in(case["kind"], kind), self_finished(case)),
        of=_apply_to_finish,
    )


def refund_only_hours(shop):
    """Σ(finish − apply) of self-finished refund-only cases ÷ their number, by day of finish."""
    return _self_finish_hours(shop, "refund_only")


def return_refund_hours(shop):
    """The same of returns."""
    return _self_finish_hours(shop, "return_refund")


def self_finish_rate(shop):
    """Refunds finished by the merchant's side ÷ all finished refunds, by day of finish."""
    return ratio(
        refunds(shop),
        days(shop.as_of, 30),
        at=_finished_at,
        where=lambda case: all_of(case["is_finished"], is_in(case["kind"], "refund_only", "return_refund")),
        unknown=lambda case: case["last_actor"] is None,
        hit=self_finished,
    )


def refund_rate(shop):
    """Successful refunds ÷ paid sub-orders; 30 days that end the day before yesterday."""
    return ratio_of(
        days(shop.as_of, 31, 2),
        {
            "rows": refunds(shop),
            "at": _finished_at,
            "where": lambda case: all_of(is_success(case), is_in(case["kind"], "refund_only", "return_refund")),
        },
        paid_lines(shop),
    )


def handling_seconds(case, *, new):
    """The seller's share of a case's time.

    Refund only: application to success (with every re-submission between). Return: application to agreement, and
    signature of the return to the end; transport is not the seller's. A closed refund-only case: to the first
    refusal, since 2025 to its close.
    """
    if case["kind"] is None or case["status"] is None:
        return None
    if case["kind"] == "return_refund":
        to_agreement = seconds(case["applied_at"], case["agreed_at"])
        to_end = seconds(case["return_signed_at"], case["finished_at"])
        if case["status"] == "closed":
            return _closed(case, new=new)
        return None if to_agreement is None or to_end is None else to_agreement + to_end
    if case["status"] == "success":
        return _apply_to_finish(case)
    return _closed(case, new=new)


def _closed(case, *, new):
    return _apply_to_finish(case) if new else seconds(case["applied_at"], case["first_refused_at"])


def refund_handle_hours(shop):
    """Σ the seller's handling time ÷ finished refunds, finished in T-31..T-2."""
    new = shop.as_of.date() >= NEW_HANDLING
    kinds = (
        ("refund_only", "return_refund", "exchange", "repair", "resend") if new else ("refund_only", "return_refund")
    )
    return mean(
        refunds(shop),
        days(shop.as_of, 31, 2),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: all_of(case["is_finished"], is_in(case["kind"], *kinds)),
        exclude=_new_exclusions() if new else [],
        of=lambda case: handling_seconds(case, new=new),
    )


def _new_exclusions():
    return [
        lambda case: all_of(is_in(case["kind"], "refund_only"), is_in(case["stage"], "before_ship")),
        lambda case: is_in(case["kind"], "exchange", "repair", "resend"),
        lambda case: case["escalated"],
        lambda case: case["finished_at"] - case["applied_at"] > dt.timedelta(days=90),
    ]


def first_quality_refund_rate(shop):
    """Orders whose first refund was for the product ÷ orders paid and signed (2018 text: successful)."""
    signed = shop.as_of.date() >= SIGNED_ORDERS
    moment = "delivered_at" if signed else "finished_at"
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": refunds(shop),
            "at": lambda case: case["applied_at"],
            "where": lambda case: all_of(case["is_first_of_order"], is_in(case["first_class"], *PRODUCT_EXPERIENCE)),
        },
        {
            "rows": orders(shop),
            "at": lambda order: order[moment],
            "where": lambda order: all_of(there(order["paid_at"]), there(order[moment])),
        },
    )
