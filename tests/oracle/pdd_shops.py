"""What a Pinduoduo shop has besides: groups, uploaded numbers, signatures near applications, older reviews.

Half of the shops are the common ones with these columns added; the others are busy: orders that were scanned, cases
that succeeded, most of them inside the windows, so that the edges between two fates are met and not only blanks.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from oracle.edges import CHAT_TIMES, DAY, HOUR, PICKUPS, TIMES, later, maybe, moments, one_of, rarely

AFTER_UPLOAD = tuple(24 * HOUR + more for more in (0, -1, 1))
BEFORE_SIGNATURE = tuple(18 * HOUR + more for more in (0, -1, 1))
REVIEWED = (1, 2, 30, 89, 90, 91, 0)
BUSY_DAYS = (1, 2, 3, 4, 5, 8, 10, 15, 25, 30, 31)
BACK = 180 * DAY
WAITS = (0, 60, 179, 180, 181, 3599, 3600, 3601)
KINDS = ("spot", "spot", "spot", "spot", "presale", "custom", "virtual")


@st.composite
def pdd_tables(draw, today, tables):
    """The tables of ``strategies.shops`` that are otherwise on Pinduoduo."""
    accounts = draw(daily(today))
    if draw(st.booleans()):
        return draw(busy(today)) | accounts
    orders = [draw(grouped(row)) for row in tables["orders"]]
    signed = {row["order_id"]: row["delivered_at"] for row in orders}
    return {
        "orders": orders,
        "refunds": [draw(applied(case, signed.get(case["order_id"]))) for case in tables["refunds"]],
        "reviews": [draw(reviewed(row, today)) for row in tables["reviews"]],
        **accounts,
    }


@st.composite
def grouped(draw, row):
    """An order row with its group, the scan the clock of the group asks for, and the upload of its number."""
    group = draw(rarely(later(row["paid_at"], (0, 1, HOUR, DAY))))
    clock = group or row["paid_at"]
    picked = draw(maybe(later(clock, PICKUPS))) if group is not None else row["picked_up_at"]
    return {**row, "grouped_at": group, "picked_up_at": picked, "shipped_at": draw(uploaded(clock, picked))}


@st.composite
def uploaded(draw, clock, picked):
    """When the number was uploaded: about 24 hours before the scan, or at any time."""
    if picked is not None and draw(st.booleans()):
        return picked - dt.timedelta(seconds=draw(one_of(*AFTER_UPLOAD)))
    return draw(maybe(later(clock, (0, HOUR, 47 * HOUR, 3 * DAY))))


@st.composite
def applied(draw, case, signed):
    """A case; now and then of quality and applied for about 18 hours before the signature, or soon after it."""
    if signed is None or draw(st.booleans()):
        return case
    early = signed - dt.timedelta(seconds=draw(one_of(*BEFORE_SIGNATURE)))
    moment = draw(one_of(early, early, signed, signed + dt.timedelta(days=1)))
    return {**case, "applied_at": moment, "first_reason_class": draw(one_of("quality", case["first_reason_class"]))}


@st.composite
def reviewed(draw, row, today):
    """A review on an edge of the 90 days."""
    return {**row, "created_at": draw(moments(today, TIMES, REVIEWED))}


def counts():
    return one_of(None, 0, 1, 7, 1000)


@st.composite
def daily(draw, today):
    """Tables of days and of money: agents, traffic, entries of the account."""
    days = [today - dt.timedelta(days=back) for back in draw(st.lists(one_of(1, 2, 29, 30, 31, 0), max_size=4))]
    dates = [dt.datetime.combine(day, dt.time()) for day in days]
    return {
        "agent_stats": [
            {"date": date, "agent_id": f"a{number}", "enquirers": draw(counts()), "payers": draw(counts())}
            for number, date in enumerate(dates)
        ],
        "traffic": [
            {
                "date": date,
                "channel": f"c{number}",
                **{name: draw(counts()) for name in ("exposures", "clicks", "visitors", "orders")},
                "amount": draw(one_of(None, 0, Decimal("0.01"), Decimal("199.90"))),
            }
            for number, date in enumerate(dates)
        ],
        "bills": [
            {
                "booked_at": draw(moments(today, TIMES, (1, 2, 30, 31, 0))),
                "entry_id": f"e{number}",
                "kind": draw(one_of("penalty", "compensation", "commission", None)),
                "expense": draw(one_of(None, 0, Decimal("20.00"), Decimal("3.35"))),
            }
            for number in range(draw(st.integers(0, 4)))
        ],
    }


# ── busy shops ───────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def busy(draw, today):
    """Orders that move, with the cases and disputes that follow them."""
    orders = [draw(busy_order(number, today)) for number in range(draw(st.integers(5, 12)))]
    orders += [draw(order_before(number, order)) for number, order in enumerate(orders) if draw(st.booleans())]
    refunds = [
        draw(busy_case(f"{order['order_id']}-{number}", order))
        for order in orders
        for number in range(draw(one_of(0, 1, 1, 2)))
    ]
    disputes = [
        {"dispute_id": f"d{number}", "order_id": draw(one_of("o0", "o1", None)), "opened_at": draw(busy_day(today))}
        for number in range(draw(st.integers(0, 3)))
    ]
    talks = [draw(busy_talk(f"b{number}", today)) for number in range(draw(st.integers(1, 8)))]
    return {
        "orders": orders,
        "refunds": refunds,
        "disputes": disputes,
        "order_lines": [],
        "shipments": [],
        "messages": [line for lines in talks for line in lines],
        "sessions": [],
    }


def busy_day(today):
    return moments(today, TIMES, BUSY_DAYS)


@st.composite
def busy_talk(draw, buyer, today):
    """Questions of one buyer's day, each answered by somebody about when it is still in time, or by nobody."""
    moment = draw(moments(today, CHAT_TIMES, (1, 1, 2, 30)))
    lines = []
    for _ in range(draw(one_of(1, 1, 2, 3))):
        lines.append({"buyer_id": buyer, "sender": "buyer", "sent_at": moment})
        moment += dt.timedelta(seconds=draw(one_of(*WAITS)))
        sender = draw(one_of("human", "human", "human", "bot", "auto", None))
        if sender is not None:
            lines.append({"buyer_id": buyer, "sender": sender, "sent_at": moment})
        moment += dt.timedelta(seconds=draw(one_of(0, 1, HOUR)))
    return lines


