"""Requests for the platform's help: 1688 纠纷率 and Tmall 平台求助率."""

from __future__ import annotations

import datetime as dt

from oracle.aftersale import paid_lines, paid_orders, refunds
from oracle.blank import all_of, either, is_in, no, there
from oracle.fate import ratio_of
from oracle.windows import calendar_month, days

NEVER = dt.datetime(9999, 12, 31)


def cases(shop):
    """Disputes and called-in refunds, one case once an order: a called-in refund is not a second one."""
    behind = {}
    for refund in sorted(refunds(shop), key=_called_in_first):
        behind.setdefault(refund["order_id"], refund)
    result = [_case(shop, dispute, behind.get(dispute["order_id"])) for dispute in shop.rows("disputes")]
    known = {dispute["order_id"] for dispute in shop.rows("disputes")}
    result += [
        _case(shop, None, refund)
        for order_id, refund in behind.items()
        if refund["escalated"] and order_id not in known
    ]
    return result


def _called_in_first(case):
    """The refund behind a case: the first that was called in, else the order's first."""
    called_at = either(case["escalated_at"], NEVER)
    return (not case["escalated"], called_at, case["applied_at"], case["refund_id"])


def _case(shop, dispute, refund):
    """The dispute's words, and where it is silent the refund's."""
    first, second = dispute or {}, refund or {}
    says_close = dispute is not None and shop.gives("disputes", "closed_at")
    says_refusal = shop.gives("refunds", "first_refused_at")
    return {
        "case_id": either(first.get("dispute_id"), second.get("refund_id")),
        "order_id": either(first.get("order_id"), second.get("order_id")),
        "opened_at": first["opened_at"] if dispute else second["escalated_at"],
        "opened_by": either(first.get("opened_by"), second.get("escalated_by")),
        "closed_at": first["closed_at"] if says_close else second.get("finished_at"),
        "liability": either(first.get("liability"), second.get("liability")),
        "withdrawn": bool(first.get("withdrawn")) or bool(second.get("withdrawn")),
        "trusted_buyer": bool(first.get("trusted_buyer")),
        "refund_closed": second.get("status") == "closed",
        "seller_refused": second.get("first_refused_at") is not None if says_refusal else None,
    }


def dispute_rate(shop):
    """Cases finally judged seller- or both-liable ÷ online transactions; 90 days, by the day of closing."""
    return _judged(shop, days(shop.as_of, 90), "buyer", "none")


def dispute_rate_monthly(shop):
    """The older review: judged against the seller alone, in the last finished calendar month."""
    return _judged(shop, calendar_month(shop.as_of), "buyer", "none", "both")


def _judged(shop, window, *others):
    return ratio_of(
        window,
        {
            "rows": cases(shop),
            "at": lambda case: case["closed_at"],
            "where": lambda case: there(case["closed_at"]),
            "exclude": [lambda case: case["withdrawn"], lambda case: is_in(case["liability"], *others)],
        },
        paid_orders(shop),
    )


def platform_help_rate(shop):
    """Cases opened in T-30..T-1 ÷ paid sub-orders; a trusted buyer's weighs three.

    All count while they are open, and after unless the refund behind finally closed; the platform's own count only
    where the seller had refused.
    """
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": cases(shop),
            "at": lambda case: case["opened_at"],
            "exclude": [
                lambda case: case["refund_closed"],
                lambda case: all_of(is_in(case["opened_by"], "platform"), no(case["seller_refused"])),
            ],
            "weight": lambda case: 3 if case["trusted_buyer"] else 1,
        },
        paid_lines(shop),
    )
