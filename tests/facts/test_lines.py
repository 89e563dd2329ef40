from __future__ import annotations

import pytest
from facts_world import Settings, at

PAID = {"created_at": "11-02 08:00", "paid_at": "11-02 09:00"}


def line(number, order="1", **cells):
    return {"order_id": order, "line_id": number, **PAID, **cells}


def test_trap_32_two_sub_orders_are_one_order(facts):
    rows = [line("a", amount="1.10", item_count=1), line("b", amount="2.20", item_count=2)]
    assert [r["line_id"] for r in facts("lines", orders=rows)] == ["a", "b"]
    (order,) = facts("orders", orders=rows)
    assert (str(order["amount"]), order["item_count"]) == ("3.30", 3)


def test_trap_32_an_order_without_lines_is_its_own_line(facts):
    (row,) = facts("lines", orders=[{"order_id": "1", **PAID}])
    assert row["line_id"] == "1"


def test_an_orders_clock_and_promise_are_its_earliest_lines(facts):
    rows = [
        line("a", paid_at="11-02 10:00", promised_ship_at="11-06 00:00"),
        line("b", paid_at="11-02 09:00", promised_ship_at="11-05 00:00"),
    ]
    (order,) = facts("orders", orders=rows)
    assert (order["clock_at"], order["promise_at"]) == (at("11-02 09:00"), at("11-05 00:00"))


def test_an_order_is_shipped_when_its_last_line_is(facts):
    rows = [line("a", shipped_at="11-03 09:00"), line("b")]
    assert facts("orders", orders=rows)[0]["shipped_at"] is None
    rows[1]["shipped_at"] = "11-04 09:00"
    assert facts("orders", orders=rows)[0]["shipped_at"] == at("11-04 09:00")


@pytest.mark.parametrize("gone", [{"cancelled_at": "11-02 20:00"}, {"status": "closed"}])
def test_a_line_that_left_before_shipping_is_not_waited_for(facts, gone):
    rows = [line("a", picked_up_at="11-03 09:00", status="shipped"), line("b", **gone)]
    (order,) = facts("orders", orders=rows)
    assert order["picked_up_at"] == at("11-03 09:00")
    assert order["cancelled_at"] is None
    assert order["status"] == "shipped"


def test_an_order_is_cancelled_when_all_its_lines_are(facts):
    rows = [
        line("a", cancelled_at="11-02 20:00", cancelled_by="buyer"),
        line("b", cancelled_at="11-02 21:00", cancelled_by="buyer"),
    ]
    (order,) = facts("orders", orders=rows)
    assert (order["cancelled_at"], order["cancelled_by"]) == (at("11-02 21:00"), "buyer")


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (("to_ship", "shipped"), "part_shipped"),
        (("shipped", "finished"), "shipped"),
        (("closed", "finished"), "finished"),
        (("closed", "closed"), "closed"),
        (("to_ship", None), "to_ship"),
    ],
)
def test_an_order_stands_where_its_slowest_line_does(facts, stages, expected):
    (order,) = facts("orders", orders=[line(n, status=s) for n, s in zip("ab", stages, strict=True)])
    assert order["status"] == expected


def test_what_is_not_summed_is_the_first_lines_that_has_it(facts):
    rows = [line("b", product_id="P2", carrier="YTO"), line("a", product_id="P1")]
    (order,) = facts("orders", orders=rows)
    assert (order["product_id"], order["carrier"]) == ("P1", "YTO")


def test_lines_numbers_are_all_the_orders_parcels(facts):
    (order,) = facts("orders", orders=[line("a", tracking_no="X"), line("b", tracking_no="Y")])
    assert order["parcel_count"] == 2
    assert len(facts("parcels", orders=[line("a", tracking_no="X"), line("b", tracking_no="Y")])) == 2