@st.composite
def busy_order(draw, number, today):
    paid = draw(busy_day(today))
    group = draw(rarely(later(paid, (HOUR, DAY))))
    clock = group or paid
    picked = draw(maybe(later(clock, PICKUPS)))
    kind = draw(one_of(*KINDS))
    promise = draw((maybe if kind in ("presale", "custom") else rarely)(later(clock, PICKUPS)))
    return {
        "order_id": f"o{number}",
        "buyer_id": draw(one_of("b1", "b2", "b3", None)),
        "kind": kind,
        "created_at": paid,
        "paid_at": paid,
        "grouped_at": group,
        "promised_ship_at": promise,
        "shipped_at": draw(uploaded(clock, picked)),
        "picked_up_at": picked,
        "delivered_at": draw(maybe(later(picked, (DAY, 2 * DAY)))),
        "cancelled_at": draw(rarely(later(paid, (HOUR,)))),
        "cancelled_by": draw(one_of("buyer", "seller")),
    }


@st.composite
def order_before(draw, number, order):
    """An order of the same buyer about 180 days earlier."""
    paid = order["paid_at"] - dt.timedelta(seconds=draw(one_of(BACK, BACK, BACK + 1, BACK - 1, 2 * BACK)))
    blank = dict.fromkeys(order)
    return {**blank, "order_id": f"old{number}", "buyer_id": order["buyer_id"], "created_at": paid, "paid_at": paid}


@st.composite
def busy_case(draw, number, order):
    signed = order["delivered_at"]
    early = None if signed is None else signed - dt.timedelta(seconds=draw(one_of(*BEFORE_SIGNATURE)))
    moment = draw(one_of(early, signed, order["paid_at"])) or order["paid_at"]
    agreed = draw(maybe(later(moment, (0, HOUR, DAY))))
    back = draw(maybe(later(moment, (2 * DAY, 3 * DAY))))
    return {
        "refund_id": f"r{number}",
        "order_id": order["order_id"],
        "kind": draw(one_of("refund_only", "return_refund", "return_refund", "exchange")),
        "stage": draw(one_of("in_transit", "in_transit", "received", None)),
        "status": draw(one_of("success", "success", "success", "closed", "open")),
        "first_reason_class": draw(one_of("quality", "description", "no_reason")),
        "applied_at": moment,
        "agreed_at": agreed,
        "return_signed_at": back,
        "finished_at": draw(maybe(later(back or moment, (0, HOUR, DAY)))),
        "last_actor": draw(one_of("seller", "system", "platform")),
        "escalated": draw(st.booleans()),
        "liability": draw(one_of("seller", "seller", "both", None)),
    }
