"""Shops made of edges: first and last days of windows, deadlines ± 1 s, service hours, midnight, blanks.

A shop is drawn as canonical rows around one ``as_of``. Unless it is rewound, what had not happened by ``as_of`` is cut
off, as an export of that moment would; a rewound shop keeps its later events and its tables were seen until later.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from oracle.edges import one_of, rarely
from oracle.random_aftersale import dispute_row, refund_row, review_row, violation_row
from oracle.random_chats import conversation, session_row
from oracle.random_orders import order_rows, with_lines
from oracle.view import Shop
from shopscore.schema import TABLES

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
