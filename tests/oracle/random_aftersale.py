"""What follows a random sale: refunds, disputes, violations, reviews."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from oracle.edges import (
    BUYERS,
    CLASSES,
    DAY,
    HALF_YEAR,
    HOUR,
    NEAR,
    PARTIES,
    REFUND_KINDS,
    STARS,
    STEPS,
    TIMES,
    flags,
    later,
    maybe,
    moments,
    one_of,
    rarely,
)


@st.composite
def refund_row(draw, number, order, lines, today):
    """One case with any history: any step may be blank, the end may stand before the others, even before it all."""
    order_id, sale = order["order_id"], order["paid_at"]
    after_sale = (0, 24 * HOUR - 1, 24 * HOUR, 48 * HOUR, 5 * DAY)
    applied = draw(moments(today) if sale is None or draw(st.booleans()) else later(sale, after_sale))
    moment, steps = applied, {}
    for step in ("first_refused_at", "agreed_at", "returned_at", "return_signed_at"):
        steps[step] = draw(maybe(later(moment, STEPS)))
        moment = steps[step] or moment
    escalated_at = draw(rarely(later(applied, STEPS)))
    finished = draw(maybe(st.one_of(later(moment, STEPS), later(applied, (90 * DAY, 90 * DAY + 1)))))
    if finished is not None and draw(one_of(*range(8))) == 1:
        finished = applied - dt.timedelta(seconds=1)
    called_in = escalated_at is not None
    return {
        "refund_id": f"r{number}",
        "order_id": order_id,
        "line_id": draw(rarely(one_of(*[line["line_id"] for line in lines]))) if lines else None,
        "kind": draw(one_of(*REFUND_KINDS)),
        "stage": draw(one_of(None, "before_ship", "in_transit", "received")),
        "status": draw(one_of("success", "success", "closed", "closed", "open", None)),
        "first_reason_class": draw(one_of(*CLASSES)),
        "reason_class": draw(one_of(*CLASSES)),
        "applied_at": applied,
        **steps,
        "finished_at": finished,
        "last_actor": draw(one_of(*PARTIES)),
        "return_trace": draw(one_of(None, "none", "moving", "signed", "elsewhere")),
        "parcel_trace": draw(one_of(None, "moving", "returning", "returned")),
        "withdrawn": draw(rarely(flags())),
        "escalated": draw(flags()) if called_in else draw(rarely(flags())),
        "escalated_at": escalated_at,
        "escalated_by": draw(one_of(None, "buyer", "seller", "platform")) if called_in else None,
        "liability": draw(one_of(None, "seller", "seller", "both", "buyer", "none")) if called_in else None,
    }


@st.composite
def dispute_row(draw, number, order_ids, today):
    opened = draw(moments(today))
    return {
        "dispute_id": f"d{number}",
        "order_id": draw(one_of(*order_ids, None)),
        "opened_at": opened,
        "opened_by": draw(one_of("buyer", None, "seller", "platform")),
        "closed_at": draw(maybe(later(opened, STEPS))),
        "liability": draw(one_of(None, "seller", "both", "buyer", "none")),
        "withdrawn": draw(rarely(flags())),
        "trusted_buyer": draw(flags()),
    }


@st.composite
def violation_row(draw, today):
    day = today - dt.timedelta(days=draw(one_of(0, 1, 2, 90, 364, 365, 366)))
    return {"date": dt.datetime.combine(day, dt.time()), "points": draw(one_of(None, 1, 2, 12))}


@st.composite
def review_row(draw, number, sales, today):
    order_id, finished = draw(one_of(*sales, *sales, (None, None)))
    edge = 15 * DAY
    return {
        "review_id": f"v{number}",
        "order_id": order_id or "elsewhere",
        "buyer_id": draw(maybe(one_of(*BUYERS))),
        "created_at": draw(
            moments(today, TIMES, (*NEAR[:2], 30, 31, *HALF_YEAR))
            if finished is None
            else later(finished, (0, edge - 1, edge, edge + 1, 2 * edge))
        ),
        "stars": draw(one_of(*STARS)),
        "description_stars": draw(one_of(*STARS)),
        "service_stars": draw(one_of(*STARS)),
        "logistics_stars": draw(one_of(*STARS)),
        "is_default": draw(rarely(flags())),
        "removed": draw(rarely(flags())),
    }
