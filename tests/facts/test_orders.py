from __future__ import annotations

import dataclasses

import polars as pl
import pytest
from facts_world import Settings, at, shop

from shopscore.facts import build, newest_event
from shopscore.schema import FACTS
from shopscore.tables import DTYPES

PAID = {"created_at": "11-02 08:00", "paid_at": "11-02 09:00"}


def order(number="1", **cells):
    return {"order_id": number, **PAID, **cells}


def one(rows):
    assert len(rows) == 1
    return rows[0]


def test_every_fact_has_exactly_the_dictionarys_columns():
    full = shop(
        orders=[order()],
        refunds=[{"refund_id": "r", "order_id": "1", "applied_at": "11-03 09:00", "escalated": True}],
        reviews=[{"order_id": "1", "created_at": "11-09 09:00"}],
        messages=[{"buyer_id": "b", "sender": "buyer", "sent_at": "11-02 09:00"}],
        products=[{"product_id": "P"}],
        traffic=[{"date": "11-02 00:00"}],
        violations=[{"date": "11-02 00:00"}],
        agent_stats=[{"date": "11-02 00:00"}],
        bills=[{"booked_at": "11-02 09:00"}],
        platform_scores=[{"date": "11-02 09:00", "metric": "m"}],
    )
    built = build(full, Settings(), at("12-31 12:00"))
    assert set(built.frames) == set(FACTS)
    for name, frame in built.frames.items():
        assert dict(frame.collect().schema) == {c.name: DTYPES[c.kind] for c in FACTS[name].columns}, name


def test_facts_without_their_table_are_absent():
    built = build(shop(reviews=[{"order_id": "1", "created_at": "11-09 09:00"}]), Settings(), at("12-31 12:00"))
    assert set(built.frames) == {"reviews"} == set(built.judged)


def test_trap_12_the_sellers_click_is_not_the_pick_up(facts):
    row = one(facts("orders", orders=[order(shipped_at="11-02 10:00", picked_up_at="11-04 09:00")]))
    assert (row["click_seconds"], row["pickup_seconds"]) == (3600, 48 * 3600)


def test_trap_12_a_number_without_a_scan_is_not_picked_up(facts):
    row = one(facts("orders", orders=[order(shipped_at="11-02 10:00", tracking_no="T1")]))
    assert row["picked_up_at"] is None
    assert row["pickup_state"] == "unrecorded"


@pytest.mark.parametrize(
    ("clock", "cells", "expected"),
    [
        ("paid_at", {}, "11-02 09:00"),
        ("CASE WHEN kind = 'cod' THEN created_at ELSE paid_at END", {"kind": "cod"}, "11-02 08:00"),
        ("CASE WHEN kind = 'cod' THEN created_at ELSE paid_at END", {"kind": None}, "11-02 09:00"),
        ("COALESCE(risk_cleared_at, paid_at)", {"risk_cleared_at": "11-02 11:00"}, "11-02 11:00"),
        ("COALESCE(grouped_at, paid_at)", {"grouped_at": "11-02 09:30"}, "11-02 09:30"),
    ],
)
def test_trap_13_the_pack_says_where_the_clock_starts(facts, clock, cells, expected):
    settings = Settings(columns={"clock_at": clock, "ship_deadline_at": "clock_at + INTERVAL '48 hours'"})
    row = one(facts("orders", settings=settings, orders=[order(**cells)]))
    assert row["clock_at"] == at(expected)
    assert row["ship_allowed_seconds"] == 48 * 3600


@pytest.mark.parametrize(
    ("cells", "deadline"),
    [
        ({}, "11-04 09:00"),
        ({"promised_ship_hours": 24.0}, "11-03 09:00"),
        ({"promised_ship_hours": 72.0}, "11-05 09:00"),
        ({"promised_ship_at": "11-20 00:00", "promised_ship_hours": 24.0}, "11-20 00:00"),
    ],
)
def test_trap_14_a_promise_comes_before_the_48_hours(facts, cells, deadline):
    row = one(facts("orders", orders=[order(**cells)]))
    assert row["ship_deadline_at"] == at(deadline)


