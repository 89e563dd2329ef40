"""Badges of 1688 and the open cases of Tmall's guide: things that are counted, not rated."""

from __future__ import annotations

import datetime as dt

from oracle.aftersale import refunds
from oracle.blank import all_of, is_in, there
from oracle.chat import professional_days
from oracle.fate import Result, count, number, ratio
from oracle.helpcases import cases
from oracle.trade import orders
from oracle.windows import days

NOON = 12
DECISIONS = 3

# ── 1688's badges ────────────────────────────────────────────────────────────────────────────────────────────────


def violation_points_year(shop):
    """Σ points of the last 365 days; a violation without points is unknown."""
    window = days(shop.as_of, 365)
    tally = count(
        shop.rows("violations"),
        window,
        at=lambda row: row["date"],
        of=lambda row: None if row["points"] is None else 100 * row["points"],
    )
    return Result("count", *window, (tally,), tally.x / 100, None)


def professional_buyers(shop):
    """Distinct buyers of L1 to L6 who wrote in 30 days."""
    rows, not_professional = professional_days(shop)
    return number(
        rows,
        days(shop.as_of, 30),
        at=lambda row: row["asked_at"],
        exclude=[not_professional],
        once=("buyer_id", "asked_at"),
    )


def dispute_count_90d(shop):
    """Cases finally judged seller- or both-liable, by the day of closing."""
    return number(
        cases(shop),
        days(shop.as_of, 90),
        at=lambda case: case["closed_at"],
        where=lambda case: there(case["closed_at"]),
        exclude=[lambda case: case["withdrawn"], lambda case: is_in(case["liability"], "buyer", "none")],
    )


def refund_rounds_rate(shop):
    """Of days with three decisions or more, those with one before noon, one before six and one after."""
    by_day = {}
    for case in refunds(shop):
        moments = [
            case[name] for name in ("first_response_at", "agreed_at", "first_refused_at") if case[name] is not None
        ]
        if not moments and case["last_actor"] == "seller" and case["finished_at"] is not None:
            moments = [case["finished_at"]]
        if moments:
            by_day.setdefault(min(moments).date(), []).append(min(moments).hour)
    rows = [{"at": dt.datetime.combine(day, dt.time()), "hours": hours} for day, hours in by_day.items()]
    return ratio(
        rows,
        days(shop.as_of, 30),
        at=lambda row: row["at"],
        where=lambda row: len(row["hours"]) >= DECISIONS,
        hit=lambda row: {min(hour // 6, 3) for hour in row["hours"]} >= {2, 3} and min(row["hours"]) < NOON,
    )


# ── Tmall's open cases ───────────────────────────────────────────────────────────────────────────────────────────

STEPS = (
    ("applied", "applied_at"),
    ("refused", "first_refused_at"),
    ("intervened", "escalated_at"),
    ("agreed", "agreed_at"),
    ("returned", "returned_at"),
    ("received", "return_signed_at"),
)


def state(case):
    """Where a case stands: the end its status names, else the step taken last, a later one of two at once."""
    if case["finished_at"] is not None and case["status"] in ("success", "closed"):
        return "refunded" if case["status"] == "success" else "closed"
    taken = [(case[moment], place, name) for place, (name, moment) in enumerate(STEPS) if case[moment] is not None]
    return max(taken)[2]


def _open(shop, *asked):
    """Open cases of the last 90 days, by the day of application, of which all that is asked holds."""
    return number(
        refunds(shop),
        days(shop.as_of, 90),
        at=lambda case: case["applied_at"],
        where=lambda case: all_of(is_in(case["status"], "open"), *(answer(case) for answer in asked)),
    )


def returns_not_sent(shop):
    """Agreed returns whose goods are not on their way."""
    return _open(shop, lambda case: is_in(case["kind"], "return_refund"), lambda case: state(case) == "agreed")


def returns_without_trace(shop):
    """Sent back as the buyer says, and the carrier knows nothing of it."""
    return _open(shop, lambda case: state(case) == "returned", lambda case: is_in(case["return_trace"], "none"))


def returns_signed_elsewhere(shop):
    """Signed for at another address."""
    return _open(shop, lambda case: is_in(case["return_trace"], "elsewhere"))


def parcels_heading_home(shop):
    """The parcel sent out is on its way back, or back."""
    return _open(shop, lambda case: is_in(case["parcel_trace"], "returning", "returned"))


def loyal_returns_on_the_way(shop):
    """On their way back, from a buyer who had paid for this order and another before the case."""
    paid = [(order["order_id"], order["buyer_id"], order["paid_at"]) for order in orders(shop)]
    buyers = {order_id: buyer for order_id, buyer, _ in paid}

    def known(case):
        buyer = buyers.get(case["order_id"])
        if buyer is None:
            return None
        before = [other for _, other, at in paid if other == buyer and at is not None and at < case["applied_at"]]
        return len(before) > 1

    return _open(shop, lambda case: state(case) == "returned", known)


def dispute_refund_cases(shop):
    """Stepped into, ended and judged against the seller alone, by the day of the end."""
    return number(
        refunds(shop),
        days(shop.as_of, 30),
        at=lambda case: case["finished_at"],
        where=lambda case: all_of(case["escalated"], case["is_finished"]),
        exclude=[lambda case: is_in(case["liability"], "both", "buyer", "none")],
    )
