from __future__ import annotations

from decimal import Decimal

import pytest
from facts_world import DAY, at, case

from shopscore.schema import FACTS


def test_trap_22_a_refusal_does_not_restart_the_clock(facts):
    refunds = [
        case(kind="refund_only", status="success", first_refused_at="11-05 09:00", agreed_at="11-07 09:00",
             finished_at="11-08 09:00")
    ]  # fmt: skip
    (row,) = facts("refunds", refunds=refunds)
    assert row["apply_to_finish_seconds"] == 4 * DAY
    assert row["history_ok"] is True


def test_trap_22_a_closed_case_keeps_its_first_refusal_and_its_end(facts):
    (row,) = facts(
        "refunds", refunds=[case(status="closed", first_refused_at="11-05 09:00", finished_at="11-09 09:00")]
    )
    assert (row["apply_to_refuse_seconds"], row["apply_to_finish_seconds"]) == (DAY, 5 * DAY)
    assert (row["is_finished"], row["is_success"]) == (True, False)


def test_the_first_response_is_whatever_came_first(facts):
    cells = {"first_response_at": "11-04 12:00", "agreed_at": "11-04 11:00", "first_refused_at": "11-04 10:00"}
    (row,) = facts("refunds", refunds=[case(**cells)])
    assert row["apply_to_response_seconds"] == 3600


@pytest.mark.parametrize(
    ("actor", "finished", "itself"),
    [
        ("seller", "11-05 09:00", True),
        ("system", "11-05 09:00", True),
        ("platform", "11-05 09:00", False),
        ("buyer", "11-05 09:00", False),
        (None, "11-05 09:00", None),
        ("seller", None, False),
    ],
)
def test_trap_23_a_time_out_counts_as_the_sellers_own_end(facts, actor, finished, itself):
    (row,) = facts("refunds", refunds=[case(status="success", last_actor=actor, finished_at=finished)])
    assert row["is_self_finished"] is itself


@pytest.mark.parametrize(
    ("cells", "finished"),
    [
        ({"status": "success", "finished_at": "11-05 09:00"}, True),
        ({"status": "success"}, False),
        ({"status": "closed", "finished_at": "11-05 09:00"}, True),
        ({"status": "closed", "finished_at": "11-05 09:00", "withdrawn": True}, False),
        ({"status": "closed", "finished_at": "11-05 09:00", "withdrawn": None}, True),
        ({"status": "open"}, False),
        ({"status": None, "finished_at": "11-05 09:00"}, None),
    ],
)
def test_a_case_taken_back_is_not_finished(facts, cells, finished):
    (row,) = facts("refunds", refunds=[case(**cells)])
    assert row["is_finished"] is finished


def test_trap_24_the_first_reason_decides(facts):
    refunds = [
        case("a", first_reason_class="quality", reason_class="no_reason"),
        case("b", first_reason_class=None, reason_class="late"),
    ]
    first = {r["refund_id"]: r["first_reason_class"] for r in facts("refunds", refunds=refunds)}
    assert first == {"a": "quality", "b": "late"}


def test_the_returns_way_and_the_sellers_part_are_measured_apart(facts):
    cells = {"returned_at": "11-05 09:00", "return_signed_at": "11-08 09:00", "finished_at": "11-09 09:00"}
    (row,) = facts("refunds", refunds=[case(kind="return_refund", status="success", **cells)])
    assert (row["return_transit_seconds"], row["signed_to_finish_seconds"]) == (3 * DAY, DAY)


def test_handing_over_to_the_carrier_stands_in_for_sending_back(facts):
    (row,) = facts("refunds", refunds=[case(return_shipped_at="11-05 09:00", return_signed_at="11-06 09:00")])
    assert (row["returned_at"], row["return_transit_seconds"]) == (at("11-05 09:00"), DAY)