def test_a_pack_that_says_nothing_has_a_deadline_only_with_a_promise(facts):
    rows = facts("orders", settings=Settings(columns={}), orders=[order(), order("2", promised_ship_hours=24.0)])
    assert [row["ship_deadline_at"] for row in rows] == [None, at("11-03 09:00")]
    assert [row["is_due"] for row in rows] == [None, True]
    assert {row["buyer_weight"] for row in rows} == {1.0}


def test_column_texts_may_be_keyed_by_their_full_name(facts):
    settings = Settings(columns={"orders.buyer_weight": "CASE WHEN buyer_level IN ('L3', 'L4') THEN 2 ELSE 1 END"})
    rows = facts("orders", settings=settings, orders=[order(buyer_level="L3"), order("2", buyer_level="L1")])
    assert [row["buyer_weight"] for row in rows] == [2.0, 1.0]


@pytest.mark.parametrize(("now", "due"), [("11-04 08:59:59", False), ("11-04 09:00", False), ("11-04 09:00:01", True)])
def test_the_last_second_of_a_deadline_is_still_in_time(facts, now, due):
    assert one(facts("orders", as_of=at(now), orders=[order()]))["is_due"] is due


SCANS = {"1": "11-03 09:00", "2": None}


@pytest.mark.parametrize("parcels", [SCANS, dict(reversed(SCANS.items()))])
def test_trap_31_one_late_parcel_makes_the_order_late(facts, parcels):
    shipments = [{"order_id": "1", "shipment_id": key, "picked_up_at": scan} for key, scan in parcels.items()]
    row = one(facts("orders", orders=[order(picked_up_at="11-02 12:00")], shipments=shipments))
    assert row["picked_up_at"] is None
    assert row["parcel_count"] == 2


def test_trap_31_an_order_is_picked_up_when_its_last_parcel_is(facts):
    shipments = [
        {"order_id": "1", "tracking_no": "A", "picked_up_at": "11-03 09:00", "delivered_at": "11-07 09:00"},
        {"order_id": "1", "tracking_no": "B", "picked_up_at": "11-05 09:00", "delivered_at": "11-06 09:00"},
    ]
    row = one(facts("orders", orders=[order()], shipments=shipments))
    assert (row["picked_up_at"], row["delivered_at"]) == (at("11-05 09:00"), at("11-07 09:00"))


def test_trap_31_several_numbers_in_one_cell_are_several_parcels(facts):
    scans = [{"tracking_no": "A", "picked_up_at": "11-03 09:00"}]
    orders = [order(tracking_no="A,B", carrier="顺丰速运")]
    row = one(facts("orders", orders=orders, shipments=scans))
    assert (row["parcel_count"], row["picked_up_at"]) == (2, None)
    scans.append({"tracking_no": "B", "picked_up_at": "11-04 09:00"})
    row = one(facts("orders", orders=orders, shipments=scans))
    assert row["picked_up_at"] == at("11-04 09:00")
    parcels = facts("parcels", orders=orders, shipments=scans)
    assert {(p["tracking_no"], p["carrier"]) for p in parcels} == {("A", "顺丰速运"), ("B", "顺丰速运")}


def test_a_parcel_listed_for_two_lines_is_one_parcel(facts):
    shipments = [{"order_id": "1", "line_id": line, "tracking_no": "A"} for line in ("x", "y")]
    assert one(facts("orders", orders=[order()], shipments=shipments))["parcel_count"] == 1


def test_one_parcel_may_carry_two_orders(facts):
    orders = [order(tracking_no="A"), order("2", tracking_no="A")]
    rows = facts("orders", orders=orders, shipments=[{"tracking_no": "A", "picked_up_at": "11-03 09:00"}])
    assert [row["picked_up_at"] for row in rows] == [at("11-03 09:00")] * 2


def test_a_shipment_of_an_unknown_order_makes_no_order(facts):
    shipments = [{"order_id": "9", "picked_up_at": "11-03 09:00"}]
    assert one(facts("orders", orders=[order()], shipments=shipments))["order_id"] == "1"
    assert one(facts("parcels", orders=[order()], shipments=shipments))["shipment_id"] == "1"


def test_shipments_without_scans_leave_the_orders_own(facts):
    row = one(facts("orders", orders=[order(picked_up_at="11-03 09:00")], shipments=[{"order_id": "1"}]))
    assert row["picked_up_at"] == at("11-03 09:00")


