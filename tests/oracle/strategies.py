"""Shops made of edges: first and last days of windows, deadlines ± 1 s, service hours, midnight, blanks.

A shop is drawn as canonical rows around one ``as_of``. Unless it is rewound, what had not happened by ``as_of`` is cut
off, as an export of that moment would; a rewound shop keeps its later events and its tables were seen until later.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from oracle.view import Shop
from shopscore.schema import TABLES

HOUR = 3600
DAY = 24 * HOUR

DAYS = {
    "aliexpress": (dt.date(2023, 10, 20), dt.date(2024, 3, 1), dt.date(2026, 5, 20), dt.date(2026, 10, 20)),
    "1688": (dt.date(2021, 6, 30), dt.date(2022, 10, 31), dt.date(2024, 3, 1), dt.date(2026, 8, 31)),
    "jd": (
        *(dt.date(2019, 12, 31), dt.date(2021, 8, 31), dt.date(2023, 9, 20), dt.date(2024, 3, 1)),
        *(dt.date(2025, 8, 31), dt.date(2026, 8, 31)),
    ),
    "pdd": (dt.date(2019, 3, 31), dt.date(2023, 4, 30), dt.date(2024, 3, 1), dt.date(2026, 8, 31)),
    "tmall": (dt.date(2018, 3, 31), dt.date(2022, 10, 31), dt.date(2024, 3, 1), dt.date(2026, 8, 31)),
}
"""One day at least inside every version of the definitions; ends of months whose sixth month back is shorter."""
AS_OF_TIMES = (dt.time(10), dt.time(0), dt.time(0, 2, 59), dt.time(0, 3), dt.time(23, 59, 59))

NEAR = (1, 2, 3, 4, 5, 7, 0)
FAR = (27, 28, 29, 30, 31, 32, 33, 34)
HALF_YEAR = (181, 182, 183, 184, 185)
DAYS_BACK = (*NEAR, 10, 12, 15, 20, *FAR, 89, 90, 91, *HALF_YEAR)
TIMES = tuple(
    dt.time(*clock) for clock in ((12, 0, 0), (0, 0, 0), (0, 0, 1), (8, 0, 0), (9, 0, 0), (20, 59, 59), (23, 59, 59))
)
CHAT_TIMES = tuple(
    dt.time(*clock)
    for clock in (
        *((12, 0, 0), (7, 59, 59), (8, 0, 0), (8, 59, 59), (9, 0, 0), (20, 59, 59), (21, 0, 0)),
        *((22, 59, 59), (23, 0, 0), (23, 57, 0), (23, 58, 30), (23, 59, 59), (0, 0, 0), (8, 58, 30)),
    )
)
PICKUPS = tuple(hours * HOUR + more for hours in (24, 48, 12, 72, 96) for more in (0, -1, 1))
SIGNINGS = tuple(hours * HOUR + more for hours in (72, 100) for more in (0, -1, 1))
STEPS = (HOUR, 0, 1, 59, 20 * HOUR, 3 * DAY, 40 * DAY)
GAPS = (0, 1, 29, 179, 180, 181, 599, 600, 601, 2 * HOUR)
BUYERS = ("b1", "b2")
LEVELS = (None, "L0", "L1", "L2", "L3", "L4", "L5", "L6")
KINDS = (
    *("spot", "spot", "spot", None, "cod", "presale", "custom", "custom", "virtual", "reserved", "service", "o2o"),
    *("crowdfunding", "lottery"),
)
REFUND_KINDS = (*("refund_only", "return_refund") * 3, "exchange", "repair", "resend", None)
PARTIES = (None, "buyer", "seller", "system", "platform")
CLASSES = (None, "quality", "quality", "description", "damage", "no_reason", "late", "other")
STARS = (None, 1, 2, 3, 4, 5, 4.5)


def one_of(*values):
    return st.sampled_from(values)


def maybe(strategy):
    """Mostly there, sometimes blank."""
    return st.integers(0, 3).flatmap(lambda number: strategy if number else st.none())


def rarely(strategy):
    """Mostly blank."""
    return st.integers(0, 3).flatmap(lambda number: strategy if number == 1 else st.none())


def moments(today, times=TIMES, days_back=DAYS_BACK):
    return st.builds(
        lambda back, time: dt.datetime.combine(today - dt.timedelta(days=back), time),
        one_of(*days_back),
        one_of(*times),
    )


def later(moment, delays):
    """A moment some seconds after another; blank after a blank."""
    return st.none() if moment is None else one_of(*delays).map(lambda s: moment + dt.timedelta(seconds=s))


def flags():
    return one_of(None, False, True)


# ── orders, lines, parcels ───────────────────────────────────────────────────────────────────────────────────────


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


# ── what follows a sale ──────────────────────────────────────────────────────────────────────────────────────────


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


# ── conversations ────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def conversation(draw, number, today):
    """Lines that follow each other by the gaps that matter, in any order of speakers."""
    moment = draw(moments(today, CHAT_TIMES, (*NEAR[:3], 30, 31, 0)))
    buyer = draw(one_of(*BUYERS))
    result = []
    for _ in range(draw(st.integers(1, 5))):
        sender = draw(one_of("buyer", "buyer", "human", "human", "bot", "auto", "official", "system"))
        result.append(
            {
                "session_id": f"s{number}",
                "buyer_id": buyer,
                "sender": sender,
                "sent_at": moment,
                "bot_mode": draw(one_of("assist", "auto", None)) if sender == "bot" else None,
                "agent_online": draw(rarely(flags())),
                "is_blocked": draw(rarely(flags())),
                "is_recalled": draw(rarely(flags())),
                "no_reply_needed": draw(rarely(flags())),
            }
        )
        moment += dt.timedelta(seconds=draw(one_of(*GAPS)))
    return result


@st.composite
def session_row(draw, number, today):
    started = draw(maybe(moments(today)))
    return {
        "session_id": f"s{number}",
        "buyer_id": draw(one_of(*BUYERS)),
        "started_at": started,
        "closed_at": draw(maybe(later(started, (0, HOUR)))),
        "rating": draw(one_of(None, 1, 3, 3.5, 4, 5)),
    }


# ── the shop ─────────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def sold(draw, today):
    """Orders, lines, parcels, refunds, disputes and reviews that belong together."""
    tables = {table: [] for table in ("orders", "order_lines", "shipments", "refunds", "disputes", "reviews")}
    own_table = draw(one_of(None, "always", "sometimes"))
    sales = []
    for number in range(draw(one_of(3, 0, 1, 5, 8, 12))):
        order, lines, parcels = draw(order_rows(number, today))
        rows, kept = with_lines(order, lines, own_table=own_table)
        tables["orders"] += rows
        tables["order_lines"] += kept
        tables["shipments"] += parcels
        sales.append((order["order_id"], order["finished_at"]))
        for _ in range(draw(one_of(0, 1, 0, 2))):
            known = kept or [row for row in rows if row.get("line_id")]
            case = refund_row(len(tables["refunds"]), order, known, today)
            tables["refunds"].append(draw(case))
    ids = [order_id for order_id, _ in sales] or ["elsewhere"]
    unknown = {"order_id": "elsewhere", "paid_at": None}
    tables["refunds"] += [draw(refund_row(f"e{number}", unknown, [], today)) for number in range(draw(one_of(0, 0, 1)))]
    tables["disputes"] = [draw(dispute_row(number, ids, today)) for number in range(draw(st.integers(0, 3)))]
    tables["reviews"] = [draw(review_row(number, sales, today)) for number in range(draw(st.integers(0, 5)))]
    return tables


@st.composite
def shops(draw, platform, more=None):
    """A whole shop of the platform; ``more`` draws, from a day and the tables, what it has besides."""
    today = draw(one_of(*DAYS[platform]))
    as_of = dt.datetime.combine(today, draw(one_of(*AS_OF_TIMES)))
    tables = draw(sold(today))
    tables["messages"] = [
        line for number in range(draw(st.integers(0, 4))) for line in draw(conversation(number, today))
    ]
    tables["violations"] = [draw(violation_row(today)) for _ in range(draw(st.integers(0, 3)))]
    tables["sessions"] = [draw(session_row(number, today)) for number in range(draw(st.integers(0, 3)))]
    tables |= draw(more(today, tables)) if more is not None else {}
    for table in draw(st.sets(one_of(*[name for name in tables if name != "orders"]), max_size=2)):
        del tables[table]
    rewound = draw(one_of(False, False, True))
    if not rewound:
        tables = {table: exported(table, rows, as_of) for table, rows in tables.items()}
    for rows in tables.values():
        if rows and draw(st.booleans()):
            rows.reverse()
    return Shop(
        platform=platform,
        tables=tables,
        as_of=as_of,
        seen_until={table: draw(sightings(table, rows, as_of, rewound=rewound)) for table, rows in tables.items()},
        b_buyer_weight=draw(one_of(1.0, 2.0, 1.25)),
        slim=draw(one_of(False, True)),
        exempted=("o0",) if draw(rarely(st.just(True))) else (),
    )


def events(table, rows):
    names = [column.name for column in TABLES[table].columns if column.event]
    return [row[name] for row in rows for name in names if row.get(name) is not None]


def exported(table, rows, as_of):
    """The rows an export of that moment shows: later rows are not there, later events are blank."""
    born, result = TABLES[table].born, []
    names = [column.name for column in TABLES[table].columns if column.event]
    for row in rows:
        if born is not None and row.get(born) is not None and row[born] > as_of:
            continue
        result.append({**row, **{name: None for name in names if row.get(name) is not None and row[name] > as_of}})
    return result


def sightings(table, rows, as_of, *, rewound):
    """Until when the table was seen: its newest event, or its export (after it: at ``as_of``, rewound later)."""
    newest = max(events(table, rows), default=as_of)
    export = max(newest, as_of) + dt.timedelta(days=1) if rewound else as_of
    return one_of(export, newest)
