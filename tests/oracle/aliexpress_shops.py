"""What an AliExpress shop has besides: origins, payments checked for risk, parcels, answered reviews, listings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from oracle.edges import DAY, HOUR, TIMES, later, maybe, moments, one_of, rarely

BACK = (1, 2, 3, 5, 6, 7, 8, 9, 10, 13, 14, 20, 30, 31, 35, 36, 37)
LIMITS = tuple(hours * HOUR + more for hours in (24, 48, 72, 120, 168) for more in (0, -1, 1, DAY, DAY + 1, 2 * DAY))
STATUSES = (None, "shipped", "shipped", "finished", "to_ship", "part_shipped", "closed")
CLASSES = ("not_received", "not_received", "description", "quality", "late", None)


@st.composite
def order(draw, number, today):
    """One order and its parcels."""
    created = draw(moments(today, TIMES, BACK))
    paid = draw(maybe(later(created, (0, HOUR))))
    cleared = draw(maybe(later(paid, (0, 1, DAY))))
    clock = cleared or paid
    cancelled = draw(rarely(later(created, (HOUR, 3 * DAY))))
    row = {
        "order_id": f"o{number}",
        "kind": draw(one_of("spot", "spot", "custom", None)),
        "status": draw(one_of(*STATUSES)),
        "created_at": created,
        "paid_at": paid,
        "risk_cleared_at": cleared,
        "promised_ship_hours": draw(maybe(one_of(48, 72, 168, 168.5))),
        "shipped_at": draw(maybe(later(clock, LIMITS))),
        "picked_up_at": draw(maybe(later(clock, LIMITS))),
        "delivered_at": draw(maybe(later(clock, (10 * DAY, 20 * DAY)))),
        "finished_at": draw(maybe(later(clock, (2 * DAY, 20 * DAY)))),
        "cancelled_at": cancelled,
        "cancelled_by": draw(one_of(None, "buyer", "seller", "system", "platform")) if cancelled else None,
        "carrier": draw(one_of("cainiao", "post", None)),
        "ship_origin": draw(one_of("mainland", "hk", "overseas", None)),
    }
    parcels = [
        {
            "order_id": row["order_id"],
            "shipment_id": f"p{number}-{place}",
            "picked_up_at": draw(maybe(later(clock, LIMITS))),
            "delivered_at": draw(maybe(later(clock, (10 * DAY, 20 * DAY)))),
        }
        for place in range(draw(one_of(0, 1, 1, 2, 3)))
    ]
    return row, parcels


@st.composite
def claimed(draw, case):
    """A request with the reasons this platform asks of."""
    answered = draw(rarely(later(case["applied_at"], (0, HOUR, DAY))))
    return {**case, "first_reason_class": draw(one_of(*CLASSES)), "first_response_at": answered}


@st.composite
def listing(draw, number):
    return {
        "product_id": f"g{number}",
        "title": draw(one_of(None, " ", "Cap", "Cap", "Hat")),
        "image_count": draw(one_of(None, 0, 1, 6)),
        "description_length": draw(one_of(None, 0, 1, 900)),
        "title_length": draw(one_of(None, 0, 3, 128)),
        "attributes_filled": draw(one_of(None, 0, 3)),
        "attributes_total": draw(one_of(None, 0, 5)),
    }


@st.composite
def aliexpress_tables(draw, today, tables):
    """The tables of ``strategies.shops`` that are otherwise on AliExpress."""
    sold = [draw(order(number, today)) for number in range(draw(one_of(3, 0, 1, 5, 8)))]

    def days(number, *back):
        return [dt.datetime.combine(today - dt.timedelta(days=draw(one_of(*back))), dt.time()) for _ in range(number)]

    def figure(*values):
        return draw(one_of(None, *values))

    tables.pop("sessions")  # its conversations are those its lines name

    return {
        "messages": [{**line, "buyer_id": f"b{line['session_id']}"} for line in tables["messages"]],
        "orders": [row for row, _ in sold],
        "order_lines": [],
        "shipments": [parcel for _, parcels in sold for parcel in parcels],
        "refunds": [draw(claimed(case)) for case in tables["refunds"]],
        "reviews": [
            {**row, "replied_at": draw(maybe(later(row["created_at"], (0, HOUR, DAY))))} for row in tables["reviews"]
        ],
        "products": [draw(listing(number)) for number in range(draw(st.integers(0, 4)))],
        "platform_scores": [
            {"date": day, "metric": draw(one_of("service_score", "other")), "value": figure(90, 85.5, -30)}
            for day in days(3, 1, 20, 30, 31, 45, 61)
        ],
        "traffic": [
            {
                "date": day,
                "campaign": f"c{place}",
                "exposures": figure(0, 7, 1000),
                "clicks": figure(0, 3, 40),
                "visitors": figure(0, 2, 30),
                "orders": figure(0, 1, 5),
                "spend": figure(0, Decimal("7.25")),
                "amount": figure(Decimal("9.99")),
            }
            for place, day in enumerate(days(3, 1, 2, 30, 31))
        ],
    }