def test_a_parcel_without_a_carrier_is_not_waited_for(facts):
    shipments = [
        {"order_id": "1", "shipment_id": "a", "picked_up_at": "11-03 09:00"},
        {"order_id": "1", "shipment_id": "b", "no_logistics": True},
        {"order_id": "2", "shipment_id": "c", "no_logistics": True},
    ]
    rows = facts("orders", orders=[order(), order("2")], shipments=shipments)
    assert [(r["picked_up_at"], r["no_logistics"]) for r in rows] == [(at("11-03 09:00"), False), (None, True)]


def test_exempt_by_shipment_or_by_the_shops_own_list(facts):
    settings = Settings(exempted_orders=frozenset({"2"}))
    orders = [order(), order("2"), order("3")]
    shipments = [{"order_id": "1", "exempt_reason": "疫情"}, {"order_id": "3"}]
    rows = facts("orders", settings=settings, orders=orders, shipments=shipments)
    assert [row["is_exempt"] for row in rows] == [True, True, False]
    assert [row["is_exempt"] for row in facts("orders", settings=settings, orders=orders)] == [False, True, False]


def test_no_scan_is_a_miss_only_where_the_carriers_scans_reach(facts):
    orders = [
        order("sf-old", paid_at="10-01 09:00", carrier="SF"),
        order("sf-first", paid_at="11-01 09:00", carrier="SF", picked_up_at="11-02 09:00"),
        order("sf-later", paid_at="11-02 09:00", carrier="SF"),
        order("yto", paid_at="11-02 09:00", carrier="YTO"),
        order("none-later", paid_at="11-02 09:00"),
        order("none-old", paid_at="10-31 09:00"),
        order("unpaid", paid_at=None, carrier="SF"),
    ]
    states = {row["order_id"]: row["pickup_state"] for row in facts("orders", orders=orders)}
    assert states == {
        "sf-old": "unrecorded",
        "sf-first": "done",
        "sf-later": "not_done",
        "yto": "unrecorded",
        "none-later": "not_done",
        "none-old": "unrecorded",
        "unpaid": "unrecorded",
    }


def test_flags_and_kind_read_blanks_as_the_contract_does(facts):
    row = one(facts("orders", orders=[order()], refunds=[]))
    assert (row["kind"], row["no_logistics"], row["is_exempt"], row["has_refund"]) == ("spot", False, False, False)
    assert one(facts("orders", orders=[order()]))["has_refund"] is None
    unpaid = [{"order_id": "1", "created_at": "11-02 08:00"}]
    assert one(facts("orders", orders=unpaid))["is_paid"] is None


def test_hour_and_weekday_are_the_clocks(facts):
    row = one(facts("orders", orders=[order()]))
    assert (row["hour"], row["weekday"]) == (9, 1)


def test_the_first_refund_is_the_earliest_then_the_least_number(facts):
    cases = [("r3", "11-05 09:00", "price"), ("r2", "11-04 09:00", "late"), ("r1", "11-04 09:00", "quality")]
    refunds = [{"refund_id": n, "order_id": "1", "applied_at": t, "reason_class": c} for n, t, c in cases]
    row = one(facts("orders", orders=[order()], refunds=refunds))
    assert (row["first_refund_applied_at"], row["first_refund_reason_class"]) == (at("11-04 09:00"), "quality")


def test_an_order_stands_by_its_first_claim_else_by_its_success(facts):
    orders = [{"order_id": name, "finished_at": "11-05 09:00"} for name in ("1", "2")] + [{"order_id": "3"}]
    refunds = [
        {"refund_id": "R2", "order_id": "2", "applied_at": "11-09 09:00"},
        {"refund_id": "R1", "order_id": "2", "applied_at": "11-07 09:00"},
    ]
    stands = {row["order_id"]: row["claimed_or_finished_at"] for row in facts("orders", orders=orders, refunds=refunds)}
    assert stands == {"1": at("11-05 09:00"), "2": at("11-07 09:00"), "3": None}


