"""A random order: its rows, its lines, its parcels and their scans."""

from __future__ import annotations

from hypothesis import strategies as st

from oracle.edges import (
    DAY,
    HOUR,
    KINDS,
    LEVELS,
    PARTIES,
    PICKUPS,
    SIGNINGS,
    flags,
    later,
    maybe,
    moments,
    one_of,
    rarely,
)


@st.composite
def order_rows(draw, number, today):
    """The rows of one order, and those of its lines' own table and parcels."""
    order_id = f"o{number}"
    created = draw(moments(today))
    paid = draw(maybe(later(created, (0, 1, 2 * HOUR, DAY))))
    kind = draw(one_of(*KINDS))
    clock = created if kind == "cod" else paid
    order = {
        "order_id": order_id,
        "buyer_id": draw(one_of("b1", "b1", "b1", "b2", None)),
        "buyer_level": draw(one_of(*LEVELS)),
        "kind": kind,
        "created_at": created,
        "paid_at": paid,
        "promised_ship_hours": draw(rarely(one_of(12, 24, 36.5, 48, 72, 15 * 24))),
        "finished_at": draw(maybe(later(paid, (4 * DAY, 0, 10 * DAY)))),
        "cancelled_at": draw(rarely(later(created, (0, HOUR, 3 * DAY)))),
        "carrier": draw(one_of("yto", "sf", None)),
        "tracking_no": draw(maybe(st.just(f"t{number}, t{number}b"))),
    }
    if order["cancelled_at"] is not None:
        order["cancelled_by"] = draw(one_of("buyer", "buyer", *PARTIES))
        clock = None if draw(st.booleans()) else clock
    lines = [
        {
            "line_id": f"{order_id}-{line}",
            "promised_ship_at": draw(rarely(later(clock, PICKUPS))),
            **draw(scans(clock)),
            **draw(one_of({}, {}, {"cancelled_at": None}, {"finished_at": None})),
        }
        for line in range(draw(one_of(1, 1, 2, 3)))
    ]
    parcels = [
        {
            **(
                {"order_id": order_id}
                if draw(st.booleans()) or order["tracking_no"] is None
                else {"tracking_no": f"t{number}" if parcel % 2 else f"t{number}b"}
            ),
            "line_id": f"{order_id}-{parcel}",
            "shipment_id": f"p{number}-{draw(one_of(parcel, 0))}",
            "carrier": draw(one_of(None, "yto", "sf")),
            "no_logistics": draw(rarely(flags())),
            "exempt_reason": draw(rarely(one_of("flood"))),
            **draw(scans(clock)),
        }
        for parcel in range(draw(one_of(0, 1, 1, 2)))
    ]
    return order, lines, parcels


@st.composite
def scans(draw, clock):
    picked = draw(maybe(later(clock, PICKUPS)))
    return {"picked_up_at": picked, "delivered_at": draw(maybe(later(clock, SIGNINGS))) if picked else None}


def with_lines(order, lines, *, own_table):
    """The order's rows: one, its lines in a table of their own; or one for each line."""
    if own_table:
        row = {**order, "picked_up_at": lines[0]["picked_up_at"], "delivered_at": lines[0]["delivered_at"]}
        names = ("line_id", "promised_ship_at")
        kept = [{"order_id": order["order_id"], **{name: line[name] for name in names}} for line in lines]
        return [row], kept if own_table == "always" or len(lines) > 1 else []
    if len(lines) == 1:
        return [{**order, **lines[0], "line_id": None}], []
    return [{**order, **line} for line in lines], []