def test_order_lines_speak_for_their_order(facts):
    orders = [{"order_id": "1", **PAID, "buyer_id": "b", "amount": "9", "kind": "presale", "shipped_at": "11-03 09:00"}]
    extra = [
        {"order_id": "1", "line_id": "a", "product_id": "P1", "quantity": 1, "shipped_at": "11-03 09:00"},
        {"order_id": "1", "line_id": "b", "product_id": "P2", "quantity": 2, "promised_ship_at": "11-05 00:00"},
    ]
    (order,) = facts("orders", orders=orders, order_lines=extra)
    assert (order["shipped_at"], order["promised_ship_at"]) == (None, at("11-05 00:00"))
    assert (order["item_count"], str(order["amount"]), order["product_id"]) == (3, "9.00", "P1")
    rows = {r["line_id"]: r for r in facts("lines", orders=orders, order_lines=extra)}
    assert set(rows) == {"a", "b"}
    assert {r["kind"] for r in rows.values()} == {"presale"}
    assert [rows[n]["product_id"] for n in "ab"] == ["P1", "P2"]
    assert [rows[n]["shipped_at"] for n in "ab"] == [at("11-03 09:00"), None]
    assert {r["buyer_id"] for r in rows.values()} == {"b"}
    assert {r["amount"] for r in rows.values()} == {None}


def test_an_order_known_only_from_its_lines_is_an_order(facts):
    extra = [line("a", "2", shipped_at="11-03 09:00"), line("b", "2", shipped_at="11-03 10:00")]
    rows = facts("orders", orders=[{"order_id": "1", **PAID}], order_lines=extra)
    assert [(r["order_id"], r["shipped_at"]) for r in rows] == [("1", None), ("2", at("11-03 10:00"))]
    (alone,) = facts("orders", order_lines=extra)
    assert (alone["kind"], alone["clock_at"]) == ("spot", at("11-02 09:00"))
    assert {r["line_id"] for r in facts("lines", order_lines=extra)} == {"a", "b"}


def test_a_line_in_both_files_is_one_line(facts):
    rows = facts("lines", orders=[line("a"), line("b")], order_lines=[line("b", shipped_at="11-03 09:00")])
    assert {(r["line_id"], r["shipped_at"]) for r in rows} == {("a", None), ("b", at("11-03 09:00"))}


def test_trap_32_a_refund_belongs_to_its_line(facts):
    refunds = [{"refund_id": "r", "order_id": "1", "line_id": "a", "applied_at": "11-04 09:00"}]
    rows = {r["line_id"]: r["has_refund"] for r in facts("lines", orders=[line("a"), line("b")], refunds=refunds)}
    assert rows == {"a": True, "b": False}


def test_a_refund_that_names_no_line_leaves_longer_orders_unsaid(facts):
    refunds = [
        {"refund_id": "r", "order_id": "1", "applied_at": "11-04 09:00"},
        {"refund_id": "s", "order_id": "2", "applied_at": "11-04 09:00"},
    ]
    orders = [line("a"), line("b"), line("c", "2"), line("d", "3"), line("e", "3")]
    rows = {r["line_id"]: r["has_refund"] for r in facts("lines", orders=orders, refunds=refunds)}
    assert rows == {"a": None, "b": None, "c": True, "d": False, "e": False}


def test_a_line_has_its_own_clock_and_its_orders_signature(facts):
    rows = [line("a", paid_at="11-02 10:00"), line("b", paid_at="11-02 09:00")]
    shipments = [{"order_id": "1", "delivered_at": "11-06 09:00"}]
    got = {r["line_id"]: r for r in facts("lines", orders=rows, shipments=shipments)}
    assert [got[n]["clock_at"] for n in "ab"] == [at("11-02 10:00"), at("11-02 09:00")]
    assert {r["delivered_at"] for r in got.values()} == {at("11-06 09:00")}