def test_orders_are_judged_by_their_own_tables_only():
    seen = {"orders": "11-20 00:00", "shipments": "11-10 00:00", "refunds": "11-05 00:00"}
    tables = {
        "orders": [order()],
        "shipments": [{"order_id": "1", "picked_up_at": "11-03 09:00"}],
        "refunds": [{"refund_id": "r", "order_id": "1", "applied_at": "11-04 09:00"}],
    }
    judged = build(shop(seen, **tables), Settings(), at("12-01 00:00")).judged
    assert (judged["orders"], judged["refunds"]) == (at("11-10 00:00"), at("11-05 00:00"))
    tables["shipments"] = [{"order_id": "1", "exempt_reason": "x"}]
    assert build(shop(seen, **tables), Settings(), at("12-01 00:00")).judged["orders"] == at("11-20 00:00")
    assert build(shop(seen, **tables), Settings(), at("11-15 00:00")).judged["orders"] == at("11-15 00:00")


def test_the_newest_event_is_neither_a_promise_nor_in_the_future():
    given = shop(
        orders=[order(promised_ship_at="11-30 00:00", shipped_at="12-30 00:00")],
        reviews=[{"order_id": "1", "created_at": "11-09 09:00"}],
    )
    assert newest_event(given, at("12-01 00:00")) == at("11-09 09:00")
    assert newest_event(shop(reviews=[]), at("12-01 00:00")) == at("12-01 00:00")


def test_columns_carried_over_from_another_table_count_as_present():
    given = shop(order_lines=[{"order_id": "1", "line_id": "a", "created_at": "11-02 09:00", "quantity": 2}])
    present = build(given, Settings(), at("12-01 00:00")).present
    assert "orders.item_count" in present
    assert "orders.paid_at" not in present


def test_only_the_columns_asked_for_are_computed():
    given = shop(orders=[order(carrier="SF")], refunds=[])
    frame = build(given, Settings(), at("12-01 00:00")).frames["orders"]
    plan = frame.select("order_id", "pickup_seconds").explain()
    assert "weekday" not in plan
    assert "over" not in plan.lower()


def test_the_input_frames_stay_as_they_were():
    given = shop(orders=[order()])
    before = {name: frame.clone() for name, frame in given.tables.items()}
    build(given, dataclasses.replace(Settings()), at("11-02 08:30")).frames["orders"].collect()
    assert all(frame.equals(given.tables[name]) for name, frame in before.items())
    assert isinstance(given.tables["orders"], pl.DataFrame)


def paid(number, buyer, when, **cells):
    return {"order_id": number, "buyer_id": buyer, "created_at": "11-01 08:00", "paid_at": when, **cells}


def test_a_buyers_paid_orders_are_numbered(facts):
    orders = [
        paid("3", "b", "11-04 09:00"),
        paid("1", "b", "11-02 09:00"),
        paid("2", "b", "11-02 09:00"),
        paid("4", "b", None),
        paid("5", "c", "11-03 09:00"),
        paid("6", None, "11-03 09:00"),
        paid("7", None, "11-04 09:00"),
    ]
    rows = {
        row["order_id"]: (row["buyer_order_number"], row["previous_paid_at"]) for row in facts("orders", orders=orders)
    }
    assert rows == {
        "1": (1, None),
        "2": (2, at("11-02 09:00")),
        "3": (3, at("11-02 09:00")),
        "4": (None, None),
        "5": (1, None),
        "6": (None, None),
        "7": (None, None),
    }


def test_an_order_paid_later_is_no_order_before(facts):
    orders = [paid("1", "b", "11-02 09:00"), paid("2", "b", "11-04 09:00")]
    rows = facts("orders", as_of=at("11-03 09:00"), orders=orders)
    assert [row["buyer_order_number"] for row in rows] == [1, None]


def test_how_far_the_orders_reach_back_is_counted_in_whole_days(facts):
    orders = [order("1", created_at="10-31 09:00:01"), order("2", created_at="10-01 09:00", paid_at=None), order("3")]
    rows = facts("orders", orders=orders)
    assert [row["history_days"] for row in rows] == [32, None, 32]
    assert one(facts("orders", orders=[order(created_at="11-01 09:00:01")]))["history_days"] == 0


def test_whether_an_order_had_closed_by_an_earlier_moment_nobody_knows():
    given = shop(orders=[{"order_id": "1", "paid_at": "11-01 09:00", "status": "closed"}])
    for rewound, expected in ((False, ["untold"]), (True, [None])):
        frame = build(given, Settings(), at("11-20 00:00"), rewound=rewound).frames["orders"]
        assert frame.collect()["closed_state"].to_list() == expected
