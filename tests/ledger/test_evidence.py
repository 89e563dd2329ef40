"""The rows behind a number."""

from __future__ import annotations

import datetime as dt

from ledger_stand_ins import DAY, Rules, facts, metric, moment

from shopscore.ledger.cells import totals
from shopscore.ledger.evidence import Funnel, funnel, rows
from shopscore.ledger.kernel import run

WINDOW = (DAY, DAY + dt.timedelta(days=2))
METRIC = metric(
    "m",
    where="is_paid",
    exclude=(("refunded", "has_refund"), ("exempt", "is_exempt")),
    unknown="no_logistics",
    pending="NOT is_due",
    numerator="pickup_seconds <= 10",
)
SETTLED = {"is_paid": True, "has_refund": False, "is_exempt": False, "no_logistics": False, "is_due": True}


def order(name, at=0, **cells):
    return {"order_id": name, "clock_at": moment(at), "judged_at": moment(2), **SETTLED, **cells}


ORDERS = [
    order("h", pickup_seconds=3),
    order("m2", 1, pickup_seconds=30),
    order("m1", pickup_seconds=None),
    order("gone", is_paid=False),
    order("blank", is_paid=None),
    order("undated", None),
    order("early", 7),
    order("refunded", has_refund=True, is_exempt=True),
    order("exempt", is_exempt=True),
    order("unknown", no_logistics=True),
    order("open", is_due=False, ship_deadline_at=moment(3)),
    order("sooner", is_due=False, ship_deadline_at=moment(2, 1)),
    order("done", is_due=False, ship_deadline_at=moment(3), pickup_seconds=3),
    order("past", is_due=False, ship_deadline_at=moment(2)),
]


def names(wanted, window=WINDOW):
    return rows(facts(orders=ORDERS), METRIC, wanted, window).get_column("order_id").to_list()


def test_rows_that_are_no_orders_name_the_order_they_belong_to():
    told = metric("m", fact="parcels", at="clicked_at", numerator="picked_up_at IS NOT NULL")
    parcels = [
        {"shipment_id": "T1", "order_id": name, "clicked_at": moment(0), "picked_up_at": None, "judged_at": moment(2)}
        for name in ("O1", "O2")
    ]
    found = rows(facts(parcels=parcels), told, "miss", WINDOW)
    assert found.columns == ["shipment_id", "day", "order_id", "clicked_at", "picked_up_at", "fate"]
    assert sorted(found.get_column("order_id")) == ["O1", "O2"]
    assert rows(facts(orders=ORDERS), METRIC, "miss", WINDOW).columns.count("order_id") == 1


def test_every_fate_has_its_rows_sorted_by_subject():
    assert names("hit") == ["h"]
    assert names("miss") == ["m1", "m2"]
    assert names("pending") == ["done", "open", "past", "sooner"]
    assert names("unknown") == ["blank", "unknown"]
    assert names("excluded") == ["exempt", "refunded"]
    assert names("excluded.exempt") == ["exempt"]
    assert names("undated") == ["undated"]
    assert names("miss", None) == ["early", "m1", "m2"]


def test_rows_show_the_columns_that_decided():
    found = rows(facts(orders=ORDERS), METRIC, "miss", WINDOW)
    deciding = ["clock_at", "has_refund", "is_due", "is_exempt", "is_paid", "no_logistics", "pickup_seconds"]
    assert found.columns == ["order_id", "day", *deciding, "fate"]
    assert found.row(1, named=True)["pickup_seconds"] == 30


def test_rows_of_a_ratio_of_two_facts_say_their_side():
    both = metric("b", kind="ratio_of", sides={"n": Rules(where="has_refund"), "d": Rules()})
    found = rows(facts(orders=[order("a", has_refund=True), order("b")]), both, "counted", WINDOW)
    assert found.select("side", "order_id").rows() == [("d", "a"), ("d", "b"), ("n", "a")]


def test_rows_of_an_absent_fact_are_none():
    reply = metric("r", fact="rounds", at="asked_at", numerator="is_answered")
    assert rows(facts(orders=ORDERS), reply, "miss").is_empty()
    assert funnel(facts(orders=ORDERS), reply, WINDOW) == ()


def test_the_funnel_accounts_for_every_row_and_agrees_with_the_ledger():
    given = facts(orders=ORDERS)
    (found,) = funnel(given, METRIC, WINDOW)
    assert found == Funnel(
        side="", fact="orders", rows=14, out=1, undated=1, outside=1, excluded={"refunded": 1, "exempt": 1},
        unknown=2, pending=4, hit=1, miss=2,
    )  # fmt: skip
    sums = totals(run(given, [METRIC]), {METRIC.id: WINDOW})[METRIC.id]
    assert (sums.hits, sums.rows, sums.pending, sums.unknown, sums.undated) == (1, 3, 4, 2, 1)
    assert {name: count for name, (count, _, _) in sums.excluded.items()} == found.excluded
