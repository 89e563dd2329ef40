"""Refund cases: 1688 and Tmall."""

from __future__ import annotations

import datetime as dt

from oracle.blank import all_of, either, is_in, no, plus, seconds, there
from oracle.fate import mean, ratio, ratio_of
from oracle.trade import buyer_weight, lines, orders
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
            "buyer_weight": levels.get(case["order_id"], buyer_weight(shop, None)),
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


def self_finished(case):
    """The last step was the seller's or the system's: a time-out is the merchant's, a step of the staff is not."""
    return is_in(case["last_actor"], "seller", "system")


def _finished_at(case):
    return case["finished_at"]


def _apply_to_finish(case):
    return spent(case["applied_at"], case["finished_at"])


def spent(start, end):
    """A time that runs backwards says nothing of how long a case took."""
    length = seconds(start, end)
    return None if length is None or length < 0 else length


def paid_lines(shop):
    """The paid transactions: one per sub-order, on the day of payment."""
    return {"rows": lines(shop), "at": lambda line: line["paid_at"], "where": lambda line: there(line["paid_at"])}


def paid_orders(shop):
    """1688's online transactions: orders by the day of payment (COD: of the order)."""
    return {
        "rows": orders(shop),
        "at": lambda order: order["clock_at"],
        "where": lambda order: there(order["clock_at"]),
    }


def _ended(case):
    return is_in(case["status"], "success", "closed")


def _not_a_refund(case):
    """Exchanges, repairs and parcels sent again give no money back."""
    return case["kind"] in ("exchange", "repair", "resend")


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


def unshipped_refund_hours(shop):
    """Mean time from application to end of the cases that began before shipping."""
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: all_of(case["is_finished"], is_in(case["stage"], "before_ship")),
        of=_apply_to_finish,
    )


# ── Tmall ────────────────────────────────────────────────────────────────────────────────────────────────────────


def dispute_refund_rate(shop):
    """Called-in refunds that ended with the seller found liable ÷ paid sub-orders; settled ones do not count."""
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": refunds(shop),
            "at": _finished_at,
            "where": lambda case: all_of(case["escalated"], _ended(case)),
            "exclude": [
                lambda case: bool(case["withdrawn"]),
                lambda case: is_in(case["liability"], "both", "buyer", "none"),
            ],
        },
        paid_lines(shop),
    )


def refund_dispute_rate(shop):
    """Refunds with the platform called in ÷ refunds, whoever is liable; 28 days; an open one may yet call it in."""
    return ratio(
        refunds(shop),
        days(shop.as_of, 28),
        at=lambda case: case["applied_at"],
        pending=lambda case: is_in(case["status"], "open"),
        hit=lambda case: case["escalated"],
    )


def _self_finish_hours(shop, kind):
    return mean(
        refunds(shop),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_finished_at,
        where=lambda case: all_of(case["is_finished"], is_in(case["kind"], kind)),
        exclude=[lambda case: no(self_finished(case))],
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
    return _last_step(shop, self_finished)


def system_finish_rate(shop):
    """Refunds a time-out finished ÷ all finished refunds."""
    return _last_step(shop, lambda case: is_in(case["last_actor"], "system"))


def _last_step(shop, hit):
    return ratio(
        refunds(shop),
        days(shop.as_of, 30),
        at=_finished_at,
        where=lambda case: case["is_finished"],
        exclude=[_not_a_refund],
        unknown=lambda case: case["last_actor"] is None,
        hit=hit,
    )


def refund_rate(shop):
    """Successful refunds ÷ paid sub-orders; 30 days that end the day before yesterday."""
    return ratio_of(
        days(shop.as_of, 31, 2),
        {
            "rows": refunds(shop),
            "at": _finished_at,
            "where": _ended,
            "exclude": [lambda case: case["status"] == "closed", _not_a_refund],
        },
        paid_lines(shop),
    )


def handling_seconds(case, *, new):
    """The seller's share of a case's time.

    Refund only: application to success (with every re-submission between). Return: application to agreement, and
    signature of the return to the end; transport is not the seller's. A closed case: to the first refusal (written of
    refund-only; returns are read alike), since 2025 to its close.
    """
    if case["status"] == "closed":
        return _apply_to_finish(case) if new else spent(case["applied_at"], case["first_refused_at"])
    if case["kind"] == "return_refund":
        return plus(spent(case["applied_at"], case["agreed_at"]), spent(case["return_signed_at"], case["finished_at"]))
    return _apply_to_finish(case) if case["kind"] == "refund_only" else None


def refund_handle_hours(shop):
    """Σ the seller's handling time ÷ finished refunds, finished in T-31..T-2."""
    new = shop.as_of.date() >= NEW_HANDLING
    return mean(
        refunds(shop),
        days(shop.as_of, 31, 2),
        unit=HOUR,
        at=_finished_at,
        where=_ended if new else lambda case: case["is_finished"],
        exclude=_exclusions_2025() if new else [_other_kind],
        of=lambda case: handling_seconds(case, new=new),
    )


def _other_kind(case):
    return is_in(case["kind"], "exchange", "repair", "resend")


def _exclusions_2025():
    return [
        lambda case: all_of(is_in(case["kind"], "refund_only"), is_in(case["stage"], "before_ship")),
        _other_kind,
        lambda case: case["escalated"],
        _old_application,
        lambda case: bool(case["withdrawn"]) and not _seller_acted(case),
    ]


def _old_application(case):
    """Applied for more than 90 days before it ended."""
    return None if case["finished_at"] is None else case["finished_at"] - case["applied_at"] > dt.timedelta(days=90)


def _seller_acted(case):
    steps = ("first_response_at", "agreed_at", "first_refused_at")
    return any(case[step] is not None for step in steps)


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
