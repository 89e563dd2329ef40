"""What a JD shop has besides: statuses, clicks, deadlines of disputes, queues, many reviews of one buyer, settlement.

Half of the shops are busy: orders that move and conversations inside the late windows, so that the edges between two
fates are met and not only blanks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

from hypothesis import strategies as st

from oracle.edges import (
    DAY,
    HOUR,
    PICKUPS,
    STARS,
    TIMES,
    flags,
    later,
    maybe,
    moments,
    one_of,
    rarely,
)

STATUSES = ("to_ship", "to_ship", "shipped", "received", "finished", "closed", "held", "part_shipped", None)
CLICKS = (HOUR, 24 * HOUR, 24 * HOUR + 1, 24 * HOUR - 1, 48 * HOUR, 48 * HOUR + 1)
SAME_DAY = (0, 60, HOUR, 2 * HOUR, 11 * HOUR, 12 * HOUR, 13 * HOUR)
SCANS = (HOUR, 0, 10 * HOUR, *PICKUPS)
BUSY_DAYS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 25, 30, 31)
KINDS = (*("spot",) * 6, "reserved", "reserved", "presale", "custom", "cod", "virtual")
CATEGORIES = (None, "家居日用", "家居日用", "服饰内衣/女装", "鞋靴")
LATE_DAYS = (5, 6, 7, 20, 34, 35, 36, 40, 1)
CHAT_TIMES = tuple(
    dt.time(*clock) for clock in ((9, 0, 0), (8, 59, 59), (8, 56, 0), (22, 59, 59), (23, 0, 0), (12, 0, 0), (23, 58, 0))
)
REPLIES = (0, 1, 29, 30, 31, 300)
REJOINS = (0, 599, 600, 601, 2 * HOUR)
HOLIDAYS = (dt.datetime(2024, 2, 3, 23, 59, 59), dt.datetime(2024, 2, 4), dt.datetime(2024, 2, 17, 23, 59, 59))
DEADLINES = (("reply_due_at", "replied_at"), ("evidence_due_at", "evidence_at"), ("execution_due_at", "executed_at"))
REVIEW_DAYS = (1, 2, 29, 30, 31, 0)


@st.composite
def jd_tables(draw, today, tables):
    """The tables of ``strategies.shops`` that are otherwise on JD."""
    if draw(st.booleans()):
        orders = [draw(busy_order(number, today)) for number in range(draw(st.integers(4, 12)))]
        tables = tables | {"refunds": draw(busy_cases(orders)), "shipments": [], "order_lines": []}
    else:
        orders = draw(moving(tables["orders"]))
    ids = [row["order_id"] for row in orders] or ["elsewhere"]
    chats = draw(talks(today)) if draw(st.booleans()) else {}
    return {
        "orders": orders,
        "order_lines": tables["order_lines"],
        "shipments": tables["shipments"],
        "refunds": [draw(rated(row)) for row in tables["refunds"]],
        "disputes": [draw(with_deadlines(number, ids, today)) for number in range(draw(st.integers(0, 4)))],
        "reviews": tables["reviews"] + draw(many_reviews(ids, today)),
        "bills": [draw(entry(number, today)) for number in range(draw(st.integers(0, 3)))],
        **chats,
    }


@st.composite
def moving(draw, rows):
    """Order rows with clicks and scans on their own day; what the order says of itself is the same on each of them."""
    said, alone = {}, Counter(row["order_id"] for row in rows)
    result = []
    for row in rows:
        clock = row["created_at"] if row["kind"] == "cod" else row["paid_at"]
        if row["order_id"] not in said:
            said[row["order_id"]] = draw(sayings(clock))
        result.append(
            {
                **row,
                **said[row["order_id"]],
                "picked_up_at": draw(later(clock, SAME_DAY)) if draw(st.booleans()) else row["picked_up_at"],
                "shipped_at": draw(maybe(later(clock, CLICKS))),
                "status": draw(one_of(*STATUSES)) if alone[row["order_id"]] == 1 else None,
            }
        )
    return result


@st.composite
def sayings(draw, clock):
    return {
        "promised_deliver_at": draw(rarely(later(clock, (DAY, 72 * HOUR, 72 * HOUR + 1, 30 * DAY)))),
        "amount": draw(one_of(None, Decimal(50), Decimal(100))),
        "item_count": draw(one_of(None, 1, 2)),
        "category": draw(one_of(*CATEGORIES)),
        "warehouse": draw(one_of(None, "华北ECLP仓", "本地仓")),
    }


@st.composite
def busy_order(draw, number, today):
    """An order that moves: most are paid inside the windows and scanned around a limit."""
    paid = draw(moments(today, TIMES, BUSY_DAYS))
    if paid.year == 2024 and draw(st.booleans()):
        paid = draw(one_of(*HOLIDAYS))
    kind = draw(one_of(*KINDS))
    promise = draw((rarely if kind == "spot" else maybe)(later(paid, PICKUPS)))
    picked = draw(maybe(later(draw(one_of(paid, paid, promise or paid)), SCANS)))
    return {
        "order_id": f"o{number}",
        "buyer_id": draw(one_of("b1", "b2", None)),
        "kind": kind,
        "created_at": paid,
        "paid_at": paid,
        "promised_ship_at": promise,
        **draw(sayings(paid)),
        "shipped_at": draw(maybe(later(paid, CLICKS))),
        "picked_up_at": picked,
        "delivered_at": draw(maybe(later(picked, (DAY, 2 * DAY, 2 * DAY + 1)))),
        "finished_at": draw(rarely(later(picked, (3 * DAY,)))),
        "cancelled_at": draw(rarely(later(paid, (HOUR,)))) if draw(st.booleans()) else None,
        "cancelled_by": draw(one_of("buyer", "seller", "system")),
        "status": draw(one_of(*STATUSES)),
    }


@st.composite
def busy_cases(draw, orders):
    """Cases of some of the orders, around their scans and to their end."""
    result = []
    for order in orders:
        for number in range(draw(one_of(0, 0, 0, 1, 2))):
            applied = draw(
                later(draw(one_of(order["picked_up_at"], order["paid_at"])) or order["paid_at"], (0, 1, DAY))
            )
            agreed = draw(maybe(later(applied, (0, HOUR, DAY))))
            result.append(
                {
                    "refund_id": f"r{order['order_id']}-{number}",
                    "order_id": order["order_id"],
                    "kind": draw(one_of("refund_only", "return_refund", "return_refund", "exchange", "resend")),
                    "stage": draw(one_of("received", "received", "before_ship", None)),
                    "status": draw(one_of("success", "success", "success", "closed", "open")),
                    "first_reason_class": draw(one_of("quality", "no_reason")),
                    "applied_at": applied,
                    "agreed_at": agreed,
                    "first_refused_at": draw(rarely(later(applied, (HOUR, 2 * DAY)))),
                    "finished_at": draw(maybe(later(agreed or applied, (0, HOUR, 2 * DAY)))),
                    "last_actor": draw(one_of("seller", "system", "buyer", None)),
                    "withdrawn": draw(rarely(flags())),
                    "escalated": draw(rarely(flags())),
                }
            )
    return result


@st.composite
def rated(draw, case):
    """A case with a rating, an amount, a first answer around the times of automatic review; some end in a holiday."""
    end = case["finished_at"]
    if end is not None and end.year == 2024 and draw(st.booleans()):
        end = max(draw(one_of(*HOLIDAYS)), case["applied_at"])
    day = dt.datetime.combine(case["applied_at"].date(), dt.time())
    around = [day + dt.timedelta(hours=hours, seconds=more) for hours in (24, 36) for more in (0, 1, -1)]
    return {
        **case,
        "finished_at": end,
        "first_response_at": draw(rarely(one_of(*[moment for moment in around if moment >= case["applied_at"]]))),
        "amount": draw(one_of(None, Decimal(50), Decimal(100))),
        "rating": draw(rarely(one_of(1, 3.5, 5))),
    }


@st.composite
def with_deadlines(draw, number, order_ids, today):
    """A dispute with any of its three deadlines, met or not."""
    opened = draw(moments(today, TIMES, (*REVIEW_DAYS, 3, 10, 20, 89, 90, 91)))
    closed = draw(maybe(later(opened, (0, HOUR, DAY, DAY + 1, 3 * DAY))))
    result = {
        "dispute_id": f"d{number}",
        "order_id": draw(one_of(*order_ids, None)),
        "kind": draw(one_of(None, "quality", "not_received", "delivery")),
        "opened_at": opened,
        "opened_by": "buyer",
        "closed_at": closed,
        "liability": draw(one_of(None, "seller", "seller", "both", "buyer", "none")),
        "withdrawn": draw(rarely(flags())),
        "appeal_won": draw(rarely(flags())),
        "settled_after_human_step": draw(rarely(flags())),
    }
    for due, done in (
        ("reply_due_at", "replied_at"),
        ("evidence_due_at", "evidence_at"),
        ("execution_due_at", "executed_at"),
    ):
        result[due] = draw(maybe(later(opened, (HOUR, DAY, 3 * DAY, 5 * DAY))))
        result[done] = draw(maybe(later(result[due], (0, 1, -1, -HOUR))))
    return result


@st.composite
def many_reviews(draw, order_ids, today):
    """Reviews on the edges of the window, now and then more than twenty of one buyer."""
    flood = draw(one_of(0, 0, 0, 22))
    return [
        {
            "review_id": f"w{number:02d}",
            "order_id": draw(one_of(*order_ids)),
            "buyer_id": "b1" if flood else draw(one_of("b1", "b2", None)),
            "created_at": draw(moments(today, TIMES[:3], REVIEW_DAYS)),
            "stars": draw(one_of(*STARS)),
            "service_stars": draw(one_of(*STARS)),
            "logistics_stars": draw(one_of(*STARS)),
            "is_default": draw(rarely(flags())),
            "removed": draw(rarely(flags())),
        }
        for number in range(flood or draw(st.integers(0, 3)))
    ]


@st.composite
def entry(draw, number, today):
    return {
        "booked_at": draw(moments(today, TIMES, REVIEW_DAYS)),
        "entry_id": f"e{number}",
        "kind": draw(one_of("compensation", "penalty", "insurance", "commission", None)),
        "expense": draw(one_of(None, Decimal(20), Decimal("3.35"))),
    }


# ── conversations ────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def talks(draw, today):
    """Conversations whose lines are theirs: each starts when its buyer comes, or soon after the last one closed."""
    sessions, messages = [], []
    for buyer in ("b1", "b2", "b3"):
        moment = draw(moments(today, CHAT_TIMES, LATE_DAYS))
        for _ in range(draw(st.integers(0, 3))):
            number = f"s{len(sessions)}"
            end, lines = draw(talk(number, buyer, moment))
            closed = draw(maybe(later(end, (0, 60, HOUR))))
            sessions.append(
                {
                    "session_id": number,
                    "buyer_id": buyer,
                    "started_at": moment,
                    "queued_at": draw(rarely(later(moment, (0, 5, 60)))),
                    "closed_at": closed,
                    "is_offline": draw(rarely(flags())),
                    "rating": None,
                }
            )
            messages += lines
            moment = (closed or end) + dt.timedelta(seconds=draw(one_of(*REJOINS)))
    return {"sessions": sessions, "messages": messages}


@st.composite
def talk(draw, number, buyer, start):
    """The lines of one conversation, and when the last was written."""
    moment, lines = start, []
    for _ in range(draw(st.integers(1, 4))):
        lines.append(
            {
                "session_id": number,
                "buyer_id": buyer,
                "sender": draw(one_of("buyer", "buyer", "human", "auto", "bot")),
                "sent_at": moment,
                "agent_online": draw(rarely(flags())),
            }
        )
        moment += dt.timedelta(seconds=draw(one_of(*REPLIES)))
    return lines[-1]["sent_at"], lines