def test_parcels_carry_their_orders_clock_and_their_own_scans(facts):
    shipments = [
        {"order_id": "1", "shipment_id": "K1", "tracking_no": "A", "warehouse": "杭州", "waybill_at": "11-02 12:00",
         "picked_up_at": "11-02 21:00", "delivered_at": "11-03 21:00"},
        {"order_id": "1", "tracking_no": "B"},
    ]  # fmt: skip
    orders = [{"order_id": "1", **PAID, "warehouse": "上海"}, {"order_id": "2", **PAID, "picked_up_at": "11-02 10:00"}]
    settings = Settings(exempted_orders=frozenset({"2"}))
    rows = {r["shipment_id"]: r for r in facts("parcels", settings=settings, orders=orders, shipments=shipments)}
    assert set(rows) == {"K1", "B", "2"}
    first = rows["K1"]
    assert (first["pickup_seconds"], first["transit_seconds"], first["warehouse"]) == (12 * 3600, 24 * 3600, "杭州")
    assert first["waybill_at"] == at("11-02 12:00")
    assert (rows["B"]["pickup_seconds"], rows["B"]["warehouse"]) == (None, "上海")
    assert (rows["2"]["pickup_seconds"], rows["2"]["is_exempt"]) == (3600, True)


def test_the_latest_promise_is_the_last_lines(facts):
    rows = [line("a", promised_ship_at="11-06 00:00"), line("b", promised_ship_at="11-08 00:00"), line("c")]
    (order,) = facts("orders", orders=rows)
    assert (order["promise_at"], order["latest_promise_at"]) == (at("11-06 00:00"), at("11-08 00:00"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, None),
        ({"promised_ship_hours": 24.0}, "11-03 09:00"),
        ({"promised_ship_at": "11-20 00:00", "promised_ship_hours": 24.0}, "11-20 00:00"),
    ],
)
def test_the_latest_promise_of_an_order_in_one_row_is_its_own(facts, cells, expected):
    (order,) = facts("orders", orders=[line(None, **cells)])
    assert order["latest_promise_at"] == at(expected)


def test_the_longest_hours_of_several_lines_are_the_latest_promise(facts):
    rows = [line("a", promised_ship_hours=24.0), line("b", promised_ship_hours=72.0)]
    (order,) = facts("orders", orders=rows)
    assert (order["promise_at"], order["latest_promise_at"]) == (at("11-03 09:00"), at("11-05 09:00"))


@pytest.mark.parametrize(("own", "lines", "expected"), [("11-05 00:00", "11-04 00:00", "11-05 00:00"),
                                                        ("11-04 00:00", "11-05 00:00", "11-05 00:00"),
                                                        (None, "11-05 00:00", "11-05 00:00"),
                                                        ("11-04 00:00", None, "11-04 00:00")])  # fmt: skip
def test_order_and_lines_both_have_promises(facts, own, lines, expected):
    extra = [{"order_id": "1", "line_id": "a", "promised_ship_at": lines}]
    (order,) = facts("orders", orders=[line(None, promised_ship_at=own)], order_lines=extra)
    assert order["latest_promise_at"] == at(expected)


