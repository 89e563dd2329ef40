"""Requests for the platform's help: 1688 纠纷率 (platforms.md 2.2) and Tmall 平台求助率 (3.2)."""

from __future__ import annotations

from oracle.aftersale import paid_lines, paid_orders, refunds
from oracle.blank import all_of, any_of, either, is_in
from oracle.fate import ratio_of
from oracle.windows import days


def cases(shop):
    """Disputes and called-in refunds; a dispute and a called-in refund of the same order are one case."""
    behind = {}
    for refund in sorted(
        refunds(shop), key=lambda case: (not case["escalated"], case["applied_at"], case["refund_id"])
    ):
        behind.setdefault(refund["order_id"], []).append(refund)
    result, taken = [], set()
    for dispute in shop.rows("disputes"):
        refund = behind.get(dispute["order_id"], [None])[0] if dispute["order_id"] is not None else None
        taken.add(dispute["order_id"])
        result.append(_case(dispute, refund))
    for order_id, all_refunds in behind.items():
        if order_id not in taken:
            result.extend(_case(None, refund) for refund in all_refunds if refund["escalated"])
    return result


def _case(dispute, refund):
    dispute, refund = dispute or {}, refund or {}
    return {
        "opened_at": dispute["opened_at"] if dispute else refund["escalated_at"],
        "opened_by": either(dispute.get("opened_by"), refund.get("escalated_by")),
        "closed_at": dispute.get("closed_at") if dispute else refund["finished_at"],
        "liability": either(dispute.get("liability"), refund.get("liability")),
        "withdrawn": bool(dispute.get("withdrawn")) if dispute else bool(refund.get("withdrawn")),
        "trusted_buyer": bool(dispute.get("trusted_buyer")),
        "refund_closed": refund.get("status") == "closed",
        "seller_refused": refund.get("first_refused_at") is not None,
    }


def dispute_rate(shop):
    """Cases judged seller- or both-liable and not withdrawn ÷ online transactions; 90 days."""
    return ratio_of(
        days(shop.as_of, 90),
        {
            "rows": cases(shop),
            "at": lambda case: case["opened_at"],
            "where": lambda case: is_in(case["liability"], "seller", "both"),
            "exclude": [lambda case: case["withdrawn"]],
        },
        paid_orders(shop),
    )


def platform_help_rate(shop):
    """Cases opened in T-30..T-1 ÷ paid sub-orders; a trusted buyer's weighs three.

    The buyer's count unless the refund behind finally closes, and meanwhile while they are open; the platform's count
    only where the seller had refused.
    """
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": cases(shop),
            "at": lambda case: case["opened_at"],
            "where": lambda case: any_of(
                is_in(case["opened_by"], "buyer"),
                all_of(is_in(case["opened_by"], "platform"), case["seller_refused"]),
            ),
            "exclude": [lambda case: case["refund_closed"]],
            "weight": lambda case: 3 if case["trusted_buyer"] else 1,
        },
        paid_lines(shop),
    )