def test_a_refund_carries_its_order(facts):
    orders = [
        {"order_id": "1", "line_id": line, "created_at": "11-02 08:00", "paid_at": "11-02 09:00", "kind": "presale",
         "product_id": product, "buyer_level": "L3", "picked_up_at": "11-03 09:00", "delivered_at": "11-03 20:00"}
        for line, product in (("a", "P1"), ("b", "P2"))
    ]  # fmt: skip
    refunds = [case("x", line_id="b"), case("y"), case("z", "9")]
    rows = {r["refund_id"]: r for r in facts("refunds", orders=orders, refunds=refunds)}
    assert {n: r["product_id"] for n, r in rows.items()} == {"x": "P2", "y": "P1", "z": None}
    assert (rows["x"]["order_kind"], rows["x"]["buyer_level"], rows["x"]["buyer_weight"]) == ("presale", "L3", 1.0)
    assert rows["x"]["order_delivered_at"] == at("11-03 20:00")
    assert rows["z"]["order_kind"] is None
    (alone,) = facts("refunds", refunds=[case()])
    assert alone["order_paid_at"] is None


def test_only_the_earliest_case_is_the_orders_first(facts):
    refunds = [case("b"), case("a"), case("c", applied_at="11-03 09:00"), case("d", "2")]
    first = {r["refund_id"]: r["is_first_of_order"] for r in facts("refunds", refunds=refunds)}
    assert first == {"a": False, "b": False, "c": True, "d": True}


def test_called_in_by_flag_or_by_time(facts):
    refunds = [case("a", escalated=True), case("b", escalated_at="11-05 09:00"), case("c")]
    assert [r["escalated"] for r in facts("refunds", refunds=refunds)] == [True, True, False]


def test_a_case_carries_buyer_money_and_moments_of_its_order(facts):
    orders = [
        {"order_id": "1", "line_id": line, "created_at": "11-02 08:00", "buyer_id": "b", "item_count": 2,
         "amount": "9.50", "finished_at": "11-09 08:00", "grouped_at": "11-02 08:30"}
        for line in "xy"
    ]  # fmt: skip
    rows = {r["refund_id"]: r for r in facts("refunds", orders=orders, refunds=[case("a"), case("z", "9")])}
    names = ("buyer_id", "item_count", "order_amount", "order_finished_at", "order_grouped_at")
    assert [rows["a"][name] for name in names] == ["b", 4, Decimal("19.00"), at("11-09 08:00"), at("11-02 08:30")]
    assert [rows["z"][name] for name in names] == [None] * 5


def test_a_case_is_as_old_as_the_table_reaches(facts):
    (row,) = facts("refunds", seen_until={"refunds": "11-06 09:00:01"}, refunds=[case(return_trace="moving")])
    assert (row["age_seconds"], row["return_trace"], row["parcel_trace"]) == (2 * DAY + 1, "moving", None)
    assert not {"return_trace", "parcel_trace"} & {c.name for c in FACTS["refunds"].columns if c.rewinds}


def test_orders_the_buyer_paid_before_the_case_are_counted(facts):
    orders = [
        {"order_id": number, "buyer_id": buyer, "created_at": "11-01 08:00", "paid_at": when}
        for number, buyer, when in (
            ("1", "b", "11-02 09:00"),
            ("2", "b", "11-03 09:00"),
            ("3", "b", "11-04 09:00"),
            ("4", "b", None),
            ("5", "c", None),
            ("6", None, "11-02 09:00"),
        )
    ]
    refunds = [
        case("a", "1"),
        case("b", "3", applied_at="11-04 09:00:01"),
        case("c", "5"),
        case("d", "6"),
        case("e", "9"),
    ]
    rows = {row["refund_id"]: row["buyer_orders_before"] for row in facts("refunds", orders=orders, refunds=refunds)}
    assert rows == {"a": 2, "b": 3, "c": 0, "d": None, "e": None}
    assert facts("refunds", refunds=[case()])[0]["buyer_orders_before"] is None
    unpaid = [{"order_id": "1", "buyer_id": "b", "created_at": "11-01 08:00"}]
    assert facts("refunds", orders=unpaid, refunds=[case()])[0]["buyer_orders_before"] is None