def test_the_first_scan_is_the_earliest_of_lines_and_of_parcels(facts):
    rows = [line("a", picked_up_at="11-03 09:00"), line("b", picked_up_at="11-05 09:00"), line("c")]
    (order,) = facts("orders", orders=rows)
    assert (order["first_scan_at"], order["picked_up_at"]) == (at("11-03 09:00"), None)
    parcels = [
        {"order_id": "1", "tracking_no": "A", "picked_up_at": "11-04 09:00"},
        {"order_id": "1", "tracking_no": "B"},
    ]
    orders = [*rows, line(None, "2", picked_up_at="11-06 09:00"), line(None, "3")]
    found = {row["order_id"]: row["first_scan_at"] for row in facts("orders", orders=orders, shipments=parcels)}
    assert found == {"1": at("11-04 09:00"), "2": at("11-06 09:00"), "3": None}
    assert facts("orders", orders=[line(None, picked_up_at="11-06 09:00")])[0]["first_scan_at"] == at("11-06 09:00")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"shipped_at": "11-03 09:00"}, True),
        ({"shipped_at": "11-03 09:00", "status": "part_shipped"}, False),
        ({"shipped_at": "11-03 09:00", "status": "closed"}, True),
        ({"shipped_at": None}, False),
        ({"shipped_at": None, "status": "finished"}, True),
        ({"shipped_at": None, "status": "closed"}, False),
        ({"status": "to_ship"}, False),
        ({"status": "held"}, False),
        ({"status": "part_shipped"}, False),
        ({"status": "received"}, True),
        ({"status": "closed"}, None),
        ({"status": None}, None),
        ({}, None),
    ],
)
def test_an_order_is_fully_shipped_when_nothing_is_left_to_ship(facts, cells, expected):
    (order,) = facts("orders", orders=[line(None, **cells)])
    assert order["is_fully_shipped"] is expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"status": "closed", "shipped_at": "11-03 09:00"}, "shipped"),
        ({"status": "closed", "shipped_at": None}, "unshipped"),
        ({"status": "closed"}, "untold"),
        ({"status": "to_ship"}, None),
        ({"status": None}, None),
        ({}, None),
    ],
)
def test_how_far_an_order_came_that_came_to_nothing(facts, cells, expected):
    (order,) = facts("orders", orders=[line(None, **cells)])
    assert order["closed_state"] == expected


def test_one_line_left_to_ship_leaves_an_order_partly_shipped(facts):
    rows = [line("a", shipped_at="11-03 09:00"), line("b"), line("c", status="closed")]
    assert facts("orders", orders=rows)[0]["is_fully_shipped"] is False
    rows[1]["shipped_at"] = "11-04 09:00"
    assert facts("orders", orders=rows)[0]["is_fully_shipped"] is True
    extra = [{"order_id": "1", "line_id": n, "shipped_at": t} for n, t in (("a", "11-03 09:00"), ("b", None))]
    assert facts("orders", orders=[line(None)], order_lines=extra)[0]["is_fully_shipped"] is False


def test_trap_31_a_part_of_an_order_that_was_scanned_is_not_the_order(facts):
    parcel = {"tracking_no": "A", "picked_up_at": "11-03 09:00", "delivered_at": "11-05 09:00"}
    parted = line(None, status="part_shipped", shipped_at="11-03 08:00", tracking_no="A")
    whole = line(None, "2", status="shipped", shipped_at="11-03 08:00", tracking_no="A")
    found = facts("orders", orders=[parted, whole], shipments=[parcel])
    names = ("shipped_at", "picked_up_at", "delivered_at", "first_scan_at", "pickup_state")
    told = {row["order_id"]: tuple(row[name] for name in names) for row in found}
    assert told["1"] == (None, None, None, at("11-03 09:00"), "not_done")
    assert told["2"] == (at("11-03 08:00"), at("11-03 09:00"), at("11-05 09:00"), at("11-03 09:00"), "done")
    part = line(None, status="part_shipped", picked_up_at="11-03 09:00")
    alone, after = facts("orders", orders=[part, line(None, "2", paid_at="11-02 10:00")])
    assert (alone["picked_up_at"], alone["first_scan_at"]) == (None, at("11-03 09:00"))
    # What moved of it shows that its carrier scans.
    assert (alone["pickup_state"], after["pickup_state"]) == ("not_done", "not_done")


@pytest.mark.parametrize(
    ("scan", "days"), [("11-02 23:59:59", 0), ("11-03 00:00", 1), ("11-09 08:00", 7), (None, None)]
)
def test_days_to_the_scan_are_calendar_days(facts, scan, days):
    (order,) = facts("orders", orders=[line(None, picked_up_at=scan)])
    assert order["pickup_days"] == days
